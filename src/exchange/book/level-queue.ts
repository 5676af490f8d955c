import { aheadAfterDepth, type QueueModel } from '../models/queue-model.js'

/** V of an order that waits for the best price to come to it (L1). */
export const PENDING = Number.POSITIVE_INFINITY

/**
 * Client orders that arrived one after the other and stand in the same place: one V for all of them, so that a level
 * event costs by the number of different places, not of orders.
 */
export class Cohort {
  /** The ranks of its first and last order. */
  first = 0
  last = 0
  count = 0
  /** V: market quantity ahead, or {@link PENDING}. */
  ahead = 0
  /** c: printed since the last depth change. */
  traded = 0
  /** By how much the level shrank at the queue's last depth time beyond what was printed, as far as no print has claimed it. */
  shrunk = 0
  /** What of that came off V. */
  fallen = 0

  /** Starts with one order. */
  start(rank: number, ahead: number): this {
    this.first = this.last = rank
    this.count = 1
    this.ahead = ahead
    this.traded = this.shrunk = this.fallen = 0
    return this
  }
}

/** Where the client orders of a level stand in its market quantity, where the feed does not say (L2 and L1). */
export class LevelQueue {
  readonly #cohorts: Cohort[] = []
  /** The cohort that left last, for the next that comes: orders move from level to level all the time. */
  #spare: Cohort | undefined = undefined
  /** Venue time of the last depth change. */
  #depthTime = Number.NaN
  readonly #model: QueueModel

  constructor(model: QueueModel) {
    this.#model = model
  }

  /** V of an order that joined now, where the market displays `displayed`: nobody stands before those who came before. */
  aheadAtBack(displayed: number): number {
    const last = this.#cohorts.at(-1)
    return last === undefined || last.ahead < displayed ? displayed : last.ahead
  }

  /** An order joins behind {@link aheadAtBack}. */
  join(rank: number, ahead: number): void {
    const last = this.#cohorts.at(-1)
    if (last?.ahead === ahead && last.traded === 0 && last.shrunk === 0 && last.fallen === 0) {
      last.last = rank
      last.count++
      return
    }
    const cohort = this.#spare ?? new Cohort()
    this.#spare = undefined
    this.#cohorts.push(cohort.start(rank, ahead))
  }

  leave(rank: number): void {
    const at = this.#indexOf(rank)
    const cohort = this.#cohorts[at]
    if (--cohort.count > 0) return
    if (at === this.#cohorts.length - 1) this.#cohorts.pop()
    else this.#cohorts.splice(at, 1)
    this.#spare = cohort
  }

  /** V of the order with this rank. */
  aheadOf(rank: number): number {
    return this.#cohorts[this.#indexOf(rank)].ahead
  }

  /** All that decides how the order with this rank moves on after `time`. */
  standing(rank: number, time: number): readonly number[] {
    const { ahead, traded, shrunk, fallen } = this.#cohorts[this.#indexOf(rank)]
    return time === this.#depthTime ? [ahead, traded, shrunk, fallen] : [ahead, traded, 0, 0]
  }

  /** By arrival, V never falling: a list that stays as it is while orders leave. */
  inOrder(): readonly Cohort[] {
    return this.#cohorts.slice()
  }

  /** The displayed market quantity went from `before` to `after`, 0 where the level vanished. */
  depthChanged(time: number, before: number, after: number): void {
    const sameTime = time === this.#depthTime
    this.#depthTime = time
    let least = 0
    for (const cohort of this.#cohorts) {
      if (!sameTime) cohort.shrunk = cohort.fallen = 0
      const { ahead, traded } = cohort
      if (before - after > traded) cohort.shrunk += before - after - traded
      cohort.traded = 0
      if (ahead === PENDING || after === 0) continue
      least = Math.max(least, aheadAfterDepth(this.#model, ahead, before, after, traded))
      cohort.ahead = least
      if (after < before) cohort.fallen += ahead - least
    }
    if (this.#cohorts.length > 1) this.#mergeNeighbours()
  }

  /** The market's quantity here is another altogether, `displayed`, as after a snapshot. */
  replaced(displayed: number): void {
    for (const cohort of this.#cohorts) {
      cohort.traded = cohort.shrunk = cohort.fallen = 0
      if (displayed > 0 && cohort.ahead !== PENDING && cohort.ahead > displayed) cohort.ahead = displayed
    }
    if (this.#cohorts.length > 1) this.#mergeNeighbours()
  }

  /**
   * A print of `qty` at this price moves a cohort's V. What decreases of this very time took off V is not taken again, and
   * what of the print they tell of is not in c: no later decrease is due to it. {@link settle} follows when every cohort had
   * its print.
   * @returns what exceeds V
   */
  printed(cohort: Cohort, time: number, qty: number): number {
    if (cohort.ahead === PENDING) return 0
    let rest = qty
    let told = 0
    if (time === this.#depthTime) {
      told = Math.min(qty, cohort.shrunk)
      cohort.shrunk -= told
      const known = Math.min(qty, cohort.fallen)
      cohort.fallen -= known
      rest -= known
    }
    const excess = rest - cohort.ahead
    cohort.ahead = excess >= 0 ? 0 : -excess
    cohort.traded += qty - told
    return excess > 0 ? excess : 0
  }

  /** Nobody's V falls below that of an order before it. */
  settle(): void {
    let least = 0
    for (const cohort of this.#cohorts) {
      if (cohort.ahead < least) cohort.ahead = least
      least = cohort.ahead
    }
  }

  /** Clients took `qty` off the front of the market's quantity. */
  taken(qty: number): void {
    for (const cohort of this.#cohorts) cohort.ahead = cohort.ahead > qty ? cohort.ahead - qty : 0
  }

  /** The best price reached or passed this level: who waited stands behind `ahead` now. */
  reached(ahead: number): void {
    for (const cohort of this.#cohorts) if (cohort.ahead === PENDING) cohort.ahead = ahead
    this.settle()
  }

  #indexOf(rank: number): number {
    let low = 0
    let high = this.#cohorts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (this.#cohorts[middle].first <= rank) low = middle
      else high = middle - 1
    }
    return low
  }

  /** Cohorts that arrived one after the other and cannot be told apart any more become one. */
  #mergeNeighbours(): void {
    const cohorts = this.#cohorts
    let kept = 0
    for (let i = 1; i < cohorts.length; i++) {
      const one = cohorts[kept]
      const next = cohorts[i]
      if (isSame(one, next)) {
        one.last = next.last
        one.count += next.count
      } else cohorts[++kept] = next
    }
    cohorts.length = kept + 1
  }
}

const isSame = (a: Cohort, b: Cohort): boolean =>
  a.ahead === b.ahead && a.traded === b.traded && a.shrunk === b.shrunk && a.fallen === b.fallen

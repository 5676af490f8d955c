import { aheadAfterDepth, type QueueModel } from '../models/queue-model.js'

/** V of an order that waits for the best price to come to it (L1). */
export const PENDING = Number.POSITIVE_INFINITY

/**
 * Client orders that arrived one after the other and stand in the same place: one V for all of them, so that a level
 * event costs by the number of different places, not of orders.
 */
export class Cohort {
  /** The ranks of its first and last order. */
  readonly first: number
  last: number
  count = 1
  /** V: market quantity ahead, or {@link PENDING}. */
  ahead: number
  /** c: printed since the last depth change. */
  traded = 0
  /** What decreases of the queue's last depth time took off V and no print has claimed since. */
  fallen = 0

  constructor(rank: number, ahead: number) {
    this.first = this.last = rank
    this.ahead = ahead
  }
}

/** Where the client orders of a level stand in its market quantity, where the feed does not say (L2 and L1). */
export class LevelQueue {
  readonly #cohorts: Cohort[] = []
  /** Venue time of the last depth change. */
  #depthTime = Number.NaN
  readonly #model: QueueModel

  constructor(model: QueueModel) {
    this.#model = model
  }

  join(rank: number, ahead: number): void {
    const cohorts = this.#cohorts
    if (cohorts.length > 0) {
      const last = cohorts[cohorts.length - 1]
      if (last.ahead === ahead && last.traded === 0 && last.fallen === 0) {
        last.last = rank
        last.count++
        return
      }
    }
    cohorts.push(new Cohort(rank, ahead))
  }

  leave(rank: number): void {
    const at = this.#indexOf(rank)
    if (--this.#cohorts[at].count === 0) this.#cohorts.splice(at, 1)
  }

  /** V of the order with this rank. */
  aheadOf(rank: number): number {
    return this.#cohorts[this.#indexOf(rank)].ahead
  }

  /** All that decides how the order with this rank moves on after `time`. */
  standing(rank: number, time: number): readonly number[] {
    const { ahead, traded, fallen } = this.#cohorts[this.#indexOf(rank)]
    return [ahead, traded, time === this.#depthTime ? fallen : 0]
  }

  /** By V, then by arrival: a list that stays as it is while orders leave. */
  inQueueOrder(): Cohort[] {
    return this.#cohorts.slice().sort((a, b) => (a.ahead === b.ahead ? a.first - b.first : a.ahead - b.ahead))
  }

  /** The displayed market quantity went from `before` to `after`, 0 where the level vanished. */
  depthChanged(time: number, before: number, after: number): void {
    const sameTime = time === this.#depthTime
    this.#depthTime = time
    for (const cohort of this.#cohorts) {
      if (!sameTime) cohort.fallen = 0
      if (cohort.ahead === PENDING) continue
      const { ahead, traded } = cohort
      cohort.traded = 0
      if (after === 0) continue
      cohort.ahead = aheadAfterDepth(this.#model, ahead, before, after, traded)
      if (after < before) cohort.fallen += ahead - cohort.ahead
    }
    if (this.#cohorts.length > 1) this.#mergeNeighbours()
  }

  /**
   * A print of `qty` at this price moves a cohort's V. What decreases of this very time took off V is not taken again.
   * @returns what exceeds V
   */
  printed(cohort: Cohort, time: number, qty: number): number {
    if (cohort.ahead === PENDING) return 0
    let rest = qty
    if (time === this.#depthTime && cohort.fallen > 0) {
      const known = Math.min(qty, cohort.fallen)
      cohort.fallen -= known
      rest -= known
    }
    const excess = rest - cohort.ahead
    cohort.ahead = excess >= 0 ? 0 : -excess
    cohort.traded += rest
    return excess > 0 ? excess : 0
  }

  /** Clients took `qty` off the front of the market's quantity. */
  taken(qty: number): void {
    for (const cohort of this.#cohorts) cohort.ahead = cohort.ahead > qty ? cohort.ahead - qty : 0
  }

  /** The best price reached or passed this level: who waited stands behind `ahead` now. */
  reached(ahead: number): void {
    for (const cohort of this.#cohorts) if (cohort.ahead === PENDING) cohort.ahead = ahead
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
      if (one.ahead === next.ahead && one.traded === next.traded && one.fallen === next.fallen) {
        one.last = next.last
        one.count += next.count
      } else cohorts[++kept] = next
    }
    cohorts.length = kept + 1
  }
}

import { MILLISECOND, MINUTE } from '../../base/time.js'
import { BUY, SELL, type Side } from '../../exchange/units.js'
import { Column } from '../recording/column.js'

/** Best prices that trades swept away, and whether they came back. */
export interface Depletions {
  readonly length: number
  readonly time: Float64Array
  /** ns until the side quoted the price or a better one again; where it did not, how long it was watched. */
  readonly wait: Float64Array
  /** 1 where it came back, 0 where it was watched in vain. */
  readonly returned: Float64Array
}

/** A trade and the change of depth that it caused may be told this far apart. */
const TOGETHER = 100 * MILLISECOND
/** How long a price is watched. */
const WATCHED = MINUTE

interface Depleted {
  readonly side: Side
  readonly price: number
  readonly time: number
  traded: boolean
}

/**
 * Watches best prices that go away together with a trade at them: a depletion in the sense of Large (2007). Prices that
 * were only withdrawn do not count.
 */
export class DepletionWatch {
  readonly #time = new Column()
  readonly #wait = new Column()
  readonly #returned = new Column()
  #open: Depleted[] = []
  #bid = Number.NaN
  #ask = Number.NaN
  readonly #lastPrint = { [BUY]: { time: Number.NaN, price: 0 }, [SELL]: { time: Number.NaN, price: 0 } }

  /** A print that took from `side` at `price`. */
  print(time: number, side: Side, price: number): void {
    this.#lastPrint[side] = { time, price }
    for (const depleted of this.#open) {
      if (depleted.side === side && time - depleted.time <= TOGETHER && side * (price - depleted.price) <= 0)
        depleted.traded = true
    }
  }

  quote(time: number, bid: number, ask: number): void {
    this.#close(time, bid, ask)
    this.#side(time, BUY, this.#bid, bid)
    this.#side(time, SELL, this.#ask, ask)
    this.#bid = bid
    this.#ask = ask
  }

  done(end: number): Depletions {
    for (const depleted of this.#open) this.#end(depleted, Math.min(end - depleted.time, WATCHED), false)
    this.#open = []
    return {
      length: this.#time.length,
      time: this.#time.values,
      wait: this.#wait.values,
      returned: this.#returned.values
    }
  }

  #side(time: number, side: Side, before: number, now: number): void {
    if (!(side * (before - now) > 0)) return
    const { time: printed, price } = this.#lastPrint[side]
    const traded = time - printed <= TOGETHER && side * (price - before) <= 0
    this.#open.push({ side, price: before, time, traded })
  }

  #close(time: number, bid: number, ask: number): void {
    if (this.#open.length === 0) return
    this.#open = this.#open.filter((depleted) => {
      const { side, price } = depleted
      const back = side * ((side === BUY ? bid : ask) - price) >= 0
      if (!back && time - depleted.time < WATCHED) return true
      if (back) this.#end(depleted, Math.min(time - depleted.time, WATCHED), time - depleted.time < WATCHED)
      else this.#end(depleted, WATCHED, false)
      return false
    })
  }

  #end({ traded, time }: Depleted, wait: number, returned: boolean): void {
    if (!traded || !(wait > 0)) return
    this.#time.push(time)
    this.#wait.push(wait)
    this.#returned.push(returned ? 1 : 0)
  }
}

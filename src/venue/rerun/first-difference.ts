import type { Nanos } from '../../base/time.js'
import type { ExchangeEvent } from '../../exchange/event.js'
import type { TopOfBook } from '../../exchange/exchange.js'
import type { InstrumentNo, Price, Quantity } from '../../exchange/units.js'
import { EventComparer } from '../../journal/event-comparer.js'

/** What an exchange tells, one thing at a time. */
export type Told =
  | { readonly kind: 'event'; readonly event: ExchangeEvent }
  | { readonly kind: 'topOfBook'; readonly time: Nanos; readonly instrument: InstrumentNo; readonly top: TopOfBook }
  | {
      readonly kind: 'print'
      readonly time: Nanos
      readonly instrument: InstrumentNo
      readonly price: Price
      readonly qty: Quantity
    }

type Side = 'recorded' | 'again'

/** The first place at which two runs part. A side is undefined where that run had ended. */
export interface Difference {
  /** How many things were told before, alike. */
  readonly behind: number
  readonly recorded: Told | undefined
  readonly again: Told | undefined
}

/** Compares what was recorded with what a run again tells, as both come by; the side that is ahead waits for the other. */
export class FirstDifference {
  readonly #comparer = new EventComparer()
  #ahead: Side = 'recorded'
  readonly #waiting: Told[] = []
  #next = 0
  #behind = 0
  #found: Difference | undefined

  recorded(told: Told): void {
    this.#take(told, 'recorded')
  }

  again(told: Told): void {
    this.#take(told, 'again')
  }

  /** To be asked when both runs have ended. */
  get found(): Difference | undefined {
    return this.#found ?? (this.#waiting.length === 0 ? undefined : this.#difference(undefined, this.#ahead))
  }

  #take(told: Told, side: Side): void {
    if (this.#found !== undefined) return
    if (this.#waiting.length === 0) this.#ahead = side
    if (side === this.#ahead) {
      this.#waiting.push(told)
      return
    }
    if (!this.#same(this.#waiting[this.#next], told)) {
      this.#found = this.#difference(told, this.#ahead)
      return
    }
    this.#behind++
    if (++this.#next < this.#waiting.length) return
    this.#waiting.length = this.#next = 0
  }

  #difference(late: Told | undefined, ahead: Side): Difference {
    const early = this.#waiting[this.#next]
    const [recorded, again] = ahead === 'recorded' ? [early, late] : [late, early]
    return { behind: this.#behind, recorded, again }
  }

  #same(one: Told, other: Told): boolean {
    if (one.kind === 'event') return other.kind === 'event' && this.#comparer.same(one.event, other.event)
    if (one.kind !== other.kind || one.time !== other.time || one.instrument !== other.instrument) return false
    if (one.kind === 'print') return other.kind === 'print' && one.price === other.price && one.qty === other.qty
    return other.kind === 'topOfBook' && sameTop(one.top, other.top)
  }
}

function sameTop(one: TopOfBook, other: TopOfBook): boolean {
  return (
    one.bidPrice === other.bidPrice &&
    one.bidQty === other.bidQty &&
    one.askPrice === other.askPrice &&
    one.askQty === other.askQty
  )
}

import { isCall, type Phase } from '../phase.js'

/** The phase that an instrument is in, and what it lets happen. */
export class MarketState {
  #phase: Phase = 'continuous'
  /** Orders walk and rest, prints fill, the market crosses clients, stops and pegs are looked at. */
  continuous = true
  /** Orders are collected and none is matched. */
  call = false
  /** What is traded at while in `tradeAtLast`; NaN where there is none. */
  lastPrice = Number.NaN

  get phase(): Phase {
    return this.#phase
  }

  /** @param last price of the last trade, NaN without one */
  enter(phase: Phase, last: number): void {
    this.#phase = phase
    this.continuous = phase === 'continuous'
    this.call = isCall(phase)
    this.lastPrice = phase === 'tradeAtLast' ? last : Number.NaN
  }

  /** Whether a print at this price gives to resting orders. */
  printFills(price: number): boolean {
    return this.continuous || price === this.lastPrice
  }
}

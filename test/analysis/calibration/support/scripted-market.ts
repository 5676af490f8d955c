import { nanos, type Nanos } from '../../../../src/base/time.js'
import { type CalibrationSource } from '../../../../src/analysis/calibration/calibrate.js'
import { type MarketSink } from '../../../../src/exchange/market-sink.js'
import { instrument } from '../../../../src/exchange/instrument.js'
import { BUY, instrumentNo, price, quantity, SELL, type Side } from '../../../../src/exchange/units.js'

const NO = instrumentNo(0)

/** One instrument, a tick of 0.0001, so that rounding to it does not matter. */
export const FINE = instrument(NO, { symbol: 'FINE', tickSize: '0.0001', lotSize: '1' })

/** A market that somebody wrote down: best quotes and trades, each an event. */
export class ScriptedMarket implements CalibrationSource {
  readonly epoch = 0
  readonly start = nanos(0)
  readonly #events: { readonly time: Nanos; readonly tell: (sink: MarketSink) => void }[] = []
  readonly #best = { [BUY]: 0, [SELL]: 0 }
  #next = 0

  /** The best prices are these now. */
  quote(time: number, bid: number, ask: number): void {
    const at = nanos(time)
    const before = { ...this.#best }
    this.#best[BUY] = bid
    this.#best[SELL] = ask
    this.#events.push({
      time: at,
      tell(sink) {
        for (const [side, now] of [
          [BUY, bid],
          [SELL, ask]
        ] as const) {
          if (before[side] === now) continue
          if (before[side] !== 0) sink.level(at, NO, side, price(before[side]), quantity(0))
          sink.level(at, NO, side, price(now), quantity(100))
        }
        sink.eventEnd(at, NO)
      }
    })
  }

  trade(time: number, aggressor: Side, at: number, qty: number): void {
    this.#events.push({
      time: nanos(time),
      tell(sink) {
        sink.trade(nanos(time), NO, aggressor, price(at), quantity(qty))
        sink.eventEnd(nanos(time), NO)
      }
    })
  }

  nextTime(): Nanos | undefined {
    return this.#events.at(this.#next)?.time
  }

  advance(to: Nanos, sink: MarketSink): void {
    for (; this.#next < this.#events.length && this.#events[this.#next].time <= to; this.#next++)
      this.#events[this.#next].tell(sink)
  }
}

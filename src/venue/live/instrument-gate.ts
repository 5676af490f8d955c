import type { Instrument } from '../../exchange/instrument.js'
import { refusal, type Refusal } from '../../exchange/refusal.js'
import type { InstrumentNo } from '../../exchange/units.js'
import type { InstrumentStatus } from '../../market/live/feed.js'

/**
 * Which instruments take orders, by the state of their market data: the venue's edge refuses new orders and replaces where
 * a book is not to be trusted; cancels are always taken. It is decided before a command is recorded, so a re-run need not
 * know it. An exchange with phases of its own would be told of a halt at {@link InstrumentGate.state} instead.
 */
export class InstrumentGate {
  readonly #halting: ReadonlySet<string>
  readonly #states = new Map<InstrumentNo, InstrumentStatus>()

  /** @param halting symbols that are halted while their market data is not live; others are only marked. */
  constructor(halting: ReadonlySet<string>) {
    this.#halting = halting
  }

  state(instrument: Instrument, status: InstrumentStatus): void {
    this.#states.set(instrument.no, status)
  }

  haltOf(instrument: Instrument): Refusal | undefined {
    if (!this.#halting.has(instrument.symbol)) return undefined
    const state = this.#states.get(instrument.no)?.state ?? 'down'
    return state === 'live' ? undefined : refusal('PP1013', instrument.symbol, state)
  }
}

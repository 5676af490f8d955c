import type { EpochSeconds, Nanos } from '../../../base/time.js'
import type { Aggressor, InstrumentNo, Price, Quantity, Side } from '../../../exchange/units.js'
import { CLEAR, HIDDEN, LEVEL, QUOTE, TRADE } from '../../tape/tape-action.js'
import type { TapeMetadata } from '../../tape/tape-metadata.js'
import { BATCH_ROWS, TapeWriter } from '../../tape/tape-writer.js'
import type { LevelSink } from '../tee-sink.js'
import { TailLog } from './tail-log.js'

/** The log beside an unfinished tape. */
export const tailPath = (tape: string): string => `${tape}.tail`

/**
 * Records what live feeds tell as a tape, while they tell it. What was recorded before {@link flush} survives `kill -9`:
 * whole record batches in the unfinished tape, the rows behind them in a log beside it (`repair-recording.ts` joins them).
 */
export class LiveRecorder implements LevelSink {
  readonly #tape: TapeWriter
  readonly #tail: TailLog
  #inTail = 0
  /** When the facts to come happened by the exchange's clock; NaN where it does not say. */
  exchangeTime = Number.NaN

  /** @throws UserError where the tape cannot be written. */
  constructor(path: string, metadata: TapeMetadata, epoch: EpochSeconds) {
    this.#tape = new TapeWriter(path, metadata, epoch, { exchangeTime: true })
    this.#tail = new TailLog(tailPath(path), 0)
  }

  level(time: Nanos, instrument: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    this.#row(time, instrument, LEVEL, side, price, qty)
    this.#tape.level(time, instrument, side, price, qty)
  }

  quote(time: Nanos, instrument: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    this.#row(time, instrument, QUOTE, side, price, qty)
    this.#tape.quote(time, instrument, side, price, qty)
  }

  trade(time: Nanos, instrument: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    this.#row(time, instrument, TRADE, aggressor, price, qty)
    this.#tape.trade(time, instrument, aggressor, price, qty)
  }

  hiddenTrade(time: Nanos, instrument: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    this.#row(time, instrument, HIDDEN, aggressor, price, qty)
    this.#tape.hiddenTrade(time, instrument, aggressor, price, qty)
  }

  clear(time: Nanos, instrument: InstrumentNo): void {
    this.#row(time, instrument, CLEAR, 0, 0, 0)
    this.#tape.clear(time, instrument)
  }

  eventEnd(): void {
    this.#tail.eventEnd()
    this.#tape.eventEnd()
  }

  /** Makes what was recorded so far safe from the end of the process. Between two events. */
  flush(): void {
    this.#tail.flush()
    if (this.#inTail < BATCH_ROWS) return
    this.#tape.flush()
    this.#tail.restart(this.#tape.rows)
    this.#inTail = 0
  }

  /** Completes the tape. */
  close(): void {
    this.#tail.flush()
    this.#tape.close()
    this.#tail.remove()
  }

  #row(time: Nanos, instrument: InstrumentNo, action: number, side: number, price: number, qty: number): void {
    this.#tape.exchangeTime = this.exchangeTime
    this.#tail.row(time, instrument, action, side, price, qty, this.exchangeTime)
    this.#inTail++
  }
}

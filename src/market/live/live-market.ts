import { DAY, nanos, type EpochSeconds, type Nanos } from '../../base/time.js'
import type { Instrument, InstrumentTerms } from '../../exchange/instrument.js'
import type { MarketSink } from '../../exchange/market-sink.js'
import { instrumentNo } from '../../exchange/units.js'
import type { MarketSource } from '../market-source.js'
import { FactQueue } from './fact-queue.js'
import type { FeedOutput, InstrumentStatus } from './feed.js'
import type { LiveRecorder } from './recording/live-recorder.js'
import { TeeSink } from './tee-sink.js'

/** An exchange's time that is further from that of receipt is none: no tape holds both. */
const FAR = 30 * DAY

export interface LiveMarketOptions {
  readonly epoch: EpochSeconds
  readonly instruments: readonly InstrumentTerms[]
  readonly start: Nanos
  /** What earlier runs of the session recorded; it comes before anything live. */
  readonly past: MarketSource | undefined
}

/** What a live market needs to run. */
export interface LiveMarketPorts {
  /** Venue time, which stands still within a turn. */
  now(): Nanos
  /** Facts have come, the last of them at `time`. */
  received(time: Nanos): void
  state(instrument: Instrument, status: InstrumentStatus): void
  readonly recorder: LiveRecorder
}

/**
 * Live feeds as a market source. Facts take the time of their receipt, but never a time up to which the market was
 * advanced already: what a command met is thereby told by times alone, and the recording, fed again, gives every
 * command the same market.
 */
export class LiveMarket implements MarketSource, FeedOutput {
  readonly epoch: EpochSeconds
  readonly instruments: readonly InstrumentTerms[]
  readonly start: Nanos
  readonly end = undefined
  readonly #past: MarketSource | undefined
  readonly #queue = new FactQueue()
  #ports: LiveMarketPorts | undefined
  #sink: MarketSink | undefined
  #last = nanos(0)
  #advanced = Number.NEGATIVE_INFINITY

  constructor({ epoch, instruments, start, past }: LiveMarketOptions) {
    this.epoch = epoch
    this.instruments = instruments
    this.start = past?.start ?? start
    this.#past = past
  }

  /** Facts may come from now on. Books begin empty: what stood at the end of an earlier run is gone. */
  begin(ports: LiveMarketPorts): void {
    this.#ports = ports
    this.#sink = new TeeSink(this.#queue, ports.recorder)
    const time = this.open(undefined)
    for (const no of this.instruments.keys()) {
      this.sink.clear(time, instrumentNo(no))
      this.sink.eventEnd(time, instrumentNo(no))
    }
    this.close()
  }

  get sink(): MarketSink {
    if (this.#sink === undefined) throw new Error('the live market has not begun')
    return this.#sink
  }

  open(exchangeTime: Nanos | undefined): Nanos {
    const { now, recorder } = this.#running()
    this.#last = nanos(Math.max(now(), this.#last, this.#advanced + 1))
    const told = exchangeTime !== undefined && Math.abs(exchangeTime - this.#last) <= FAR ? exchangeTime : Number.NaN
    recorder.exchangeTime = this.#queue.exchangeTime = told
    return this.#last
  }

  close(): void {
    this.#running().received(this.#last)
  }

  state(instrument: Instrument, status: InstrumentStatus): void {
    this.#running().state(instrument, status)
  }

  nextTime(): Nanos | undefined {
    return this.#past?.nextTime() ?? this.#queue.next
  }

  advance(to: Nanos, sink: MarketSink): void {
    this.#past?.advance(to, sink)
    this.#queue.drain(to, sink)
    this.#advanced = Math.max(this.#advanced, to)
  }

  step(count: number, sink: MarketSink): Nanos | undefined {
    if (this.#past?.nextTime() !== undefined) return this.#past.step(count, sink)
    const next = this.#queue.next
    if (next !== undefined) this.advance(next, sink)
    return next
  }

  /** What comes live comes when it comes; a recording keeps its times. */
  shift(): void {}

  #running(): LiveMarketPorts {
    if (this.#ports === undefined) throw new Error('the live market has not begun')
    return this.#ports
  }
}

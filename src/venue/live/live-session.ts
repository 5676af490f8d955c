import type { Clock, EpochSeconds, Nanos } from '../../base/time.js'
import type { Dictionary } from '../../fix/dictionary/dictionary.js'
import type { Instrument } from '../../exchange/instrument.js'
import type { Feed, FeedLog, FeedStatus } from '../../market/live/feed.js'
import type { LiveMarket } from '../../market/live/live-market.js'
import type { LiveRecorder } from '../../market/live/recording/live-recorder.js'
import type { LiveFeedConfig } from '../config/live-section.js'
import { createFeed } from './create-feed.js'
import { InstrumentGate } from './instrument-gate.js'

/** What a live market needs of the venue that runs it. */
export interface LivePorts {
  /** Venue time, standing still within a turn. */
  now(): Nanos
  /** Facts were received, the last at `time`: the venue is to be advanced to it. */
  received(time: Nanos): void
  readonly dictionary: Dictionary
  readonly log: FeedLog
}

/** The live feeds of a running venue, their recording, and which instruments they allow to trade. */
export class LiveSession {
  readonly gate: InstrumentGate
  readonly #configs: readonly LiveFeedConfig[]
  readonly #market: LiveMarket
  readonly #recorder: LiveRecorder
  #feeds: readonly Feed[] = []

  constructor(configs: readonly LiveFeedConfig[], market: LiveMarket, recorder: LiveRecorder) {
    this.#configs = configs
    this.#market = market
    this.#recorder = recorder
    const halting = configs.filter(({ onStale }) => onStale === 'halt')
    this.gate = new InstrumentGate(
      new Set(halting.flatMap(({ instruments }) => instruments.map(({ symbol }) => symbol)))
    )
  }

  get status(): readonly FeedStatus[] {
    return this.#feeds.map(({ status }) => status)
  }

  /** Facts may come; books are empty. */
  begin(ports: LivePorts, instruments: readonly Instrument[]): void {
    const clock: Clock = { now: () => ports.now() }
    const epoch: EpochSeconds = this.#market.epoch
    this.#market.begin({
      now: () => ports.now(),
      received: (time) => ports.received(time),
      state: (instrument, status) => {
        this.gate.state(instrument, status)
        if (status.state === 'live')
          ports.log.event(this.#feedOf(status.symbol), 'live', `${status.symbol}: the book is live`)
      },
      recorder: this.#recorder
    })
    let first = 0
    this.#feeds = this.#configs.map((config) => {
      const own = instruments.slice(first, (first += config.instruments.length))
      return createFeed(config, own, {
        output: this.#market,
        clock,
        epoch,
        log: ports.log,
        dictionary: ports.dictionary
      })
    })
  }

  #feedOf(symbol: string): string {
    return this.#configs.find(({ instruments }) => instruments.some((each) => each.symbol === symbol))?.name ?? ''
  }

  /** Feeds connect. */
  start(): void {
    for (const feed of this.#feeds) feed.start()
  }

  tick(): void {
    for (const feed of this.#feeds) feed.tick()
  }

  /** Makes what was recorded safe from the end of the process; before a turn is committed that may depend on it. */
  flush(): void {
    this.#recorder.flush()
  }

  /** Feeds disconnect; nothing comes any more. */
  stop(): void {
    for (const feed of this.#feeds) feed.stop()
  }

  /** Completes the recording. */
  close(): void {
    this.#recorder.close()
  }
}

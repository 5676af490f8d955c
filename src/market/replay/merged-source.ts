import { nanos, type EpochSeconds, type Nanos } from '../../base/time.js'
import type { InstrumentTerms } from '../../exchange/instrument.js'
import type { MarketSink } from '../../exchange/market-sink.js'
import type { MarketSource } from '../market-source.js'

const NEVER = Number.POSITIVE_INFINITY

/**
 * Several sources as one, in time order; at one time the source listed first goes first. The sources share one epoch and
 * number their instruments alike already.
 */
export class MergedSource implements MarketSource {
  readonly epoch: EpochSeconds
  readonly instruments: readonly InstrumentTerms[]
  readonly start: Nanos
  readonly tellsPhases: boolean
  readonly #sources: readonly MarketSource[]

  constructor(sources: readonly [MarketSource, ...MarketSource[]], instruments: readonly InstrumentTerms[]) {
    this.epoch = sources[0].epoch
    this.instruments = instruments
    this.start = nanos(Math.min(...sources.map(({ start }) => start)))
    this.tellsPhases = sources.some((source) => source.tellsPhases === true)
    this.#sources = sources
  }

  get end(): Nanos | undefined {
    const end = Math.max(...this.#sources.map((source) => source.end ?? NEVER))
    return end === NEVER ? undefined : nanos(end)
  }

  nextTime(): Nanos | undefined {
    const next = this.#next()
    return next < 0 ? undefined : this.#sources[next].nextTime()
  }

  advance(to: Nanos, sink: MarketSink): void {
    for (let next = this.#next(); next >= 0; next = this.#next()) {
      const source = this.#sources[next]
      if ((source.nextTime() ?? NEVER) > to) return
      source.advance(nanos(Math.min(to, this.#turnOf(next))), sink)
    }
  }

  /** Counts an instant of one source as one event, so it feeds more where events share an instant. */
  step(count: number, sink: MarketSink): Nanos | undefined {
    let last: Nanos | undefined
    for (let next = this.#next(); next >= 0 && count > 0; next = this.#next()) {
      last = this.#sources[next].step(1, sink)
      count--
    }
    if (last !== undefined) this.advance(last, sink)
    return last
  }

  shift(by: number): void {
    for (const source of this.#sources) source.shift(by)
  }

  readAhead(): void {
    for (const source of this.#sources) source.readAhead?.()
  }

  /** The source with the earliest next event, the first of several; -1 when all have ended. */
  #next(): number {
    let best = -1
    let bestTime = NEVER
    for (let i = 0; i < this.#sources.length; i++) {
      const time = this.#sources[i].nextTime() ?? NEVER
      if (time < bestTime) {
        best = i
        bestTime = time
      }
    }
    return best
  }

  /** How far a source may go before another one's turn. */
  #turnOf(turn: number): number {
    let until = NEVER
    for (let i = 0; i < this.#sources.length; i++) {
      if (i === turn) continue
      const time = this.#sources[i].nextTime() ?? NEVER
      until = Math.min(until, i < turn ? time - 1 : time)
    }
    return until
  }
}

import { nanos, type EpochSeconds, type Nanos } from '../../base/time.js'
import type { InstrumentTerms } from '../../exchange/instrument.js'
import type { MarketSink } from '../../exchange/market-sink.js'
import { instrumentNo } from '../../exchange/units.js'
import type { MarketSource } from '../market-source.js'
import { AgentInstrument } from './agent-instrument.js'
import type { MarketView } from '../market-view.js'
import type { Scenario } from './scenario/scenario.js'
import { ScenarioPhases } from './scenario/scenario-phases.js'
import { Timeline } from './scenario/timeline.js'

export interface AgentMarketOptions {
  readonly scenario: Scenario
  readonly epoch: EpochSeconds
  readonly start: Nanos
  /** Left out: it runs for ever. */
  readonly duration?: Nanos | undefined
  /** Instead of the scenario's. */
  readonly seed?: number | undefined
}

/**
 * A market of agents that trade with each other, and with clients where it is shown them ({@link AgentMarket.meet}). The same
 * scenario, seed and start give the same events, and so do the same clients' commands at the same times.
 */
export class AgentMarket implements MarketSource {
  readonly epoch: EpochSeconds
  readonly start: Nanos
  readonly end: Nanos | undefined
  readonly instruments: readonly InstrumentTerms[]
  readonly seed: number
  readonly #instruments: readonly AgentInstrument[]
  readonly #timeline: Timeline

  constructor({ scenario, epoch, start, duration, seed = scenario.seed }: AgentMarketOptions) {
    this.epoch = epoch
    this.start = start
    this.end = duration === undefined ? undefined : nanos(start + duration)
    this.seed = seed
    this.instruments = scenario.instruments.map(({ terms }) => terms)
    this.#instruments = scenario.instruments.map(
      (each, no) => new AgentInstrument(instrumentNo(no), each, scenario.agents, seed, start)
    )
    this.#timeline = new Timeline(scenario, start)
    // The market opens in the phase that it is in at 0.
    for (const { at, happening, instruments } of scenario.timeline) {
      if (at > 0 || happening.kind !== 'phase') continue
      for (const no of this.#concerned(instruments)) this.#instruments[no].begin(happening.phase)
    }
  }

  /** From now on the agents see clients. Called before anything is fed. */
  meet(view: MarketView): void {
    for (const { floor } of this.#instruments) floor.meet(view)
  }

  /** The phases that are still to come, as commands that the venue gives itself. */
  phases(): ScenarioPhases {
    return new ScenarioPhases(this.#timeline.fork(), this.#instruments.length)
  }

  /** The instruments with their agents, by number: for studies of what agents do. */
  get floors(): readonly AgentInstrument[] {
    return this.#instruments
  }

  nextTime(): Nanos | undefined {
    const next = nanos(Math.min(this.#earliest().next, this.#timeline.next))
    return this.end !== undefined && next > this.end ? undefined : next
  }

  advance(to: Nanos, sink: MarketSink): void {
    for (let next = this.nextTime(); next !== undefined && next <= to; next = this.nextTime()) this.#feed(sink)
  }

  step(count: number, sink: MarketSink): Nanos | undefined {
    let last: Nanos | undefined
    for (let next = this.nextTime(); count > 0 && next !== undefined; next = this.nextTime(), count--) {
      last = next
      this.#feed(sink)
    }
    if (last !== undefined) this.advance(last, sink)
    return last
  }

  shift(by: number): void {
    for (const each of this.#instruments) each.shift(by)
    this.#timeline.shift(by)
  }

  #feed(sink: MarketSink): void {
    const first = this.#earliest()
    if (first.next <= this.#timeline.next) {
      first.feed(sink)
      return
    }
    const time = nanos(this.#timeline.next)
    const { happening, instruments } = this.#timeline.take()
    for (const no of this.#concerned(instruments)) this.#instruments[no].happen(time, sink, happening)
  }

  #concerned(instruments: readonly number[] | undefined): readonly number[] {
    return instruments ?? this.#instruments.map((_, no) => no)
  }

  /** The instrument whose event is next; the one listed first of several. */
  #earliest(): AgentInstrument {
    let first = this.#instruments[0]
    for (const each of this.#instruments) if (each.next < first.next) first = each
    return first
  }
}

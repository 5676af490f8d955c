import { seededRandom } from '../../base/random.js'
import { nanos, type Nanos } from '../../base/time.js'
import { instrument } from '../../exchange/instrument.js'
import type { MarketSink } from '../../exchange/market-sink.js'
import type { Phase } from '../../exchange/phase.js'
import type { InstrumentNo } from '../../exchange/units.js'
import { FairValue } from './fair-value.js'
import { Floor } from './floor.js'
import { createAgents, type NamedAgent } from './scenario/create-agents.js'
import type { AgentMix, Happening, ScenarioInstrument } from './scenario/scenario.js'

interface Pending {
  time: Nanos
  readonly happen: (sink: MarketSink) => void
}

/** One instrument of a market of agents: who trades in it, and what is about to happen to it. */
export class AgentInstrument {
  readonly floor: Floor
  readonly fair: FairValue
  readonly agents: readonly NamedAgent[]
  #pending: Pending[]
  #next: Nanos

  constructor(no: InstrumentNo, scenario: ScenarioInstrument, mix: AgentMix, seed: number, start: Nanos) {
    const { terms, price, volatility, drift, reversion } = scenario
    this.floor = new Floor(instrument(no, terms))
    const random = seededRandom(seed, `value of ${terms.symbol}`)
    this.fair = new FairValue({ start: price, volatility, drift, reversion }, random, start)
    this.agents = createAgents(mix, { floor: this.floor, fair: this.fair, seed, start, volatility })
    this.floor.onFill = (owner, side, at, qty) => this.agents[owner].agent.filled(side, at, qty)
    this.#pending = [{ time: start, happen: () => this.#open() }]
    this.#next = start
  }

  /** Time of the next event. */
  get next(): Nanos {
    return this.#next
  }

  shift(by: number): void {
    for (const each of this.#pending) each.time = nanos(each.time + by)
    for (const { agent } of this.agents) agent.shift(by)
    this.fair.shift(by)
    this.#find()
  }

  /** Feeds the next event: what was announced for that moment, or else an agent's. */
  feed(sink: MarketSink): void {
    this.floor.begin(this.#next, sink)
    const [due] = this.#pending
    if (due !== undefined && due.time <= this.#next) {
      this.#pending.shift()
      due.happen(sink)
    } else this.#sleeper().wake()
    this.#find()
  }

  /** Something happens now, behind everything else of this moment. */
  happen(time: Nanos, sink: MarketSink, happening: Happening): void {
    this.floor.begin(time, sink)
    switch (happening.kind) {
      case 'news':
        this.fair.news(time, happening.fraction)
        break
      case 'activity':
        for (const { kind, agent } of this.agents) agent.activity = happening.of[kind] ?? agent.activity
        break
      case 'outage':
        this.floor.silence()
        this.#soon(nanos(time + happening.duration), (to) => this.floor.speak(to))
        break
      case 'phase':
        this.#phase(time, happening.phase)
        break
    }
    this.#find()
  }

  /** The phase in which the market opens. */
  begin(phase: Phase): void {
    this.floor.phase = phase
  }

  /**
   * The venue changes the phase behind all facts of this moment, so agents go by the new one from the next nanosecond on.
   * Where a call ends in an auction, they trade at its price then.
   */
  #phase(time: Nanos, phase: Phase): void {
    const { floor } = this
    const at = floor.call && (phase === 'continuous' || phase === 'tradeAtLast' || phase === 'closed')
    const auction = at ? floor.auctionPrice() : undefined
    this.#soon(nanos(time + 1), () => {
      floor.phase = phase
      if (auction !== undefined) floor.uncross(auction)
    })
  }

  #open(): void {
    this.floor.clear()
    for (const { agent } of this.agents) agent.open()
  }

  #soon(time: Nanos, happen: Pending['happen']): void {
    this.#pending.push({ time, happen })
    this.#pending.sort((a, b) => a.time - b.time)
  }

  /** The agent that wakes next; the one listed first of several. */
  #sleeper(): NamedAgent['agent'] {
    let first = this.agents[0].agent
    for (const { agent } of this.agents) if (agent.next < first.next) first = agent
    return first
  }

  #find(): void {
    const agent = this.agents.length === 0 ? Number.POSITIVE_INFINITY : this.#sleeper().next
    this.#next = nanos(Math.min(agent, this.#pending[0]?.time ?? Number.POSITIVE_INFINITY))
  }
}

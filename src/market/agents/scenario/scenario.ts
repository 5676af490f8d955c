import type { Nanos } from '../../../base/time.js'
import type { InstrumentTerms } from '../../../exchange/instrument.js'
import type { Phase } from '../../../exchange/phase.js'
import type { HawkesTakerTerms } from '../hawkes-taker.js'
import type { MarketMakerTerms } from '../market-maker.js'
import type { TrendTraderTerms } from '../trend-trader.js'
import type { ZeroIntelligenceTerms } from '../zero-intelligence.js'

/** Some agents of a kind, alike. */
export type Several<T> = T & { readonly count: number }

/** Which agents trade in each instrument. A market maker whose volatility is left out knows the instrument's. */
export interface AgentMix {
  readonly zeroIntelligence?: Several<ZeroIntelligenceTerms>
  readonly marketMakers?: Several<Omit<MarketMakerTerms, 'volatility'> & { readonly volatility?: number }>
  readonly momentum?: Several<TrendTraderTerms>
  readonly meanReversion?: Several<TrendTraderTerms>
  readonly takers?: Several<HawkesTakerTerms>
}

export type AgentKind = keyof AgentMix

export const AGENT_KINDS: readonly AgentKind[] = [
  'zeroIntelligence',
  'marketMakers',
  'momentum',
  'meanReversion',
  'takers'
]

/** An instrument of a scenario, and how its value moves (in ticks and seconds). */
export interface ScenarioInstrument {
  readonly terms: InstrumentTerms
  /** Value at the start, in ticks. */
  readonly price: number
  readonly volatility: number
  readonly drift: number
  readonly reversion: number
}

/** What happens: news, another phase, the feed falls silent, agents become busier or withdraw. */
export type Happening =
  | { readonly kind: 'news'; readonly fraction: number }
  | { readonly kind: 'phase'; readonly phase: Phase }
  | { readonly kind: 'outage'; readonly duration: Nanos }
  | { readonly kind: 'activity'; readonly of: Readonly<Partial<Record<AgentKind, number>>> }

export interface TimelineEntry {
  /** Behind the start of the market, or of the round where the timeline repeats. */
  readonly at: Nanos
  /** Instruments by number; all of them where undefined. */
  readonly instruments: readonly number[] | undefined
  readonly happening: Happening
}

/** A market that is made up: instruments, who trades in them, and what happens to them. */
export interface Scenario {
  readonly name: string
  readonly about: string
  readonly seed: number
  readonly instruments: readonly ScenarioInstrument[]
  readonly agents: AgentMix
  /** In order of time. */
  readonly timeline: readonly TimelineEntry[]
  /** The timeline begins anew behind this; undefined: it happens once. */
  readonly repeat: Nanos | undefined
}

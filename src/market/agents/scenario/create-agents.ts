import { seededRandom } from '../../../base/random.js'
import type { Nanos } from '../../../base/time.js'
import type { Agent, AgentSetting } from '../agent.js'
import type { FairValue } from '../fair-value.js'
import type { Floor } from '../floor.js'
import { HawkesTaker } from '../hawkes-taker.js'
import { MarketMaker } from '../market-maker.js'
import { TrendTrader } from '../trend-trader.js'
import { ZeroIntelligence } from '../zero-intelligence.js'
import { AGENT_KINDS, type AgentKind, type AgentMix } from './scenario.js'

export interface FloorSetting {
  readonly floor: Floor
  readonly fair: FairValue
  readonly seed: number
  readonly start: Nanos
  /** What market makers take the volatility to be where they are not told. */
  readonly volatility: number
}

/** An agent with what a timeline calls it. */
export interface NamedAgent {
  readonly kind: AgentKind
  readonly agent: Agent
}

/** The agents of one instrument; each has random numbers of its own, so that one more does not change what the others draw. */
export function createAgents(
  mix: AgentMix,
  { floor, fair, seed, start, volatility }: FloorSetting
): readonly NamedAgent[] {
  const agents: NamedAgent[] = []
  for (const kind of AGENT_KINDS) {
    for (let i = 0; i < (mix[kind]?.count ?? 0); i++) {
      const random = seededRandom(seed, `${kind} ${i} in ${floor.instrument.symbol}`)
      const setting: AgentSetting = { floor, fair, random, owner: agents.length, start }
      agents.push({ kind, agent: createAgent(kind, mix, setting, volatility) })
    }
  }
  return agents
}

function createAgent(kind: AgentKind, mix: AgentMix, setting: AgentSetting, volatility: number): Agent {
  switch (kind) {
    case 'zeroIntelligence':
      return new ZeroIntelligence(setting, termsOf(mix, kind))
    case 'marketMakers':
      return new MarketMaker(setting, { volatility, ...termsOf(mix, kind) })
    case 'momentum':
      return new TrendTrader(setting, termsOf(mix, kind), 1)
    case 'meanReversion':
      return new TrendTrader(setting, termsOf(mix, kind), -1)
    case 'takers':
      return new HawkesTaker(setting, termsOf(mix, kind))
  }
}

function termsOf<K extends AgentKind>(mix: AgentMix, kind: K): NonNullable<AgentMix[K]> {
  const terms = mix[kind]
  if (terms === undefined) throw new RangeError(`no ${kind} in the mix`)
  return terms
}

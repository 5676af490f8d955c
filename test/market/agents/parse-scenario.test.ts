import { describe, expect, it } from 'vitest'
import { MINUTE, SECOND } from '../../../src/base/time.js'
import { AGENT_DEFAULTS } from '../../../src/market/agents/scenario/agent-defaults.js'
import { loadScenario, scenarioNames } from '../../../src/market/agents/scenario/load-scenario.js'
import { parseScenario } from '../../../src/market/agents/scenario/parse-scenario.js'

const INSTRUMENTS = "instruments: [{ symbol: A, price: '10.00' }]\n"
const AGENTS = 'agents: { zeroIntelligence: {} }\n'

function fault(text: string): string {
  try {
    parseScenario(text, 's.yaml', 's')
  } catch (error) {
    return (error as Error).message
  }
  return 'fine'
}

describe('a scenario file', () => {
  it('of a few lines is a market', () => {
    const text = `${INSTRUMENTS}agents: { marketMakers: { count: 2, refresh: 250ms } }\ntimeline:\n  - { at: 90s, news: '-2.5%' }\n  - { at: 1m, outage: 5s, symbols: [A] }\nrepeat: 5m\n`
    expect(parseScenario(text, 's.yaml', 's')).toEqual({
      name: 's',
      about: '',
      seed: 1,
      instruments: [
        {
          terms: {
            symbol: 'A',
            tickSize: '0.01',
            lotSize: '1',
            priceScale: 2,
            quantityScale: 0,
            feed: 'l3',
            currency: 'USD',
            market: 'XPPT'
          },
          price: 1000,
          volatility: 0.8,
          drift: 0,
          reversion: Infinity
        }
      ],
      agents: { marketMakers: { ...AGENT_DEFAULTS.marketMakers, count: 2, refresh: 0.25 } },
      timeline: [
        { at: MINUTE, instruments: [0], happening: { kind: 'outage', duration: 5 * SECOND } },
        { at: 90 * SECOND, instruments: undefined, happening: { kind: 'news', fraction: -0.025 } }
      ],
      repeat: 5 * MINUTE
    })
  })

  it.each([
    [
      `${INSTRUMENTS}${AGENTS}a: 1\n`,
      's.yaml:3:1 /a is no key here; known are about, seed, instruments, agents, timeline, repeat'
    ],
    [`${INSTRUMENTS}agents: {}\n`, 's.yaml:2:9 /agents must name a kind of agents: without any nothing trades'],
    [`${INSTRUMENTS}agents:\n  takers: { branching: 1 }\n`, 's.yaml:3:24 /agents/takers/branching must be <= 0.95'],
    [
      `instruments: [{ symbol: A, price: '10.005' }]\n${AGENTS}`,
      's.yaml:1:35 /instruments/0/price must be a multiple of the tick, 0.01'
    ],
    [
      `instruments:\n  - { symbol: A, price: '1' }\n  - { symbol: A, price: '1' }\n${AGENTS}`,
      's.yaml:3:15 /instruments/1/symbol is A once more'
    ],
    [
      `${INSTRUMENTS}${AGENTS}timeline:\n  - { at: 1m, symbols: [B], phase: halt }\n`,
      's.yaml:4:25 /timeline/0/symbols/0 must be one of A'
    ],
    [
      `${INSTRUMENTS}${AGENTS}timeline:\n  - { at: 1m, phase: holiday }\n`,
      's.yaml:4:22 /timeline/0/phase must be one of preOpen, openingAuction, continuous, halt, volatilityAuction, closingAuction, tradeAtLast, closed'
    ],
    [
      `${INSTRUMENTS}${AGENTS}timeline:\n  - { at: soon, phase: halt }\n`,
      's.yaml:4:11 /timeline/0/at must be a duration such as "90s", or "0"'
    ],
    [
      `${INSTRUMENTS}${AGENTS}timeline:\n  - { at: 1m, phase: halt, news: '1%' }\n`,
      's.yaml:4:5 /timeline/0 must have one of news, phase, outage and activity'
    ],
    [
      `${INSTRUMENTS}${AGENTS}timeline:\n  - { at: 1m, outage: 2m }\nrepeat: 3m\n`,
      's.yaml:4:11 /timeline/0/at must be over before the timeline repeats, behind 3m'
    ],
    [
      `${INSTRUMENTS}${AGENTS}timeline:\n  - { at: 1m, news: '-100%' }\n`,
      's.yaml:4:21 /timeline/0/news must leave something of the value'
    ]
  ])('with a mistake is refused by place and expectation: %j', (text, expected) => {
    expect(fault(text)).toBe(expected)
  })

  it('that is not there is refused with those that are', () => {
    expect(() => loadScenario('quiet')).toThrow(
      'scenario "quiet": expected a file, or one of calm, feed-outage, flash-crash, opening-auction, thin, trending, volatile'
    )
    expect(() => loadScenario('./quiet.yaml')).toThrow('./quiet.yaml cannot be read')
  })

  it.each(scenarioNames())('%s comes with the venue', (name) => {
    const { scenario, text } = loadScenario(name)
    expect(scenario.name).toBe(name)
    expect(scenario.about).not.toBe('')
    expect(text.length).toBeLessThan(2000)
  })
})

import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE, nanos, SECOND, type Nanos } from '../../../src/base/time.js'
import { instrument } from '../../../src/exchange/instrument.js'
import { createExchange } from '../../../src/exchange/matching-exchange.js'
import { BUY, instrumentNo, SELL } from '../../../src/exchange/units.js'
import { AgentMarket } from '../../../src/market/agents/agent-market.js'
import { loadScenario, scenarioNames } from '../../../src/market/agents/scenario/load-scenario.js'
import { parseScenario } from '../../../src/market/agents/scenario/parse-scenario.js'
import { RecordingSink } from '../support/recording-sink.js'

const START = nanos(14 * HOUR)

function market(name: string, seed?: number): AgentMarket {
  return new AgentMarket({ scenario: loadScenario(name).scenario, epoch: 0, start: START, seed })
}

/** Everything that a market tells in its first minutes. */
function told(source: AgentMarket, by: (source: AgentMarket, sink: RecordingSink, to: Nanos) => void, minutes = 3) {
  const sink = new RecordingSink()
  by(source, sink, nanos(START + minutes * MINUTE))
  return sink.calls
}

const atOnce = (source: AgentMarket, sink: RecordingSink, to: Nanos): void => source.advance(to, sink)

describe('a market of agents', () => {
  it.each(scenarioNames())(
    '%s: the same seed tells the same, however it is advanced, another seed other things',
    (name) => {
      const calls = told(market(name), atOnce)
      const inSeconds = told(market(name), (source, sink, to) => {
        for (let at: number = START; at <= to; at += SECOND) source.advance(nanos(at), sink)
      })
      const inSteps = told(market(name), (source, sink, to) => {
        for (let next = source.nextTime(); next !== undefined && next <= to; next = source.nextTime())
          source.step(1, sink)
      })
      expect(calls.length).toBeGreaterThan(100)
      expect(inSeconds).toEqual(calls)
      expect(inSteps).toEqual(calls)
      expect(told(market(name, 99), atOnce)).not.toEqual(calls)
    }
  )

  it.each(scenarioNames())('%s: the exchange’s book is the agents’, and does not cross while it trades', (name) => {
    const source = market(name)
    const exchange = createExchange({
      instruments: source.instruments.map((terms, no) => instrument(instrumentNo(no), terms)),
      models: {
        preset: 'observer',
        queue: { kind: 'riskAverse' },
        latency: { kind: 'constant', inbound: nanos(0), outbound: nanos(0) },
        seed: 1
      },
      listener: { onEvent: () => undefined }
    })
    for (let at = START + SECOND / 2; at < START + 7 * MINUTE; at += SECOND) {
      source.advance(nanos(at), exchange)
      for (const [no, { floor }] of source.floors.entries()) {
        const shown = [BUY, SELL].map((side) =>
          exchange.marketDepth(instrumentNo(no), side, 1000).map(({ price, qty }) => [price, qty])
        )
        const own = [floor.bids, floor.asks].map(({ levels }) =>
          levels.map(({ price, queue }) => [price, queue.reduce((sum, { qty }) => sum + qty, 0)]).reverse()
        )
        const isSilent = name === 'feed-outage' && (at - START) % (10 * MINUTE) >= MINUTE && at - START < 3.5 * MINUTE
        if (!isSilent) expect(shown).toEqual(own)
        const { bid, ask } = floor.quote()
        if (floor.continuous && bid !== undefined && ask !== undefined) expect(bid).toBeLessThan(ask)
      }
    }
  })

  it.each(scenarioNames())('%s: what agents buy, agents sell', (name) => {
    const source = market(name)
    const held = source.floors.map(() => 0)
    source.floors.forEach(({ floor }, no) => {
      const { onFill } = floor
      floor.onFill = (owner, side, at, qty) => {
        held[no] += side * qty
        onFill(owner, side, at, qty)
      }
    })
    const sink = new RecordingSink()
    source.advance(nanos(START + 5 * MINUTE), sink)
    expect(sink.calls.some(([fact]) => fact === 'execute')).toBe(true)
    expect(held).toEqual(held.map(() => 0))
  })

  it('what is to come is later by a shift, the timeline too', () => {
    const by = 1234 * SECOND
    const to = nanos(START + 7 * MINUTE)
    const plain = market('flash-crash')
    const slept = market('flash-crash')
    const [before, after, shifted] = [new RecordingSink(), new RecordingSink(), new RecordingSink()]
    const cut = nanos(START + MINUTE)
    plain.advance(cut, before)
    slept.advance(cut, new RecordingSink())
    slept.shift(by)
    plain.advance(to, after)
    slept.advance(nanos(to + by), shifted)
    expect(shifted.calls).toEqual(after.calls.map(([fact, time, ...rest]) => [fact, time + by, ...rest]))
  })

  it('ends where it was told to', () => {
    const scenario = loadScenario('calm').scenario
    const source = new AgentMarket({ scenario, epoch: 0, start: START, duration: MINUTE })
    const sink = new RecordingSink()
    while (source.step(100, sink) !== undefined);
    expect(source.nextTime()).toBeUndefined()
    expect(Math.max(...sink.calls.map(([, time]) => time))).toBeLessThanOrEqual(START + MINUTE)
    expect(source.end).toBe(START + MINUTE)
  })

  it('has its phases as commands, round after round', () => {
    const scenario = parseScenario(
      `
instruments: [{ symbol: A, price: '10.00' }, { symbol: B, price: '10.00' }]
agents: { zeroIntelligence: {} }
timeline:
  - { at: 30s, symbols: [B], phase: halt }
  - { at: 40s, phase: continuous }
repeat: 1m
`,
      'rounds.yaml',
      'rounds'
    )
    const plan = new AgentMarket({ scenario, epoch: 0, start: START }).phases()
    const changes = Array.from({ length: 6 }, () => plan.take())
    expect(
      changes.map((change) => change && [(change.time - START) / SECOND, change.instrument, change.phase])
    ).toEqual([
      [30, 1, 'halt'],
      [40, 0, 'continuous'],
      [40, 1, 'continuous'],
      [90, 1, 'halt'],
      [100, 0, 'continuous'],
      [100, 1, 'continuous']
    ])
  })

  it('news moves the price, and market makers follow', () => {
    const scenario = parseScenario(
      `
instruments: [{ symbol: A, price: '100.00', volatility: 0 }]
agents: { marketMakers: {}, takers: {} }
timeline: [{ at: 1m, news: '-5%' }]
`,
      'news.yaml',
      'news'
    )
    const source = new AgentMarket({ scenario, epoch: 0, start: START })
    const sink = new RecordingSink()
    source.advance(nanos(START + MINUTE - 1), sink)
    expect(source.floors[0].floor.mid()).toBeGreaterThan(9985)
    source.advance(nanos(START + 2 * MINUTE), sink)
    expect(source.floors[0].floor.mid()).toBeLessThan(9530)
    expect(source.floors[0].floor.mid()).toBeGreaterThan(9470)
  })
})

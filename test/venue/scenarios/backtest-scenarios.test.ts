import { describe, expect, it } from 'vitest'
import { BUY, instrumentNo, SELL } from '../../../src/exchange/units.js'
import { scenarioNames } from '../../../src/market/agents/scenario/load-scenario.js'
import { brokenRules, purchases, randomOrders, runScenario } from './support/scenario-run.js'

const MINUTES = 7
const names = scenarioNames()

describe('scenarios through a backtest', () => {
  it.each(names)('%s: with orders of all kinds, nothing that must hold is broken, and it is the same again', (name) => {
    const orders = randomOrders(name, MINUTES, 400, ['market', 'ioc', 'limit', 'limit', 'cancel'])
    const run = runScenario(name, { minutes: MINUTES, orders })
    const again = runScenario(name, { minutes: MINUTES, orders })
    expect(brokenRules(name, run.events)).toEqual([])
    expect(run.events.filter(({ kind }) => kind === 'trade').length).toBeGreaterThan(20)
    expect(run.events.some((event) => event.kind === 'trade' && event.liquidity === 'added')).toBe(true)
    expect(again.events).toEqual(run.events)
    expect(again.summary.stateHash).toBe(run.summary.stateHash)
    for (const [no, { floor }] of run.market.floors.entries()) {
      const { bid, ask } = floor.quote()
      const isOpen = floor.continuous && bid !== undefined && ask !== undefined
      if (isOpen) expect(bid, `${name} ${no}`).toBeLessThan(ask)
    }
  })

  // What happens on a stale book cannot be undone when the feed is back: both sides keep what they believed.
  it.each(names.filter((name) => name !== 'feed-outage'))(
    '%s: what a client takes, agents give: nothing comes from nowhere',
    (name) => {
      const orders = randomOrders(name, MINUTES - 0.1, 400, ['market', 'ioc'])
      const { events, agentsHold, clientHolds } = runScenario(name, { minutes: MINUTES, orders })
      const volume = events.reduce((sum, event) => sum + (event.kind === 'trade' ? event.lastQty : 0), 0)
      expect(volume).toBeGreaterThan(1000)
      expect(agentsHold).toEqual(clientHolds.map((held) => (held === 0 ? 0 : -held)))
    }
  )

  it.each(['consume', 'observer', 'consume+refill', 'impact'] as const)(
    'volatile runs with preset %s and latency',
    (preset) => {
      const orders = randomOrders('volatile', 3, 200, ['market', 'limit', 'cancel'])
      const { events } = runScenario('volatile', { minutes: 3, orders, preset, latency: 5_000_000 })
      expect(brokenRules('volatile', events)).toEqual([])
      expect(events.some(({ kind }) => kind === 'trade')).toBe(true)
    }
  )

  it('agents react: after a large purchase the price is higher than it would have been', () => {
    const mid = (market: ReturnType<typeof runScenario>['market']): number => market.floors[0].floor.mid() ?? 0
    const rises = Array.from({ length: 20 }, (_, seed) => {
      const [quiet, bought] = [[], [60, 61, 62, 63, 64]].map((seconds) =>
        runScenario('thin', { minutes: 1.15, seed, orders: (instruments) => purchases(instruments, seconds) })
      )
      return mid(bought.market) - mid(quiet.market)
    })
    expect(rises.reduce((sum, each) => sum + each, 0) / rises.length).toBeGreaterThan(2)
  })

  it('flash crash: nothing trades in the halt, and the auction behind it has one price for all', () => {
    const orders = randomOrders('flash-crash', MINUTES, 600, ['limit', 'market'])
    const { events, market } = runScenario('flash-crash', { minutes: MINUTES, orders })
    const refused = events.filter((event) => event.kind === 'rejected' && event.refusal.code === 'PP1025')
    const fills = events.filter((event) => event.kind === 'trade' && event.liquidity === 'auction')
    expect(refused.length).toBeGreaterThan(5)
    expect(fills.length).toBeGreaterThan(0)
    for (const no of [0, 1]) {
      const prices = fills.flatMap((event) =>
        event.kind === 'trade' && event.terms.instrument === instrumentNo(no) ? [event.lastPx] : []
      )
      expect(new Set(prices).size).toBeLessThanOrEqual(1)
    }
    expect(market.floors[0].floor.phase).toBe('continuous')
  })

  it('opening auction: orders of the call meet the agents’ at one price', () => {
    const orders = randomOrders('opening-auction', 0.9, 40, ['market', 'limit'])
    const { events } = runScenario('opening-auction', { minutes: 2, orders })
    const fills = events.filter((event) => event.kind === 'trade' && event.liquidity === 'auction')
    expect(fills.length).toBeGreaterThan(5)
    expect(
      [BUY, SELL].every((side) => fills.some((event) => event.kind === 'trade' && event.terms.side === side))
    ).toBe(true)
  })
})

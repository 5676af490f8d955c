import { describe, expect, it } from 'vitest'
import { DAY, nanos, SECOND } from '../../../src/base/time.js'
import { instrument } from '../../../src/exchange/instrument.js'
import { formatNotional } from '../../../src/exchange/notional-text.js'
import { FeeBook } from '../../../src/exchange/models/fees/fee-book.js'
import { type FeeSchedule } from '../../../src/exchange/models/settings.js'
import { BUY, instrumentNo, SELL, sessionNo } from '../../../src/exchange/units.js'
import { ModelFloor } from './support/model-floor.js'

const SHARE = instrument(instrumentNo(0), {
  symbol: 'SHARE',
  tickSize: '0.01',
  priceScale: 4,
  lotSize: '1',
  market: 'XNAS'
})
const COIN = instrument(instrumentNo(1), { symbol: 'COIN', tickSize: '0.1', lotSize: '0.001', market: 'XBIN' })

interface Fill {
  readonly order?: number
  readonly session?: number
  readonly qty: number
  readonly price?: number
  readonly liquidity?: 'added' | 'removed' | 'auction'
  readonly time?: number
}

/** The fees of fills in money, in turn. */
function charges(schedule: FeeSchedule, fills: readonly Fill[], of = SHARE): string[] {
  const book = new FeeBook({ [of.market]: schedule }, [SHARE, COIN])
  return fills.map(({ order = 1, session = 0, qty, price = 100_0000, liquidity = 'removed', time = 0 }) => {
    const fill = { orderId: order, session: sessionNo(session), qty, price, liquidity }
    return formatNotional(of, book.charge(nanos(time), of.no, fill) ?? Number.NaN)
  })
}

const perShare: FeeSchedule = { basis: 'perShare', tiers: [{ from: '0', maker: '-0.0020', taker: '0.0030' }] }

describe('fees', () => {
  it('per share: taker pays, maker earns a rebate', () => {
    expect(charges(perShare, [{ qty: 100 }, { order: 2, qty: 100, liquidity: 'added' }])).toEqual(['0.30', '-0.20'])
  })

  it('an auction costs what the taker pays, unless it says otherwise', () => {
    const auction: FeeSchedule = { ...perShare, tiers: [{ ...perShare.tiers[0], auction: '0.0010' }] }
    expect(charges(perShare, [{ qty: 100, liquidity: 'auction' }])).toEqual(['0.30'])
    expect(charges(auction, [{ qty: 100, liquidity: 'auction' }])).toEqual(['0.10'])
  })

  it('per notional: of the money that changed hands', () => {
    const schedule: FeeSchedule = { basis: 'perNotional', tiers: [{ from: '0', maker: '0.0002', taker: '0.0005' }] }
    // 0.250 coins at 60,000.0 are 15,000: 7.50 for the taker.
    expect(charges(schedule, [{ qty: 250, price: 600_000 }], COIN)).toEqual(['7.50'])
  })

  it('per contract: quantity times rate', () => {
    const schedule: FeeSchedule = { basis: 'perContract', tiers: [{ from: '0', maker: '0.85', taker: '0.85' }] }
    expect(charges(schedule, [{ qty: 3 }])).toEqual(['2.55'])
  })

  it('an order costs the same however its fills were cut', () => {
    const schedule: FeeSchedule = { basis: 'perShare', tiers: [{ from: '0', maker: '0', taker: '0.00035' }] }
    const whole = charges(schedule, [{ qty: 1000 }])
    const cut = charges(
      schedule,
      Array.from({ length: 1000 }, () => ({ qty: 1 }))
    )
    const sum = cut.reduce((total, fee) => total + Math.round(Number(fee) * 10_000), 0)
    expect([whole, sum, cut.slice(0, 4)]).toEqual([['0.35'], 3500, ['0.0004', '0.0003', '0.0003', '0.0004']])
  })

  it('the first fill of an order pays its minimum, later ones what goes beyond it', () => {
    const schedule: FeeSchedule = { ...perShare, minimum: '1.00' }
    expect(charges(schedule, [{ qty: 100 }, { qty: 100 }, { qty: 400 }])).toEqual(['1.00', '0.00', '0.80'])
  })

  it('an order pays at most its cap', () => {
    const schedule: FeeSchedule = { ...perShare, cap: '0.50' }
    expect(charges(schedule, [{ qty: 100 }, { qty: 100 }, { qty: 400 }])).toEqual(['0.30', '0.20', '0.00'])
  })

  it('a rebate has neither minimum nor cap', () => {
    const schedule: FeeSchedule = { ...perShare, minimum: '1.00', cap: '2.00' }
    expect(charges(schedule, [{ qty: 5000, liquidity: 'added' }])).toEqual(['-10.00'])
  })
})

describe('tiers', () => {
  const tiered: FeeSchedule = {
    basis: 'perShare',
    tiers: [
      { from: '0', maker: '0.0010', taker: '0.0030' },
      { from: '1000', maker: '0', taker: '0.0020' }
    ]
  }

  it('a fill pays by what was traded before it', () => {
    expect(charges(tiered, [{ qty: 1000 }, { order: 2, qty: 100 }])).toEqual(['3.00', '0.20'])
  })

  it('each session has a volume of its own', () => {
    expect(charges(tiered, [{ qty: 1000 }, { order: 2, session: 1, qty: 100 }])).toEqual(['3.00', '0.30'])
  })

  it('a volume is forgotten after 30 days', () => {
    const fills = [29, 30].map((day) => [{ qty: 1000 }, { order: 2, qty: 100, time: day * DAY }])
    expect(fills.map((each) => charges(tiered, each)[1])).toEqual(['0.20', '0.30'])
  })

  it('what was traded before the session counts', () => {
    expect(charges({ ...tiered, volumeBefore: '5000' }, [{ qty: 100 }])).toEqual(['0.20'])
  })

  it('per notional counts money', () => {
    const schedule: FeeSchedule = {
      basis: 'perNotional',
      tiers: [
        { from: '0', maker: '0', taker: '0.001' },
        { from: '15000', maker: '0', taker: '0.0005' }
      ]
    }
    const coin = { qty: 250, price: 600_000 }
    expect(charges(schedule, [coin, { ...coin, order: 2 }], COIN)).toEqual(['15.00', '7.50'])
  })

  it.each<[string, FeeSchedule]>([
    ['no tier from 0', { basis: 'perShare', tiers: [{ from: '1', maker: '0', taker: '0' }] }],
    ['tiers that do not ascend', { basis: 'perShare', tiers: [...perShare.tiers, ...perShare.tiers] }],
    ['a rate that is no decimal', { basis: 'perShare', tiers: [{ from: '0', maker: '1e-3', taker: '0' }] }],
    ['a minimum above the cap', { ...perShare, minimum: '2', cap: '1' }]
  ])('refuses %s', (_what, schedule) => {
    expect(() => new FeeBook({ XNAS: schedule }, [SHARE])).toThrow(RangeError)
  })
})

describe('fees in the exchange', () => {
  it('a trade’s event carries what its market charges; a market without fees says nothing', () => {
    const schedule: FeeSchedule = { basis: 'perShare', tiers: [{ from: '0', maker: '-1', taker: '2' }] }
    const run = (market: string): unknown[] => {
      const floor = new ModelFloor('l2', { fees: { [market]: schedule } })
      floor.ladder(0, 100)
      floor.order(1, SELL, 10, 1001)
      floor.order(2, BUY, 110, 1001, 1)
      floor.exchange.advance(nanos(3 * SECOND))
      return floor.events().map((event) => (event.kind === 'trade' ? event.commission : event.kind))
    }
    expect(run('XPPT')).toEqual(['new', 'new', 200, 20, -10])
    expect(run('*')).toEqual(['new', 'new', 200, 20, -10])
    expect(run('XNAS')).toEqual(['new', 'new', undefined, undefined, undefined])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plus, type Exact } from '../../../src/analysis/exact.js'
import { implementationShortfall, type ShortfallInput } from '../../../src/analysis/tca/shortfall.js'
import { BUY, SELL } from '../../../src/exchange/units.js'

const price = fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 10 ** 12 }))
const fills = fc.array(
  fc.record({ price, qty: fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 10 ** 12 })) })
)

const input = fc
  .record({
    side: fc.constantFrom(BUY, SELL),
    fills,
    rest: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 10 ** 12 })),
    decision: price,
    arrival: price,
    end: price,
    fees: fc.integer()
  })
  .map(({ fills: its, rest, ...prices }): ShortfallInput => {
    const executed = its.reduce((sum, { qty }) => sum + qty, 0)
    const notional = its.reduce((sum, { price: p, qty }) => sum + BigInt(p) * BigInt(qty), 0n)
    return { ...prices, quantity: executed + rest, executed, notional: plus(notional, 0) }
  })

const ACQUIRED: ShortfallInput = {
  side: BUY,
  quantity: 100,
  executed: 60,
  notional: 60 * 1010,
  decision: 1000,
  arrival: 1004,
  end: 1020,
  fees: 7
}

describe('implementationShortfall', () => {
  it('adds up exactly, whatever the numbers', () => {
    fc.assert(
      fc.property(input, (order) => {
        const { delay, trading, opportunity, fees, total } = implementationShortfall(order)
        expect([delay, trading, opportunity].reduce<Exact>((sum, part) => plus(sum, part ?? Number.NaN), fees)).toBe(
          total
        )
      }),
      { numRuns: 1000 }
    )
  })

  it('is the paper portfolio less the real one', () => {
    fc.assert(
      fc.property(input, (order) => {
        const { side, quantity, executed, notional, decision, end, fees } = order
        // Paper: all of X at the decision price, now worth the end price. Real: F bought for what the fills cost, and fees.
        const paper = BigInt(side) * BigInt(quantity) * BigInt(end - decision)
        const real = BigInt(side) * (BigInt(executed) * BigInt(end) - BigInt(notional)) - BigInt(fees)
        expect(BigInt(implementationShortfall(order).total ?? 0)).toBe(paper - real)
      })
    )
  })

  it('costs the other side what one side gains', () => {
    fc.assert(
      fc.property(input, (order) => {
        const free = { ...order, fees: 0 }
        const one = implementationShortfall(free)
        const other = implementationShortfall({ ...free, side: order.side === BUY ? SELL : BUY })
        for (const part of ['delay', 'trading', 'opportunity', 'total'] as const)
          expect(plus(one[part] ?? 0, other[part] ?? 0)).toBe(0)
      })
    )
  })

  it('names its parts', () => {
    expect(implementationShortfall(ACQUIRED)).toEqual({
      delay: 100 * 4,
      trading: 60 * 6,
      opportunity: 40 * 16,
      fees: 7,
      total: 60 * 10 + 40 * 20 + 7
    })
  })

  describe('without a benchmark', () => {
    const without = (missing: Partial<ShortfallInput>) => implementationShortfall({ ...ACQUIRED, ...missing })

    it('of decision: no delay and no total', () => {
      expect(without({ decision: Number.NaN })).toEqual({
        delay: undefined,
        trading: 360,
        opportunity: 640,
        fees: 7,
        total: undefined
      })
    })

    it('of arrival: a total, but no split', () => {
      expect(without({ arrival: Number.NaN })).toEqual({
        delay: undefined,
        trading: undefined,
        opportunity: undefined,
        fees: 7,
        total: 1407
      })
    })

    it('of end: no opportunity cost where something was left', () => {
      expect(without({ end: Number.NaN })).toEqual({
        delay: 400,
        trading: 360,
        opportunity: undefined,
        fees: 7,
        total: undefined
      })
    })

    it('of end: nothing is missing where nothing was left', () => {
      expect(without({ end: Number.NaN, executed: 100, notional: 100 * 1010 })).toEqual({
        delay: 400,
        trading: 600,
        opportunity: 0,
        fees: 7,
        total: 1007
      })
    })

    it('of everything: only what needs none', () => {
      const none = { decision: Number.NaN, arrival: Number.NaN, end: Number.NaN, executed: 0, notional: 0, fees: 0 }
      expect(without(none)).toEqual({ delay: undefined, trading: 0, opportunity: undefined, fees: 0, total: undefined })
    })
  })
})

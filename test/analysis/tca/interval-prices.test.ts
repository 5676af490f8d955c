import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatRatio, type Ratio } from '../../../src/analysis/ratio.js'
import { MidIntervals, PrintIntervals } from '../../../src/analysis/tca/interval-prices.js'
import { markScale } from '../../../src/analysis/tca/marks.js'
import { instrument } from '../../../src/exchange/instrument.js'
import { instrumentNo } from '../../../src/exchange/units.js'

const SCALE = markScale(instrument(instrumentNo(0), { symbol: 'ACME', tickSize: '0.01', lotSize: '1' }), 0)

const gap = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 10 ** 12 }))
const rows = fc.array(
  fc.record({
    gap,
    price: fc.integer({ min: 1, max: 10 ** 9 }),
    qty: fc.integer({ min: 1, max: 10 ** 12 }),
    known: fc.boolean()
  }),
  { maxLength: 40 }
)
const bounds = fc.tuple(
  fc.integer({ min: -5, max: 10 ** 13 }),
  fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 10 ** 13 }))
)

function timesOf(gaps: readonly { readonly gap: number }[]): Float64Array {
  let now = 0
  return Float64Array.from(gaps, (row) => (now += row.gap))
}

const value = (found: Ratio | undefined) => (found ? formatRatio(found, 12) : undefined)

describe('VWAP of an interval', () => {
  it('is that of a loop over the prints, ends included', () => {
    fc.assert(
      fc.property(rows, bounds, (list, [start, length]) => {
        const time = timesOf(list)
        const price = Float64Array.from(list, (row) => row.price)
        const qty = Float64Array.from(list, (row) => row.qty)
        let volume = 0n
        let turnover = 0n
        list.forEach((row, i) => {
          if (time[i] < start || time[i] > start + length) return
          volume += BigInt(row.qty)
          turnover += BigInt(row.qty) * BigInt(2 * row.price)
        })
        const found = new PrintIntervals({ length: list.length, time, price, qty }, SCALE).between(
          start,
          start + length
        )
        expect(BigInt(found.volume)).toBe(volume)
        expect(value(found.vwap)).toBe(
          volume === 0n ? undefined : formatRatio({ numerator: turnover, denominator: volume }, 12)
        )
      })
    )
  })
})

describe('VWAP of the first so much that printed', () => {
  it('is that of a loop that takes print after print', () => {
    fc.assert(
      fc.property(rows, bounds, fc.integer({ min: 0, max: 10 ** 13 }), (list, [start], wanted) => {
        const time = timesOf(list)
        const price = Float64Array.from(list, (row) => row.price)
        const qty = Float64Array.from(list, (row) => row.qty)
        let rest = BigInt(wanted)
        let turnover = 0n
        list.forEach((row, i) => {
          if (time[i] < start) return
          const taken = rest < BigInt(row.qty) ? rest : BigInt(row.qty)
          rest -= taken
          turnover += taken * BigInt(2 * row.price)
        })
        const found = new PrintIntervals({ length: list.length, time, price, qty }, SCALE).firstOf(wanted, start)
        const enough = rest === 0n && wanted > 0
        expect(value(found)).toBe(enough ? formatRatio({ numerator: turnover, denominator: wanted }, 12) : undefined)
      })
    )
  })
})

describe('TWAP of the mid', () => {
  it('is that of a loop over the quotes, without the time that had no mid', () => {
    fc.assert(
      fc.property(rows, bounds, (list, [start, length]) => {
        fc.pre(length > 0)
        const time = timesOf(list)
        const bid = Float64Array.from(list, (row) => (row.known ? row.price : Number.NaN))
        const ask = Float64Array.from(list, (row) => row.price + 1)
        let area = 0n
        let covered = 0n
        list.forEach((row, i) => {
          if (!row.known) return
          const from = Math.max(time[i], start)
          const to = Math.min(i + 1 < list.length ? time[i + 1] : Number.POSITIVE_INFINITY, start + length)
          if (to <= from) return
          area += BigInt(2 * row.price + 1) * BigInt(to - from)
          covered += BigInt(to - from)
        })
        const quotes = { length: list.length, time, bid, ask, lastTime: time.at(-1) ?? Number.NaN }
        const found = new MidIntervals(quotes, SCALE).between(start, start + length)
        expect(value(found)).toBe(
          covered === 0n ? undefined : formatRatio({ numerator: area, denominator: covered }, 12)
        )
      })
    )
  })

  it('of an instant is the mid that stands at it', () => {
    const quotes = {
      length: 2,
      time: Float64Array.of(10, 20),
      bid: Float64Array.of(100, Number.NaN),
      ask: Float64Array.of(103, 104),
      lastTime: 20
    }
    const mids = new MidIntervals(quotes, SCALE)
    expect([9, 10, 19, 20].map((at) => value(mids.between(at, at)))).toEqual([
      undefined,
      '203.000000000000',
      '203.000000000000',
      undefined
    ])
  })
})

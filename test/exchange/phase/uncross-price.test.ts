import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { uncrossPrice, type Interest } from '../../../src/exchange/phase/uncross-price.js'

const at = (price: number, qty: number): Interest => ({ price, qty })
const marketBuy = (qty: number): Interest => at(Number.POSITIVE_INFINITY, qty)
const marketSell = (qty: number): Interest => at(Number.NEGATIVE_INFINITY, qty)

describe('the uncross price', () => {
  it('has the largest executable quantity', () => {
    expect(uncrossPrice([at(102, 10), at(101, 20)], [at(100, 15), at(101, 15)], undefined)).toEqual({
      price: 101,
      qty: 30,
      surplus: 0
    })
  })

  it('among those, leaves the smallest surplus', () => {
    expect(uncrossPrice([at(105, 10), at(103, 5)], [at(100, 10)], undefined)).toEqual({
      price: 105,
      qty: 10,
      surplus: 0
    })
  })

  it('then goes where the market presses: up with buyers left, down with sellers left', () => {
    expect(uncrossPrice([at(103, 20)], [at(100, 10)], 101)).toEqual({ price: 103, qty: 10, surplus: 10 })
    expect(uncrossPrice([at(103, 10)], [at(100, 20)], 101)).toEqual({ price: 100, qty: 10, surplus: -10 })
  })

  it('then is nearest the reference, which is a price itself; of two as near the higher; the lowest without one', () => {
    const [buys, sells] = [[at(103, 10)], [at(100, 10)]]
    expect(uncrossPrice(buys, sells, 101)?.price).toBe(101)
    expect(uncrossPrice(buys, sells, 90)?.price).toBe(100)
    expect(uncrossPrice(buys, sells, 110)?.price).toBe(103)
    expect(uncrossPrice(buys, sells, undefined)?.price).toBe(100)
    expect(uncrossPrice([at(104, 10)], [at(100, 5), at(104, 10)], 102)?.price).toBe(104)
  })

  it('weighs both signs of one surplus against the reference', () => {
    const [buys, sells] = [
      [at(102, 15), at(100, 10)],
      [at(100, 15), at(102, 10)]
    ]
    expect([101, 99, 103].map((reference) => uncrossPrice(buys, sells, reference))).toEqual([
      { price: 101, qty: 15, surplus: 0 },
      { price: 100, qty: 15, surplus: 10 },
      { price: 102, qty: 15, surplus: -10 }
    ])
  })

  it('trades market orders at the reference, and not at all where there is no price', () => {
    expect(uncrossPrice([marketBuy(5)], [marketSell(7)], 100)).toEqual({ price: 100, qty: 5, surplus: -2 })
    expect(uncrossPrice([marketBuy(5)], [marketSell(7)], undefined)).toBeUndefined()
    expect(uncrossPrice([marketBuy(5)], [at(101, 3)], undefined)).toEqual({ price: 101, qty: 3, surplus: 2 })
  })

  it('is found among more prices than a call has room for arguments', () => {
    const side = (from: number): Interest[] => Array.from({ length: 150_000 }, (_, i) => at(from + i, 1))
    expect(uncrossPrice(side(1), side(150_000), undefined)).toEqual({ price: 150_000, qty: 1, surplus: 0 })
  })

  it('is none where nothing crosses', () => {
    expect(uncrossPrice([at(99, 5)], [at(100, 5)], 100)).toBeUndefined()
    expect(uncrossPrice([], [at(100, 5)], 100)).toBeUndefined()
  })

  it('is never beaten by another price', () => {
    const interest = fc.record({ price: fc.integer({ min: 95, max: 105 }), qty: fc.integer({ min: 1, max: 20 }) })
    const side = fc.array(interest, { maxLength: 8 })
    fc.assert(
      fc.property(
        side,
        side,
        fc.option(fc.integer({ min: 90, max: 110 }), { nil: undefined }),
        (buys, sells, reference) => {
          const sum = (all: readonly Interest[]): number => all.reduce((total, { qty }) => total + qty, 0)
          const executable = (price: number): number =>
            Math.min(sum(buys.filter((each) => each.price >= price)), sum(sells.filter((each) => each.price <= price)))
          const result = uncrossPrice(buys, sells, reference)
          const most = Math.max(...Array.from({ length: 21 }, (_, i) => executable(90 + i)))
          expect(result?.qty ?? 0).toBe(most)
          if (result) expect(executable(result.price)).toBe(most)
        }
      )
    )
  })
})

import { describe, expect, it } from 'vitest'
import { nanos } from '../../../src/base/time.js'
import type { OrdType, TimeInForce } from '../../../src/exchange/command.js'
import type { OrderQualifiers } from '../../../src/exchange/order-qualifiers.js'
import { checkCombination, QUALIFIER_RULES, TYPE_RULES } from '../../../src/exchange/order/combinations.js'
import { replacedQualifiers } from '../../../src/exchange/order/qualifiers.js'
import { refusalText } from '../../../src/exchange/refusal.js'
import { price, quantity } from '../../../src/exchange/units.js'

const answer = (ordType: OrdType, timeInForce: TimeInForce, qualifiers?: OrderQualifiers): string => {
  const refused = checkCombination(ordType, timeInForce, qualifiers)
  return refused ? refusalText(refused) : 'taken'
}
const stopPx = price(100)
const displayQty = quantity(10)

describe('combinations of type, time in force and qualifiers', () => {
  it.each<[string, OrdType, TimeInForce, OrderQualifiers | undefined]>([
    ['taken', 'limit', 'fok', undefined],
    ['taken', 'market', 'ioc', { minQty: quantity(1) }],
    ['taken', 'stopLimit', 'gtc', { stopPx, displayQty }],
    ['taken', 'limit', 'gtd', { displayQty, postOnly: 'reject', expireTime: nanos(1) }],
    ['PP1016 "stop" does not go with "ioc"', 'stop', 'ioc', { stopPx }],
    ['PP1016 "pegged" does not go with "fok"', 'pegged', 'fok', undefined],
    ['PP1016 "market" does not go with "gtd"', 'market', 'gtd', undefined],
    ['PP1016 "stopPx" does not go with "limit"', 'limit', 'day', { stopPx }],
    ['PP1016 "displayQty" does not go with "ioc"', 'limit', 'ioc', { displayQty }],
    ['PP1016 "displayQty" does not go with "allOrNone"', 'limit', 'day', { displayQty, allOrNone: true }],
    ['PP1016 "minQty" does not go with "postOnly"', 'limit', 'day', { minQty: quantity(1), postOnly: 'reprice' }],
    ['PP1016 "expireTime" does not go with "day"', 'limit', 'day', { expireTime: nanos(1) }],
    ['PP1017 "stop" needs "stopPx"', 'stop', 'day', undefined],
    ['PP1017 "pegged" needs "peg"', 'pegged', 'day', undefined],
    ['PP1017 "gtd" needs "expireTime"', 'limit', 'gtd', undefined]
  ])('%s: %s %s', (expected, ordType, timeInForce, qualifiers) => {
    expect(answer(ordType, timeInForce, qualifiers)).toBe(expected)
  })

  it('exclude each other both ways', () => {
    for (const [name, { excludes }] of Object.entries(QUALIFIER_RULES))
      for (const other of excludes)
        expect([other, QUALIFIER_RULES[other].excludes]).toEqual([other, expect.arrayContaining([name])])
  })

  it('need only what they take', () => {
    for (const { needs, qualifiers } of Object.values(TYPE_RULES)) if (needs) expect(qualifiers).toContain(needs)
  })
})

describe('qualifiers of a replaced order', () => {
  const old: OrderQualifiers = { stopPx, displayQty, expireTime: nanos(5), selfMatch: { id: 'A', mode: 'decrement' } }

  it('are kept where the request leaves them out, and taken from it where it brings them', () => {
    expect(replacedQualifiers(old, { displayQty: quantity(3) }, 'stopLimit', 'gtd')).toEqual({
      ...old,
      displayQty: 3
    })
  })

  it('fall away where the new type or time in force does not take them', () => {
    expect(replacedQualifiers(old, undefined, 'limit', 'day')).toEqual({ displayQty, selfMatch: old.selfMatch })
    expect(replacedQualifiers(old, { stopPx }, 'limit', 'ioc')).toEqual({ stopPx, selfMatch: old.selfMatch })
  })

  it('go when they are taken away', () => {
    const had: OrderQualifiers = { minQty: quantity(5), allOrNone: true, postOnly: 'reject' }
    expect(
      replacedQualifiers(had, { minQty: quantity(0), allOrNone: false, postOnly: 'none' }, 'limit', 'day')
    ).toBeUndefined()
  })
})

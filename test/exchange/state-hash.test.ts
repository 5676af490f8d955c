import { describe, expect, it } from 'vitest'
import { nanos } from '../../src/base/time.js'
import { BUY, instrumentNo, price, quantity, sessionNo } from '../../src/exchange/units.js'
import { createExchange } from '../../src/exchange/matching-exchange.js'
import { ask, bid, seller, TradingFloor } from './support/trading-floor.js'

const floorAfter = (act: (floor: TradingFloor) => void, terms = {}): TradingFloor => {
  const floor = new TradingFloor(createExchange, terms)
  act(floor)
  floor.exchange.advance(nanos(1_000))
  return floor
}

const hashAfter = (act: (floor: TradingFloor) => void, terms = {}): string =>
  floorAfter(act, terms).exchange.stateHash()

describe('the state hash', () => {
  it('is 16 hexadecimal digits', () => {
    expect(hashAfter(() => {})).toMatch(/^[0-9a-f]{16}$/)
  })

  it('is the same for the same history', () => {
    const history = (floor: TradingFloor): void => {
      floor.level(bid, '100.00', 50)
      floor.buy(20).at('100.00').day()
      floor.print(seller, '100.00', 60)
      floor.replace('c1', { qty: 15 })
    }
    expect(hashAfter(history)).toBe(hashAfter(history))
  })

  it('does not look at the order of a command’s fields, which a journal does not keep', () => {
    const command = {
      kind: 'new',
      time: nanos(0),
      session: sessionNo(0),
      clOrdId: 'c1',
      instrument: instrumentNo(0)
    } as const
    const terms = { side: BUY, ordType: 'limit', timeInForce: 'day', orderQty: quantity(1), price: price(9) } as const
    const [one, other] = [
      { ...command, ...terms, tags: [] },
      { tags: [], ...terms, ...command }
    ].map((each) => {
      const { exchange } = new TradingFloor(createExchange, { inbound: 5_000 })
      exchange.submit(each)
      return exchange.stateHash()
    })
    expect(one).toBe(other)
  })

  it('does not remember levels that came and went', () => {
    const detour = (floor: TradingFloor): void => {
      floor.level(bid, '99.00', 10)
      floor.level(ask, '101.00', 10)
      floor.level(bid, '99.00', 0)
    }
    expect(hashAfter(detour)).toBe(hashAfter((floor) => floor.level(ask, '101.00', 10)))
  })

  it('does not remember how two orders came to the same place', () => {
    const through = (first: number, second: number) => (floor: TradingFloor) => {
      for (const shown of [first, second]) {
        floor.wait(1).level(bid, '100.00', shown)
        floor.buy(10).at('100.00').gtc()
      }
      floor.wait(1).level(bid, '100.00', 50)
      floor.wait(1).level(bid, '100.00', 50)
    }
    expect(hashAfter(through(100, 120))).toBe(hashAfter(through(50, 50)))
    expect(hashAfter(through(100, 120))).not.toBe(hashAfter(through(40, 120)))
  })

  const scene = (floor: TradingFloor): void => {
    floor.level(bid, '100.00', 50)
    floor.level(ask, '100.01', 50)
    floor.buy(20).at('100.00').day()
  }

  it.each<[string, (floor: TradingFloor) => void]>([
    ['market quantity', (floor) => floor.level(ask, '100.02', 1)],
    ['consumed quantity', (floor) => floor.buy(1).at('100.01').ioc()],
    ['the place of an order', (floor) => floor.print(seller, '100.00', 10)],
    ['an order', (floor) => floor.cancel('c1')],
    ['a used ClOrdID', (floor) => floor.cancel('nobody', 'x')],
    ['what is watched', (floor) => floor.on(1).watch()],
    [
      'an event that is not over',
      (floor) =>
        void floor.exchange.level(
          floor.time,
          floor.exchange.instruments[0].no,
          ask,
          floor.exchange.instruments[0].tickSize,
          floor.exchange.instruments[0].lotSize
        )
    ]
  ])('tells apart %s', (_, change) => {
    const changed = hashAfter(
      (floor) => {
        scene(floor)
        change(floor)
      },
      { instruments: 2 }
    )
    expect(changed).not.toBe(hashAfter(scene, { instruments: 2 }))
  })

  it('covers what is under way', () => {
    const under = (id: string) => (floor: TradingFloor) => floor.wait(999).buy(1).at('100.00').day(id)
    expect(hashAfter(under('a'), { inbound: 5_000 })).not.toBe(hashAfter(under('b'), { inbound: 5_000 }))
    expect(hashAfter(under('a'), { outbound: 5_000 })).not.toBe(hashAfter(under('b'), { outbound: 5_000 }))
  })
})

describe('time', () => {
  it('does not run backwards', () => {
    const { exchange } = floorAfter(() => {})
    expect(() => exchange.advance(nanos(999))).toThrow(RangeError)
    expect(() => exchange.eventEnd(nanos(999), exchange.instruments[0].no)).toThrow(RangeError)
    expect(exchange.time).toBe(1_000)
  })
})

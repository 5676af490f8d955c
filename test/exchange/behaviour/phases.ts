import { describe, expect, it } from 'vitest'
import { type TimeInForce } from '../../../src/exchange/command.js'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { type Phase } from '../../../src/exchange/phase.js'
import { ask, bid, buyer, seller, TradingFloor } from '../support/trading-floor.js'

const CALLS: readonly Phase[] = ['preOpen', 'openingAuction', 'volatilityAuction', 'closingAuction']

export function phases(factory: ExchangeFactory): void {
  describe('phases', () => {
    it('begin with continuous trading; each change is told once', () => {
      const floor = new TradingFloor(factory)
      floor.phase('continuous')
      floor.wait(5).phase('halt')
      floor.phase('halt')
      floor.wait(5).phase('closed')
      expect(floor.tape).toEqual(['5: SYM0 halt', '10: SYM0 closed'])
      expect(floor.exchange.phase(floor.exchange.instruments[0].no)).toBe('closed')
    })

    it('are of one instrument', () => {
      const floor = new TradingFloor(factory, { instruments: 2 })
      floor.phase('halt')
      floor.on(1).level(ask, '100.01', 10)
      floor.on(1).buy(10).at('100.01').ioc()
      expect(floor.events()).toEqual(['new o1', 'trade o1 10 @ 100.01 removed, leaves 0'])
    })

    it('closed and halted differ, and both take cancels only', () => {
      const floor = new TradingFloor(factory)
      floor.buy(10).at('100.00').gtc('a')
      floor.phase('halt')
      floor.buy(10).at('100.00').day()
      floor.replace('a', { qty: 5 }, 'b')
      floor.phase('closed')
      floor.buy(10).at('100.00').day()
      floor.cancel('a', 'c')
      expect(floor.events().slice(1)).toEqual([
        'rejected o2 c1: PP1025 trading is in phase "halt": only cancels are taken',
        'refused replace b of a (o1 new, done 0, leaves 10): PP1025 trading is in phase "halt": only cancels are taken',
        'rejected o3 c2: PP1014 the market is closed (phase "closed"): only cancels are taken',
        'canceled o1 by c'
      ])
    })

    it.each(['l3', 'l2', 'l1'] as const)(
      'trap: a halt gates matching on %s: prints and crossings fill nobody',
      (feed) => {
        const floor = new TradingFloor(factory, { feed })
        const offer = (qty: number): void => {
          if (feed === 'l3') floor.add(qty, ask, '99.00', qty)
          else if (feed === 'l2') floor.level(ask, '99.00', qty)
          else floor.quote(ask, '99.00', qty)
        }
        floor.buy(10).at('100.00').day()
        floor.phase('halt')
        if (feed !== 'l3') floor.print(seller, '99.50', 100)
        else floor.executeUnknown(bid, '99.50', 100)
        floor.hiddenPrint(seller, '99.50', 100)
        offer(4)
        expect(floor.events()).toEqual(['new o1, 0 ahead'])
        floor.phase('continuous')
        expect(floor.events()).toEqual(['trade o1 4 @ 100.00 auction, leaves 6'])
      }
    )

    it('a queue goes on moving in a halt', () => {
      const floor = new TradingFloor(factory)
      floor.level(bid, '100.00', 50)
      floor.buy(10).at('100.00').day('a')
      floor.phase('halt')
      floor.print(seller, '100.00', 30)
      expect(floor.queueAhead('a')).toBe(20)
      floor.phase('continuous')
      floor.print(seller, '100.00', 25)
      expect(floor.events()).toEqual(['new o1, 50 ahead', 'trade o1 5 @ 100.00 added, leaves 5'])
    })

    it.each(CALLS)('%s collects orders and matches none', (phase) => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.01', 50)
      floor.phase(phase)
      floor.buy(10).at('100.02').day()
      floor.sell(10).at('100.00').day()
      floor.buy(10).atMarket().day()
      expect(floor.events()).toEqual(['new o1, 0 ahead', 'new o2, 0 ahead', 'new o3'])
      expect(floor.depth(bid)).toEqual(['10 @ 100.02'])
      expect(floor.depth(ask)).toEqual(['10 @ 100.00', '50 @ 100.01'])
    })

    it.each(CALLS)('trap: %s refuses IOC, FOK, minimum quantities and pegs', (phase) => {
      const floor = new TradingFloor(factory)
      floor.phase(phase)
      for (const tif of ['ioc', 'fok'] as const) floor.buy(10).at('100.02')[tif]()
      floor.send(bid, 10, { price: '100.00', minQty: 5 })
      floor.send(bid, 10, { type: 'pegged', peg: 'primary' })
      expect(floor.events()).toEqual(
        ['ioc', 'fok', 'minQty', 'pegged'].map(
          (what, i) => `rejected o${i + 1} c${i + 1}: PP1015 phase "${phase}" takes no order with "${what}"`
        )
      )
    })

    it.each<[Phase, TimeInForce[]]>([
      ['preOpen', ['opg', 'atc']],
      ['openingAuction', ['opg', 'atc']],
      ['continuous', ['atc']],
      ['volatilityAuction', ['atc']],
      ['closingAuction', ['atc']],
      ['tradeAtLast', []]
    ])('%s takes %j of the orders for auctions', (phase, taken) => {
      const floor = new TradingFloor(factory)
      floor.print(buyer, '100.00', 1)
      floor.phase(phase)
      for (const tif of ['opg', 'atc'] as const) floor.send(bid, 10, { price: '100.00', tif })
      expect(floor.working().length).toBe(taken.length)
      const refused = (['opg', 'atc'] as const).filter((tif) => !taken.includes(tif))
      expect(
        floor
          .events()
          .filter((line) => line.includes('PP1015'))
          .map((line) => line.split('"')[3])
      ).toEqual(refused)
    })
  })

  describe('uncross', () => {
    it('at the price of the largest quantity, each client one fill, buys first', () => {
      const floor = new TradingFloor(factory)
      floor.phase('openingAuction')
      floor.as(1).buy(30).at('100.03').day()
      floor.as(1).buy(20).at('100.01').day()
      floor.as(2).sell(25).at('99.99').day()
      floor.as(2).sell(20).at('100.02').day()
      floor.as(2).sell(20).at('100.03').day()
      expect(floor.indicative()).toBe('30 @ 100.02, surplus -15')
      floor.phase('continuous')
      expect(floor.events().slice(5)).toEqual([
        'trade o1 30 @ 100.02 auction, leaves 0',
        'trade o3 25 @ 100.02 auction, leaves 0',
        'trade o4 5 @ 100.02 auction, leaves 15'
      ])
      expect(floor.tape.at(-1)).toBe('0: SYM0 continuous, 30 @ 100.02, surplus -15')
      expect(floor.depth(bid)).toEqual(['20 @ 100.01'])
      expect(floor.depth(ask)).toEqual(['15 @ 100.02', '20 @ 100.03'])
    })

    it('then at the smallest surplus', () => {
      const floor = new TradingFloor(factory)
      floor.phase('openingAuction')
      floor.buy(10).at('100.05').day()
      floor.buy(5).at('100.02').day()
      floor.sell(10).at('100.00').day()
      floor.sell(2).at('100.04').day()
      // 100.00 and 100.02 leave 5 to buyers, 100.04 and 100.05 leave 2 to sellers
      expect(floor.indicative()).toBe('10 @ 100.04, surplus -2')
    })

    it('then on the side of the pressure: buyers left over, the highest', () => {
      const floor = new TradingFloor(factory)
      floor.phase('openingAuction')
      floor.buy(15).at('100.05').day()
      floor.sell(10).at('100.01').day()
      expect(floor.indicative()).toBe('10 @ 100.05, surplus 5')
    })

    it('then on the side of the pressure: sellers left over, the lowest', () => {
      const floor = new TradingFloor(factory)
      floor.phase('openingAuction')
      floor.buy(10).at('100.05').day()
      floor.sell(15).at('100.01').day()
      expect(floor.indicative()).toBe('10 @ 100.01, surplus -5')
    })

    it.each([
      ['100.04', '100.04'],
      ['100.00', '100.01'],
      ['100.07', '100.05']
    ])('then nearest the last trade: %s gives %s', (last, expected) => {
      const floor = new TradingFloor(factory)
      floor.print(buyer, last, 1)
      floor.phase('openingAuction')
      floor.buy(10).at('100.05').day()
      floor.sell(10).at('100.01').day()
      expect(floor.indicative()).toBe(`10 @ ${expected}, surplus 0`)
    })

    it('serves market orders first, then price, then time', () => {
      const floor = new TradingFloor(factory)
      floor.phase('openingAuction')
      floor.as(1).buy(10).at('100.02').day()
      floor.as(2).buy(10).at('100.02').day()
      floor.as(3).buy(10).at('100.05').day()
      floor.as(4).buy(10).atMarket().day()
      floor.as(5).sell(35).at('100.02').day()
      floor.phase('continuous')
      expect(floor.events().slice(5)).toEqual([
        'trade o4 10 @ 100.02 auction, leaves 0',
        'trade o3 10 @ 100.02 auction, leaves 0',
        'trade o1 10 @ 100.02 auction, leaves 0',
        'trade o2 5 @ 100.02 auction, leaves 5',
        'trade o5 35 @ 100.02 auction, leaves 0'
      ])
    })

    it('clients meet the market side, and what they take is gone', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.01', 50)
      floor.level(bid, '100.00', 50)
      floor.phase('volatilityAuction')
      floor.buy(30).at('100.02').day()
      floor.phase('continuous')
      expect(floor.events()).toEqual(['new o1, 0 ahead', 'trade o1 30 @ 100.01 auction, leaves 0'])
      expect(floor.depth(ask)).toEqual(['20 @ 100.01'])
    })

    it('a market that crosses itself is left to the feed', () => {
      const floor = new TradingFloor(factory)
      floor.phase('openingAuction')
      floor.level(ask, '100.01', 50)
      floor.level(bid, '100.03', 50)
      floor.phase('continuous')
      expect(floor.events()).toEqual([])
      expect(floor.depth(ask)).toEqual(['50 @ 100.01'])
    })

    it('takes reserves after what is shown at their price, hidden orders last', () => {
      const floor = new TradingFloor(factory)
      floor.phase('openingAuction')
      floor.as(1).send(bid, 20, { price: '100.00', show: 0 })
      floor.as(2).send(bid, 30, { price: '100.00', show: 10 })
      floor.as(3).buy(10).at('100.00').day()
      floor.as(4).sell(45).at('100.00').day()
      floor.phase('continuous')
      expect(floor.events().slice(4)).toEqual([
        'trade o2 30 @ 100.00 auction, leaves 0',
        'trade o3 10 @ 100.00 auction, leaves 0',
        'trade o1 5 @ 100.00 auction, leaves 15',
        'trade o4 45 @ 100.00 auction, leaves 0'
      ])
    })

    it('an iceberg whose part is filled shows the next at the back', () => {
      const floor = new TradingFloor(factory)
      floor.phase('openingAuction')
      floor.as(1).send(bid, 30, { price: '100.00', show: 10 }, 'ice')
      floor.as(2).buy(10).at('100.00').day()
      floor.as(3).sell(12).at('100.00').day()
      floor.phase('continuous')
      floor.as(3).sell(9).at('100.00').day()
      expect(floor.events().slice(3)).toEqual([
        'trade o1 10 @ 100.00 auction, leaves 20',
        'trade o2 2 @ 100.00 auction, leaves 8',
        'trade o3 12 @ 100.00 auction, leaves 0',
        'new o4',
        'trade o4 8 @ 100.00 removed, leaves 1',
        'trade o2 8 @ 100.00 added, leaves 0',
        'trade o4 1 @ 100.00 removed, leaves 0',
        'trade o1 1 @ 100.00 added, leaves 19'
      ])
    })

    it('ends OPG orders, cancels market orders and rests left-overs at its price', () => {
      const floor = new TradingFloor(factory)
      floor.phase('openingAuction')
      floor.as(1).sell(30).at('100.00').day()
      floor.as(2).send(bid, 10, { type: 'market' })
      floor.as(3).send(bid, 10, { type: 'market', tif: 'opg' })
      floor.as(4).send(bid, 30, { type: 'marketWithLeftOverAsLimit' })
      floor.as(5).send(bid, 10, { price: '100.00', tif: 'opg' })
      floor.phase('continuous')
      expect(floor.events().slice(5)).toEqual([
        'trade o2 10 @ 100.00 auction, leaves 0',
        'trade o3 10 @ 100.00 auction, leaves 0',
        'trade o4 10 @ 100.00 auction, leaves 20',
        'trade o1 30 @ 100.00 auction, leaves 0',
        'expired o5: PP3006 not filled in the auction',
        'restated o4 leftOver: limit 30 @ 100.00, done 10, leaves 20, 0 ahead'
      ])
    })

    it('without anything to execute market orders and left-overs are canceled', () => {
      const floor = new TradingFloor(factory)
      floor.phase('openingAuction')
      floor.send(bid, 10, { type: 'market' })
      floor.send(bid, 30, { type: 'marketWithLeftOverAsLimit' })
      floor.phase('continuous')
      expect(floor.events().slice(2)).toEqual([
        'canceled o1: PP3003 no liquidity on the opposite side',
        'canceled o2: PP3003 no liquidity on the opposite side'
      ])
      expect(floor.tape.at(-1)).toBe('0: SYM0 continuous')
    })

    it('ATC orders wait for the closing auction, and expire with it', () => {
      const floor = new TradingFloor(factory)
      floor.as(1).send(bid, 10, { price: '100.05', tif: 'atc' })
      floor.as(2).send(bid, 10, { type: 'market', tif: 'atc' })
      floor.as(3).sell(15).at('100.01').day()
      expect(floor.depth(bid)).toEqual([])
      floor.phase('volatilityAuction')
      floor.phase('continuous')
      expect(floor.events()).toEqual(['new o1', 'new o2', 'new o3, 0 ahead'])
      floor.phase('closingAuction')
      expect(floor.depth(bid)).toEqual(['10 @ 100.05'])
      floor.phase('closed')
      expect(floor.events()).toEqual([
        'trade o2 10 @ 100.05 auction, leaves 0',
        'trade o1 5 @ 100.05 auction, leaves 5',
        'trade o3 15 @ 100.05 auction, leaves 0',
        'expired o1, done 5: PP3006 not filled in the auction'
      ])
    })

    it('stops wait for the end of a call, and the uncross is a trade', () => {
      const floor = new TradingFloor(factory)
      floor.as(1).send(bid, 5, { type: 'stop', stopPx: '100.01' })
      floor.phase('volatilityAuction')
      floor.as(2).buy(10).at('100.02').day()
      floor.as(3).sell(20).at('100.02').day()
      floor.phase('continuous')
      expect(floor.events().slice(3)).toEqual([
        'trade o2 10 @ 100.02 auction, leaves 0',
        'trade o3 10 @ 100.02 auction, leaves 10',
        'restated o1 triggered: market 5 @ 0.00, leaves 5',
        'trade o1 5 @ 100.02 removed, leaves 0',
        'trade o3 5 @ 100.02 added, leaves 5'
      ])
    })

    it('GTC survives the close, DAY, OPG and ATC do not survive the day', () => {
      const floor = new TradingFloor(factory)
      floor.buy(10).at('100.00').gtc()
      floor.buy(10).at('100.00').day()
      floor.send(bid, 10, { price: '100.00', tif: 'atc' })
      floor.send(bid, 10, { type: 'stop', stopPx: '105.00', tif: 'gtc' })
      floor.endOfDay()
      expect(floor.events().slice(4)).toEqual([
        'expired o2: PP3004 end of the trading day',
        'expired o3: PP3004 end of the trading day'
      ])
      expect(floor.working()).toEqual(['o1 new, done 0, leaves 10', 'o4 new, done 0, leaves 10'])
    })
  })

  describe('trading at last', () => {
    it('meets what stands at the last price, and nothing else', () => {
      const floor = new TradingFloor(factory)
      floor.print(buyer, '100.01', 1)
      floor.level(ask, '100.00', 20)
      floor.level(ask, '100.01', 30)
      floor.phase('tradeAtLast')
      floor.buy(50).at('100.01').day()
      floor.buy(50).at('100.02').day()
      floor.buy(50).atMarket().day()
      expect(floor.events()).toEqual([
        'new o1, 0 ahead',
        'trade o1 30 @ 100.01 removed, leaves 20',
        'rejected o2 c2: PP1022 phase "tradeAtLast" takes orders at the last price "100.01" only, got "100.02"',
        'rejected o3 c3: PP1015 phase "tradeAtLast" takes no order with "market"'
      ])
      expect(floor.depth(bid)).toEqual(['20 @ 100.01'])
    })

    it('prints at the last price fill, others do not', () => {
      const floor = new TradingFloor(factory)
      floor.print(buyer, '100.01', 1)
      floor.phase('tradeAtLast')
      floor.buy(50).at('100.01').day()
      floor.print(seller, '100.00', 10)
      floor.print(seller, '100.01', 10)
      expect(floor.events()).toEqual(['new o1, 0 ahead', 'trade o1 10 @ 100.01 added, leaves 40'])
    })

    it('takes nothing where nothing was traded', () => {
      const floor = new TradingFloor(factory)
      floor.phase('tradeAtLast')
      floor.buy(50).at('100.01').day()
      expect(floor.events()).toEqual(['rejected o1 c1: PP1015 phase "tradeAtLast" takes no order with "limit"'])
    })
  })
}

import { beforeEach, describe, expect, it } from 'vitest'
import { nanos, SECOND } from '../../src/base/time.js'
import { BUY, instrumentNo, price, quantity, SELL } from '../../src/exchange/units.js'
import { OrderDesk } from '../support/order-desk.js'

const AAPL = instrumentNo(0)

let desk: OrderDesk

function level(side: 1 | -1, at: number, qty: number): void {
  desk.exchange.level(desk.exchange.time, AAPL, side, price(at), quantity(qty))
  desk.exchange.eventEnd(desk.exchange.time, AAPL)
}

function print(at: number, qty: number): string[] {
  desk.exchange.trade(desk.exchange.time, AAPL, 0, price(at), quantity(qty))
  desk.exchange.eventEnd(desk.exchange.time, AAPL)
  return desk.answers()
}

beforeEach(() => {
  desk = new OrderDesk()
  level(SELL, 10_002, 300)
  level(BUY, 10_000, 400)
})

const D = (fields: string): string[] => desk.send(`35=D|11=A1|${fields}|55=AAPL|60=20261120-10:00:00`)

describe('order kinds over FIX', () => {
  it('tells a triggered stop-limit as Restated, with its StopPx in every report', () => {
    expect(D('38=100|40=4|44=100.01|54=1|59=0|99=100.05')).toEqual([
      '35=8|6=0.00|11=A1|14=0|15=USD|17=20261120-1|37=20261120-1|38=100|39=0|40=4|44=100.01|54=1|55=AAPL|59=0|99=100.05|150=0|151=100'
    ])
    expect(print(10_005, 1)).toEqual([
      '35=8|6=0.00|11=A1|14=0|15=USD|17=20261120-2|37=20261120-1|38=100|39=0|40=2|44=100.01|54=1|55=AAPL|59=0|99=100.05|150=D|151=100|378=8'
    ])
  })

  it('asks for StopPx, and for Price of a stop-limit, where they are conditionally required', () => {
    expect(D('38=100|40=3|54=1')).toEqual([
      '35=j|45=2|58=Conditionally required field missing: StopPx (99)|372=D|379=A1|380=5'
    ])
    expect(D('38=100|40=4|54=1|99=100.05')).toEqual([
      '35=j|45=3|58=Conditionally required field missing: Price (44)|372=D|379=A1|380=5'
    ])
  })

  it('shows an iceberg by MaxFloor, hides an order by MaxFloor 0', () => {
    expect(D('38=100|40=2|44=100.01|54=1|111=30')).toEqual([
      '35=8|6=0.00|11=A1|14=0|15=USD|17=20261120-1|37=20261120-1|38=100|39=0|40=2|44=100.01|54=1|55=AAPL|59=0|111=30|150=0|151=100'
    ])
    desk.send('35=D|11=A2|38=50|40=2|44=100.01|54=1|55=AAPL|60=20261120-10:00:00|111=0')
    expect(desk.exchange.depth(AAPL, BUY, 1)).toEqual([{ price: 10_001, qty: 30 }])
  })

  it('pegs by ExecInst and PegOffsetValue, and tells where it is pegged', () => {
    expect(D('18=R|38=100|40=P|54=1|211=-0.02')).toEqual([
      '35=8|6=0.00|11=A1|14=0|15=USD|17=20261120-1|18=R|37=20261120-1|38=100|39=0|40=P|54=1|55=AAPL|59=0|150=0|151=100|211=-0.02|839=99.98'
    ])
    level(BUY, 10_001, 10)
    expect(desk.answers()).toEqual([
      '35=8|6=0.00|11=A1|14=0|15=USD|17=20261120-2|18=R|37=20261120-1|38=100|39=0|40=P|54=1|55=AAPL|59=0|150=D|151=100|211=-0.02|378=3|839=99.99'
    ])
  })

  it('refuses a post-only order that would take liquidity', () => {
    expect(D('18=6|38=100|40=2|44=100.02|54=1')).toEqual([
      '35=8|6=0.00|11=A1|14=0|15=USD|17=20261120-1|18=6|37=20261120-1|38=100|39=8|40=2|44=100.02|54=1|55=AAPL|58=PP3008 a post-only order would take liquidity|59=0|103=99|150=8|151=0'
    ])
  })

  it('takes ExpireTime and ExpireDate of GTD orders, the latter to the end of its day', () => {
    expect(D('38=100|40=2|44=99|54=1|59=6|126=20261120-10:00:01.500')[0]).toMatch(
      /\|59=6\|126=20261120-10:00:01\.500\|150=0/
    )
    desk.send('35=D|11=A2|38=50|40=2|44=99|54=1|55=AAPL|59=6|60=20261120-10:00:00|432=20261120')
    expect(desk.exchange.findOrder(0 as never, 'A2')?.terms.qualifiers?.expireTime).toBe(86_400 * 1e9)
    expect(desk.pass(nanos(2 * SECOND))).toEqual([
      expect.stringMatching(
        /^35=8\|.*\|39=C\|.*\|58=PP3011 the expire time is reached\|59=6\|126=20261120-10:00:01\.500\|150=C\|151=0$/
      )
    ])
  })

  it('says that discretion, and instructions that nobody here could follow, are not supported', () => {
    expect(D('38=100|40=2|44=99|54=1|388=0|389=0.05')[0]).toMatch(/\|58=PP1023 discretion is not supported\|103=11\|/)
    expect(desk.send('35=D|11=A2|18=1 S|38=9|40=2|44=99|54=1|55=AAPL|60=20261120-10:00:00')[0]).toMatch(
      /\|58=PP1024 instruction "ExecInst S" is not supported\|103=11\|/
    )
  })

  it('takes instructions of the order away by an ExecInst without them, and leaves what is not named', () => {
    D('18=6|38=100|40=2|44=99|54=1|111=30')
    desk.send('35=G|11=A2|41=A1|18=1|38=100|40=2|44=99|54=1|55=AAPL|60=20261120-10:00:00')
    expect(desk.exchange.findOrder(0 as never, 'A2')?.terms.qualifiers).toEqual({ displayQty: 30 })
  })

  it('answers in a halt, when closed and in an auction with 103=2 and the phase', () => {
    const inPhase = (phase: 'halt' | 'closed' | 'openingAuction', id: string, tif: number): string | undefined => {
      desk.exchange.submit({ kind: 'phase', time: desk.exchange.time, instrument: AAPL, phase })
      return desk.send(`35=D|11=${id}|38=9|40=2|44=99|54=1|55=AAPL|59=${tif}|60=20261120-10:00:00`)[0]
    }
    expect(inPhase('halt', 'A1', 0)).toMatch(
      /\|58=PP1025 trading is in phase "halt": only cancels are taken\|59=0\|103=2\|/
    )
    expect(inPhase('closed', 'A2', 0)).toMatch(/\|58=PP1014 the market is closed \(phase "closed"\).*\|103=2\|/)
    expect(inPhase('openingAuction', 'A3', 3)).toMatch(
      /\|58=PP1015 phase "openingAuction" takes no order with "ioc"\|59=3\|103=2\|/
    )
  })

  it('leaves LastLiquidityInd out of a fill in an auction, for which FIX 4.4 has no value', () => {
    desk.exchange.submit({ kind: 'phase', time: desk.exchange.time, instrument: AAPL, phase: 'openingAuction' })
    D('38=100|40=2|44=100.02|54=1|59=2')
    desk.exchange.submit({ kind: 'phase', time: desk.exchange.time, instrument: AAPL, phase: 'continuous' })
    expect(desk.answers()).toEqual([
      '35=8|6=100.02|11=A1|12=0.00|13=3|14=100|15=USD|17=20261120-2|30=XPPT|31=100.02|32=100|37=20261120-1|38=100|39=2|40=2|44=100.02|54=1|55=AAPL|59=2|150=F|151=0|9501=consume'
    ])
  })
})

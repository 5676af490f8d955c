import { describe, expect, it } from 'vitest'
import { instrumentNo, price, quantity, SELL } from '../../src/exchange/units.js'
import { OrderDesk } from '../support/order-desk.js'

const AAPL = instrumentNo(0)
const terms = { symbol: 'AAPL', tickSize: '0.01', lotSize: '1', priceScale: 4, market: 'XNAS' }
const fees = { XNAS: { basis: 'perShare', tiers: [{ from: '0', maker: '-0.0020', taker: '0.0030' }] } } as const

function deskWithOffer(): OrderDesk {
  const desk = new OrderDesk(terms, { fees })
  const time = desk.exchange.time
  desk.exchange.level(time, AAPL, SELL, price(1_000_200), quantity(300))
  desk.exchange.eventEnd(time, AAPL)
  return desk
}

describe('Commission (12)', () => {
  it('is told with each fill as an amount of money (13=3), negative for a rebate', () => {
    const desk = deskWithOffer()
    expect(desk.send('35=D|11=A1|38=100|40=2|44=100.02|54=1|55=AAPL|60=20261120-10:00:00').at(-1)).toMatch(
      /\|11=A1\|12=0\.30\|13=3\|14=100\|/
    )
    desk.send('35=D|11=A2|38=50|40=2|44=100.01|54=1|55=AAPL|60=20261120-10:00:00')
    const reports = desk.send('35=D|11=A3|38=50|40=2|44=100.01|54=2|55=AAPL|60=20261120-10:00:00')
    expect(
      reports.filter((report) => report.includes('|150=F|')).map((report) => /\|12=[^|]*\|13=3\|/.exec(report)?.[0])
    ).toEqual(['|12=0.15|13=3|', '|12=-0.10|13=3|'])
  })

  it('is nothing where no fees are configured', () => {
    const desk = new OrderDesk()
    const time = desk.exchange.time
    desk.exchange.level(time, AAPL, SELL, price(10_002), quantity(300))
    desk.exchange.eventEnd(time, AAPL)
    const [, fill] = desk.send('35=D|11=A1|38=100|40=1|54=1|55=AAPL|60=20261120-10:00:00')
    expect(fill).toMatch(/\|11=A1\|12=0\.00\|13=3\|14=100\|/)
  })

  it('is left out of reports that are no fills', () => {
    const desk = deskWithOffer()
    const [accepted] = desk.send('35=D|11=A1|38=100|40=2|44=99.00|54=1|55=AAPL|60=20261120-10:00:00')
    expect(accepted).not.toMatch(/\|1[23]=/)
  })
})

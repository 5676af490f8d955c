import { beforeEach, describe, expect, it } from 'vitest'
import { MILLISECOND, nanos } from '../../src/base/time.js'
import { BUY, instrumentNo, price, quantity, SELL } from '../../src/exchange/units.js'
import { OrderDesk } from '../support/order-desk.js'

const AAPL = instrumentNo(0)
const LATENCY = nanos(MILLISECOND)

const order = (id: string, price = '99.50'): string =>
  `35=D|11=${id}|38=100|40=2|44=${price}|54=1|55=AAPL|60=20261120-10:00:00`
const cancel = (id: string, orig: string): string => `35=F|11=${id}|38=100|41=${orig}|54=1|55=AAPL|60=20261120-10:00:00`
const replace = (id: string, orig: string, price = '99.40'): string =>
  `35=G|11=${id}|38=100|40=2|41=${orig}|44=${price}|54=1|55=AAPL|60=20261120-10:00:00`

/** What the state matrices of FIX 4.4 vol. 4, appendix D, have as columns. */
function columns(answers: readonly string[]): string[] {
  return answers.map((answer) => {
    const shown = /^(35|11|14|39|41|102|150|151)=/
    return answer
      .split('|')
      .filter((field) => shown.test(field))
      .join('|')
  })
}

const field = (answer: string, tag: number): string | undefined =>
  answer
    .split('|')
    .find((text) => text.startsWith(`${tag}=`))
    ?.slice(`${tag}=`.length)

let desk: OrderDesk

function open(latency = nanos(0), ackMode: 'none' | 'pending' = 'pending'): void {
  desk = new OrderDesk(undefined, { latency: { kind: 'constant', inbound: latency, outbound: nanos(0) } }, { ackMode })
  const { exchange } = desk
  exchange.level(exchange.time, AAPL, SELL, price(10_002), quantity(300))
  exchange.level(exchange.time, AAPL, BUY, price(10_000), quantity(400))
  exchange.eventEnd(exchange.time, AAPL)
}

/** The market comes down to the order and takes a part of it. */
function sell(qty: number): void {
  const { exchange } = desk
  exchange.trade(exchange.time, AAPL, SELL, price(9_940), quantity(qty))
  exchange.eventEnd(exchange.time, AAPL)
}

describe('a session with ackMode pending', () => {
  beforeEach(() => open())

  it('hears that its order is pending, then that it is new: every byte', () => {
    expect(desk.send(order('A1'))).toEqual([
      '35=8|6=0.00|11=A1|14=0|15=USD|17=20261120-P1|37=20261120-P1|38=100|39=A|40=2|44=99.50|54=1|55=AAPL|59=0|150=A|151=100',
      '35=8|6=0.00|11=A1|14=0|15=USD|17=20261120-1|37=20261120-P1|38=100|39=0|40=2|44=99.50|54=1|55=AAPL|59=0|150=0|151=100'
    ])
  })

  it('hears the same of a replace and a cancel', () => {
    desk.send(order('A1'))
    expect(columns(desk.send(replace('R1', 'A1')))).toEqual([
      '35=8|11=R1|14=0|39=E|41=A1|150=E|151=100',
      '35=8|11=R1|14=0|39=0|41=A1|150=5|151=100'
    ])
    expect(columns(desk.send(cancel('C1', 'R1')))).toEqual([
      '35=8|11=C1|14=0|39=6|41=R1|150=6|151=100',
      '35=8|11=C1|14=0|39=4|41=R1|150=4|151=0'
    ])
  })

  it('has one OrderID per order for life, and no ExecID twice', () => {
    const answers = [order('A1'), replace('R1', 'A1'), order('A2'), cancel('C1', 'R1'), cancel('C2', 'A2')].flatMap(
      (request) => desk.send(request)
    )
    const orderIds = new Map<string, Set<string>>()
    for (const answer of answers) {
      const chain = ['A2', 'C2'].includes(field(answer, 11) ?? '') ? 'second' : 'first'
      orderIds.set(chain, (orderIds.get(chain) ?? new Set()).add(field(answer, 37) ?? ''))
    }
    expect(orderIds).toEqual(
      new Map([
        ['first', new Set(['20261120-P1'])],
        ['second', new Set(['20261120-P3'])]
      ])
    )
    const execIds = answers.map((answer) => field(answer, 17))
    expect(new Set(execIds).size).toBe(10)
  })

  it('hears of an order that the exchange rejects that it was pending; of one that cannot be read it does not', () => {
    expect(columns(desk.send(order('A1', '0')))).toEqual([
      '35=8|11=A1|14=0|39=A|150=A|151=100',
      '35=8|11=A1|14=0|39=8|150=8|151=0'
    ])
    expect(columns(desk.send(order('A2', '99.5055')))).toEqual(['35=8|11=A2|14=0|39=8|150=8|151=0'])
  })

  it('hears nothing pending of a cancel for an order that is unknown or done', () => {
    expect(columns(desk.send(cancel('C1', 'A9')))).toEqual(['35=9|11=C1|39=8|41=A9|102=1'])
    desk.send(order('A1', '100.02'))
    expect(columns(desk.send(cancel('C2', 'A1')))).toEqual(['35=9|11=C2|39=2|41=A1|102=0'])
  })

  it('keeps the way back through all of it', () => {
    const answers = [
      ...desk.send(order('A1').replace('35=D', '35=D|115=JCD')),
      ...desk.send(replace('R1', 'A1')),
      ...desk.send(cancel('C1', 'R1'))
    ]
    expect(answers.map((answer) => answer.slice(0, 13))).toEqual(Array.from({ length: 6 }, () => '35=8|128=JCD|'))
  })
})

describe('while a request is under way', () => {
  beforeEach(() => {
    open(LATENCY)
    desk.send(order('A1'))
    desk.pass(LATENCY)
  })

  it('pending replace over partially filled; the fill carries the old ClOrdID', () => {
    expect(columns(desk.send(replace('R1', 'A1')))).toEqual(['35=8|11=R1|14=0|39=E|41=A1|150=E|151=100'])
    sell(40)
    expect(columns(desk.answers())).toEqual(['35=8|11=A1|14=40|39=E|150=F|151=60'])
    expect(columns(desk.pass(LATENCY))).toEqual(['35=8|11=R1|14=40|39=1|41=A1|150=5|151=60'])
  })

  it('pending cancel over filled; the cancel is then too late', () => {
    desk.send(cancel('C1', 'A1'))
    sell(100)
    expect(columns(desk.answers())).toEqual(['35=8|11=A1|14=100|39=6|150=F|151=0'])
    expect(columns(desk.pass(LATENCY))).toEqual(['35=9|11=C1|39=2|41=A1|102=0'])
  })

  it('pending cancel over pending replace', () => {
    desk.send(replace('R1', 'A1'))
    expect(columns(desk.send(cancel('C1', 'A1')))).toEqual(['35=8|11=C1|14=0|39=6|41=A1|150=6|151=100'])
    expect(columns(desk.pass(LATENCY))).toEqual([
      '35=8|11=R1|14=0|39=6|41=A1|150=5|151=100',
      '35=9|11=C1|39=0|41=A1|102=3'
    ])
  })

  it('a status request says what is pending', () => {
    desk.send(cancel('C1', 'A1'))
    expect(columns(desk.send('35=H|11=A1|54=1|55=AAPL'))).toEqual(['35=8|11=A1|14=0|39=6|150=I|151=100'])
  })

  it('an order that the exchange has not seen can be replaced and canceled', () => {
    expect(columns(desk.send(order('B1')))).toEqual(['35=8|11=B1|14=0|39=A|150=A|151=100'])
    expect(columns(desk.send(replace('B2', 'B1')))).toEqual(['35=8|11=B2|14=0|39=E|41=B1|150=E|151=100'])
    const [pending] = desk.send(cancel('B3', 'B2'))
    expect(columns([pending])).toEqual(['35=8|11=B3|14=0|39=6|41=B2|150=6|151=100'])
    const answers = desk.pass(LATENCY)
    expect(columns(answers)).toEqual([
      '35=8|11=B1|14=0|39=6|150=0|151=100',
      '35=8|11=B2|14=0|39=6|41=B1|150=5|151=100',
      '35=8|11=B3|14=0|39=4|41=B2|150=4|151=0'
    ])
    expect(new Set([pending, ...answers].map((answer) => field(answer, 37))).size).toBe(1)
  })
})

describe('a session that does not ask for acknowledgements', () => {
  beforeEach(() => {
    open(LATENCY, 'none')
    desk.send(order('A1'))
    desk.pass(LATENCY)
  })

  it('hears nothing before the decision; a fill meanwhile carries the old ClOrdID and what the order is', () => {
    expect(desk.send(replace('R1', 'A1'))).toEqual([])
    sell(40)
    expect(columns(desk.answers())).toEqual(['35=8|11=A1|14=40|39=1|150=F|151=60'])
    expect(columns(desk.pass(LATENCY))).toEqual(['35=8|11=R1|14=40|39=1|41=A1|150=5|151=60'])
  })

  it('has its fill reported before the cancel that came too late', () => {
    expect(desk.send(cancel('C1', 'A1'))).toEqual([])
    sell(100)
    expect(columns(desk.answers())).toEqual(['35=8|11=A1|14=100|39=2|150=F|151=0'])
    expect(columns(desk.pass(LATENCY))).toEqual(['35=9|11=C1|39=2|41=A1|102=0'])
  })
})

describe('cancel on disconnect', () => {
  const resting = (settings: object, logon?: string): number => {
    const at = new OrderDesk(undefined, {}, settings, logon)
    at.send(order('A1'))
    at.disconnect()
    return at.exchange.workingOrders().length
  }

  it('is off by default', () => {
    expect(resting({})).toBe(1)
  })

  it('is on by configuration', () => {
    expect(resting({ cancelOnDisconnect: true })).toBe(0)
  })

  it('is on by CancelOnDisconnect (9504) of the Logon', () => {
    expect(resting({}, '35=A|98=0|108=30|9504=Y')).toBe(0)
    expect(resting({}, '35=A|98=0|108=30|9504=N')).toBe(1)
  })
})

import { beforeEach, describe, expect, it } from 'vitest'
import { OrderDesk } from '../support/order-desk.js'

const order = (id: string, routing = '', price = '99.50'): string =>
  `35=D${routing}|11=${id}|38=100|40=2|44=${price}|54=1|55=AAPL|60=20261120-10:00:00`

/** The routing fields at the head of each answer, and its ClOrdID and ExecType or reason. */
function ways(answers: readonly string[]): string[] {
  return answers.map((answer) => {
    const shown = /^(35|115|116|128|129|144|145|11|150|102|103|380)=/
    return answer
      .split('|')
      .filter((field) => shown.test(field))
      .join('|')
  })
}

let desk: OrderDesk

beforeEach(() => {
  desk = new OrderDesk()
})

describe('answers go back the way their request came (FIX 4.4 vol. 1, "FIX message routing")', () => {
  it('all six fields are mirrored', () => {
    expect(ways(desk.send(order('A1', '|115=JCD|116=CS|128=XYZ|129=YS|144=CHI|145=NY')))).toEqual([
      '35=8|115=XYZ|116=YS|128=JCD|129=CS|144=NY|145=CHI|11=A1|150=0'
    ])
  })

  it('of an order that was not routed they are not', () => {
    expect(ways(desk.send(order('A1')))).toEqual(['35=8|11=A1|150=0'])
  })

  it('every report of the order, whenever it comes', () => {
    desk.send(order('A1', '|115=JCD'))
    const { exchange } = desk
    exchange.level(exchange.time, exchange.instruments[0].no, -1, 9_940 as never, 100 as never)
    exchange.eventEnd(exchange.time, exchange.instruments[0].no)
    expect(ways(desk.answers())).toEqual(['35=8|128=JCD|11=A1|150=F'])
    expect(ways(desk.send('35=H|11=A1|54=1|55=AAPL'))).toEqual(['35=8|128=JCD|11=A1|150=I'])
  })

  it('the fields stand in the header alone', () => {
    const [answer] = desk.send(order('A1', '|115=JCD'))
    expect(answer).toBe(
      '35=8|128=JCD|6=0.00|11=A1|14=0|15=USD|17=20261120-1|37=20261120-1|38=100|39=0|40=2|44=99.50|54=1|55=AAPL|59=0|150=0|151=100'
    )
  })

  it('rejected orders, also those that the exchange cannot read', () => {
    expect(ways(desk.send(order('A1', '|115=JCD', '99.505')))).toEqual(['35=8|128=JCD|11=A1|103=99|150=8'])
    expect(ways(desk.send(order('A2', '|115=JCD', '0')))).toEqual(['35=8|128=JCD|11=A2|103=99|150=8'])
  })

  it('a cancel and a replace by the way of the request, without one by that of the order', () => {
    desk.send(order('A1', '|115=JCD'))
    const replace = (id: string, orig: string, routing = ''): string =>
      `35=G${routing}|11=${id}|38=100|40=2|41=${orig}|44=99.40|54=1|55=AAPL|60=20261120-10:00:00`
    expect(ways(desk.send(replace('R1', 'A1')))).toEqual(['35=8|128=JCD|11=R1|150=5'])
    expect(ways(desk.send(replace('R2', 'R1', '|115=ABC')))).toEqual(['35=8|128=ABC|11=R2|150=5'])
    expect(ways(desk.send(replace('R3', 'R2')))).toEqual(['35=8|128=ABC|11=R3|150=5'])
    const cancel = '35=F|115=DEF|11=C1|38=100|41=R3|54=1|55=AAPL|60=20261120-10:00:00'
    expect(ways(desk.send(cancel))).toEqual(['35=8|128=DEF|11=C1|150=4'])
  })

  it('OrderCancelRejects', () => {
    desk.send(order('A1', '|115=JCD'))
    const cancel = (id: string, orig: string, routing = ''): string =>
      `35=F${routing}|11=${id}|38=100|41=${orig}|54=1|55=AAPL|60=20261120-10:00:00`
    expect(ways(desk.send(cancel('C1', 'A9', '|115=DEF')))).toEqual(['35=9|128=DEF|11=C1|102=1'])
    expect(ways(desk.send(cancel('C2', 'A9')))).toEqual(['35=9|11=C2|102=1'])
    expect(ways(desk.send(cancel('A1', 'A1')))).toEqual(['35=9|128=JCD|11=A1|102=6'])
    const replace = '35=G|115=DEF|11=R1|38=100|40=2|41=A1|44=99.505|54=1|55=AAPL|60=20261120-10:00:00'
    expect(ways(desk.send(replace))).toEqual(['35=9|128=DEF|11=R1|102=99'])
  })

  it('BusinessMessageRejects', () => {
    expect(ways(desk.send('35=AF|115=JCD|584=M1|585=7'))).toEqual(['35=j|128=JCD|380=3'])
    expect(ways(desk.send('35=D|115=JCD|11=A1|38=1|40=2|54=1|55=AAPL|60=20261120-10:00:00'))).toEqual([
      '35=j|128=JCD|380=5'
    ])
  })
})

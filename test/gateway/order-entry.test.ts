import { beforeEach, describe, expect, it } from 'vitest'
import { MILLISECOND, nanos } from '../../src/base/time.js'
import { BUY, instrumentNo, price, quantity, SELL } from '../../src/exchange/units.js'
import { OrderDesk } from '../support/order-desk.js'

const AAPL = instrumentNo(0)
const cents = (units: number): ReturnType<typeof price> => price(units)

let desk: OrderDesk

beforeEach(() => {
  desk = new OrderDesk()
  const time = desk.exchange.time
  desk.exchange.level(time, AAPL, SELL, cents(10_002), quantity(300))
  desk.exchange.level(time, AAPL, SELL, cents(10_003), quantity(500))
  desk.exchange.level(time, AAPL, BUY, cents(10_000), quantity(400))
  desk.exchange.eventEnd(time, AAPL)
})

describe('NewOrderSingle', () => {
  it('rests and is acknowledged', () => {
    expect(desk.send('35=D|11=A1|38=100|40=2|44=99.5|54=1|55=AAPL|59=0|60=20261120-10:00:00')).toEqual([
      '35=8|6=0.00|11=A1|14=0|15=USD|17=20261120-1|37=20261120-1|38=100|39=0|40=2|44=99.50|54=1|55=AAPL|59=0|150=0|151=100'
    ])
  })

  it('walks the book: one report per level, prices with exactly the decimals of the tick', () => {
    expect(desk.send('35=D|11=A1|38=400|40=2|44=100.03|54=1|55=AAPL|60=20261120-10:00:00')).toEqual([
      '35=8|6=0.00|11=A1|14=0|15=USD|17=20261120-1|37=20261120-1|38=400|39=0|40=2|44=100.03|54=1|55=AAPL|59=0|150=0|151=400',
      '35=8|6=100.02|11=A1|12=0.00|13=3|14=300|15=USD|17=20261120-2|30=XPPT|31=100.02|32=300|37=20261120-1|38=400|39=1|40=2|44=100.03|54=1|55=AAPL|59=0|150=F|151=100|851=2|9501=consume',
      '35=8|6=100.0225|11=A1|12=0.00|13=3|14=400|15=USD|17=20261120-3|30=XPPT|31=100.03|32=100|37=20261120-1|38=400|39=2|40=2|44=100.03|54=1|55=AAPL|59=0|150=F|151=0|851=2|9501=consume'
    ])
  })

  it('takes a market order without Price; what finds nothing is canceled with its reason', () => {
    const answers = desk.send('35=D|11=A1|38=500|40=1|54=2|55=AAPL|60=20261120-10:00:00')
    expect(answers).toEqual([
      '35=8|6=0.00|11=A1|14=0|15=USD|17=20261120-1|37=20261120-1|38=500|39=0|40=1|54=2|55=AAPL|59=0|150=0|151=500',
      '35=8|6=100.00|11=A1|12=0.00|13=3|14=400|15=USD|17=20261120-2|30=XPPT|31=100.00|32=400|37=20261120-1|38=500|39=1|40=1|54=2|55=AAPL|59=0|150=F|151=100|851=2|9501=consume',
      '35=8|6=100.00|11=A1|14=400|15=USD|17=20261120-3|37=20261120-1|38=500|39=4|40=1|54=2|55=AAPL|58=PP3003 no liquidity on the opposite side|59=0|150=4|151=0'
    ])
  })

  it('cancels an IOC and a FOK that cannot be served', () => {
    expect(desk.send('35=D|11=A1|38=100|40=2|44=100.01|54=1|55=AAPL|59=3|60=20261120-10:00:00').at(-1)).toContain(
      '|39=4|40=2|44=100.01|54=1|55=AAPL|58=PP3001 nothing to fill immediately|59=3|150=4|151=0'
    )
    expect(desk.send('35=D|11=A2|38=900|40=2|44=100.03|54=1|55=AAPL|59=4|60=20261120-10:00:00').at(-1)).toContain(
      '|39=4|40=2|44=100.03|54=1|55=AAPL|58=PP3002 cannot be filled completely at once|59=4|150=4|151=0'
    )
  })

  it("carries Account, links and the client's own tags through every report", () => {
    expect(
      desk.send(`35=D|1=ACC|11=A1|38=300|40=1|54=1|55=AAPL|60=20261120-10:00:00|526=S1|528=A|583=P1|9999=mine`)
    ).toEqual([
      expect.stringMatching(/^35=8\|1=ACC\|6=0\.00\|11=A1\|.*\|150=0\|151=300\|526=S1\|528=A\|583=P1\|9999=mine$/),
      expect.stringMatching(
        /^35=8\|1=ACC\|6=100\.02\|.*\|151=0\|526=S1\|528=A\|583=P1\|851=2\|9501=consume\|9999=mine$/
      )
    ])
  })

  it("leaves the venue's own tags out where the session wants none", () => {
    const plain = new OrderDesk(undefined, undefined, { venueTags: false })
    plain.exchange.level(plain.exchange.time, AAPL, SELL, cents(10_002), quantity(300))
    const fill = plain.send('35=D|11=A1|38=300|40=1|54=1|55=AAPL|60=20261120-10:00:00').at(-1)
    expect(fill).toMatch(/\|150=F\|151=0\|851=2$/)
  })

  it.each([
    ['unknown symbol', '11=A1|38=100|40=2|44=1|54=1|55=XYZ', '58=PP1007 unknown symbol "XYZ"|103=1'],
    [
      'off tick',
      '11=A1|38=100|40=2|44=99.505|54=1|55=AAPL',
      '58=PP1003 price "99.505" is off the tick of "0.01"|103=99'
    ],
    [
      'zero quantity',
      '11=A1|38=0|40=2|44=99.50|54=1|55=AAPL',
      '58=PP1002 order quantity must be positive, got "0"|59=0|103=13'
    ],
    [
      'negative quantity',
      '11=A1|38=-5|40=2|44=99.50|54=1|55=AAPL',
      '58=PP1002 order quantity must be positive, got "-5"|59=0|103=13'
    ],
    [
      'negative price',
      '11=A1|38=5|40=2|44=-1|54=1|55=AAPL',
      '58=PP1005 price must be positive, got "-1.00"|59=0|103=99'
    ],
    [
      'fraction of a lot',
      '11=A1|38=1.5|40=2|44=99.50|54=1|55=AAPL',
      '58=PP1004 quantity "1.5" is off the lot of "1"|103=99'
    ],
    ['unsupported OrdType', '11=A1|38=5|40=D|44=1|54=1|55=AAPL', '58=PP1008 order type "D" is not supported|103=11'],
    [
      'unsupported TimeInForce',
      '11=A1|38=5|40=2|44=1|54=1|55=AAPL|59=5',
      '58=PP1009 time in force "5" is not supported|59=5|103=11'
    ]
  ])('rejects %s', (_name, order, reason) => {
    const [answer, ...more] = desk.send(`35=D|${order}|60=20261120-10:00:00`)
    expect(answer).toMatch(/^35=8\|.*\|39=8\|.*\|150=8\|151=0$/)
    expect(answer).toContain(`|${reason}|`)
    expect(more).toEqual([])
  })

  it('rejects a ClOrdID that was used before (103=6)', () => {
    desk.send('35=D|11=A1|38=1|40=2|44=1.00|54=1|55=AAPL|60=20261120-10:00:00')
    const [answer] = desk.send('35=D|11=A1|38=1|40=2|44=1.00|54=1|55=AAPL|60=20261120-10:00:00')
    expect(answer).toContain('|39=8|40=2|44=1.00|54=1|55=AAPL|58=PP1001 duplicate ClOrdID "A1"|59=0|103=6|150=8|151=0')
  })

  it.each([
    ['a limit order without Price', '38=1|40=2|54=1|55=AAPL', 'Price (44)'],
    ['an order without a quantity', '40=1|54=1|55=AAPL', 'OrderQty (38)'],
    ['a GTD order without a date or time', '38=1|40=2|44=1.00|54=1|55=AAPL|59=6', 'ExpireDate (432)']
  ])('answers %s by a BusinessMessageReject (380=5)', (_name, order, field) => {
    expect(desk.send(`35=D|11=A1|${order}|60=20261120-10:00:00`)).toEqual([
      `35=j|45=2|58=Conditionally required field missing: ${field}|372=D|379=A1|380=5`
    ])
  })

  it('says that a quantity in money or percent is not supported', () => {
    expect(desk.send('35=D|11=A1|40=1|54=1|55=AAPL|60=20261120-10:00:00|152=5000')).toEqual([
      '35=8|6=0|11=A1|14=0|17=20261120-1|37=NONE|39=8|40=1|54=1|55=AAPL|58=PP1024 instruction "CashOrderQty" is not supported|103=11|150=8|151=0'
    ])
  })

  it('is not taken while the venue closes (380=4); cancels are', () => {
    desk.send('35=D|11=A1|38=100|40=2|44=99.50|54=1|55=AAPL|60=20261120-10:00:00')
    desk.venue.takesOrders = false
    const refused = (type: string, id: string): string =>
      `58=PP1012 the venue is not taking orders|372=${type}|379=${id}|380=4`
    expect(desk.send('35=D|11=A2|38=100|40=1|54=1|55=AAPL|60=20261120-10:00:00')).toEqual([
      `35=j|45=3|${refused('D', 'A2')}`
    ])
    expect(desk.send('35=G|11=R1|38=50|40=2|41=A1|44=99.50|54=1|55=AAPL|60=20261120-10:00:00')).toEqual([
      `35=j|45=4|${refused('G', 'R1')}`
    ])
    expect(desk.send('35=F|11=C1|38=100|41=A1|54=1|55=AAPL|60=20261120-10:00:00')[0]).toContain('|150=4|')
  })

  it('reports the state of an order that is sent again with PossResend, and executes nothing', () => {
    desk.send('35=D|11=A1|38=300|40=1|54=1|55=AAPL|60=20261120-10:00:00')
    expect(desk.send('35=D|97=Y|11=A1|38=300|40=1|54=1|55=AAPL|60=20261120-10:00:00')).toEqual([
      '35=8|6=100.02|11=A1|14=300|15=USD|17=0|37=20261120-1|38=300|39=2|40=1|54=1|55=AAPL|59=0|150=I|151=0'
    ])
  })
})

describe('OrderCancelRequest', () => {
  it('cancels; the report names both ids', () => {
    desk.send('35=D|11=A1|38=100|40=2|44=99.50|54=1|55=AAPL|60=20261120-10:00:00')
    expect(desk.send('35=F|11=C1|38=100|41=A1|54=1|55=AAPL|60=20261120-10:00:00')).toEqual([
      '35=8|6=0.00|11=C1|14=0|15=USD|17=20261120-2|37=20261120-1|38=100|39=4|40=2|41=A1|44=99.50|54=1|55=AAPL|59=0|150=4|151=0'
    ])
  })

  it('of an unknown order: 102=1 with OrderID NONE', () => {
    expect(desk.send('35=F|11=C1|38=100|41=A9|54=1|55=AAPL|60=20261120-10:00:00')).toEqual([
      '35=9|11=C1|37=NONE|39=8|41=A9|58=PP2001 unknown order "A9"|102=1|434=1'
    ])
  })

  it('of no order at all: 102=1 with OrderID NONE', () => {
    expect(desk.send('35=F|11=C1|38=100|54=1|55=AAPL|60=20261120-10:00:00')).toEqual([
      '35=9|11=C1|37=NONE|39=8|41=NONE|58=PP2001 unknown order ""|102=1|434=1'
    ])
  })

  it('of a filled order: too late (102=0)', () => {
    desk.send('35=D|11=A1|38=100|40=1|54=1|55=AAPL|60=20261120-10:00:00')
    expect(desk.send('35=F|11=C1|38=100|41=A1|54=1|55=AAPL|60=20261120-10:00:00')).toEqual([
      '35=9|11=C1|37=20261120-1|39=2|41=A1|58=PP2002 too late: the order is "filled"|102=0|434=1'
    ])
  })
})

describe('OrderCancelReplaceRequest', () => {
  beforeEach(() => {
    desk.send('35=D|11=A1|38=100|40=2|44=99.50|54=1|55=AAPL|60=20261120-10:00:00')
  })

  it('replaces price and quantity; fills carry the new id from then on', () => {
    expect(desk.send('35=G|11=R1|38=150|40=2|41=A1|44=100.02|54=1|55=AAPL|60=20261120-10:00:00')).toEqual([
      '35=8|6=0.00|11=R1|14=0|15=USD|17=20261120-2|37=20261120-1|38=150|39=0|40=2|41=A1|44=100.02|54=1|55=AAPL|59=0|150=5|151=150',
      '35=8|6=100.02|11=R1|12=0.00|13=3|14=150|15=USD|17=20261120-3|30=XPPT|31=100.02|32=150|37=20261120-1|38=150|39=2|40=2|44=100.02|54=1|55=AAPL|59=0|150=F|151=0|851=2|9501=consume'
    ])
  })

  it('of an unknown order, or of none: 102=1 with OrderID NONE', () => {
    expect(desk.send('35=G|11=R1|38=100|40=2|41=A9|44=99.50|54=1|55=AAPL|60=20261120-10:00:00')).toEqual([
      '35=9|11=R1|37=NONE|39=8|41=A9|58=PP2001 unknown order "A9"|102=1|434=2'
    ])
    expect(desk.send('35=G|11=R2|38=100|40=2|44=99.50|54=1|55=AAPL|60=20261120-10:00:00')).toEqual([
      '35=9|11=R2|37=NONE|39=8|41=NONE|58=PP2001 unknown order ""|102=1|434=2'
    ])
  })

  it('of a filled order is too late (102=0, 434=2)', () => {
    desk.send('35=G|11=R1|38=100|40=2|41=A1|44=100.02|54=1|55=AAPL|60=20261120-10:00:00')
    expect(desk.send('35=G|11=R2|38=200|40=2|41=R1|44=100.02|54=1|55=AAPL|60=20261120-10:00:00')).toEqual([
      '35=9|11=R2|37=20261120-1|39=2|41=R1|58=PP2002 too late: the order is "filled"|102=0|434=2'
    ])
  })

  it('that changes the side is refused', () => {
    expect(desk.send('35=G|11=R1|38=100|40=2|41=A1|44=99.50|54=2|55=AAPL|60=20261120-10:00:00')).toEqual([
      '35=9|11=R1|37=20261120-1|39=0|41=A1|58=PP2005 field "Side" cannot be replaced|102=99|434=2'
    ])
  })

  it('with a used ClOrdID is refused (102=6)', () => {
    expect(desk.send('35=G|11=A1|38=100|40=2|41=A1|44=99.60|54=1|55=AAPL|60=20261120-10:00:00')).toEqual([
      '35=9|11=A1|37=20261120-1|39=0|41=A1|58=PP2004 duplicate ClOrdID "A1"|102=6|434=2'
    ])
  })
})

describe('OrderStatusRequest', () => {
  it('reports the order as it stands (150=I, ExecID 0)', () => {
    desk.send('35=D|11=A1|38=100|40=2|44=99.50|54=1|55=AAPL|60=20261120-10:00:00')
    expect(desk.send('35=H|11=A1|54=1|55=AAPL|790=Q7')).toEqual([
      '35=8|6=0.00|11=A1|14=0|15=USD|17=0|37=20261120-1|38=100|39=0|40=2|44=99.50|54=1|55=AAPL|59=0|150=I|151=100|790=Q7'
    ])
  })

  it('of an unknown order: 39=8, 103=5', () => {
    expect(desk.send('35=H|11=A9|54=1|55=AAPL')).toEqual([
      '35=8|6=0|11=A9|14=0|17=0|37=NONE|39=8|54=1|55=AAPL|58=PP2001 unknown order "A9"|103=5|150=I|151=0'
    ])
  })
})

describe('requests on their way to the exchange', () => {
  const A1 = '11=A1|38=100|40=2|44=99.50|54=1|55=AAPL|60=20261120-10:00:00'
  const pendingNew =
    '35=8|6=0.00|11=A1|14=0|15=USD|17=0|37=NONE|38=100|39=A|40=2|44=99.50|54=1|55=AAPL|59=0|150=I|151=100'

  beforeEach(() => {
    const latency = { kind: 'constant', inbound: nanos(MILLISECOND), outbound: nanos(0) } as const
    desk = new OrderDesk(undefined, { latency })
  })

  it('an order has the status PendingNew, and no OrderID yet', () => {
    expect(desk.send(`35=D|${A1}`)).toEqual([])
    expect(desk.send('35=H|11=A1|54=1|55=AAPL')).toEqual([pendingNew])
    expect(desk.pass(nanos(MILLISECOND))[0]).toContain('|150=0|')
  })

  it('what is sent again with PossResend is not carried out again', () => {
    desk.send(`35=D|${A1}`)
    expect(desk.send(`35=D|97=Y|${A1}`)).toEqual([pendingNew])
    expect(desk.pass(nanos(MILLISECOND))).toHaveLength(1)
    const cancel = '11=C1|38=100|41=A1|54=1|55=AAPL|60=20261120-10:00:00'
    desk.send(`35=F|${cancel}`)
    expect(desk.send(`35=F|97=Y|${cancel}`)[0]).toMatch(/\|11=A1\|.*\|39=6\|.*\|150=I\|/)
    expect(desk.pass(nanos(MILLISECOND)).map((answer) => /150=./.exec(answer)?.[0])).toEqual(['150=4'])
    expect(desk.send(`35=F|97=Y|${cancel}`)[0]).toMatch(/\|39=4\|.*\|150=I\|/)
  })
})

describe('other messages', () => {
  it('that the dictionary knows and the venue does not serve: BusinessMessageReject 380=3', () => {
    expect(desk.send('35=AF|584=M1|585=7')).toEqual(['35=j|45=2|58=Unsupported Message Type|372=AF|380=3'])
  })
})

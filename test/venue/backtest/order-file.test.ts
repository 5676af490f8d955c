import { describe, expect, it } from 'vitest'
import { instrument } from '../../../src/exchange/instrument.js'
import { instrumentNo } from '../../../src/exchange/units.js'
import { Tag } from '../../../src/fix/wire/tag.js'
import { parseOrders } from '../../../src/venue/backtest/order-file.js'

const GOOG = instrument(instrumentNo(0), { symbol: 'GOOG', tickSize: '0.01', lotSize: '1', priceScale: 4 })
const EPOCH = 1_340_236_800 // 2012-06-21
const parse = (...lines: string[]): ReturnType<typeof parseOrders> =>
  parseOrders(lines.join('\n'), 'orders.csv', [GOOG], EPOCH)
const HEADER = 'time,clOrdId,action,symbol,side,type,qty,price,tif'

describe('parseOrders', () => {
  it('reads a limit order with nanoseconds since 1970', () => {
    expect(parse(HEADER, '1340285400000000001,A1,new,GOOG,buy,limit,100,577.2,ioc')).toEqual([
      {
        time: 48_600_000_000_001,
        action: 'new',
        clOrdId: 'A1',
        origClOrdId: undefined,
        instrument: GOOG,
        side: 1,
        ordType: 'limit',
        timeInForce: 'ioc',
        orderQty: 100,
        price: 5_772_000,
        tags: [],
        qualifiers: undefined
      }
    ])
  })

  it('reads ISO times with a zone, columns in any order, and facts by FIX field name', () => {
    const [order] = parse(
      'symbol,side,type,qty,time,clOrdId,Account,ClOrdLinkID',
      'GOOG,sell,market,5,2012-06-21T09:30:00.5-04:00,B1,"ACC, 1",P1'
    )
    expect(order.time).toBe(48_600_500_000_000)
    expect(order.tags).toEqual([
      [Tag.Account, 'ACC, 1'],
      [Tag.ClOrdLinkID, 'P1']
    ])
  })

  it('reads what makes an order more than plain by FIX field name', () => {
    const header = `${HEADER},stopPx,minQty,maxFloor,execInst,pegOffsetValue,expireTime`
    const [stop, iceberg, peg, gtd] = parse(
      header,
      '1340285400000000001,A1,new,GOOG,buy,stopLimit,100,577.2,day,578,,,,,',
      '1340285400000000002,A2,new,GOOG,buy,limit,100,577.2,day,,10,20,6 G,,',
      '1340285400000000003,A3,new,GOOG,buy,pegged,100,,gtc,,,0,R,-0.02,',
      '1340285400000000004,A4,new,GOOG,buy,limit,100,577.2,gtd,,,,,,2012-06-21T20:00:00Z'
    )
    expect(stop.ordType).toBe('stopLimit')
    expect(stop.qualifiers).toEqual({ stopPx: 5_780_000 })
    expect(iceberg.qualifiers).toEqual({ minQty: 10, displayQty: 20, allOrNone: true, postOnly: 'reject' })
    expect(peg.qualifiers).toEqual({ displayQty: 0, peg: { reference: 'primary', offset: -200 } })
    expect(gtd.qualifiers).toEqual({ expireTime: 72_000_000_000_000 })
    expect(() => parse(header, '1340285400000000001,A1,new,GOOG,buy,limit,1,1.00,day,,,,Z,,')).toThrow(
      'orders.csv:2:57 execinst "Z": expected FIX ExecInst values: 6 post-only, G all or none, R, P, M primary, market, midpoint peg'
    )
  })

  it('puts rows into time order', () => {
    const rows = ['30,C', '10,A', '20,B', '10,A2']
      .map((row) => `13402854000000000${row}`)
      .map((row) => {
        const [time, id] = row.split(',')
        return `${time},${id},new,GOOG,buy,market,1,,`
      })
    expect(parse(HEADER, ...rows).map(({ clOrdId }) => clOrdId)).toEqual(['A', 'A2', 'B', 'C'])
  })

  it.each([
    ['1340285400000000000,A,new,XYZ,buy,limit,1,1.00,day', 'orders.csv:2:27 symbol "XYZ": expected one of GOOG'],
    ['1340285400000000000,A,new,GOOG,hold,limit,1,1.00,day', 'orders.csv:2:32 side "hold": expected buy, sell'],
    [
      '1340285400000000000,A,new,GOOG,buy,limit,1,,day',
      'orders.csv:2:44 price is empty: expected the limit of a limit order'
    ],
    [
      '1340285400000000000,A,new,GOOG,buy,limit,1.5,1.00,day',
      'orders.csv:2:42 qty "1.5": expected a decimal with at most 0 decimals (increment 1)'
    ],
    [
      '1340285400000000000,A,send,GOOG,buy,limit,1,1.00,day',
      'orders.csv:2:23 action "send": expected new, replace, cancel'
    ],
    [
      'soon,A,new,GOOG,buy,limit,1,1.00,day',
      'orders.csv:2:1 time "soon": expected ISO 8601 with a zone ("2012-06-21T13:30:00.5Z") or nanoseconds since 1970'
    ],
    [
      '1340285400000000000,A,new,GOOG,buy,limit,1,1.00,soon',
      'orders.csv:2:49 tif "soon": expected day, gtc, ioc, fok, gtd, opg, atc'
    ]
  ])('names the place of a fault: %s', (row, message) => {
    expect(() => parse(HEADER, row)).toThrow(message)
  })

  it('counts lines and columns as they are in the file, behind quotes, empty lines, CRLF and a byte order mark', () => {
    const at =
      (text: string): (() => unknown) =>
      () =>
        parseOrders(text, 'orders.csv', [GOOG], EPOCH)
    const good = '1340285400000000000,A,new,GOOG,buy,limit,1,1.00,day'
    const bad = '1340285400000000000,B,new,GOOG,hold,limit,1,1.00,day'
    expect(at(`\uFEFF${HEADER}\r\n${good}\r\n\r\n${bad}\r\n`)).toThrow('orders.csv:4:32 side "hold"')
    expect(at(`${HEADER},Account\n${good},"two\nlines, ""x"""\n${bad},a`)).toThrow('orders.csv:4:32 side "hold"')
    expect(at(`${HEADER}\n"1340285400000000000","A,1",new,GOOG,hold,limit,1,1.00,day`)).toThrow('orders.csv:2:38 side')
    expect(at(`${HEADER}\n${good}\n"1340285400000000000,B`)).toThrow('orders.csv:3:1 a quote is never closed')
    expect(at(`${HEADER}\n13402"854,B`)).toThrow('orders.csv:2:1 13402"854: expected quotes around')
  })

  it('takes short rows as they are, also the last one, and refuses cells beyond the last column', () => {
    const rows = parse(HEADER, '1340285400000000000,A,new,GOOG,buy,market,5', '1340285400000000001,A,cancel,GOOG')
    expect(rows.map(({ action }) => action)).toEqual(['new', 'cancel'])
    expect(() => parse(HEADER, '1340285400000000000,A,new,GOOG,buy,limit,1,570,50,day')).toThrow(
      'orders.csv:2:51 "day" is beyond the last column: expected 9 cells'
    )
    expect(parse(HEADER.replaceAll(',', ';'), '1340285400000000000;A;new;GOOG;buy;market;5')).toHaveLength(1)
    expect(parse(HEADER)).toEqual([])
  })

  it('refuses a date that is none', () => {
    expect(() => parse(HEADER, '2012-02-30T10:00:00Z,A,new,GOOG,buy,market,5')).toThrow('time "2012-02-30T10:00:00Z"')
  })

  it('names a missing and an unknown column', () => {
    expect(() => parse('time,clOrdId,side,type,qty', '')).toThrow('orders.csv:1:1 has no column symbol')
    expect(() => parse(`${HEADER},colour`, '')).toThrow('orders.csv:1:52 unknown column "colour"')
    expect(() => parse(`${HEADER},Qty`, '')).toThrow('orders.csv:1:52 column "qty" comes twice')
    expect(() => parse('')).toThrow('orders.csv:1:1 is empty')
  })
})

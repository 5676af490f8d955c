import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { epochOf } from '../../../src/base/time.js'
import { ParsedMessage } from '../../../src/fix/wire/parsed-message.js'
import { Tag } from '../../../src/fix/wire/tag.js'
import { FIX44 } from './dictionary-fixture.js'
import { header, messageBytes } from './fix-text.js'

const EPOCH = epochOf(Date.UTC(2026, 10, 20))

function parse(body: string): ParsedMessage {
  const bytes = messageBytes(body)
  const message = new ParsedMessage(FIX44, EPOCH)
  expect(message.read(bytes, 0, bytes.length)).toBe(true)
  return message
}

function readable(body: string): boolean {
  const bytes = messageBytes(body)
  return new ParsedMessage(FIX44, EPOCH).read(bytes, 0, bytes.length)
}

const order = `${header('D', 7)}11=A-1|21=1|38=1500|40=2|44=577.20|54=1|55=GOOG|60=20261120-07:15:30.5|`
const NoPartyIDs = 453
const NoPartySubIDs = 802
const NoOrders = 73

describe('ParsedMessage', () => {
  it('reads fields by tag and type', () => {
    const message = parse(order)
    expect(message.msgType).toBe('D')
    expect(message.msgSeqNum).toBe(7)
    expect(message.string(Tag.ClOrdID)).toBe('A-1')
    expect(message.char(Tag.Side)).toBe('1'.charCodeAt(0))
    expect(message.int(Tag.OrderQty)).toBe(1500)
    expect(message.decimal(Tag.Price, 4)).toBe(5772000)
    expect(message.timestamp(Tag.SendingTime)).toBe((7 * 3600 + 15 * 60 + 30) * 1e9 + 123e6)
  })

  it('says what is absent and what is malformed', () => {
    const message = parse(`${header('D')}38=abc|44=1.234|54=12|`)
    expect(message.has(Tag.Account)).toBe(false)
    expect(message.string(Tag.Account)).toBeUndefined()
    expect(message.char(Tag.OrdType)).toBe(0)
    expect(message.char(Tag.Side)).toBe(-1)
    expect(message.int(Tag.OrderQty)).toBeNaN()
    expect(message.decimal(Tag.Price, 2)).toBeNaN()
    expect(message.decimal(Tag.StopPx, 2)).toBeUndefined()
    expect(message.timestamp(Tag.TransactTime)).toBeUndefined()
    expect(message.boolean(Tag.PossDupFlag)).toBeUndefined()
  })

  it('knows PossDup, PossResend and user-defined tags', () => {
    const flagged = parse(`35=D|34=2|43=Y|49=A|52=20261120-07:15:30|56=B|97=Y|5001=x|`)
    expect([flagged.possDup, flagged.possResend, flagged.hasUserDefined]).toEqual([true, true, true])
    const plain = parse(`35=D|34=2|43=N|49=A|52=20261120-07:15:30|56=B|`)
    expect([plain.possDup, plain.possResend, plain.hasUserDefined]).toEqual([false, false, false])
  })

  it('lists all fields in order', () => {
    const fields: string[] = []
    parse('35=0|34=2|112=hello|').forEach((tag, value) => fields.push(`${tag}=${value}`))
    expect(fields.slice(2, -1)).toEqual(['35=0', '34=2', '112=hello'])
  })

  it('keeps SOH inside data whose length is announced', () => {
    const message = parse(`${header('B')}148=x|354=10|355=a|b|58=c|d|58=text|`)
    expect(message.string(355)).toBe('a\x01b\x0158=c\x01d')
    expect(message.string(58)).toBe('text')
  })

  it('ends data at SOH where the announced length is wrong', () => {
    const message = parse(`${header('B')}148=x|354=3|355=abcdef|58=text|`)
    expect(message.string(355)).toBe('abcdef')
    expect(message.string(58)).toBe('text')
  })

  it('finds no text at the place of the last message', () => {
    const message = new ParsedMessage(FIX44, EPOCH)
    const first = messageBytes(`${header('D')}1=ACC|20000=x|`)
    const second = messageBytes(header('D'))
    message.read(first, 0, first.length)
    message.read(second, 0, second.length)
    expect(message.has(Tag.Account)).toBe(false)
    expect(message.has(20000)).toBe(false)
  })

  it('reads messages with many fields and large tags', () => {
    const fields = Array.from({ length: 700 }, (_, i) => `${20_000 + i}=v${i}|`)
    const message = parse(header('D') + fields.join(''))
    expect(message.string(20_000)).toBe('v0')
    expect(message.string(20_699)).toBe('v699')
  })

  it('calls a message garbled whose tags are no numbers', () => {
    for (const body of [
      '35=D|abc=1|',
      '35=D|=1|',
      '35=D|44|',
      '35=D||44=1|',
      '35=D|4a=1|',
      '35=D| 44=1|',
      '35=D|+44=1|'
    ])
      expect(readable(body), body).toBe(false)
    expect(readable('35=D|-1=x|0=y|99999999999=z|')).toBe(true)
  })
})

describe('reading any bytes', () => {
  it('ends, and covers the message field by field where it succeeds', () => {
    const byte = fc.oneof(fc.constantFrom(1, 61, 48, 49, 53, 57), fc.integer({ min: 0, max: 255 }))
    const message = new ParsedMessage(FIX44, EPOCH)
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 60 }), (values) => {
        const bytes = Buffer.from(values)
        if (!message.read(bytes, 0, bytes.length)) return
        const fields: Buffer[] = []
        for (let i = 0; i < message.count; i++) {
          const begin = i === 0 ? 0 : message.to[i - 1] + 1
          fields.push(bytes.subarray(begin, message.to[i] + 1))
          expect(bytes[message.from[i] - 1]).toBe(61)
          expect(bytes[message.to[i]]).toBe(1)
        }
        expect(Buffer.concat(fields).equals(bytes)).toBe(true)
      }),
      { numRuns: 2000 }
    )
  })
})

describe('repeating groups', () => {
  it('are read entry by entry, nested ones as well', () => {
    const message = parse(
      `${header('D')}453=2|448=FIRM|447=D|452=1|448=DESK|447=D|452=24|802=2|523=a|803=1|523=b|803=2|11=A|54=1|`
    )
    const parties = message.group(NoPartyIDs)
    expect(parties.map((party) => [party.string(448), party.char(447), party.int(452)])).toEqual([
      ['FIRM', 68, 1],
      ['DESK', 68, 24]
    ])
    expect(parties[0].group(NoPartySubIDs)).toEqual([])
    expect(parties[1].group(NoPartySubIDs).map((sub) => [sub.string(523), sub.int(803)])).toEqual([
      ['a', 1],
      ['b', 2]
    ])
    expect(parties[1].has(523)).toBe(false)
    expect(message.has(448)).toBe(false)
    expect(message.string(Tag.ClOrdID)).toBe('A')
  })

  it('hide their fields from the message: the first occurrence outside counts', () => {
    const message = parse(
      `${header('E')}66=L|394=3|68=2|73=2|11=A|67=1|55=X|54=1|38=5|58=one|11=B|67=2|55=Y|54=2|38=6.50|5001=u|`
    )
    expect(message.has(Tag.ClOrdID)).toBe(false)
    expect(message.string(66)).toBe('L')
    const orders = message.group(NoOrders)
    expect(orders.map((order) => order.string(Tag.ClOrdID))).toEqual(['A', 'B'])
    expect(orders[1].decimal(Tag.OrderQty, 2)).toBe(650)
    expect(orders[0].has(5001)).toBe(false)
    expect(orders[1].string(5001)).toBe('u')
  })

  it('are empty where the count is absent or 0', () => {
    expect(parse(header('D')).group(NoPartyIDs)).toEqual([])
    expect(parse(`${header('D')}453=0|11=A|`).group(NoPartyIDs)).toEqual([])
  })

  it('may be asked for again and side by side', () => {
    const message = parse(`${header('D')}453=1|448=FIRM|78=1|79=ACC|80=5|`)
    const [party] = message.group(NoPartyIDs)
    const [alloc] = message.group(78)
    expect([party.string(448), alloc.string(79), message.group(NoPartyIDs)[0].string(448)]).toEqual([
      'FIRM',
      'ACC',
      'FIRM'
    ])
  })
})

import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { formatDecimal } from '../../../src/base/decimal.js'
import { epochOf, type Nanos, nanos, SECOND } from '../../../src/base/time.js'
import { HeaderTemplate } from '../../../src/fix/wire/header-template.js'
import { type HeaderOptions, MessageEncoder } from '../../../src/fix/wire/message-encoder.js'
import { type MessageWriter } from '../../../src/fix/wire/message-writer.js'
import { MessageReader } from '../../../src/fix/wire/message-reader.js'
import { ParsedMessage } from '../../../src/fix/wire/parsed-message.js'
import { Tag } from '../../../src/fix/wire/tag.js'
import { FIX44 } from './dictionary-fixture.js'
import { messageText, textOf } from './fix-text.js'

const WALL = epochOf(Date.UTC(2026, 10, 20))
const VENUE = epochOf(Date.UTC(2012, 5, 21))
const SENT = nanos((7 * 3600 + 15 * 60 + 30) * SECOND + 123_456_789)
const names = new HeaderTemplate({ senderCompId: 'PAPERPIT', targetCompId: 'OMS1' })

function encoder(timestampDigits: 0 | 3 | 6 | 9 = 3, capacity?: number): MessageEncoder {
  return new MessageEncoder({
    timestampDigits,
    wallEpoch: WALL,
    venueEpoch: VENUE,
    ...(capacity === undefined ? {} : { capacity })
  })
}

function encode(body: (out: MessageWriter) => void, msgType: string = '8', options?: HeaderOptions): string {
  const out = encoder()
  body(out.begin(names, msgType, 7, SENT, options))
  out.finish()
  return textOf(out.buffer.subarray(out.start, out.end))
}

const head = (msgType: string): string => `35=${msgType}|34=7|49=PAPERPIT|52=20261120-07:15:30.123|56=OMS1|`

describe('MessageEncoder', () => {
  it('writes header, body and trailer', () => {
    expect(encode((out) => out.string(Tag.TestReqID, 'TEST'), '0')).toBe(messageText(`${head('0')}112=TEST|`))
  })

  it('writes every kind of field', () => {
    const text = encode((out) =>
      out
        .decimal(Tag.AvgPx, 5771950, 4, 2)
        .string(Tag.ClOrdID, 'A-1')
        .int(Tag.LastQty, 1500)
        .char(Tag.Side, 50)
        .timestamp(Tag.TransactTime, nanos(34_200 * SECOND + 5_000_000))
        .boolean(Tag.GapFillFlag, true)
    )
    expect(text).toBe(messageText(`${head('8')}6=577.195|11=A-1|32=1500|54=2|60=20120621-09:30:00.005|123=Y|`))
  })

  it('counts SendingTime from the wall epoch, body times from the venue epoch, at the precision asked for', () => {
    const written = ([0, 3, 6, 9] as const).map((digits) => {
      const out = encoder(digits)
      out.begin(names, '0', 1, SENT).timestamp(Tag.TransactTime, SENT)
      out.finish()
      return textOf(out.buffer.subarray(out.start, out.end)).match(/(?:52|60)=[^|]*/g)
    })
    expect(written).toEqual([
      ['52=20261120-07:15:30', '60=20120621-07:15:30'],
      ['52=20261120-07:15:30.123', '60=20120621-07:15:30.123'],
      ['52=20261120-07:15:30.123456', '60=20120621-07:15:30.123456'],
      ['52=20261120-07:15:30.123456789', '60=20120621-07:15:30.123456789']
    ])
  })

  it('keeps header fields in ascending order', () => {
    const out = encoder()
    const full = new HeaderTemplate({ senderCompId: 'P', senderSubId: 'S', targetCompId: 'T', targetSubId: 'U' })
    const routing = {
      onBehalfOfCompId: 'a',
      onBehalfOfSubId: 'b',
      deliverToCompId: 'c',
      deliverToSubId: 'd',
      onBehalfOfLocationId: 'e',
      deliverToLocationId: 'f'
    }
    out.begin(full, '4', 7, SENT, { possDup: true, possResend: true, origSendingTime: SENT, routing })
    out.finish()
    const time = '20261120-07:15:30.123'
    expect(textOf(out.buffer.subarray(out.start, out.end))).toBe(
      messageText(`35=4|34=7|43=Y|49=P|50=S|52=${time}|56=T|57=U|97=Y|115=a|116=b|122=${time}|128=c|129=d|144=e|145=f|`)
    )
  })

  it('leaves out empty text and replaces what would break the message', () => {
    const text = encode((out) => out.string(Tag.Text, '').string(Tag.Account, 'a\x01b\u20acc\u00e9'))
    expect(text).toContain('|1=a?b?c\u00e9|10=')
    expect(text).not.toContain('58=')
  })

  it('writes BodyLength without leading zeros whatever its size', () => {
    for (const length of [1, 20, 60, 900, 1000, 9_900, 10_000, 120_000]) {
      const text = encode((out) => out.string(Tag.Text, 'x'.repeat(length)))
      expect(text).toBe(messageText(`${head('8')}58=${'x'.repeat(length)}|`))
    }
    const short = encoder()
    short.begin(new HeaderTemplate({ senderCompId: 'A', targetCompId: 'B' }), '0', 1, SENT)
    short.finish()
    expect(textOf(short.buffer.subarray(short.start, short.end))).toBe(
      messageText('35=0|34=1|49=A|52=20261120-07:15:30.123|56=B|')
    )
  })

  it('writes messages back to back without a gap, growing as it must', () => {
    const out = encoder(3, 64)
    const expected: string[] = []
    for (let n = 0; n < 50; n++) {
      out.begin(names, 'B', 7, SENT).string(Tag.Text, 'y'.repeat(n * 40))
      out.finish()
      expected.push(messageText(n === 0 ? head('B') : `${head('B')}58=${'y'.repeat(n * 40)}|`))
    }
    expect(textOf(out.take())).toBe(expected.join(''))
  })

  it('gives up an open message', () => {
    const out = encoder()
    out.begin(names, '0', 7, SENT)
    out.finish()
    out.begin(names, '8', 8, SENT).string(Tag.Text, 'never sent')
    out.abandon()
    expect(textOf(out.take())).toBe(messageText(head('0')))
    expect(out.take().length).toBe(0)
  })

  it('uses a recycled buffer again and leaves one alone that is still on its way', () => {
    const out = encoder()
    const first = out.take()
    out.begin(names, '0', 7, SENT)
    out.finish()
    expect(out.buffer.buffer).not.toBe(first.buffer)
    const sent = out.take()
    expect(textOf(sent)).toBe(messageText(head('0')))
    out.recycle(first)
    out.take()
    expect(out.buffer.buffer).toBe(first.buffer)
  })

  it('writes data that holds any byte', () => {
    const out = encoder()
    out.begin(names, 'A', 7, SENT)
    out.data(95, 96, Buffer.from('a\x01b=\x00', 'latin1'))
    out.finish()
    expect(textOf(out.take())).toBe(messageText(`${head('A')}95=5|96=a|b=\x00|`))
  })

  it('writes decimals as formatDecimal does', () => {
    const scales = fc.integer({ min: 0, max: 9 })
    fc.assert(
      fc.property(fc.maxSafeInteger(), scales, scales, (value, scale, decimals) => {
        const text = encode((out) => out.decimal(Tag.Price, value, scale, decimals))
        expect(text).toContain(`|44=${formatDecimal(value, scale, decimals)}|`)
      })
    )
  })

  it('writes any whole number', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(encode((out) => out.int(Tag.LastQty, value))).toContain(`|32=${value}|`)
      })
    )
  })
})

describe('resending', () => {
  function resend(stored: Buffer, at: Nanos): string {
    const out = encoder()
    out.resend(stored, at)
    return textOf(out.take())
  }
  const LATER = nanos(SENT + 60 * SECOND)

  it('marks the message as a duplicate, keeps the first SendingTime in 122 and everything else to the byte', () => {
    const body = '6=0|11=A|17=E1|58=text with 52= and 43=|'
    const stored = Buffer.from(messageText(`${head('8')}${body}`).replaceAll('|', '\x01'), 'latin1')
    expect(resend(stored, LATER)).toBe(
      messageText(`35=8|34=7|43=Y|49=PAPERPIT|52=20261120-07:16:30.123|56=OMS1|122=20261120-07:15:30.123|${body}`)
    )
  })

  it('puts 122 in its place among other header fields and keeps one that is there', () => {
    const first = '35=8|34=7|49=P|50=S|52=20261120-07:15:30.123|56=T|57=U|97=Y|115=a|128=c|145=f|37=O|'
    const again = '35=8|34=7|49=P|52=20261120-07:15:30.123|56=T|122=20261119-00:00:00.000|37=O|'
    const bytes = (body: string): Buffer => Buffer.from(messageText(body).replaceAll('|', '\x01'), 'latin1')
    expect(resend(bytes(first), LATER)).toBe(
      messageText(
        '35=8|34=7|43=Y|49=P|50=S|52=20261120-07:16:30.123|56=T|57=U|97=Y|115=a|122=20261120-07:15:30.123|128=c|145=f|37=O|'
      )
    )
    expect(resend(bytes(again), LATER)).toBe(
      messageText('35=8|34=7|43=Y|49=P|52=20261120-07:16:30.123|56=T|122=20261119-00:00:00.000|37=O|')
    )
  })

  it('resends a message without a body', () => {
    const stored = Buffer.from(messageText(head('B')).replaceAll('|', '\x01'), 'latin1')
    expect(resend(stored, LATER)).toBe(
      messageText('35=B|34=7|43=Y|49=PAPERPIT|52=20261120-07:16:30.123|56=OMS1|122=20261120-07:15:30.123|')
    )
  })
})

describe('encoding, framing and parsing', () => {
  type Field = readonly [tag: number, value: string]
  const value = fc.string({ unit: fc.integer({ min: 2, max: 255 }).map((c) => String.fromCharCode(c)), minLength: 1 })
  const field: fc.Arbitrary<Field> = fc.tuple(fc.integer({ min: 5000, max: 30_000 }), value)
  const message = fc.uniqueArray(field, { maxLength: 12, selector: ([tag]) => tag })

  it('brings back every field, wherever the bytes are split', () => {
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 3 }), fc.uint8Array(), (messages, data) => {
        const out = encoder(3, 32)
        const expected: Field[][] = []
        for (const fields of messages) {
          out.begin(names, 'B', 7, SENT)
          out.data(354, 355, data)
          for (const [tag, text] of fields) out.string(tag, text)
          out.finish()
          const dataFields: Field[] = [
            [354, String(data.length)],
            [355, Buffer.from(data).toString('latin1')]
          ]
          expected.push([...(data.length === 0 ? [] : dataFields), ...fields])
        }
        const stream = Buffer.from(out.take())
        const step = Math.max(1, Math.floor(stream.length / 40))
        for (let at = 0; at <= stream.length; at += step) {
          const read: Field[][] = []
          const reader = new MessageReader(new ParsedMessage(FIX44, VENUE), 65_536)
          const visitor = {
            message: (parsed: ParsedMessage): void => {
              const fields: Field[] = []
              parsed.forEach((tag, text) => fields.push([tag, text]))
              read.push(fields.slice(7, -1))
            },
            garbled: (): void => expect.unreachable(),
            tooLong: (): void => expect.unreachable()
          }
          reader.push(stream.subarray(0, at), visitor)
          reader.push(stream.subarray(at), visitor)
          expect(read).toEqual(expected)
        }
      }),
      { numRuns: 50 }
    )
  })
})

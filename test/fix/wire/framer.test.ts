import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { Framer, type FrameVisitor } from '../../../src/fix/wire/framer.js'
import { bytesOf, messageText, textOf } from './fix-text.js'

/** What a framer says of a stream, a line per event. */
function record(events: string[]): FrameVisitor {
  return {
    message: (bytes, start, bodyStart, end) => {
      expect(textOf(bytes.subarray(bodyStart, bodyStart + 3))).toBe('35=')
      events.push(`message ${textOf(bytes.subarray(start, end))}`)
    },
    garbled: (bytes, from, to, why) => events.push(`${why}: ${textOf(bytes.subarray(from, to))}`),
    tooLong: (bytes, from, to, length) => events.push(`too long (${length}): ${textOf(bytes.subarray(from, to))}`)
  }
}

function frame(chunks: readonly (string | Buffer)[], maxMessageSize: number = 4096): string[] {
  const events: string[] = []
  const framer = new Framer(maxMessageSize)
  for (const chunk of chunks) framer.push(typeof chunk === 'string' ? bytesOf(chunk) : chunk, record(events))
  return events
}

const heartbeat = messageText('35=0|34=2|49=A|52=20261120-07:15:30|56=B|')
const logout = messageText('35=5|34=3|49=A|52=20261120-07:15:30|56=B|')

describe('Framer', () => {
  it('finds messages that follow each other', () => {
    expect(frame([heartbeat + logout])).toEqual([`message ${heartbeat}`, `message ${logout}`])
  })

  it('finds messages whatever the split', () => {
    const stream = bytesOf(heartbeat + logout)
    for (let at = 1; at < stream.length; at++) {
      expect(frame([stream.subarray(0, at), stream.subarray(at)])).toEqual([
        `message ${heartbeat}`,
        `message ${logout}`
      ])
    }
  })

  it('finds messages that come byte by byte', () => {
    const stream = bytesOf(heartbeat + logout)
    const bytes = Array.from(stream, (_, at) => stream.subarray(at, at + 1))
    expect(frame(bytes)).toEqual([`message ${heartbeat}`, `message ${logout}`])
  })

  it('hands on a whole message where it lies, without a copy', () => {
    const chunk = bytesOf(heartbeat + logout)
    const buffers: Buffer[] = []
    const visitor: FrameVisitor = {
      message: (bytes) => buffers.push(bytes),
      garbled: () => expect.unreachable(),
      tooLong: () => expect.unreachable()
    }
    new Framer(4096).push(chunk, visitor)
    expect(buffers.every((buffer) => buffer === chunk)).toBe(true)
  })

  it('frames by BodyLength: data may hold a whole message', () => {
    const news = messageText(`35=B|34=2|354=${heartbeat.length}|355=${heartbeat}|`)
    expect(frame([news + logout])).toEqual([`message ${news}`, `message ${logout}`])
  })

  it('takes another BeginString and a BodyLength padded with zeros', () => {
    const other = messageText('35=0|34=2|', 'FIX.4.2')
    const padded = messageText('35=0|34=2|')
      .replace('9=10|', '9=0010|')
      .replace(/10=\d+\|$/, '10=006|')
    expect(frame([other, padded])).toEqual([`message ${other}`, `message ${padded}`])
  })

  describe('skips what is garbled and finds the next good message:', () => {
    const garbled: [name: string, bytes: string, why: string][] = [
      ['a wrong checksum', heartbeat.replace(/10=\d+/, '10=000'), 'CheckSum is wrong'],
      ['a checksum that is no number', heartbeat.replace(/10=\d+/, '10=1x1'), 'CheckSum is wrong'],
      ['a BodyLength too small', heartbeat.replace(/9=(\d+)/, '9=12'), 'BodyLength is wrong'],
      ['a BodyLength of 0', heartbeat.replace(/9=(\d+)/, '9=0'), 'BodyLength is wrong'],
      ['a BodyLength that is no number', heartbeat.replace(/9=(\d+)/, '9=4x'), 'BodyLength is no number'],
      ['a negative BodyLength', heartbeat.replace(/9=(\d+)/, '9=-5'), 'BodyLength is no number'],
      ['an empty BodyLength', heartbeat.replace(/9=(\d+)/, '9='), 'BodyLength is no number'],
      ['35 before 9', heartbeat.replace(/(9=\d+\|)(35=0\|)/, '$2$1'), 'first three fields out of order'],
      ['34 before 35', messageText('34=2|35=0|49=A|56=B|'), 'first three fields out of order'],
      ['no BodyLength', heartbeat.replace(/9=\d+\|/, ''), 'first three fields out of order'],
      ['a BeginString without end', `8=FIX.4.4${'x'.repeat(40)}|`, 'first three fields out of order'],
      ['noise', 'hello|', 'bytes before BeginString']
    ]
    for (const [name, bytes, why] of garbled) {
      it(name, () => {
        expect(frame([bytes + logout])).toEqual([`${why}: ${bytes}`, `message ${logout}`])
      })
    }

    it('a BodyLength too large, once the bytes that it announces are there', () => {
      const long = heartbeat.replace(/9=(\d+)/, '9=60')
      expect(frame([long, logout])).toEqual([`BodyLength is wrong: ${long}`, `message ${logout}`])
    })

    describe('a BodyLength far too large, as soon as the next message shows,', () => {
      const long = heartbeat.replace(/9=(\d+)/, '9=2000')
      const dataOfLength = new Map([[354, 355]])
      const frameWith = (chunks: readonly Buffer[]): string[] => {
        const events: string[] = []
        const framer = new Framer(4096, dataOfLength)
        for (const chunk of chunks) framer.push(chunk, record(events))
        return events
      }

      it('wherever the bytes are split', () => {
        const stream = bytesOf(long + logout)
        for (let at = 1; at <= stream.length; at++) {
          const events = frameWith([stream.subarray(0, at), stream.subarray(at)])
          expect(events).toEqual([`BodyLength is wrong: ${long}`, `message ${logout}`])
        }
        const bytewise = Array.from(stream, (_, at) => stream.subarray(at, at + 1))
        expect(frameWith(bytewise)).toEqual([`BodyLength is wrong: ${long}`, `message ${logout}`])
      })

      it('and is not mistaken for data that holds messages', () => {
        const data = heartbeat + logout
        const news = messageText(`35=B|34=2|354=${data.length}|355=${data}|58=x|`)
        const stream = bytesOf(news + logout)
        for (let at = 1; at <= stream.length; at++) {
          const events = frameWith([stream.subarray(0, at), stream.subarray(at)])
          expect(events).toEqual([`message ${news}`, `message ${logout}`])
        }
        const bytewise = Array.from(stream, (_, at) => stream.subarray(at, at + 1))
        expect(frameWith(bytewise)).toEqual([`message ${news}`, `message ${logout}`])
      })
    })

    it('and never takes a message inside the data of one with a wrong checksum', () => {
      const news = messageText(`35=B|34=2|354=${heartbeat.length}|355=${heartbeat}|`).replace(/10=\d+\|$/, '10=999|')
      expect(frame([news + logout])).toEqual([`CheckSum is wrong: ${news}`, `message ${logout}`])
    })

    it('split anywhere', () => {
      const bad = heartbeat.replace(/9=(\d+)/, '9=12')
      const stream = bytesOf(bad + logout)
      for (let at = 1; at < stream.length; at++) {
        const events = frame([stream.subarray(0, at), stream.subarray(at)])
        expect(events.at(-1)).toBe(`message ${logout}`)
        const skipped = events.slice(0, -1).map((event) => event.slice(event.indexOf(': ') + 2))
        expect(skipped.join('')).toBe(bad)
      }
    })
  })

  it('reports a message over the limit by its head', () => {
    const head = '8=FIX.4.4|9=5000|'
    expect(frame([`${head}35=B|`])).toEqual([
      `too long (${head.length + 5007}): ${head}`,
      'bytes before BeginString: 35=B|'
    ])
  })

  it('takes a message of exactly the limit', () => {
    expect(frame([heartbeat], heartbeat.length)).toEqual([`message ${heartbeat}`])
    expect(frame([heartbeat], heartbeat.length - 1)[0]).toMatch(/^too long/)
  })

  it('takes nothing more once it is closed', () => {
    const events: string[] = []
    const framer = new Framer(4096)
    const visitor = { ...record(events), message: () => (events.push('message'), framer.close()) }
    framer.push(bytesOf(heartbeat + logout), visitor)
    framer.push(bytesOf(heartbeat), visitor)
    expect(events).toEqual(['message'])
    expect(framer.pendingBytes).toBe(0)
  })

  describe('whatever the bytes are', () => {
    const tokens = fc.constantFrom(
      '8=FIX.4.4|',
      '8=FIX',
      '9=5|',
      '9=30|',
      '35=0|',
      '10=000|',
      '10=',
      '|',
      heartbeat,
      logout
    )
    const piece = fc.oneof(
      tokens.map(bytesOf),
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes))
    )

    it('accounts for every byte once, in order, and holds no more than the limit', () => {
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 60 }), (chunks) => {
          const framer = new Framer(200, new Map([[95, 96]]))
          const seen: Buffer[] = []
          const take = (bytes: Buffer, from: number, to: number): void => {
            seen.push(Buffer.from(bytes.subarray(from, to)))
          }
          for (const chunk of chunks) {
            framer.push(chunk, {
              message: (bytes, start, _, end) => take(bytes, start, end),
              garbled: take,
              tooLong: take
            })
            expect(framer.pendingBytes).toBeLessThanOrEqual(200)
          }
          const all = Buffer.concat(chunks)
          const reported = Buffer.concat(seen)
          expect(reported.equals(all.subarray(0, reported.length))).toBe(true)
          expect(all.length - reported.length).toBe(framer.pendingBytes)
        })
      )
    })

    it('finds the same messages in whatever chunks the bytes come', () => {
      const messages = (chunks: readonly Buffer[]): string[] =>
        frame(chunks, 200).filter((event) => event.startsWith('message'))
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 40 }), (chunks) => {
          const all = Buffer.concat(chunks)
          const bytewise = Array.from(all, (_, at) => all.subarray(at, at + 1))
          expect(messages(chunks)).toEqual(messages([all]))
          expect(messages(bytewise)).toEqual(messages([all]))
        })
      )
    })
  })
})

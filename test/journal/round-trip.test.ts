import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nanos } from '../../src/base/time.js'
import type { Command } from '../../src/exchange/command.js'
import type { ExchangeEvent } from '../../src/exchange/event.js'
import { writeCommand } from '../../src/journal/command-codec.js'
import { EventWriter } from '../../src/journal/event-codec.js'
import { RecordWriter } from '../../src/journal/record-writer.js'
import { TurnReader } from '../../src/journal/turn-reader.js'
import { anyCommand, anyEvents } from './support/arbitraries.js'

/** Body of turn `turn` with what `record` records, copied: the writer's buffer is used again. */
function body(records: RecordWriter, turn: number, record: (to: RecordWriter) => void): Buffer {
  records.clear()
  record(records)
  return Buffer.from(records.finish(turn, nanos(7), nanos(8)))
}

describe('records', () => {
  it('give every command back as it was', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { minLength: 1, maxLength: 20 }), (commands) => {
        const read: Command[] = []
        const bytes = body(new RecordWriter(), 1, (to) => commands.forEach((command) => writeCommand(to, command)))
        new TurnReader({ command: (command) => read.push(command) }, 0).read(bytes)
        expect(read).toStrictEqual(commands)
      })
    )
  })

  it('give every event back as it was, over turns, with terms that orders share', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const records = new RecordWriter()
        const writer = new EventWriter()
        const read: ExchangeEvent[] = []
        const reader = new TurnReader({ event: (event) => read.push(event) }, 0)
        events.forEach((event, i) => reader.read(body(records, i + 1, (to) => writer.write(to, event))))
        expect(read).toStrictEqual(events)
      })
    )
  })

  it('give a working order the same terms object with every event', () => {
    const records = new RecordWriter()
    const writer = new EventWriter()
    const [event] = fc.sample(anyEvents, { numRuns: 1, seed: 1 })[0]
    const accepted = { ...(event as Extract<ExchangeEvent, { kind: 'new' }>), kind: 'new', leavesQty: 5 } as ExchangeEvent
    const read: ExchangeEvent[] = []
    const bytes = body(records, 1, (to) => [accepted, accepted].forEach((event) => writer.write(to, event)))
    new TurnReader({ event: (event) => read.push(event) }, 0).read(bytes)
    const [first, second] = read as Extract<ExchangeEvent, { kind: 'new' }>[]
    expect(second.terms).toBe(first.terms)
  })
})

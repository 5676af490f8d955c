import type { ExchangeEvent } from '../exchange/event.js'
import { EventWriter } from './event-codec.js'
import { TURN_RECORD } from './record-kind.js'
import { RecordWriter } from './record-writer.js'

/** Tells whether two events make the same record, byte for byte. */
export class EventComparer {
  readonly #one = new RecordWriter()
  readonly #other = new RecordWriter()

  same(one: ExchangeEvent, other: ExchangeEvent): boolean {
    return recorded(one, this.#one).equals(recorded(other, this.#other))
  }
}

/** The record with the order's terms in it, as every event has them to a writer that knows of none before. */
function recorded(event: ExchangeEvent, writer: RecordWriter): Buffer {
  writer.clear()
  new EventWriter().write(writer, event)
  return writer.written().subarray(TURN_RECORD)
}

import { nanos, type Nanos } from '../../../base/time.js'
import type { InstrumentNo } from '../../../exchange/units.js'
import type { TapeWriter } from '../../tape/tape-writer.js'
import { copyRecord, emptyRecord, LAST, type DatabentoRecord } from './record.js'
import type { RecordWriter } from './record-writer.js'

/** So many records wait at most; a snapshot is one event and may be long. */
const MOST = 1 << 15

interface HeldRecord {
  readonly record: DatabentoRecord
  time: Nanos
}

/**
 * Events of several instruments run into each other in a file: a spread trades with its legs. On a tape they must not, so the
 * records of an event wait for the last one. They are written then, with times of their own as far as the tape is not past them.
 */
export class EventHold implements RecordWriter {
  readonly #writer: RecordWriter
  readonly #tape: TapeWriter
  readonly #held: HeldRecord[][]
  readonly #free: HeldRecord[] = []
  #count = 0
  /** Files without LAST flags tell no ends of events. */
  #seesLast = false

  constructor(writer: RecordWriter, tape: TapeWriter, instruments: number) {
    this.#writer = writer
    this.#tape = tape
    this.#held = Array.from({ length: instruments }, () => [])
  }

  get counts(): Readonly<Record<string, number>> {
    return this.#writer.counts
  }

  write(record: DatabentoRecord, time: Nanos, no: InstrumentNo): void {
    const held = this.#held[no]
    const isLast = (record.flags & LAST) !== 0
    this.#seesLast ||= isLast
    if (held.length === 0 && (isLast || !this.#seesLast || record.content === 'bbo' || record.content === 'trades')) {
      this.#writer.write(record, time, no)
      return
    }
    const copy = this.#free.pop() ?? { record: emptyRecord(), time }
    copyRecord(record, copy.record)
    copy.time = time
    held.push(copy)
    this.#count++
    if (isLast) this.#release(no)
    else if (this.#count > MOST) this.#releaseAll()
  }

  offBook(record: DatabentoRecord, time: Nanos, no: InstrumentNo): void {
    this.#writer.offBook(record, time, no)
  }

  finish(before: number): void {
    this.#releaseAll()
    this.#writer.finish(before)
  }

  #releaseAll(): void {
    for (let no = 0; this.#count > 0; no++) this.#release(no as InstrumentNo)
  }

  #release(no: InstrumentNo): void {
    const held = this.#held[no]
    for (const each of held) {
      this.#writer.write(each.record, nanos(Math.max(each.time, this.#tape.lastTime)), no)
      this.#free.push(each)
    }
    this.#count -= held.length
    held.length = 0
  }
}

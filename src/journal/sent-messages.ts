import { RECORD_HEAD, RecordKind } from './record-kind.js'
import { DamagedRecord } from './record-reader.js'
import type { SentRange } from './sent-index.js'

/** The session (4 bytes) and MsgSeqNum (8) before the bytes of a sent message. */
const NUMBERED_HEAD = 12

/** Visits the messages of a range in the body of its turn whose numbers are from `first` to `last`, as views. */
export function forEachSentIn(
  body: Buffer,
  range: SentRange,
  first: number,
  last: number,
  visit: (msgSeqNum: number, bytes: Buffer) => void
): void {
  const end = Math.min(last, range.last)
  for (let at = range.position, seq = 0; seq < end; ) {
    if (at + RECORD_HEAD > body.length) throw new DamagedRecord(`message ${end} of session ${range.session} is missing`)
    const from = at + RECORD_HEAD
    const to = from + body.readUInt32LE(at + 1)
    if (body[at] === RecordKind.sent && body.readUInt32LE(from) === range.session) {
      seq = body.readDoubleLE(from + 4)
      if (seq >= first && seq <= end) visit(seq, body.subarray(from + NUMBERED_HEAD, to))
    }
    at = to
  }
}

import type { Nanos } from '../base/time.js'
import type { SessionId } from '../fix/session/session-settings.js'
import { RecordKind } from './record-kind.js'
import { DamagedRecord, type RecordReader } from './record-reader.js'
import type { RecordWriter } from './record-writer.js'
import type { SessionLedger } from './session-ledger.js'
import type { SessionRecordKind } from './turn-reader.js'

export function writeSession(to: RecordWriter, no: number, id: SessionId, createdAt: Nanos): void {
  to.begin(RecordKind.session)
  to.u32(no)
  to.f64(createdAt)
  to.text(id.beginString)
  to.text(id.senderCompId)
  to.text(id.targetCompId)
  to.end()
}

export function writeNumbers(to: RecordWriter, no: number, nextSender: number, nextTarget: number): void {
  to.begin(RecordKind.numbers)
  to.u32(no)
  to.f64(nextSender)
  to.f64(nextTarget)
  to.end()
}

export function writeReset(to: RecordWriter, no: number, at: Nanos): void {
  to.begin(RecordKind.reset)
  to.u32(no)
  to.f64(at)
  to.end()
}

/** Does to the ledger again what a record of the log says was done. */
export function applySessionRecord(
  kind: SessionRecordKind,
  from: RecordReader,
  position: number,
  sessions: SessionLedger
): void {
  const no = from.u32()
  if (kind === RecordKind.session ? no !== sessions.count : no >= sessions.count) {
    throw new DamagedRecord(`session ${no} comes out of turn`)
  }
  switch (kind) {
    case RecordKind.session: {
      const createdAt = from.f64() as Nanos
      const beginString = from.text() as 'FIX.4.4'
      sessions.opened({ beginString, senderCompId: from.text(), targetCompId: from.text() }, createdAt)
      break
    }
    case RecordKind.received:
      sessions.received(no, from.f64())
      break
    case RecordKind.sent:
      sessions.sent(no, from.f64(), position)
      break
    case RecordKind.numbers:
      sessions.numbersSet(no, from.f64(), from.f64())
      break
    case RecordKind.reset:
      sessions.reset(no, from.f64() as Nanos)
      break
  }
}

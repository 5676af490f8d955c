import type { Nanos } from '../base/time.js'
import type { InstrumentNo, Price, Quantity } from '../exchange/units.js'
import { readCommand } from './command-codec.js'
import { EventReader } from './event-codec.js'
import type { JournalVisitor, MessageRecord } from './journal.js'
import { RECORD_HEAD, RecordKind, TURN_RECORD } from './record-kind.js'
import { DamagedRecord, RecordReader } from './record-reader.js'
import { readJump, readQuote, readRun } from './fact-codec.js'

/** What the journal itself reads when it is opened again: everything that moved a session. */
export interface TurnVisitor extends JournalVisitor {
  /** @param position offset of the record in the body of its turn */
  session?(kind: SessionRecordKind, payload: RecordReader, position: number): void
}

export type SessionRecordKind =
  | typeof RecordKind.session
  | typeof RecordKind.received
  | typeof RecordKind.sent
  | typeof RecordKind.numbers
  | typeof RecordKind.reset

/**
 * Reads bodies of turns, back to back, in their order. It checks that every turn is complete and follows the one before;
 * what the visitor leaves out is skipped by its length.
 */
export class TurnReader {
  readonly #visitor: TurnVisitor
  readonly #reader = new RecordReader()
  readonly #events = new EventReader()
  #turn: number
  #turnStart = 0
  #wallTime = 0 as Nanos
  #venueTime = 0 as Nanos

  /** @param before number of the turn before the first that is read */
  constructor(visitor: TurnVisitor, before: number) {
    this.#visitor = visitor
    this.#turn = before
  }

  /** The turn that is being read, or was read last. */
  get turn(): number {
    return this.#turn
  }

  /** @throws DamagedRecord */
  read(bodies: Buffer): void {
    this.#reader.use(bodies)
    let at = 0
    while (at < bodies.length) {
      const end = this.#turnRecord(bodies, at)
      at += TURN_RECORD
      while (at < end) at = this.#record(bodies, at, end)
      this.#visitor.turnEnd?.(this.#turn, this.#wallTime, this.#venueTime)
    }
  }

  #turnRecord(bodies: Buffer, at: number): number {
    this.#turn++
    this.#turnStart = at
    if (bodies[at] !== RecordKind.turn || at + TURN_RECORD > bodies.length) {
      throw new DamagedRecord('it does not begin where it should')
    }
    const reader = this.#reader
    reader.seek(at + RECORD_HEAD, at + TURN_RECORD)
    const turn = reader.f64()
    if (turn !== this.#turn) throw new DamagedRecord(`turn ${turn} stands in its place`)
    this.#wallTime = reader.f64() as Nanos
    this.#venueTime = reader.f64() as Nanos
    const end = at + reader.u32()
    if (end > bodies.length || (end < bodies.length && bodies[end] !== RecordKind.turn)) {
      throw new DamagedRecord('it is not as long as it says')
    }
    return end
  }

  #record(bodies: Buffer, at: number, turnEnd: number): number {
    const visitor = this.#visitor
    const reader = this.#reader
    const from = at + RECORD_HEAD
    if (from > turnEnd) throw new DamagedRecord('a record has no length')
    const to = from + bodies.readUInt32LE(at + 1)
    if (to > turnEnd) throw new DamagedRecord('a record is longer than its turn')
    reader.seek(from, to)
    const kind = bodies[at] as RecordKind
    switch (kind) {
      case RecordKind.turn:
        throw new DamagedRecord('a turn begins inside it')
      case RecordKind.run:
        if (visitor.run === undefined) return to
        visitor.run(readRun(reader))
        break
      case RecordKind.jump:
        if (visitor.jump === undefined) return to
        visitor.jump(readJump(reader))
        break
      case RecordKind.session:
      case RecordKind.numbers:
      case RecordKind.reset:
        if (visitor.session === undefined) return to
        visitor.session(kind, reader, at - this.#turnStart)
        break
      case RecordKind.received:
      case RecordKind.sent:
        if (visitor.session !== undefined) {
          visitor.session(kind, reader, at - this.#turnStart)
          reader.seek(from, to)
        }
        if (visitor.message === undefined) return to
        visitor.message(this.#message(kind))
        break
      case RecordKind.notedIn:
      case RecordKind.notedOut:
        if (visitor.message === undefined) return to
        visitor.message(this.#message(kind))
        break
      case RecordKind.newOrder:
      case RecordKind.cancelOrder:
      case RecordKind.replaceOrder:
      case RecordKind.refuseRequest:
      case RecordKind.cancelAll:
      case RecordKind.endOfDay:
      case RecordKind.phaseChange:
        if (visitor.command === undefined) return to
        visitor.command(readCommand(kind, reader))
        break
      case RecordKind.accepted:
      case RecordKind.traded:
      case RecordKind.canceled:
      case RecordKind.expired:
      case RecordKind.replaced:
      case RecordKind.restated:
      case RecordKind.rejected:
      case RecordKind.requestRejected:
        if (visitor.event === undefined) return to
        visitor.event(this.#events.read(kind, reader))
        break
      case RecordKind.topOfBook:
        if (visitor.topOfBook === undefined) return to
        visitor.topOfBook(reader.f64() as Nanos, reader.u32() as InstrumentNo, readQuote(reader))
        break
      case RecordKind.print:
        if (visitor.print === undefined) return to
        visitor.print(reader.f64() as Nanos, reader.u32() as InstrumentNo, reader.f64() as Price, reader.f64() as Quantity)
        break
      default:
        throw new DamagedRecord(`nothing is known of records of kind ${String(kind)}`)
    }
    if (!reader.done) throw new DamagedRecord('a record is longer than its fields')
    return to
  }

  #message(kind: MessageKind): MessageRecord {
    const reader = this.#reader
    const numbered = kind === RecordKind.received || kind === RecordKind.sent
    return {
      turn: this.#turn,
      session: reader.u32(),
      direction: kind === RecordKind.received || kind === RecordKind.notedIn ? 'in' : 'out',
      msgSeqNum: numbered ? reader.f64() : undefined,
      wallTime: this.#wallTime,
      venueTime: this.#venueTime,
      bytes: reader.rest()
    }
  }
}

type MessageKind =
  | typeof RecordKind.received
  | typeof RecordKind.sent
  | typeof RecordKind.notedIn
  | typeof RecordKind.notedOut

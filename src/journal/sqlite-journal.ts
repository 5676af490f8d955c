import type Database from 'better-sqlite3'
import type { Clock, Nanos } from '../base/time.js'
import { UserError } from '../base/user-error.js'
import type { Command } from '../exchange/command.js'
import type { ExchangeEvent } from '../exchange/event.js'
import type { TopOfBook } from '../exchange/exchange.js'
import type { InstrumentNo, Price, Quantity } from '../exchange/units.js'
import type { SessionNumbers } from '../fix/session/message-store.js'
import type { SessionId } from '../fix/session/session-settings.js'
import type { Checkpointer } from './checkpointer.js'
import { writeCommand } from './command-codec.js'
import { EventWriter } from './event-codec.js'
import { writePrint, writeRun, writeTopOfBook } from './fact-codec.js'
import type { Journal, Run, SessionFacts } from './journal.js'
import { RecordKind } from './record-kind.js'
import { RecordWriter } from './record-writer.js'
import { forEachSentIn } from './sent-messages.js'
import type { SessionLedger } from './session-ledger.js'
import { writeNumbers, writeReset, writeSession } from './session-codec.js'

/** The tables of sessions and sequences follow the log at the latest after so many ranges of messages, or turns. */
const SAVE_AFTER_RANGES = 256
const SAVE_AFTER_TURNS = 4096

export interface SqliteJournalParts {
  readonly db: Database.Database
  readonly path: string
  readonly facts: SessionFacts
  readonly sessions: SessionLedger
  readonly checkpointer: Checkpointer
  readonly clock: Clock
  /** Number of the last turn in the log, 0 for none. */
  readonly lastTurn: number
  /** Number of the last run, 0 for none. */
  readonly lastRun: number
  /** Called by `close`, behind the last commit. */
  readonly finish: () => void
}

/** The journal as a SQLite file: one row of the log per turn, written by one statement. */
export class SqliteJournal implements Journal {
  readonly path: string
  readonly facts: SessionFacts
  readonly #db: Database.Database
  readonly #sessions: SessionLedger
  readonly #checkpointer: Checkpointer
  readonly #clock: Clock
  readonly #finish: () => void
  readonly #records = new RecordWriter()
  readonly #events = new EventWriter()
  readonly #insertTurn: Database.Statement
  readonly #insertRun: Database.Statement
  readonly #saveIndexed: Database.Statement
  readonly #body: Database.Statement<number[], Buffer>
  readonly #begin: Database.Statement
  readonly #commit: Database.Statement
  readonly #newRuns: Run[] = []
  #turn: number
  #run: number
  #savedTurn: number
  #failure: UserError | undefined

  constructor(parts: SqliteJournalParts) {
    const { db } = parts
    this.path = parts.path
    this.facts = parts.facts
    this.#db = db
    this.#sessions = parts.sessions
    this.#checkpointer = parts.checkpointer
    this.#clock = parts.clock
    this.#finish = parts.finish
    this.#turn = this.#savedTurn = parts.lastTurn
    this.#run = parts.lastRun
    this.#insertTurn = db.prepare('INSERT INTO turns VALUES (?, ?, ?, ?, ?)')
    this.#insertRun = db.prepare('INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?)')
    this.#saveIndexed = db.prepare("INSERT OR REPLACE INTO meta VALUES ('indexed_turn', ?)")
    this.#body = db.prepare<number[], Buffer>('SELECT body FROM turns WHERE turn = ?').pluck()
    this.#begin = db.prepare('BEGIN IMMEDIATE')
    this.#commit = db.prepare('COMMIT')
  }

  command(command: Command): void {
    writeCommand(this.#records, command)
  }

  event(event: ExchangeEvent): void {
    this.#events.write(this.#records, event)
  }

  topOfBook(time: Nanos, instrument: InstrumentNo, top: TopOfBook): void {
    writeTopOfBook(this.#records, time, instrument, top)
  }

  print(time: Nanos, instrument: InstrumentNo, price: Price, qty: Quantity): void {
    writePrint(this.#records, time, instrument, price, qty)
  }

  beginRun(facts: Omit<Run, 'run'>): void {
    this.#run++
    const run = { run: this.#run, ...facts }
    this.#newRuns.push(run)
    writeRun(this.#records, run)
  }

  open(id: SessionId): SessionNumbers {
    const known = this.#sessions.find(id)
    if (known !== undefined) return known
    const opened = this.#sessions.opened(id, this.#clock.now())
    writeSession(this.#records, opened.no, id, opened.createdAt)
    return opened
  }

  received(no: number, msgSeqNum: number, bytes: Buffer, from: number, to: number): void {
    this.#message(RecordKind.received, no, msgSeqNum, bytes, from, to)
    this.#sessions.received(no, msgSeqNum)
  }

  sent(no: number, msgSeqNum: number, bytes: Buffer, from: number, to: number): void {
    const position = this.#records.length
    this.#message(RecordKind.sent, no, msgSeqNum, bytes, from, to)
    this.#sessions.sent(no, msgSeqNum, position)
  }

  noted(no: number, direction: 'in' | 'out', bytes: Buffer, from: number, to: number): void {
    const records = this.#records
    records.begin(direction === 'in' ? RecordKind.notedIn : RecordKind.notedOut)
    records.u32(no)
    records.bytes(bytes, from, to)
    records.end()
  }

  setNumbers(no: number, nextSenderMsgSeqNum: number, nextTargetMsgSeqNum: number): void {
    writeNumbers(this.#records, no, nextSenderMsgSeqNum, nextTargetMsgSeqNum)
    this.#sessions.numbersSet(no, nextSenderMsgSeqNum, nextTargetMsgSeqNum)
  }

  reset(no: number, at: Nanos): void {
    writeReset(this.#records, no, at)
    this.#sessions.reset(no, at)
  }

  forEachSent(no: number, first: number, last: number, visit: (msgSeqNum: number, bytes: Buffer) => void): void {
    const running = this.#records.written()
    this.#sessions.index.forEach(no, this.#sessions.epochOf(no), first, last, (range) => {
      const body = range.turn === 0 ? running : this.#body.get(range.turn)
      if (body === undefined) throw new UserError(`${this.path}: turn ${range.turn} is missing`)
      forEachSentIn(body, range, first, last, visit)
    })
  }

  commit(wallTime: Nanos, venueTime: Nanos): void {
    if (this.#failure !== undefined) throw this.#failure
    if (this.#records.empty) return
    try {
      this.#write(wallTime, venueTime)
      this.#records.clear()
    } catch (error) {
      if (this.#db.open && this.#db.inTransaction) this.#db.exec('ROLLBACK')
      this.#failure = new UserError(`${this.path}: the journal cannot be written: ${(error as Error).message}`, undefined, {
        cause: error
      })
      throw this.#failure
    }
  }

  close(wallTime: Nanos, venueTime: Nanos): void {
    try {
      this.commit(wallTime, venueTime)
      this.#db.transaction(() => this.#saveSessions())()
    } finally {
      this.#finish()
    }
  }

  #write(wallTime: Nanos, venueTime: Nanos): void {
    const turn = this.#turn + 1
    const body = this.#records.finish(turn, wallTime, venueTime)
    const { index } = this.#sessions
    index.endTurn(turn)
    const save =
      this.#sessions.mustSave || index.unsaved >= SAVE_AFTER_RANGES || turn - this.#savedTurn >= SAVE_AFTER_TURNS
    // A statement alone is a transaction of its own, at half the price.
    if (save || this.#newRuns.length > 0) {
      this.#begin.run()
      for (const run of this.#newRuns) {
        this.#insertRun.run(run.run, turn, run.startedAt, run.venueTime, run.marketShift, run.version)
      }
      this.#insertTurn.run(turn, this.#run, wallTime, venueTime, body)
      this.#turn = turn
      if (save) this.#saveSessions()
      this.#commit.run()
      this.#newRuns.length = 0
    } else {
      this.#insertTurn.run(turn, this.#run, wallTime, venueTime, body)
      this.#turn = turn
    }
    this.#checkpointer.committed(body.length)
  }

  #saveSessions(): void {
    this.#sessions.save()
    this.#saveIndexed.run(String(this.#turn))
    this.#savedTurn = this.#turn
  }

  #message(kind: RecordKind, no: number, msgSeqNum: number, bytes: Buffer, from: number, to: number): void {
    const records = this.#records
    records.begin(kind)
    records.u32(no)
    records.f64(msgSeqNum)
    records.bytes(bytes, from, to)
    records.end()
  }
}

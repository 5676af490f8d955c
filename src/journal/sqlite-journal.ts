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
import { writeJump, writePrint, writeRun, writeTopOfBook } from './fact-codec.js'
import type { Journal, MarketJump, Run, SessionFacts } from './journal.js'
import { RecordKind } from './record-kind.js'
import { RecordWriter } from './record-writer.js'
import { forEachSentIn } from './sent-messages.js'
import type { SessionLedger } from './session-ledger.js'
import { writeNumbers, writeReset, writeSession } from './session-codec.js'
import type { TurnRows } from './turn-rows.js'
import type { TurnTail } from './turn-tail.js'

/** The tables of sessions and sequences follow the log at the latest after so many ranges of messages, or turns. */
const SAVE_AFTER_RANGES = 256
const SAVE_AFTER_TURNS = 4096
/** So many bytes of turns become rows at a time, and so many at the most wait for it. */
const SETTLE_BYTES = 128 << 10
const MOST_UNSETTLED = 512 << 10

export interface SqliteJournalParts {
  readonly db: Database.Database
  readonly path: string
  readonly facts: SessionFacts
  readonly sessions: SessionLedger
  readonly rows: TurnRows
  readonly tail: TurnTail
  readonly checkpointer: Checkpointer
  readonly clock: Clock
  /** Number of the last turn in the log, 0 for none. */
  readonly lastTurn: number
  /** Number of the last run, 0 for none. */
  readonly lastRun: number
  /** Called by `close`, behind the last commit. */
  readonly finish: () => void
}

/** The journal as a SQLite file: one row of the log per turn, written many at a time, and the last turns beside it. */
export class SqliteJournal implements Journal {
  readonly path: string
  readonly facts: SessionFacts
  readonly #db: Database.Database
  readonly #sessions: SessionLedger
  readonly #rows: TurnRows
  readonly #tail: TurnTail
  readonly #checkpointer: Checkpointer
  readonly #clock: Clock
  readonly #finish: () => void
  readonly #records = new RecordWriter()
  readonly #events = new EventWriter()
  readonly #insertRun: Database.Statement
  readonly #saveIndexed: Database.Statement
  readonly #begin: Database.Statement
  readonly #commit: Database.Statement
  readonly #newRuns: Run[] = []
  #turn: number
  /** The last turn that is a row. */
  #rowTurn: number
  #run: number
  #savedTurn: number
  #failure: UserError | undefined

  constructor(parts: SqliteJournalParts) {
    const { db } = parts
    this.path = parts.path
    this.facts = parts.facts
    this.#db = db
    this.#sessions = parts.sessions
    this.#rows = parts.rows
    this.#tail = parts.tail
    this.#checkpointer = parts.checkpointer
    this.#clock = parts.clock
    this.#finish = parts.finish
    this.#turn = this.#rowTurn = this.#savedTurn = parts.lastTurn
    this.#run = parts.lastRun
    this.#insertRun = db.prepare('INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?)')
    this.#saveIndexed = db.prepare("INSERT OR REPLACE INTO meta VALUES ('indexed_turn', ?)")
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
    // Rows tell their run, so those of the run before come first.
    this.settle(0)
    this.#run++
    const run = { run: this.#run, ...facts }
    this.#newRuns.push(run)
    writeRun(this.#records, run)
  }

  jump(jump: MarketJump): void {
    writeJump(this.#records, jump)
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
      const body = range.turn === 0 ? running : (this.#tail.body(range.turn) ?? this.#rows.body(range.turn))
      if (body === undefined) throw new UserError(`${this.path}: turn ${range.turn} is missing`)
      forEachSentIn(body, range, first, last, visit)
    })
  }

  commit(wallTime: Nanos, venueTime: Nanos): void {
    if (this.#failure !== undefined) throw this.#failure
    if (this.#records.empty) return
    this.#writing(() => {
      // What sessions say already belongs to the turn that is not written yet, so it is not saved with the turns before.
      if (this.#tail.length > MOST_UNSETTLED) this.#settle(false)
      const turn = this.#turn + 1
      this.#tail.append(turn, this.#records.finish(turn, wallTime, venueTime))
      this.#turn = turn
      this.#records.clear()
      this.#sessions.index.endTurn(turn)
      if (this.#newRuns.length > 0) this.#settle(true)
    })
  }

  settle(least = SETTLE_BYTES): void {
    if (this.#failure === undefined && this.#tail.length > least) this.#writing(() => this.#settle(this.#mustSave))
  }

  close(wallTime: Nanos, venueTime: Nanos): void {
    try {
      this.commit(wallTime, venueTime)
      this.settle(0)
      this.#db.transaction(() => this.#saveSessions())()
    } finally {
      this.#tail.close()
      this.#finish()
    }
  }

  #writing(write: () => void): void {
    try {
      write()
    } catch (error) {
      if (this.#db.open && this.#db.inTransaction) this.#db.exec('ROLLBACK')
      this.#failure = new UserError(`${this.path}: the journal cannot be written: ${(error as Error).message}`, undefined, {
        cause: error
      })
      throw this.#failure
    }
  }

  get #mustSave(): boolean {
    const { index, mustSave } = this.#sessions
    return mustSave || index.unsaved >= SAVE_AFTER_RANGES || this.#turn - this.#savedTurn >= SAVE_AFTER_TURNS
  }

  /** Makes rows of the turns in the tail. @param save the tables of sessions and sequences, too */
  #settle(save: boolean): void {
    this.#begin.run()
    for (const run of this.#newRuns) {
      this.#insertRun.run(run.run, this.#turn, run.startedAt, run.venueTime, run.marketShift, run.version)
    }
    for (let turn = this.#rowTurn + 1; turn <= this.#turn; turn++) this.#rows.insert(this.#run, this.#tail.body(turn)!)
    if (save) this.#saveSessions()
    this.#commit.run()
    this.#newRuns.length = 0
    this.#rowTurn = this.#turn
    this.#checkpointer.committed(this.#tail.length)
    this.#tail.clear()
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

import type Database from 'better-sqlite3'
import type { Nanos } from '../base/time.js'
import type { SessionNumbers } from '../fix/session/message-store.js'
import { sessionName, type SessionId } from '../fix/session/session-settings.js'
import type { JournalSession } from './journal.js'
import { SentIndex } from './sent-index.js'

interface Session {
  readonly no: number
  readonly id: SessionId
  readonly name: string
  createdAt: Nanos
  /** How often the numbers were reset. */
  resetEpoch: number
  nextSender: number
  nextTarget: number
  changed: boolean
}

interface SessionRow {
  readonly session: number
  readonly begin_string: 'FIX.4.4'
  readonly sender_comp_id: string
  readonly target_comp_id: string
  readonly created_at: number
  readonly reset_epoch: number
  readonly next_sender_seq_num: number
  readonly next_target_seq_num: number
}

/**
 * The FIX sessions of a journal: their numbers, and where in the log their messages are. Both are what the log says up to
 * its last turn; the tables `sessions` and `sequences` are brought up to it now and then, and when a journal is opened
 * the turns behind that are read again.
 */
export class SessionLedger {
  readonly index: SentIndex
  readonly #sessions: Session[] = []
  readonly #byName = new Map<string, Session>()
  readonly #save: Database.Statement
  #opened = false

  constructor(db: Database.Database) {
    this.index = new SentIndex(db)
    for (const row of db.prepare<[], SessionRow>('SELECT * FROM sessions ORDER BY session').iterate()) {
      this.#add({
        no: row.session,
        id: {
          beginString: row.begin_string,
          senderCompId: row.sender_comp_id,
          targetCompId: row.target_comp_id
        },
        createdAt: row.created_at as Nanos,
        resetEpoch: row.reset_epoch,
        nextSender: row.next_sender_seq_num,
        nextTarget: row.next_target_seq_num,
        changed: false
      })
    }
    this.#save = db.prepare('INSERT OR REPLACE INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  }

  /** The tables must not be behind the end of the running turn: a session is new, or numbers were set back. */
  get mustSave(): boolean {
    return this.#opened || this.index.mustSave
  }

  get count(): number {
    return this.#sessions.length
  }

  all(): JournalSession[] {
    return this.#sessions.map((session) => ({ ...numbersOf(session), name: session.name, resets: session.resetEpoch }))
  }

  find(id: SessionId): SessionNumbers | undefined {
    const session = this.#byName.get(sessionName(id))
    return session && numbersOf(session)
  }

  epochOf(no: number): number {
    return this.#sessions[no].resetEpoch
  }

  opened(id: SessionId, createdAt: Nanos): SessionNumbers {
    this.#opened = true
    const no = this.#sessions.length
    const session = this.#add({ no, id, createdAt, resetEpoch: 0, nextSender: 1, nextTarget: 1, changed: true })
    return numbersOf(session)
  }

  received(no: number, msgSeqNum: number): void {
    const session = this.#sessions[no]
    session.nextTarget = msgSeqNum + 1
    session.changed = true
  }

  /** @param position of the message's record in the body of the running turn */
  sent(no: number, msgSeqNum: number, position: number): void {
    const session = this.#sessions[no]
    if (msgSeqNum < session.nextSender) this.index.cut(no, session.resetEpoch, msgSeqNum)
    session.nextSender = msgSeqNum + 1
    session.changed = true
    this.index.add(no, session.resetEpoch, msgSeqNum, position)
  }

  numbersSet(no: number, nextSender: number, nextTarget: number): void {
    const session = this.#sessions[no]
    if (nextSender < session.nextSender) this.index.cut(no, session.resetEpoch, nextSender)
    session.nextSender = nextSender
    session.nextTarget = nextTarget
    session.changed = true
  }

  reset(no: number, at: Nanos): void {
    const session = this.#sessions[no]
    session.createdAt = at
    session.resetEpoch++
    session.nextSender = session.nextTarget = 1
    session.changed = true
  }

  /** Brings the tables up to the last turn. To be called inside a transaction. */
  save(): void {
    this.#opened = false
    this.index.save()
    for (const session of this.#sessions) {
      if (!session.changed) continue
      session.changed = false
      const { no, name, id, createdAt, resetEpoch, nextSender, nextTarget } = session
      const { beginString, senderCompId, targetCompId } = id
      this.#save.run(
        no,
        name,
        beginString,
        senderCompId,
        targetCompId,
        createdAt,
        resetEpoch,
        nextSender,
        nextTarget
      )
    }
  }

  #add(facts: Omit<Session, 'name'>): Session {
    const session = { ...facts, name: sessionName(facts.id) }
    this.#sessions.push(session)
    this.#byName.set(session.name, session)
    return session
  }
}

function numbersOf({ no, nextSender, nextTarget, createdAt }: Session): SessionNumbers {
  return { no, nextSenderMsgSeqNum: nextSender, nextTargetMsgSeqNum: nextTarget, createdAt }
}

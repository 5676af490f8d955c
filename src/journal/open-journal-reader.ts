import { existsSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { Nanos } from '../base/time.js'
import { UserError } from '../base/user-error.js'
import { catchUp } from './catch-up.js'
import type { JournalReader, JournalSession, JournalVisitor, Run, SessionFacts } from './journal.js'
import { readFacts } from './meta.js'
import { checkSchema } from './schema.js'
import { SessionLedger } from './session-ledger.js'
import { readTurns } from './turn-source.js'

interface RunRow {
  readonly run: number
  readonly started_at: number
  readonly venue_time: number
  readonly market_shift: number
  readonly version: string
}

/**
 * Opens a journal for reading, also while a venue writes to it and after a crash of one.
 * @throws UserError where the file is missing, is no journal, is damaged, or is of a later version.
 */
export function openJournalReader(path: string): JournalReader {
  if (!existsSync(path)) throw new UserError(`${path}: no such journal`)
  if (!statSync(path).isFile()) throw new UserError(`${path} is no journal: not a file`)
  let db: Database.Database | undefined
  try {
    db = new Database(path, { readonly: true, fileMustExist: true })
    checkSchema(db, path)
    return new SqliteJournalReader(db, path, readFacts(db, path))
  } catch (error) {
    db?.close()
    throw error instanceof Database.SqliteError ? unreadable(path, error) : error
  }
}

class SqliteJournalReader implements JournalReader {
  readonly path: string
  readonly facts: SessionFacts
  readonly #db: Database.Database

  constructor(db: Database.Database, path: string, facts: SessionFacts) {
    this.path = path
    this.facts = facts
    this.#db = db
  }

  get runs(): readonly Run[] {
    return this.#db
      .prepare<[], RunRow>('SELECT * FROM runs ORDER BY run')
      .all()
      .map((row) => ({
        run: row.run,
        startedAt: row.started_at as Nanos,
        venueTime: row.venue_time as Nanos,
        marketShift: row.market_shift,
        version: row.version
      }))
  }

  get sessionNames(): readonly string[] {
    return this.sessions.map(({ name }) => name)
  }

  get sessions(): readonly JournalSession[] {
    const sessions = new SessionLedger(this.#db)
    catchUp(this.#db, this.path, sessions)
    return sessions.all()
  }

  forEach(visitor: JournalVisitor): void {
    readTurns(this.#db, this.path, 1, visitor)
  }

  close(): void {
    this.#db.close()
  }
}

type SqliteFault = InstanceType<typeof Database.SqliteError>

function unreadable(path: string, error: SqliteFault): UserError {
  const what =
    error.code === 'SQLITE_NOTADB' ? 'is no journal: not a SQLite file' : `cannot be read as a journal: ${error.message}`
  return new UserError(`${path} ${what}`, undefined, { cause: error })
}

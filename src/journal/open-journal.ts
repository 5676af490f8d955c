import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { wallClock, type Clock } from '../base/time.js'
import { UserError } from '../base/user-error.js'
import { catchUp } from './catch-up.js'
import { Checkpointer, type CheckpointLimits } from './checkpointer.js'
import { deriveTables, underivedBytes } from './derived-tables.js'
import { differences, formatFacts } from './facts.js'
import type { Journal, SessionFacts } from './journal.js'
import { readFacts, readLastRun, readMeta } from './meta.js'
import { checkSchema, createSchema, isEmptyDatabase, raiseVersion } from './schema.js'
import { SessionLedger } from './session-ledger.js'
import { SqliteJournal } from './sqlite-journal.js'
import { settleTail, TurnRows } from './turn-rows.js'
import { tailPath, TurnTail } from './turn-tail.js'
import { WriteLock } from './write-lock.js'

export interface JournalOptions {
  /**
   * What a committed turn survives. `process`: the end of the process, also by `kill -9`; a power loss may take the last
   * turns, never anything in the middle. `power`: a power loss too, at the price of a disk sync per turn.
   */
  readonly durability?: 'process' | 'power'
  /** Dates the opening of new FIX sessions; wall time when left out. */
  readonly clock?: Clock
  /**
   * `close` derives the tables that people query while no more bytes of log than this wait for it (about half a second per
   * 10 MB); else that is left to `deriveJournal`. All of it when left out, nothing when 0.
   */
  readonly deriveOnClose?: number
  /** When the write-ahead log is copied into the file; the defaults suit a venue. */
  readonly checkpoints?: CheckpointLimits
}

/** Process ids at one width: the same session recorded again makes the same file, byte for byte. */
const THIS_WRITER = String(process.pid).padStart(10, '0')
const NO_WRITER = '0000000000'

/**
 * Opens a journal for writing: a new one, with its directories, or one that is continued with the same facts.
 * @throws UserError where the file is no journal, is of a later version, was recorded with other facts, is damaged, is
 * being written by another process, or cannot be made.
 */
export function openJournal(path: string, facts: SessionFacts, options: JournalOptions = {}): Journal {
  const lock = takeLock(path)
  let db: Database.Database | undefined
  try {
    db = new Database(path)
    const continued = !isEmptyDatabase(db)
    if (continued) checkSchema(db, path)
    db.pragma('journal_mode = WAL')
    db.pragma(`synchronous = ${options.durability === 'power' ? 'FULL' : 'NORMAL'}`)
    if (continued) continueWith(db, path, facts)
    else {
      // A tail without its journal is of another one, whose file was taken away after a crash.
      rmSync(tailPath(path), { force: true })
      create(db, facts)
    }
    return start(db, path, facts, lock, options)
  } catch (error) {
    db?.close()
    lock.release()
    throw error instanceof UserError ? error : unusable(path, error)
  }
}

function takeLock(path: string): WriteLock {
  let lock: WriteLock | undefined
  try {
    mkdirSync(dirname(path), { recursive: true })
    lock = WriteLock.take(path)
  } catch (error) {
    throw unusable(path, error)
  }
  if (lock === undefined) throw new UserError(`${path} is in use by ${writerOf(path)}`)
  return lock
}

function writerOf(path: string): string {
  try {
    const db = new Database(path, { readonly: true })
    const writer = readMeta(db, 'writer')
    db.close()
    if (writer === THIS_WRITER) return 'this process'
    if (writer !== undefined && writer !== NO_WRITER) return `process ${Number(writer)}`
  } catch {
    // The other process has not made the file yet.
  }
  return 'another process'
}

function create(db: Database.Database, facts: SessionFacts): void {
  db.transaction(() => {
    createSchema(db)
    writeMeta(db, 'facts', formatFacts(facts))
    writeMeta(db, 'writer', THIS_WRITER)
  })()
}

function continueWith(db: Database.Database, path: string, facts: SessionFacts): void {
  const different = differences(readFacts(db, path), facts)
  if (different.length > 0) {
    throw new UserError(`${path} was recorded with other settings: ${different.join('; ')}`)
  }
  db.transaction(() => {
    raiseVersion(db)
    writeMeta(db, 'facts', formatFacts(facts))
    writeMeta(db, 'writer', THIS_WRITER)
  })()
}

function start(
  db: Database.Database,
  path: string,
  facts: SessionFacts,
  lock: WriteLock,
  options: JournalOptions
): Journal {
  settleTail(db, path)
  const sessions = new SessionLedger(db)
  const lastTurn = catchUp(db, path, sessions)
  const checkpointer = new Checkpointer(db, path, options.checkpoints)
  return new SqliteJournal({
    db,
    path,
    facts,
    sessions,
    rows: new TurnRows(db),
    tail: new TurnTail(path, options.durability === 'power'),
    checkpointer,
    clock: options.clock ?? wallClock(facts.wallEpoch),
    lastTurn,
    lastRun: readLastRun(db),
    finish() {
      try {
        if (underivedBytes(db) <= (options.deriveOnClose ?? Infinity)) deriveTables(db, path, facts)
        writeMeta(db, 'writer', NO_WRITER)
        checkpointer.end()
        becomeOneFile(db)
      } catch (error) {
        throw unfinished(path, error)
      } finally {
        db.close()
        checkpointer.release()
        lock.release()
      }
    }
  })
}

/**
 * A journal that nobody writes is one file, without the write-ahead log beside it: it can be copied, and read from where
 * nothing may be written. A reader that is just reading prevents it, which does no harm.
 */
function becomeOneFile(db: Database.Database): void {
  try {
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.pragma('busy_timeout = 0')
    db.pragma('journal_mode = DELETE')
  } catch (error) {
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error
  }
}

function writeMeta(db: Database.Database, key: string, value: string): void {
  db.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(key, value)
}

/** All turns are safe by then. */
function unfinished(path: string, error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  const rest = `\`paperpit journal info ${path} --derive\` makes the tables that are missing`
  return new UserError(`${path}: the journal is complete, but not finished: ${error.message}; ${rest}`, undefined, {
    cause: error
  })
}

function unusable(path: string, error: unknown): unknown {
  if (error instanceof Database.SqliteError && error.code === 'SQLITE_NOTADB') {
    return new UserError(`${path} is no journal: not a SQLite file`, undefined, { cause: error })
  }
  if (error instanceof Error && 'code' in error) {
    return new UserError(`${path}: the journal cannot be opened: ${error.message}`, undefined, { cause: error })
  }
  return error
}

import type Database from 'better-sqlite3'
import { UserError } from '../base/user-error.js'
import { parseFacts } from './facts.js'
import type { SessionFacts } from './journal.js'

/** What the table `meta` says of a key; undefined where it says nothing. */
export function readMeta(db: Database.Database, key: string): string | undefined {
  return db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck().get(key)
}

/** @throws UserError where the journal has no readable facts. */
export function readFacts(db: Database.Database, path: string): SessionFacts {
  const text = readMeta(db, 'facts')
  try {
    if (text !== undefined) return parseFacts(text)
  } catch (error) {
    throw new UserError(`${path} is damaged: its settings are not readable`, undefined, { cause: error })
  }
  throw new UserError(`${path} is damaged: its settings are missing`)
}

/** Number of the last run, 0 for none. */
export function readLastRun(db: Database.Database): number {
  return db.prepare<[], number>('SELECT coalesce(max(run), 0) FROM runs').pluck().get() ?? 0
}

import Database from 'better-sqlite3'
import { UserError } from '../base/user-error.js'
import { deriveTables } from './derived-tables.js'
import { readFacts } from './meta.js'
import { checkSchema } from './schema.js'
import { settleTail } from './turn-rows.js'
import { WriteLock } from './write-lock.js'

/**
 * Makes the tables for people anew from the log of a journal that nobody is writing.
 * @throws UserError where the file is no journal, is damaged, or is being written.
 */
export function deriveJournal(path: string): void {
  const lock = WriteLock.take(path)
  if (lock === undefined) throw new UserError(`${path} is being written: its tables are derived when it is closed`)
  try {
    const db = new Database(path, { fileMustExist: true })
    try {
      checkSchema(db, path)
      settleTail(db, path)
      deriveTables(db, path, readFacts(db, path), { anew: true })
    } catch (error) {
      if (!(error instanceof Database.SqliteError)) throw error
      throw new UserError(`${path}: its tables cannot be derived: ${error.message}`, undefined, { cause: error })
    } finally {
      db.close()
    }
  } finally {
    lock.release()
  }
}

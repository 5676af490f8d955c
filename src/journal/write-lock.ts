import { rmSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'

const ATTEMPTS = 3

/**
 * The right to write to a journal: an operating system lock on a file beside it, through SQLite, which has them on every
 * system. The lock ends with the process, however it ends; the file alone means nothing.
 */
export class WriteLock {
  readonly #db: Database.Database
  readonly #path: string

  private constructor(db: Database.Database, path: string) {
    this.#db = db
    this.#path = path
  }

  /** Takes the lock of a journal, or returns undefined where someone has it. */
  static take(journal: string): WriteLock | undefined {
    const path = `${journal}-lock`
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const db = new Database(path, { timeout: 0 })
      try {
        const opened = inode(path)
        db.exec('BEGIN IMMEDIATE')
        // The holder before may have removed the file between our opening and our locking.
        if (opened !== undefined && inode(path) === opened) return new WriteLock(db, path)
        db.close()
      } catch (error) {
        db.close()
        if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined
        throw error
      }
    }
    return undefined
  }

  release(): void {
    try {
      rmSync(this.#path, { force: true })
    } catch {
      // Some systems keep a file that is open. It does no harm.
    }
    this.#db.close()
  }
}

function inode(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino
}

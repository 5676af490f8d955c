import { rmSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { readLastRun } from './meta.js'
import { RECORD_HEAD } from './record-kind.js'
import { readTail, tailPath } from './turn-tail.js'

/** Turns as rows of the log. */
export class TurnRows {
  readonly #insert: Database.Statement
  readonly #body: Database.Statement<number[], Buffer>

  constructor(db: Database.Database) {
    this.#insert = db.prepare('INSERT INTO turns VALUES (?, ?, ?, ?, ?)')
    this.#body = db.prepare<number[], Buffer>('SELECT body FROM turns WHERE turn = ?').pluck()
  }

  /** @param body of a turn of run `run`; its first record tells number and times */
  insert(run: number, body: Buffer): void {
    const number = (field: number): number => body.readDoubleLE(RECORD_HEAD + 8 * field)
    this.#insert.run(number(0), run, number(1), number(2), body)
  }

  body(turn: number): Buffer | undefined {
    return this.#body.get(turn)
  }
}

/**
 * Makes rows of the turns that a writer left in the tail when it was killed, so that the file alone is the journal again.
 * To be called under the journal's lock.
 */
export function settleTail(db: Database.Database, journal: string): void {
  const last = db.prepare<[], number>('SELECT coalesce(max(turn), 0) FROM turns').pluck().get() ?? 0
  const { bodies } = readTail(journal, last + 1)
  if (bodies.length > 0) {
    const rows = new TurnRows(db)
    // A run begins with a row, so all turns behind the last row are of the last run.
    const run = readLastRun(db)
    db.transaction(() => {
      for (const body of bodies) rows.insert(run, body)
    })()
  }
  rmSync(tailPath(journal), { force: true })
}

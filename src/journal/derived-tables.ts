import type Database from 'better-sqlite3'
import { DERIVED_INDEXES, DERIVED_TABLES } from './derived-schema.js'
import { DerivedRows } from './derived-rows.js'
import type { SessionFacts } from './journal.js'
import { readMeta } from './meta.js'
import { SCHEMA_VERSION } from './schema.js'
import { readTurns } from './turn-source.js'

/**
 * Brings the tables for people up to the log, in one transaction. Only turns behind the last derivation are read: it took
 * place between two lives of a writer, and events of one life never lean on records of another.
 * @param anew makes the tables again from the first turn
 */
export function deriveTables(
  db: Database.Database,
  path: string,
  facts: SessionFacts,
  { anew = false }: { readonly anew?: boolean } = {}
): void {
  db.transaction(() => {
    let derived = derivedTurn(db)
    if (anew || derived === 0) {
      for (const { name, createSql } of DERIVED_TABLES) db.exec(`DROP TABLE IF EXISTS ${name}; ${createSql}`)
      db.exec(DERIVED_INDEXES)
      derived = 0
    }
    const rows = new DerivedRows(db, facts, derived)
    readTurns(db, path, derived + 1, rows)
    const set = db.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)')
    set.run('derived_turn', String(rows.turn))
    set.run('derived_version', String(SCHEMA_VERSION))
  })()
}

/** Bytes of log that wait for {@link deriveTables}. */
export function underivedBytes(db: Database.Database): number {
  const sum = db.prepare<[number], number>('SELECT coalesce(sum(length(body)), 0) FROM turns WHERE turn > ?').pluck()
  return sum.get(derivedTurn(db)) ?? 0
}

/** The last turn in the tables for people; 0 where they are to be made anew, for another version's have other columns. */
function derivedTurn(db: Database.Database): number {
  if (readMeta(db, 'derived_version') !== String(SCHEMA_VERSION)) return 0
  return Number(readMeta(db, 'derived_turn') ?? 0)
}

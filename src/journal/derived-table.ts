import type Database from 'better-sqlite3'

type Column = 'INTEGER' | 'TEXT' | 'INTEGER NOT NULL' | 'TEXT NOT NULL' | 'INTEGER NOT NULL PRIMARY KEY'
type Value<C extends Column> =
  C extends `INTEGER NOT NULL${string}` ? number : C extends 'INTEGER' ? number | null : C extends 'TEXT' ? string | null : string

/** One row, by column name. */
export type RowOf<T> = T extends DerivedTable<infer C> ? { readonly [K in keyof C]: Value<C[K]> } : never

/** A table that is made from the log, with its columns in order. */
export class DerivedTable<C extends Readonly<Record<string, Column>>> {
  readonly name: string
  readonly #columns: C

  constructor(name: string, columns: C) {
    this.name = name
    this.#columns = columns
  }

  get createSql(): string {
    const columns = Object.entries(this.#columns).map(([name, type]) => `  ${name} ${type}`)
    return `CREATE TABLE ${this.name} (\n${columns.join(',\n')}\n) STRICT;`
  }

  /** A function that inserts a row; `conflict` says what becomes of a row with the same key. */
  inserter(db: Database.Database, conflict = ''): (row: { readonly [K in keyof C]: Value<C[K]> }) => void {
    const names = Object.keys(this.#columns)
    const insert = db.prepare(`INSERT INTO ${this.name} VALUES (${names.map(() => '?').join(', ')}) ${conflict}`)
    const values: unknown[] = Array(names.length)
    return (row) => {
      for (let i = 0; i < names.length; i++) values[i] = row[names[i]]
      insert.run(values)
    }
  }
}

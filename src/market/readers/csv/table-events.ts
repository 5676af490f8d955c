import type { CsvRow } from './csv-row.js'
import { isOneOf, type TableColumns } from './table-columns.js'

/** Tells where one event of the vendor ends and the next begins. */
export class EventRows {
  readonly #row: CsvRow
  readonly #column: number
  readonly #begins: (() => boolean) | undefined
  #text = Buffer.alloc(0)
  #time = Number.NaN
  #no = -2

  constructor(row: CsvRow, { event, begins }: TableColumns) {
    this.#row = row
    this.#column = event
    this.#begins = begins
  }

  /** Whether the current row is of another event than the one before. */
  begins(no: number, time: number): boolean {
    const row = this.#row
    const column = this.#column
    const same = this.#no === no && (column < 0 ? this.#time === time : row.is(column, this.#text))
    if (same && !this.#begins?.()) return false
    this.#no = no
    this.#time = time
    if (column >= 0) this.#text = Buffer.from(row.bytes.subarray(row.from(column), row.to(column)))
    return true
  }
}

/** Rows of snapshots among rows of changes, instrument by instrument, and whether changes follow one another. */
export class SnapshotRows {
  readonly #row: CsvRow
  readonly #columns: TableColumns
  /** By instrument: whether the last row was of a snapshot; undefined before any. */
  readonly #inside: (boolean | undefined)[] = []
  readonly #lastId: (string | undefined)[] = []

  constructor(row: CsvRow, columns: TableColumns) {
    this.#row = row
    this.#columns = columns
  }

  /** What the current row is: the first of a snapshot, one that counts, or one before any snapshot. */
  enter(no: number): 'first' | 'counts' | 'before' {
    const { snapshot } = this.#columns
    if (snapshot === undefined) return 'counts'
    const inside = isOneOf(this.#row, snapshot)
    const before = this.#inside[no]
    if (!inside && before === undefined) return 'before'
    this.#inside[no] = inside
    if (!inside || before === true) return 'counts'
    this.#lastId[no] = undefined
    return 'first'
  }

  /** The id that should have come before the current row's; undefined where nothing is missing. */
  missing(no: number): string | undefined {
    const { follows } = this.#columns
    if (follows === undefined) return undefined
    const row = this.#row
    const last = this.#lastId[no]
    const id = row.text(follows.own)
    const inside = this.#inside[no] === true
    this.#lastId[no] = inside ? undefined : id
    if (inside || id === last || last === undefined || row.isEmpty(follows.previous)) return undefined
    return row.text(follows.previous) === last ? undefined : last
  }

  /** The book is lost: rows count from the next snapshot on. */
  lose(no: number): void {
    this.#inside[no] = undefined
  }
}

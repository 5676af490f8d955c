import { UserError } from '../../../base/user-error.js'
import type { FeedSink } from '../feed/feed-sink.js'
import type { CsvRow } from './csv-row.js'
import type { Table } from './table.js'

/** The instrument of each row: named in a column, or one for all of the file. */
export class SymbolColumn {
  readonly #column: number
  /** -1: none. */
  readonly #suffix: number
  readonly #constant: string
  readonly #prefix: string
  #sink: FeedSink | undefined
  #text: Buffer = Buffer.alloc(0)
  #suffixText: Buffer = Buffer.alloc(0)
  #no = -1

  /** @param asked the option `--symbol`: the name of what the file leaves unnamed. */
  constructor(table: Table, columnOf: (name: string) => number, asked: string | undefined, file: string) {
    this.#column = table.symbol === undefined ? -1 : columnOf(table.symbol)
    this.#suffix = table.symbolSuffix === undefined ? -1 : columnOf(table.symbolSuffix)
    this.#prefix = table.symbolPrefix ?? ''
    this.#constant = table.symbolIs ?? asked ?? ''
    if (this.#column < 0 && this.#constant === '') {
      throw new UserError('the file does not say of which instrument it is; --symbol says it', { file })
    }
  }

  /** The number of the row's instrument; -1 where it is not asked for. */
  read(row: CsvRow, sink: FeedSink): number {
    if (sink !== this.#sink) {
      this.#sink = sink
      this.#no = this.#column < 0 ? sink.instrument(this.#constant) : -1
      this.#text = Buffer.alloc(0)
      this.#suffixText = Buffer.alloc(0)
    }
    if (this.#column < 0) return this.#no
    const suffix = this.#suffix
    const isSame = row.is(this.#column, this.#text) && (suffix < 0 || row.is(suffix, this.#suffixText))
    if (this.#no >= 0 && isSame) return this.#no
    const behind = suffix < 0 || row.isEmpty(suffix) ? '' : `.${row.text(suffix)}`
    this.#no = sink.instrument(this.#prefix + row.text(this.#column) + behind)
    this.#text = copy(row, this.#column)
    if (suffix >= 0) this.#suffixText = copy(row, suffix)
    return this.#no
  }
}

function copy(row: CsvRow, column: number): Buffer {
  return Buffer.from(row.bytes.subarray(row.from(column), row.to(column)))
}

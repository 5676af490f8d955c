import { UserError } from '../../../base/user-error.js'
import { isPhase } from '../../../exchange/phase.js'
import { BUY, SELL, type Aggressor, type Side } from '../../../exchange/units.js'
import { ByteChunks } from '../byte-chunks.js'
import { readsOn } from '../byte-reader.js'
import type { FaultKind } from '../faults.js'
import { DecimalNumber } from '../feed/decimal-number.js'
import type { FeedFile } from '../feed/feed-file.js'
import type { OpenContext } from '../feed/feed-format.js'
import type { FeedSink, OrderAction } from '../feed/feed-sink.js'
import { LineReader } from '../line-reader.js'
import { CsvRow } from './csv-row.js'
import { SymbolColumn } from './symbol-column.js'
import type { RowAction, Table } from './table.js'
import { isOneOf, TableColumns, type LevelColumns, type NumberColumn } from './table-columns.js'
import { EventRows, SnapshotRows } from './table-events.js'
import { TimeColumn } from './time-column.js'

const NOTHING = /^(nan|null|none|n\/a|\\n)$/i

/** A vendor's CSV file, read as a table says. */
export class TableFile implements FeedFile {
  readonly path: string
  time = 0
  readonly #chunks: ByteChunks
  readonly #row: CsvRow
  readonly #context: OpenContext
  readonly #table: Table
  readonly #columns: TableColumns
  readonly #time: TimeColumn
  readonly #symbol: SymbolColumn
  readonly #events: EventRows
  readonly #snapshots: SnapshotRows
  readonly #price: DecimalNumber
  readonly #qty: DecimalNumber
  /** The row in memory is still to be told. */
  #pending: boolean
  /** The column that a fault is about; -1: the row. */
  #fault = -1
  /** The latest time before the current row, and with it. */
  #toldTime = Number.NEGATIVE_INFINITY
  #latest = Number.NEGATIVE_INFINITY

  private constructor(chunks: ByteChunks, row: CsvRow, table: Table, context: OpenContext) {
    this.path = chunks.path
    this.#chunks = chunks
    this.#row = row
    this.#pending = table.columns !== undefined
    this.#context = context
    this.#table = table
    this.#price = new DecimalNumber(table.decimal)
    this.#qty = new DecimalNumber(table.decimal)
    this.#columns = new TableColumns(table, table.columns ?? headerOf(row), row)
    const columnOf = (name: string): number => this.#columns.columnOf(name)
    this.#time = new TimeColumn(table.time, columnOf, context.epoch)
    this.#symbol = new SymbolColumn(table, columnOf, context.options.symbol, this.path)
    this.#events = new EventRows(row, this.#columns)
    this.#snapshots = new SnapshotRows(row, this.#columns)
  }

  /** @throws UserError where the header lacks a column of the table. */
  static async open(path: string, table: Table, context: OpenContext): Promise<TableFile> {
    const chunks = new ByteChunks(path)
    const lines = new LineReader(chunks)
    const row = new CsvRow(lines, (table.delimiter ?? ',').charCodeAt(0))
    if (!lines.next() && !(await lines.more())) throw new UserError('the file is empty', { file: path })
    row.split()
    try {
      return new TableFile(chunks, row, table, context)
    } catch (error) {
      await lines.close()
      throw error
    }
  }

  get size(): number {
    return this.#chunks.size
  }

  get position(): number {
    return this.#chunks.position
  }

  error(problem: string): UserError {
    return this.#row.error(this.#fault, problem)
  }

  next(): boolean {
    while (this.#pending || this.#row.lines.next()) {
      if (!this.#pending) this.#row.split()
      this.#pending = false
      if (this.#usable()) return true
    }
    return false
  }

  async more(): Promise<boolean> {
    while (await this.#readsOn()) {
      this.#row.split()
      if (this.#usable() || this.next()) return true
    }
    return false
  }

  close(): Promise<void> {
    return this.#row.lines.close()
  }

  #readsOn(): Promise<boolean> {
    this.#context.faults.place = this
    return readsOn(this.#row.lines, this.#context.faults)
  }

  tell(sink: FeedSink): void {
    this.#fault = -1
    const no = this.#symbol.read(this.#row, sink)
    if (no < 0) return
    const { time } = this
    this.#toldTime = this.#latest
    this.#latest = Math.max(this.#latest, time)
    if (this.#events.begins(no, time)) sink.end()
    const action = this.#action()
    if (action === undefined || !this.#counts(sink, no)) return
    this.#tellRow(sink, no, action)
    if (this.#table.event === 'row') sink.end()
  }

  /** Reads what every row must have. */
  #usable(): boolean {
    const row = this.#row
    const { needed, skip } = this.#columns
    this.#fault = -1
    if (row.openQuote >= 0) {
      return this.#bad(
        row.openQuote,
        'expected the end of the quotes on this line: line ends inside of quotes are not read'
      )
    }
    if (row.length < needed) {
      const problem = `expected at least ${needed} columns, got ${row.length}`
      return row.lines.unended
        ? this.#bad(row.length - 1, `the file ends inside a row: ${problem}`, 'truncated')
        : this.#bad(row.length - 1, problem)
    }
    if (skip && isOneOf(row, skip)) {
      this.#count('skipped')
      return false
    }
    const time = this.#time.read(row)
    if (Number.isNaN(time)) {
      const { column, expected } = this.#time
      return this.#bad(column, `expected ${expected}, got ${row.shown(column)}`)
    }
    this.time = time
    return true
  }

  #action(): RowAction | undefined {
    const { decide, action, actions, actionColumn } = this.#columns
    const decided = decide?.() ?? action
    if (decided !== undefined) return decided
    for (const { text, means } of actions) if (this.#row.is(actionColumn, text)) return means
    const expected = actions.map(({ text }) => text.toString()).join(', ')
    this.#bad(actionColumn, `expected one of ${expected}, got ${this.#row.shown(actionColumn)}`)
    return undefined
  }

  /** Whether the row counts: before the first snapshot, and after a gap, none does. */
  #counts(sink: FeedSink, no: number): boolean {
    const place = this.#snapshots.enter(no)
    if (place === 'before') {
      this.#count('beforeSnapshot')
      return false
    }
    if (place === 'first') sink.wholeBook(this.time, no, Number.POSITIVE_INFINITY)
    const missing = this.#snapshots.missing(no)
    if (missing === undefined) return true
    const { previous } = this.#columns.follows!
    this.#fault = previous
    const problem = (): string => `expected the update before to be ${missing}, got ${this.#row.shown(previous)}`
    if (this.#context.faults.repairs('gap', problem)) return true
    sink.clear(this.time, no)
    this.#snapshots.lose(no)
    return false
  }

  #tellRow(sink: FeedSink, no: number, action: RowAction): void {
    const { bids, asks } = this.#columns
    switch (action) {
      case 'ignore':
        this.#count('ignored')
        break
      case 'clear':
        sink.clear(this.time, no)
        break
      case 'book':
        sink.wholeBook(this.time, no, bids.length)
        this.#tellLevels(sink, no, BUY, bids)
        this.#tellLevels(sink, no, SELL, asks)
        break
      case 'quote':
        this.#tellQuotes(sink, no, BUY, bids)
        this.#tellQuotes(sink, no, SELL, asks)
        break
      case 'bid':
      case 'ask':
        this.#tellSide(sink, no, action === 'bid' ? BUY : SELL)
        break
      case 'level':
        this.#tellLevel(sink, no)
        break
      case 'trade':
      case 'hidden':
        if (this.#priced()) sink[action](this.time, no, this.#side(), this.#price, this.#qty)
        break
      default:
        if (isPhase(action)) sink.phase(this.time, no, action)
        else this.#tellOrder(sink, no, action)
    }
  }

  #tellLevel(sink: FeedSink, no: number): void {
    if (!this.#priced()) return
    const side = this.#side()
    const { sideColumn } = this.#columns
    if (side !== 0) sink.level(this.time, no, side, this.#price, this.#qty)
    else this.#bad(sideColumn, `expected the side of the level, got ${this.#row.shown(sideColumn)}`)
  }

  #tellOrder(sink: FeedSink, no: number, action: OrderAction): void {
    const { orderId: id, price, qty } = this.#columns
    if (!id?.read(this.#row)) {
      this.#bad(id?.column ?? -1, 'expected an order id')
      return
    }
    const priced = action === 'add' || action === 'modify'
    this.#price.mantissa = this.#qty.mantissa = Number.NaN
    const hasPrice = price !== undefined && !this.#isEmpty(price)
    if ((priced || hasPrice) && !this.#read(price, this.#price, 'a price')) return
    if (action !== 'remove' && !this.#read(qty, this.#qty, 'a quantity')) return
    sink.order(this.time, no, action, id.high, id.low, this.#side(), this.#price, this.#qty)
  }

  /** The levels of one side of a row, best first; behind the first empty one is none. */
  #tellLevels(sink: FeedSink, no: number, side: Side, levels: readonly LevelColumns[]): void {
    const [px, size] = [this.#price, this.#qty]
    for (const { price, qty } of levels) {
      if (this.#isEmpty(price) || this.#isEmpty(qty)) return
      if (!this.#read(price, px, 'a price') || !this.#read(qty, size, 'a quantity')) continue
      if (size.mantissa !== 0 && px.mantissa !== 0) sink.level(this.time, no, side, px, size)
    }
  }

  /** The best price of the side that the row is about; where it is empty, or 0, there is none. */
  #tellSide(sink: FeedSink, no: number, side: Side): void {
    const { price, qty } = this.#columns
    if (price && qty) this.#tellQuotes(sink, no, side, [{ price, qty }])
  }

  /** The best price of one side; where it is empty, or 0, there is none. */
  #tellQuotes(sink: FeedSink, no: number, side: Side, levels: readonly LevelColumns[]): void {
    const [px, size] = [this.#price, this.#qty]
    for (const { price, qty } of levels) {
      const none = this.#isEmpty(price) || this.#isEmpty(qty)
      if (none) px.mantissa = px.decimals = 0
      else if (!this.#read(price, px, 'a price') || !this.#read(qty, size, 'a quantity')) continue
      if (px.mantissa === 0) {
        if (this.#table.oneSided) continue
        size.mantissa = size.decimals = 0
      }
      sink.quote(this.time, no, side, px, size)
    }
  }

  #isEmpty({ column }: NumberColumn): boolean {
    if (column < 0) return false
    if (this.#row.isEmpty(column)) return true
    // A letter: what programs write for nothing.
    const first = this.#row.bytes[this.#row.from(column)] | 32
    return (first === 110 || first === 92) && NOTHING.test(this.#row.text(column))
  }

  /** Reads price and quantity of a row that has one of each. */
  #priced(): boolean {
    const { price, qty } = this.#columns
    return this.#read(price, this.#price, 'a price') && this.#read(qty, this.#qty, 'a quantity')
  }

  #side(): Aggressor {
    const { sides, sideColumn } = this.#columns
    for (const { text, means } of sides) if (this.#row.is(sideColumn, text)) return means
    return 0
  }

  #read(from: NumberColumn | undefined, into: DecimalNumber, what: string): boolean {
    if (from === undefined) return this.#bad(-1, `expected a column for ${what} (${this.#table.name})`)
    const row = this.#row
    const { column, unit, constant } = from
    if (constant !== undefined) return into.readText(constant)
    if (!into.read(row.bytes, row.from(column), row.to(column))) {
      return this.#bad(column, `expected ${what}, got ${row.shown(column)}`)
    }
    if (unit) into.times(unit)
    // What the recording may find fault with: a negative quantity, else the price; a time that goes back before both.
    if (this.time < this.#toldTime) this.#fault = this.#time.column
    else if (this.#fault < 0 || into.mantissa < 0) this.#fault = column
    return true
  }

  /** A value that means nothing. @returns false: the row is left out. */
  #bad(column: number, problem: string, kind: FaultKind = 'badValue'): false {
    this.#fault = column
    this.#context.faults.place = this
    this.#context.faults.repairs(kind, () => problem)
    return false
  }

  #count(name: string): void {
    const { counts } = this.#context
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
}

/** What is told of the counts of tables. */
export const TABLE_NOTES: Readonly<Record<string, string>> = {
  skipped: 'rows are marked as not to be used',
  ignored: 'rows tell nothing of the book or of trades',
  beforeSnapshot: 'rows come before the first snapshot, and were left out'
}

/** The names of a header. */
function headerOf(row: CsvRow): string[] {
  return Array.from({ length: row.length }, (_, n) => row.text(n).trim())
}

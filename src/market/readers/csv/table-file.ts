import { UserError } from '../../../base/user-error.js'
import { BUY, SELL, type Aggressor, type Side } from '../../../exchange/units.js'
import { ByteChunks } from '../byte-chunks.js'
import { DecimalNumber } from '../feed/decimal-number.js'
import type { FeedFile } from '../feed/feed-file.js'
import type { OpenContext } from '../feed/feed-format.js'
import type { FeedSink } from '../feed/feed-sink.js'
import { LineReader } from '../line-reader.js'
import { CsvRow } from './csv-row.js'
import { OrderIdColumn } from './order-id-column.js'
import { SymbolColumn } from './symbol-column.js'
import type { ChoiceTerms, NumberTerms, RowAction, Table } from './table.js'
import { TimeColumn } from './time-column.js'

interface NumberColumn {
  readonly column: number
  readonly unit: DecimalNumber | undefined
}

interface LevelColumns {
  readonly price: NumberColumn
  readonly qty: NumberColumn
}

interface Choice<T> {
  readonly text: Buffer
  readonly means: T
}

const NOT_TOLD = 'not told'

/** A vendor's CSV file, read as a table says. */
export class TableFile implements FeedFile {
  readonly path: string
  time = 0
  readonly #chunks: ByteChunks
  readonly #lines: LineReader
  readonly #row: CsvRow
  readonly #context: OpenContext
  readonly #table: Table
  readonly #needed: number
  readonly #time: TimeColumn
  readonly #symbol: SymbolColumn
  readonly #actionColumn: number
  readonly #actions: readonly Choice<RowAction>[]
  readonly #constant: RowAction | undefined
  readonly #decide: (() => RowAction | undefined) | undefined
  readonly #begins: (() => boolean) | undefined
  readonly #sideColumn: number
  readonly #sides: readonly Choice<Side>[]
  readonly #price: NumberColumn | undefined
  readonly #qty: NumberColumn | undefined
  readonly #orderId: OrderIdColumn | undefined
  readonly #bids: readonly LevelColumns[]
  readonly #asks: readonly LevelColumns[]
  readonly #eventColumn: number
  readonly #snapshot: { readonly column: number; readonly values: readonly Buffer[] } | undefined
  readonly #skip: { readonly column: number; readonly values: readonly Buffer[] } | undefined
  readonly #follows: { readonly previous: number; readonly own: number } | undefined
  readonly #priceNumber = new DecimalNumber()
  readonly #qtyNumber = new DecimalNumber()
  #pending: boolean
  #fault = -1
  /** The latest time before the current row, and with it. */
  #toldTime = Number.NEGATIVE_INFINITY
  #latest = Number.NEGATIVE_INFINITY
  #event = Buffer.alloc(0)
  #eventTime = Number.NaN
  #eventSymbol = -2
  /** By instrument: whether the last row was of a snapshot; undefined before any snapshot. */
  readonly #inSnapshot: (boolean | undefined)[] = []
  readonly #lastId: (string | undefined)[] = []

  private constructor(
    chunks: ByteChunks,
    row: CsvRow,
    pending: boolean,
    table: Table,
    names: readonly string[],
    context: OpenContext
  ) {
    this.path = chunks.path
    this.#chunks = chunks
    this.#lines = row.lines
    this.#row = row
    this.#pending = pending
    this.#context = context
    this.#table = table
    let needed = 0
    const columnOf = (name: string): number => {
      const at = names.indexOf(name)
      if (at < 0) throw row.error(-1, `expected a column ${name} (${table.name}), the file has ${names.join(', ')}`)
      needed = Math.max(needed, at + 1)
      return at
    }
    const numberOf = ({ column, unit }: NumberTerms): NumberColumn => ({ column: columnOf(column), unit: unitOf(unit) })
    const choiceOf = ({ column, values }: ChoiceTerms): { column: number; values: Buffer[] } => ({
      column: columnOf(column),
      values: values.map((value) => Buffer.from(value))
    })
    const levelsOf = (levels: Table['bids'] = []): LevelColumns[] =>
      levels.map(({ price, qty }) => ({ price: numberOf(price), qty: numberOf(qty) }))
    this.#time = new TimeColumn(table.time, columnOf, context.epoch)
    this.#symbol = new SymbolColumn(table, columnOf, context.options.symbol, this.path)
    const { action, side, event } = table
    this.#constant = 'is' in action ? action.is : undefined
    this.#actionColumn = 'is' in action ? -1 : columnOf(action.column)
    this.#actions =
      'is' in action ? [] : Object.entries(action.values).map(([text, means]) => ({ text: Buffer.from(text), means }))
    this.#decide = table.decide?.(row, columnOf)
    this.#begins = table.begins?.(row, columnOf)
    this.#sideColumn = side ? columnOf(side.column) : -1
    this.#sides = [
      ...(side?.buy ?? []).map((text) => ({ text: Buffer.from(text), means: BUY })),
      ...(side?.sell ?? []).map((text) => ({ text: Buffer.from(text), means: SELL }))
    ]
    this.#price = table.price && numberOf(table.price)
    this.#qty = table.qty && numberOf(table.qty)
    this.#orderId = table.orderId === undefined ? undefined : new OrderIdColumn(columnOf(table.orderId))
    this.#bids = levelsOf(table.bids)
    this.#asks = levelsOf(table.asks)
    this.#eventColumn = typeof event === 'object' ? columnOf(event.column) : -1
    this.#snapshot = table.snapshot && choiceOf(table.snapshot)
    this.#skip = table.skip && choiceOf(table.skip)
    this.#follows = table.follows && { previous: columnOf(table.follows.previous), own: columnOf(table.follows.own) }
    this.#needed = needed
  }

  /** @throws UserError where the header lacks a column of the table. */
  static async open(path: string, table: Table, context: OpenContext): Promise<TableFile> {
    const chunks = new ByteChunks(path)
    const lines = new LineReader(chunks)
    const row = new CsvRow(lines, (table.delimiter ?? ',').charCodeAt(0))
    if (!lines.next() && !(await lines.more())) throw new UserError('the file is empty', { file: path })
    row.split()
    const names = table.columns ?? headerOf(row)
    try {
      return new TableFile(chunks, row, table.columns !== undefined, table, names, context)
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
    while (this.#pending || this.#lines.next()) {
      if (!this.#pending) this.#row.split()
      this.#pending = false
      if (this.#usable()) return true
    }
    return false
  }

  async more(): Promise<boolean> {
    while (await this.#lines.more()) {
      this.#row.split()
      if (this.#usable() || this.next()) return true
    }
    return false
  }

  close(): Promise<void> {
    return this.#lines.close()
  }

  tell(sink: FeedSink): void {
    const row = this.#row
    this.#fault = -1
    const no = this.#symbol.read(row, sink)
    if (no < 0) return
    const { time } = this
    this.#toldTime = this.#latest
    this.#latest = Math.max(this.#latest, time)
    if (this.#beginsEvent(no)) sink.end()
    const action = this.#actionOf()
    if (action === NOT_TOLD) return
    if (this.#snapshot && !this.#enterSnapshot(sink, no)) return
    if (this.#follows && !this.#followsLast(sink, no)) return
    switch (action) {
      case 'ignore':
        this.#count('ignored')
        return
      case 'clear':
        sink.clear(time, no)
        break
      case 'book':
        sink.wholeBook(time, no, this.#bids.length)
        this.#tellSide(sink, no, BUY, this.#bids, false)
        this.#tellSide(sink, no, SELL, this.#asks, false)
        break
      case 'quote':
        if (this.#bids.length === 0) this.#tellQuote(sink, no)
        this.#tellSide(sink, no, BUY, this.#bids, true)
        this.#tellSide(sink, no, SELL, this.#asks, true)
        break
      case 'level':
      case 'trade':
      case 'hidden':
        this.#tellPriced(sink, no, action)
        break
      default:
        this.#tellOrder(sink, no, action)
    }
    if (this.#table.event === 'row') sink.end()
  }

  /** Reads what every row must have. */
  #usable(): boolean {
    const row = this.#row
    this.#fault = -1
    if (row.length < this.#needed) {
      const problem = `expected at least ${this.#needed} columns, got ${row.length}; the file may be cut`
      return this.#bad(row.length - 1, problem)
    }
    if (this.#skip && isOneOf(row, this.#skip)) {
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

  #beginsEvent(no: number): boolean {
    const { time } = this
    const known =
      this.#eventSymbol === no &&
      (this.#eventColumn < 0 ? this.#eventTime === time : this.#row.is(this.#eventColumn, this.#event))
    if (known && !this.#begins?.()) return false
    this.#eventSymbol = no
    this.#eventTime = time
    if (this.#eventColumn >= 0) {
      const { bytes } = this.#row
      this.#event = Buffer.from(bytes.subarray(this.#row.from(this.#eventColumn), this.#row.to(this.#eventColumn)))
    }
    return true
  }

  #actionOf(): RowAction | typeof NOT_TOLD {
    const decided = this.#decide?.() ?? this.#constant
    if (decided !== undefined) return decided
    for (const { text, means } of this.#actions) if (this.#row.is(this.#actionColumn, text)) return means
    const expected = this.#actions.map(({ text }) => text.toString()).join(', ')
    this.#bad(this.#actionColumn, `expected one of ${expected}, got ${this.#row.shown(this.#actionColumn)}`)
    return NOT_TOLD
  }

  /** @returns whether the row counts: before the first snapshot none does. */
  #enterSnapshot(sink: FeedSink, no: number): boolean {
    const snapshot = isOneOf(this.#row, this.#snapshot!)
    const before = this.#inSnapshot[no]
    if (!snapshot && before === undefined) {
      this.#count('beforeSnapshot')
      return false
    }
    if (snapshot && before !== true) {
      sink.wholeBook(this.time, no, Number.POSITIVE_INFINITY)
      this.#lastId[no] = undefined
    }
    this.#inSnapshot[no] = snapshot
    return true
  }

  #followsLast(sink: FeedSink, no: number): boolean {
    const row = this.#row
    const { previous, own } = this.#follows!
    const last = this.#lastId[no]
    const id = row.text(own)
    if (id === last || row.isEmpty(previous) || this.#inSnapshot[no] === true) {
      this.#lastId[no] = this.#inSnapshot[no] === true ? undefined : id
      return true
    }
    this.#lastId[no] = id
    if (last === undefined || row.text(previous) === last) return true
    this.#fault = previous
    if (
      this.#context.faults.repairs('gap', () => `expected the update before to be ${last}, got ${row.shown(previous)}`)
    )
      return true
    sink.clear(this.time, no)
    this.#inSnapshot[no] = undefined
    return false
  }

  #tellPriced(sink: FeedSink, no: number, action: 'level' | 'trade' | 'hidden'): void {
    if (!this.#read(this.#price, this.#priceNumber, 'a price') || !this.#read(this.#qty, this.#qtyNumber, 'a quantity'))
      return
    const side = this.#sideColumn < 0 ? 0 : this.#sideOf()
    if (action !== 'level') {
      sink[action](this.time, no, side, this.#priceNumber, this.#qtyNumber)
    } else if (side === 0) {
      this.#bad(this.#sideColumn, `expected the side of the level, got ${this.#row.shown(this.#sideColumn)}`)
    } else {
      sink.level(this.time, no, side, this.#priceNumber, this.#qtyNumber)
    }
  }

  #tellQuote(sink: FeedSink, no: number): void {
    if (!this.#read(this.#price, this.#priceNumber, 'a price') || !this.#read(this.#qty, this.#qtyNumber, 'a quantity'))
      return
    const side = this.#sideOf()
    if (side !== 0) sink.quote(this.time, no, side, this.#priceNumber, this.#qtyNumber)
    else this.#bad(this.#sideColumn, `expected the side of the quote, got ${this.#row.shown(this.#sideColumn)}`)
  }

  #tellOrder(sink: FeedSink, no: number, action: 'add' | 'reduce' | 'remove' | 'modify' | 'execute'): void {
    const id = this.#orderId
    if (!id?.read(this.#row)) {
      this.#bad(id?.column ?? -1, 'expected an order id')
      return
    }
    const priced = action === 'add' || action === 'modify'
    const sized = action !== 'remove'
    this.#priceNumber.mantissa = this.#qtyNumber.mantissa = Number.NaN
    const hasPrice = this.#price !== undefined && !this.#row.isEmpty(this.#price.column)
    if ((priced || hasPrice) && !this.#read(this.#price, this.#priceNumber, 'a price')) return
    if (sized && !this.#read(this.#qty, this.#qtyNumber, 'a quantity')) return
    const side = this.#sideColumn < 0 ? 0 : this.#sideOf()
    sink.order(this.time, no, action, id.high, id.low, side, this.#priceNumber, this.#qtyNumber)
  }

  /** The levels of one side of a row, best first. An empty one is none; in a quote, that side is none. */
  #tellSide(sink: FeedSink, no: number, side: Side, levels: readonly LevelColumns[], quote: boolean): void {
    for (const { price, qty } of levels) {
      const row = this.#row
      const [px, size] = [this.#priceNumber, this.#qtyNumber]
      const none = row.isEmpty(price.column) || row.isEmpty(qty.column)
      if (none) {
        if (!quote) return
        px.mantissa = size.mantissa = px.decimals = size.decimals = 0
      } else if (!this.#read(price, px, 'a price') || !this.#read(qty, size, 'a quantity')) {
        continue
      }
      if (px.mantissa === 0 && quote) size.mantissa = size.decimals = 0
      if (quote) {
        if (!this.#table.oneSided || px.mantissa !== 0) sink.quote(this.time, no, side, px, size)
      } else if (size.mantissa !== 0 && px.mantissa !== 0) {
        sink.level(this.time, no, side, px, size)
      }
    }
  }

  #sideOf(): Aggressor {
    for (const { text, means } of this.#sides) if (this.#row.is(this.#sideColumn, text)) return means
    return 0
  }

  #read(from: NumberColumn | undefined, into: DecimalNumber, what: string): boolean {
    if (from === undefined) return this.#bad(-1, `expected a column for ${what} (${this.#table.name})`)
    const row = this.#row
    const { column, unit } = from
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
  #bad(column: number, problem: string): false {
    this.#fault = column
    this.#context.faults.place = this
    this.#context.faults.repairs('badValue', () => problem)
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

/** The names of a header, without a byte order mark. */
export function headerOf(row: CsvRow): string[] {
  return Array.from({ length: row.length }, (_, n) =>
    row
      .text(n)
      .replace(/^\uFEFF/, '')
      .trim()
  )
}

function isOneOf(
  row: CsvRow,
  { column, values }: { readonly column: number; readonly values: readonly Buffer[] }
): boolean {
  for (const value of values) if (row.is(column, value)) return true
  return false
}

function unitOf(text: string | undefined): DecimalNumber | undefined {
  if (text === undefined) return undefined
  const unit = new DecimalNumber()
  if (!unit.readText(text)) throw new UserError(`the unit "${text}" is no decimal`)
  return unit
}

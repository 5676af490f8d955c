import type { EpochSeconds } from '../../../base/time.js'
import { UserError } from '../../../base/user-error.js'
import { ByteChunks } from '../byte-chunks.js'
import { readsOn } from '../byte-reader.js'
import type { Faults } from '../faults.js'
import { LineReader } from '../line-reader.js'
import { contentOfHeader, levelColumns, missingColumns } from './csv-columns.js'
import { readInteger, readMoment, readPrice } from './csv-values.js'
import type { DataFile } from './data-file.js'
import { tickOf, type Definition } from './definition.js'
import type { Mapping } from './dbn-metadata.js'
import { emptyRecord, RTYPE, type Content } from './record.js'

const COMMA = 44
const WORD = 4_294_967_296
const SHOWN = 30
/** The largest int64 stands for no price. */
const NO_PRICE = '9223372036854775807'

const RTYPE_OF: Readonly<Record<Content, number>> = {
  mbo: RTYPE.mbo,
  'mbp-10': RTYPE.mbp10,
  'mbp-1': RTYPE.mbp1,
  bbo: RTYPE.bbo1s,
  trades: RTYPE.trades,
  ohlcv: RTYPE.ohlcv1m,
  definition: RTYPE.definition,
  status: RTYPE.status
}
const LEVELS: Readonly<Partial<Record<Content, number>>> = { 'mbp-10': 10, 'mbp-1': 1, bbo: 1 }

/** Reads the rows of a Databento CSV file. Columns are found by their names. */
export class CsvReader implements DataFile {
  readonly record = emptyRecord()
  readonly path: string
  readonly content: Content
  readonly dataset = ''
  readonly mappings: readonly Mapping[] = []
  readonly #chunks: ByteChunks
  readonly #lines: LineReader
  readonly #faults: Faults
  readonly #columns: number
  readonly #column: (name: string) => number
  /** Positions of the fields of the current line: field n is bytes[starts[n], starts[n + 1] - 1). */
  readonly #starts: Int32Array
  readonly #at: Readonly<Record<'event' | 'receive' | 'publisher' | 'instrument' | 'symbol' | 'action', number>> &
    Readonly<Record<'side' | 'price' | 'size' | 'flags' | 'order' | 'sequence' | 'rtype', number>>
  readonly #levelColumns: readonly number[]
  readonly #barColumns: readonly number[]
  readonly #ids = new Map<string, number>()
  readonly #moment = { seconds: 0, nanos: 0 }
  #epoch: EpochSeconds | undefined
  /** Whether prices are whole numbers of 10^-9 rather than decimals: the first price of the file tells. */
  #billionths: boolean | undefined
  #field = 0

  private constructor(
    chunks: ByteChunks,
    lines: LineReader,
    content: Content,
    names: readonly string[],
    faults: Faults
  ) {
    this.path = chunks.path
    this.content = content
    this.#chunks = chunks
    this.#lines = lines
    this.#faults = faults
    this.#columns = names.length
    this.#starts = new Int32Array(names.length + 1)
    const column = (name: string): number => names.indexOf(name)
    this.#column = column
    this.#at = {
      event: column('ts_event'),
      receive: column('ts_recv'),
      publisher: column('publisher_id'),
      instrument: column('instrument_id'),
      symbol: column('symbol'),
      action: column('action'),
      side: column('side'),
      price: column('price'),
      size: column('size'),
      flags: column('flags'),
      order: column('order_id'),
      sequence: column('sequence'),
      rtype: column('rtype')
    }
    this.#levelColumns = levelColumns(LEVELS[content] ?? 0).map(column)
    this.#barColumns = ['open', 'high', 'low', 'close', 'volume'].map(column)
    this.record.content = content
    this.record.rtype = RTYPE_OF[content]
    this.record.levels = LEVELS[content] ?? 0
  }

  /** @throws UserError where the header is not one of Databento's. */
  static async open(path: string, faults: Faults): Promise<CsvReader> {
    const chunks = new ByteChunks(path)
    const lines = new LineReader(chunks)
    if (!(await lines.more())) throw new UserError('the file is empty', { file: path })
    const names = lines.bytes.toString('latin1', lines.from, lines.to).split(',')
    const content = contentOfHeader(names)
    if (content === undefined) {
      throw new UserError('expected the header of a Databento CSV file: ts_recv,ts_event,rtype,...', {
        file: path,
        line: lines.line
      })
    }
    const missing = missingColumns(content, names)
    if (missing.length > 0) {
      throw new UserError(`expected the columns of ${content}; ${missing.join(', ')} is missing`, {
        file: path,
        line: lines.line
      })
    }
    return new CsvReader(chunks, lines, content, names, faults)
  }

  get size(): number {
    return this.#chunks.size
  }

  get position(): number {
    return this.#chunks.position
  }

  get epoch(): EpochSeconds {
    return this.#epoch ?? 0
  }

  set epoch(epoch: EpochSeconds) {
    this.#epoch = epoch
  }

  error(problem: string): UserError {
    const { line, from } = this.#lines
    const column = this.#starts[this.#field] - from + 1
    return new UserError(problem, { file: this.path, line, column: Math.max(1, column) })
  }

  next(): boolean {
    while (this.#lines.next()) if (this.#reads()) return true
    return false
  }

  async more(): Promise<boolean> {
    while (await readsOn(this.#lines, this.#faults)) if (this.#reads() || this.next()) return true
    return false
  }

  definition(): Definition {
    const tick = this.#price(this.#column('min_price_increment'))
    return {
      instrumentId: this.record.instrumentId,
      symbol: this.#text(this.#column('raw_symbol')),
      tickSize: tickOf(tick),
      currency: this.#text(this.#column('currency')) || undefined,
      market: this.#text(this.#column('exchange')) || undefined
    }
  }

  mappedSymbol(): string {
    return this.#text(this.#at.symbol)
  }

  close(): Promise<void> {
    return this.#lines.close()
  }

  /** Reads the current line; false: it is left out. */
  #reads(): boolean {
    try {
      this.#split()
      this.#read()
    } catch (error) {
      if (!(error instanceof FieldError)) throw error
      this.#faults.repairs('badValue', () => error.message)
      return false
    }
    this.#field = 0
    return true
  }

  #split(): void {
    const { bytes, from, to } = this.#lines
    const starts = this.#starts
    this.#field = 0
    starts[0] = from
    let count = 1
    for (let i = from; i < to; i++) {
      if (bytes[i] !== COMMA) continue
      if (count < starts.length) starts[count] = i + 1
      count++
    }
    if (count !== this.#columns)
      throw new FieldError(`expected ${this.#columns} columns as in the header, got ${count}`)
    starts[count] = to + 1
  }

  #read(): void {
    const { record } = this
    const at = this.#at
    if (this.#epoch === undefined) this.#setEpoch()
    record.eventTime = this.#time(at.event)
    record.receiveTime = at.receive < 0 ? record.eventTime : this.#time(at.receive)
    record.publisherId = at.publisher < 0 ? 0 : this.#integer(at.publisher)
    record.instrumentId = at.instrument < 0 ? this.#idOfSymbol() : this.#integer(at.instrument)
    switch (this.content) {
      case 'definition':
      case 'status':
        return
      case 'ohlcv':
        record.rtype = this.#integer(at.rtype)
        record.open = this.#price(this.#barColumns[0])
        record.high = this.#price(this.#barColumns[1])
        record.low = this.#price(this.#barColumns[2])
        record.close = this.#price(this.#barColumns[3])
        record.volume = this.#integer(this.#barColumns[4])
        return
      case 'mbo':
        this.#readOrderId()
        break
      case 'bbo':
      case 'mbp-1':
      case 'mbp-10':
        this.#readLevels()
        break
      case 'trades':
        break
    }
    record.action = at.action < 0 ? 84 : this.#character(at.action)
    record.side = at.side < 0 ? 78 : this.#character(at.side)
    record.price = at.price < 0 ? Number.NaN : this.#price(at.price)
    record.size = at.size < 0 ? 0 : this.#integer(at.size)
    record.flags = at.flags < 0 ? 0 : this.#integer(at.flags)
    record.sequence = at.sequence < 0 ? 0 : this.#integer(at.sequence)
  }

  #readLevels(): void {
    const { record } = this
    const columns = this.#levelColumns
    for (let n = 0; n < record.levels; n++) {
      record.bidPrice[n] = this.#price(columns[4 * n])
      record.bidSize[n] = this.#integer(columns[4 * n + 1])
      record.askPrice[n] = this.#price(columns[4 * n + 2])
      record.askSize[n] = this.#integer(columns[4 * n + 3])
    }
  }

  #readOrderId(): void {
    const [from, to] = this.#range(this.#at.order)
    const { record } = this
    const id = readInteger(this.#lines.bytes, from, to)
    if (!Number.isNaN(id)) {
      record.orderHigh = Math.floor(id / WORD)
      record.orderLow = id >>> 0
      return
    }
    const text = this.#text(this.#at.order)
    if (!/^\d{16,20}$/.test(text)) throw this.#expected('an order id')
    const long = BigInt(text)
    record.orderHigh = Number(BigInt.asUintN(32, long >> 32n))
    record.orderLow = Number(BigInt.asUintN(32, long))
  }

  #range(column: number): readonly [from: number, to: number] {
    this.#field = column
    return [this.#starts[column], this.#starts[column + 1] - 1]
  }

  #text(column: number): string {
    if (column < 0) return ''
    return this.#lines.bytes.toString('latin1', this.#starts[column], this.#starts[column + 1] - 1)
  }

  #integer(column: number): number {
    this.#field = column
    const value = readInteger(this.#lines.bytes, this.#starts[column], this.#starts[column + 1] - 1)
    if (Number.isNaN(value)) throw this.#expected('a whole number')
    return value
  }

  #character(column: number): number {
    this.#field = column
    if (this.#starts[column + 1] - this.#starts[column] !== 2) throw this.#expected('one letter')
    return this.#lines.bytes[this.#starts[column]]
  }

  #price(column: number): number {
    this.#field = column
    const from = this.#starts[column]
    const to = this.#starts[column + 1] - 1
    const { bytes } = this.#lines
    if (from === to || (to - from === NO_PRICE.length && bytes.toString('latin1', from, to) === NO_PRICE))
      return Number.NaN
    this.#billionths ??= !bytes.subarray(from, to).includes(46)
    const value = this.#billionths ? this.#billionthsAt(bytes, from, to) : readPrice(bytes, from, to)
    if (Number.isNaN(value)) throw this.#expected('a price with at most 9 decimals, below 9 million')
    return value
  }

  #billionthsAt(bytes: Buffer, from: number, to: number): number {
    const text = bytes.toString('latin1', from, to)
    const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN
    return Number.isSafeInteger(value) ? value : Number.NaN
  }

  #time(column: number): number {
    const [from, to] = this.#range(column)
    if (from === to) return Number.NaN
    if (!readMoment(this.#lines.bytes, from, to, this.#moment)) {
      throw this.#expected('a time in UTC, as 2025-07-17T07:05:09.035793433Z or ns since 1970')
    }
    const time = (this.#moment.seconds - (this.#epoch ?? 0)) * 1e9 + this.#moment.nanos
    return Number.isSafeInteger(time) ? time : Number.NaN
  }

  #setEpoch(): void {
    const [from, to] = this.#range(this.#at.receive < 0 ? this.#at.event : this.#at.receive)
    if (!readMoment(this.#lines.bytes, from, to, this.#moment)) return
    this.#epoch = Math.floor(this.#moment.seconds / 86_400) * 86_400
  }

  #idOfSymbol(): number {
    const symbol = this.mappedSymbol()
    const known = this.#ids.get(symbol)
    if (known !== undefined) return known
    this.#ids.set(symbol, this.#ids.size + 1)
    return this.#ids.size
  }

  #expected(what: string): FieldError {
    const text = this.#text(this.#field)
    const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text
    return new FieldError(`expected ${what}, got ${JSON.stringify(shown)}`)
  }
}

/** A field that cannot be read; where it stands, the reader knows. */
class FieldError extends Error {}

import type { EpochSeconds } from '../../../base/time.js'
import { UserError } from '../../../base/user-error.js'
import { ByteChunks } from '../byte-chunks.js'
import { readsOn } from '../byte-reader.js'
import type { Faults } from '../faults.js'
import { LineReader } from '../line-reader.js'
import { contentOfHeader, levelColumns, missingColumns } from './csv-columns.js'
import { CsvRow, FieldError } from './csv-row.js'
import type { DataFile } from './data-file.js'
import { tickOf, type Definition } from './definition.js'
import type { Mapping } from './dbn-metadata.js'
import { emptyRecord, NO_SIDE, RTYPE, TRADE, type Content } from './record.js'

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
/** A column that only quotes of several venues have: whose best bid it is. */
const CONSOLIDATED = 'bid_pb_00'
/** "~": a status that does not say whether the instrument trades. */
const NOT_TOLD = 126
const LEVELS: Readonly<Partial<Record<Content, number>>> = { 'mbp-10': 10, 'mbp-1': 1, bbo: 1 }

/** Where the columns stand that several contents have; -1 for one that is not there. */
function columnsOf(names: readonly string[]) {
  const column = (name: string): number => names.indexOf(name)
  return {
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
}

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
  readonly #names: readonly string[]
  readonly #row: CsvRow
  readonly #at: ReturnType<typeof columnsOf>
  readonly #levelColumns: readonly number[]
  readonly #barColumns: readonly number[]
  /** Numbers of symbols, where the file has no ids. */
  readonly #ids = new Map<string, number>()

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
    this.#names = names
    this.#row = new CsvRow(lines, names.length)
    this.#at = columnsOf(names)
    const levels = LEVELS[content] ?? 0
    this.#levelColumns = levelColumns(levels).map((name) => names.indexOf(name))
    this.#barColumns = ['open', 'high', 'low', 'close', 'volume'].map((name) => names.indexOf(name))
    this.record.content = content
    this.record.rtype = names.includes(CONSOLIDATED) ? RTYPE.cmbp1 : RTYPE_OF[content]
    this.record.levels = levels
  }

  /** @throws UserError where the header is not one of Databento's. */
  static async open(path: string, faults: Faults): Promise<CsvReader> {
    const chunks = new ByteChunks(path)
    const lines = new LineReader(chunks)
    if (!(await lines.more())) throw new UserError('the file is empty', { file: path })
    const names = lines.bytes.toString('latin1', lines.from, lines.to).split(',')
    const position = { file: path, line: lines.line }
    const content = contentOfHeader(names)
    if (content === undefined) {
      throw new UserError('expected the header of a Databento CSV file: ts_recv,ts_event,rtype,...', position)
    }
    const missing = missingColumns(content, names)
    if (missing.length > 0) {
      throw new UserError(`expected the columns of ${content}; ${missing.join(', ')} is missing`, position)
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
    return this.#row.epoch ?? 0
  }

  set epoch(epoch: EpochSeconds) {
    this.#row.epoch = epoch
  }

  error(problem: string): UserError {
    return new UserError(problem, { file: this.path, line: this.#lines.line, column: this.#row.position })
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
    const text = (name: string): string => this.#row.text(this.#names.indexOf(name))
    return {
      instrumentId: this.record.instrumentId,
      symbol: text('raw_symbol'),
      tickSize: tickOf(this.#row.price(this.#names.indexOf('min_price_increment'))),
      currency: text('currency') || undefined,
      market: text('exchange') || undefined
    }
  }

  symbol(): string {
    return this.#row.text(this.#at.symbol)
  }

  symbolMapping(): readonly [from: string, to: string] {
    return ['', '']
  }

  close(): Promise<void> {
    return this.#lines.close()
  }

  /** Reads the current line; false: it is left out. */
  #reads(): boolean {
    try {
      this.#row.split()
      this.#read()
    } catch (error) {
      if (!(error instanceof FieldError)) throw error
      this.#faults.repairs('badValue', () => error.message)
      return false
    }
    // What is wrong with the record as a whole is told of the row.
    this.#row.column = 0
    return true
  }

  #read(): void {
    const { record } = this
    const row = this.#row
    const at = this.#at
    // The time of capture comes first: the epoch is the midnight before it.
    record.receiveTime = at.receive < 0 ? row.time(at.event) : row.time(at.receive)
    record.eventTime = at.event < 0 ? record.receiveTime : row.time(at.event)
    record.publisherId = at.publisher < 0 ? 0 : row.integer(at.publisher)
    record.instrumentId = at.instrument < 0 ? this.#idOfSymbol() : row.integer(at.instrument)
    switch (this.content) {
      case 'definition':
        return
      case 'status':
        this.#readStatus()
        return
      case 'ohlcv':
        this.#readBar()
        return
      case 'mbo':
        ;[record.orderHigh, record.orderLow] = row.id(at.order)
        break
      case 'bbo':
      case 'mbp-1':
      case 'mbp-10':
        this.#readLevels()
        break
      case 'trades':
        break
    }
    record.action = at.action < 0 ? TRADE : row.letter(at.action)
    record.side = row.letter(at.side, NO_SIDE)
    record.price = at.price < 0 ? Number.NaN : row.price(at.price)
    record.size = at.size < 0 ? 0 : row.integer(at.size)
    record.flags = at.flags < 0 ? 0 : row.integer(at.flags)
    record.sequence = at.sequence < 0 ? 0 : row.integer(at.sequence)
  }

  #readStatus(): void {
    const { record } = this
    record.isTrading = this.#row.letter(this.#names.indexOf('is_trading'), NOT_TOLD)
    record.action = this.#at.action < 0 ? 0 : this.#row.integer(this.#at.action)
  }

  #readBar(): void {
    const { record } = this
    const row = this.#row
    const [open, high, low, close, volume] = this.#barColumns
    record.rtype = row.integer(this.#at.rtype)
    record.open = row.price(open)
    record.high = row.price(high)
    record.low = row.price(low)
    record.close = row.price(close)
    record.volume = row.integer(volume)
  }

  #readLevels(): void {
    const { record } = this
    const row = this.#row
    const columns = this.#levelColumns
    for (let n = 0; n < record.levels; n++) {
      const bid = (record.bidPrice[n] = row.price(columns[4 * n]))
      record.bidSize[n] = Number.isNaN(bid) ? 0 : row.integer(columns[4 * n + 1])
      const ask = (record.askPrice[n] = row.price(columns[4 * n + 2]))
      record.askSize[n] = Number.isNaN(ask) ? 0 : row.integer(columns[4 * n + 3])
    }
  }

  #idOfSymbol(): number {
    const symbol = this.symbol()
    const known = this.#ids.get(symbol)
    if (known !== undefined) return known
    this.#ids.set(symbol, this.#ids.size + 1)
    return this.#ids.size
  }
}

import type { Data, RecordBatch } from 'apache-arrow'
import type { EpochSeconds } from '../../base/time.js'
import { UserError } from '../../base/user-error.js'
import type { Instrument } from '../../exchange/instrument.js'
import { readCodes, readIntegers, readKnownTimes, readTimes, type ColumnPlace } from './column-reader.js'
import { OrderIdReader } from './order-id-reader.js'
import { EVENT_END, TAPE_ACTIONS } from './tape-action.js'
import { rowName, tapeBatch, type TapeBatch } from './tape-batch.js'
import { EXCHANGE_TIME, OPTIONAL_COLUMNS, TAPE_COLUMNS, type TapeColumn } from './tape-schema.js'
import { checkRows, type ReportFault } from './row-check.js'

/** One pass over a tape, or from a row on: turns record batches, in their order, into plain arrays, and checks every row. */
export class TapeDecoder {
  readonly #file: string
  readonly #instruments: readonly Instrument[]
  readonly #codes: ReadonlyMap<string, number>
  readonly #epoch: EpochSeconds
  readonly #report: ReportFault | undefined
  readonly #orderIds: OrderIdReader
  #batch: TapeBatch = tapeBatch(0)
  #rows: number
  #lastTime = Number.NEGATIVE_INFINITY

  /**
   * @param epoch what the decoded times count from.
   * @param report gets the faults of rows; left out: the first is thrown.
   * @param row the first that is decoded; `orderIds` has read all before it
   */
  constructor(
    file: string,
    instruments: readonly Instrument[],
    epoch: EpochSeconds,
    report?: ReportFault,
    row = 0,
    orderIds = new OrderIdReader()
  ) {
    this.#report = report
    this.#rows = row
    this.#orderIds = orderIds
    this.#file = file
    this.#instruments = instruments
    this.#codes = new Map(instruments.map(({ symbol }, i) => [symbol, i]))
    this.#epoch = epoch
  }

  /** The next record batch. The result is overwritten by the next call. */
  decode(from: RecordBatch): TapeBatch {
    const rows = from.numRows
    if (this.#batch.action.length < rows) this.#batch = tapeBatch(rows)
    const into = this.#batch
    into.length = rows
    into.firstRow = this.#rows
    const place = (column: TapeColumn | typeof EXCHANGE_TIME): ColumnPlace => ({
      file: this.#file,
      column,
      firstRow: this.#rows
    })
    const has = (name: TapeColumn): boolean => from.schema.fields.some((field) => field.name === name)
    const column = (name: TapeColumn): Data => columnOf(from, name, this.#file)
    readTimes(column('time'), into.time, this.#epoch, place('time'))
    readCodes(
      column('symbol'),
      into.instrument,
      (symbol) => this.#codes.get(symbol) ?? -1,
      'a symbol that the metadata lists',
      place('symbol')
    )
    readCodes(
      column('action'),
      into.action,
      (action) => (TAPE_ACTIONS as readonly string[]).indexOf(action),
      `one of ${TAPE_ACTIONS.join(', ')}`,
      place('action')
    )
    readIntegers(column('side'), into.side, -1, 1, place('side'))
    readIntegers(column('price'), into.price, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, place('price'))
    readIntegers(column('qty'), into.qty, 0, Number.MAX_SAFE_INTEGER, place('qty'))
    if (has('orderId')) this.#orderIds.read(column('orderId'), into.orderId, place('orderId'))
    else into.orderId.fill(0)
    if (has('flags')) readIntegers(column('flags'), into.flags, 0, 255, place('flags'))
    else into.flags.fill(EVENT_END)
    this.#readExchangeTimes(from, into, place(EXCHANGE_TIME))
    this.#lastTime = checkRows(into, this.#instruments, this.#lastTime, this.#file, this.#report)
    this.#rows += rows
    return into
  }

  #readExchangeTimes(from: RecordBatch, into: TapeBatch, place: ColumnPlace): void {
    const [data] = from.getChild(EXCHANGE_TIME)?.data ?? []
    if (data === undefined) return
    if ((into.exchangeTime?.length ?? 0) < into.length) into.exchangeTime = new Float64Array(into.action.length)
    readKnownTimes(data, into.exchangeTime as Float64Array, this.#epoch, place)
  }
}

/** @throws UserError naming the columns that a tape needs and this one has not. */
export function requireColumns(names: readonly string[], file: string): void {
  const missing = TAPE_COLUMNS.filter((name) => !names.includes(name) && !OPTIONAL_COLUMNS.includes(name))
  if (missing.length === 0) return
  throw new UserError(
    `column ${missing.join(', ')} is missing; a tape has the columns ${TAPE_COLUMNS.join(', ')}, this file has ${names.join(', ') || 'none'}`,
    { file }
  )
}

function columnOf(batch: RecordBatch, name: TapeColumn, file: string): Data {
  const data = batch.getChild(name)?.data[0]
  if (data === undefined) throw new UserError(`column ${name} is missing at ${rowName(0)}`, { file })
  return data
}

import { closeSync, openSync, renameSync, rmSync, truncateSync } from 'node:fs'
import { makeData, RecordBatch, RecordBatchStreamWriter, Struct, type Schema } from 'apache-arrow'
import { isoDate } from '../../base/iso-time.js'
import { LAST_TIME, type EpochSeconds, type Nanos } from '../../base/time.js'
import { UserError } from '../../base/user-error.js'
import type { FeedOrderId } from '../../exchange/market-sink.js'
import type { Phase } from '../../exchange/phase.js'
import type { Aggressor, InstrumentNo, Price, Quantity, Side } from '../../exchange/units.js'
import { BATCH_ROWS } from './tape-batch-rows.js'
import { FileQueue } from './file-queue.js'
import { ExchangeTimes } from './exchange-times.js'
import * as action from './tape-action.js'
import type { TapeMetadata } from './tape-metadata.js'
import { ACTION_DICTIONARY, COLUMN_TYPES, dictionaryOf, tapeSchema } from './tape-schema.js'
import type { TapeSink } from './tape-sink.js'

export { BATCH_ROWS } from './tape-batch-rows.js'

const WORD = 4_294_967_296

export interface TapeWriterOptions {
  /** Adds the column `exchangeTime`, from {@link TapeWriter.exchangeTime}. */
  readonly exchangeTime?: boolean
  /** Goes on with an unfinished file, `<name>.partial`, behind its first `bytes`, which are whole messages with `rows` rows. */
  readonly resume?: { readonly bytes: number; readonly rows: number }
}

/**
 * Writes a tape. It is a `TapeSink`, so whatever feeds an exchange can be recorded: each call becomes one row, and
 * `eventEnd` marks the last row. Holds one record batch in memory. The file appears under its name only when it is
 * complete (`close`); until then it is `<name>.partial`.
 */
export class TapeWriter implements TapeSink {
  readonly #path: string
  readonly #fd: number
  readonly #schema: Schema
  readonly #symbols
  readonly #arrow: RecordBatchStreamWriter
  readonly #epoch: EpochSeconds
  readonly #epochHigh: number
  readonly #epochLow: number
  readonly #time = new BigInt64Array(BATCH_ROWS)
  readonly #timeWords = new Uint32Array(this.#time.buffer)
  readonly #symbol = new Int16Array(BATCH_ROWS)
  readonly #action = new Int8Array(BATCH_ROWS)
  readonly #side = new Int8Array(BATCH_ROWS)
  readonly #price = new BigInt64Array(BATCH_ROWS)
  readonly #priceWords = new Int32Array(this.#price.buffer)
  readonly #qty = new BigInt64Array(BATCH_ROWS)
  readonly #qtyWords = new Int32Array(this.#qty.buffer)
  readonly #orderId = new Uint32Array(BATCH_ROWS)
  readonly #flags = new Uint8Array(BATCH_ROWS)
  readonly #exchangeTimes: ExchangeTimes | undefined
  #length = 0
  #flushed = 0
  #lastTime = Number.NEGATIVE_INFINITY
  /** When the next row happened, from its latency. */
  #latent = Number.NaN
  /** When the rows to come happened by the exchange's clock; NaN where it does not say. Only where the tape has that column. */
  exchangeTime = Number.NaN

  /** @param epoch what the times of the calls count from. */
  constructor(path: string, metadata: TapeMetadata, epoch: EpochSeconds, options: TapeWriterOptions = {}) {
    this.#path = path
    const { resume } = options
    try {
      if (resume) truncateSync(`${path}.partial`, resume.bytes)
      this.#fd = openSync(`${path}.partial`, resume ? 'a' : 'w')
    } catch (error) {
      throw new UserError(`cannot write: ${(error as Error).message}`, { file: path })
    }
    this.#flushed = resume?.rows ?? 0
    this.#exchangeTimes = options.exchangeTime ? new ExchangeTimes(epoch) : undefined
    this.#schema = tapeSchema(metadata, options.exchangeTime)
    this.#symbols = dictionaryOf(metadata.instruments.map(({ symbol }) => symbol))
    this.#epoch = epoch
    const unix = BigInt(epoch) * 1_000_000_000n
    this.#epochHigh = Number(unix >> 32n)
    this.#epochLow = Number(unix & 0xffff_ffffn)
    this.#arrow = new RecordBatchStreamWriter({ autoDestroy: false })
    const file = new FileQueue(this.#fd)
    // The schema is the first thing in the file, once.
    file.silent = resume !== undefined && resume.bytes > 0
    this.#arrow.reset(file, this.#schema)
    file.silent = false
  }

  /** Rows written so far. */
  get rows(): number {
    return this.#flushed + this.#length
  }

  /** Time of the last row; minus infinity before the first. */
  get lastTime(): number {
    return this.#lastTime
  }

  add(time: Nanos, instrument: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void {
    this.#row(time, instrument, action.ADD, side, price, qty, id)
  }

  /** `side` and `price` are for the reader of the file; the replay needs the id alone. */
  reduce(time: Nanos, instrument: InstrumentNo, id: FeedOrderId, qty: Quantity, side: Aggressor = 0, price = 0): void {
    this.#row(time, instrument, action.REDUCE, side, price, qty, id)
  }

  remove(time: Nanos, instrument: InstrumentNo, id: FeedOrderId, side: Aggressor = 0, price = 0, qty = 0): void {
    this.#row(time, instrument, action.REMOVE, side, price, qty, id)
  }

  modify(time: Nanos, instrument: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void {
    this.#row(time, instrument, action.MODIFY, side, price, qty, id)
  }

  execute(time: Nanos, instrument: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void {
    this.#row(time, instrument, action.EXECUTE, side, price, qty, id)
  }

  level(time: Nanos, instrument: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    this.#row(time, instrument, action.LEVEL, side, price, qty, 0)
  }

  quote(time: Nanos, instrument: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    this.#row(time, instrument, action.QUOTE, side, price, qty, 0)
  }

  trade(time: Nanos, instrument: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    this.#row(time, instrument, action.TRADE, aggressor, price, qty, 0)
  }

  hiddenTrade(time: Nanos, instrument: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    this.#row(time, instrument, action.HIDDEN, aggressor, price, qty, 0)
  }

  clear(time: Nanos, instrument: InstrumentNo): void {
    this.#row(time, instrument, action.CLEAR, 0, 0, 0, 0)
  }

  /** Of the row to come alone, as a replay tells it of each row; nothing where the tape has no column for it. */
  feedLatency(time: Nanos, _instrument: InstrumentNo, latency: Nanos): void {
    this.#latent = time - latency
  }

  enterPhase(time: Nanos, instrument: InstrumentNo, phase: Phase): void {
    this.#row(time, instrument, action.codeOfPhase(phase), 0, 0, 0, 0)
  }

  /** Without a row since the last end there is nothing to mark. */
  eventEnd(): void {
    if (this.#length > 0) this.#flags[this.#length - 1] = action.EVENT_END
  }

  /** Writes the rows so far as a record batch. Between two events only: the last row's end is written with it. */
  flush(): void {
    this.#flush()
  }

  /** Writes what is left and the end of the stream, and gives the file its name. */
  close(): void {
    this.#flush()
    this.#arrow.close()
    closeSync(this.#fd)
    renameSync(`${this.#path}.partial`, this.#path)
  }

  /** Gives up: the unfinished file is removed. */
  abandon(): void {
    closeSync(this.#fd)
    rmSync(`${this.#path}.partial`, { force: true })
  }

  #row(time: number, instrument: number, code: number, side: number, price: number, qty: number, id: number): void {
    // A full batch is written only when the next row comes, so that eventEnd can still mark its last row.
    if (this.#length === BATCH_ROWS) this.#flush()
    if (time > LAST_TIME) throw this.#tooLong()
    const i = this.#length++
    this.#lastTime = time
    const high = Math.floor(time / WORD)
    const low = time - high * WORD + this.#epochLow
    const carry = low >= WORD ? 1 : 0
    this.#timeWords[2 * i] = low - carry * WORD
    this.#timeWords[2 * i + 1] = high + this.#epochHigh + carry
    if (this.#exchangeTimes) {
      this.#exchangeTimes.set(i, Number.isNaN(this.#latent) ? this.exchangeTime : this.#latent)
      this.#latent = Number.NaN
    }
    this.#symbol[i] = instrument
    this.#action[i] = code
    this.#side[i] = side
    setWords(this.#priceWords, i, price)
    setWords(this.#qtyWords, i, qty)
    this.#orderId[i] = id
    this.#flags[i] = 0
  }

  #tooLong(): UserError {
    const begins = isoDate(this.#epoch)
    return new UserError(`row ${this.rows + 1} is more than 104 days after ${begins}; expected 104 days at most`, {
      file: this.#path
    })
  }

  #flush(): void {
    const length = this.#length
    if (length === 0) return
    const children = [
      makeData({ type: COLUMN_TYPES.time, length, nullCount: 0, data: this.#time.subarray(0, length) }),
      makeData({
        type: COLUMN_TYPES.symbol,
        length,
        nullCount: 0,
        data: this.#symbol.subarray(0, length),
        dictionary: this.#symbols
      }),
      makeData({
        type: COLUMN_TYPES.action,
        length,
        nullCount: 0,
        data: this.#action.subarray(0, length),
        dictionary: ACTION_DICTIONARY
      }),
      makeData({ type: COLUMN_TYPES.side, length, nullCount: 0, data: this.#side.subarray(0, length) }),
      makeData({ type: COLUMN_TYPES.price, length, nullCount: 0, data: this.#price.subarray(0, length) }),
      makeData({ type: COLUMN_TYPES.qty, length, nullCount: 0, data: this.#qty.subarray(0, length) }),
      makeData({ type: COLUMN_TYPES.orderId, length, nullCount: 0, data: this.#orderId.subarray(0, length) }),
      makeData({ type: COLUMN_TYPES.flags, length, nullCount: 0, data: this.#flags.subarray(0, length) })
    ]
    if (this.#exchangeTimes) children.push(this.#exchangeTimes.data(length))
    const struct = makeData({ type: new Struct(this.#schema.fields), length, nullCount: 0, children })
    this.#arrow.write(new RecordBatch(this.#schema, struct))
    this.#flushed += length
    this.#length = 0
  }
}

/** A whole number as the two little-endian 32-bit words of an int64: no BigInt per row. */
function setWords(words: Int32Array, i: number, value: number): void {
  const high = Math.floor(value / WORD)
  words[2 * i] = value - high * WORD
  words[2 * i + 1] = high
}

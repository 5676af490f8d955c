import { closeSync, existsSync, fstatSync, openSync, readFileSync, statSync } from 'node:fs'
import { RecordBatchReader, type RecordBatch } from 'apache-arrow'
import { fromUnixNanos, LAST_TIME, toUnixNanos, type EpochSeconds, type Nanos } from '../../base/time.js'
import { isoDate } from '../../base/iso-time.js'
import { UserError } from '../../base/user-error.js'
import { instrument, type Instrument } from '../../exchange/instrument.js'
import { instrumentNo } from '../../exchange/units.js'
import { listMessages, rowsOf, type ArrowMessage } from './arrow-messages.js'
import { readUnixNanos } from './column-reader.js'
import { MessageStream } from './message-stream.js'
import { readPackedBuffers } from './packed-buffers.js'
import type { OrderIdReader } from './order-id-reader.js'
import type { TapeBatch } from './tape-batch.js'
import { requireColumns, TapeDecoder } from './tape-decoder.js'
import type { ReportFault } from './row-check.js'
import { METADATA_KEY, parseMetadata, type TapeMetadata } from './tape-metadata.js'
import { EXCHANGE_TIME } from './tape-schema.js'

/** Rows that are decoded at once: a fraction of a millisecond, which is the longest that an order waits for it. */
const DECODED_ROWS = 8_192

const NANOS_PER_DAY = 86_400_000_000_000n

/** How the rows of a tape are read; all of it may be left out. */
export interface TapeReading {
  /** What times count from; the tape's own epoch, when left out. */
  readonly epoch?: EpochSeconds
  /** Gets the faults of rows; left out: the first is thrown. */
  readonly report?: ReportFault
  /** The row to begin with, counted from 0. Not the first: with the `orderIds` of a reading that came as far. */
  readonly row?: number
  readonly orderIds?: OrderIdReader
  /** {@link TapeFile.messages} of that row, from who reads ahead. */
  readonly messages?: MessageStream
}

readPackedBuffers()

/**
 * A tape on disk. Opening it reads the heads of its messages: how many rows there are, when the first and the last are,
 * and whether the file is whole. Rows are read batch by batch.
 */
export class TapeFile {
  readonly path: string
  readonly metadata: TapeMetadata
  readonly instruments: readonly Instrument[]
  readonly rows: number
  /** Whether rows say when they happened by the exchange's clock. */
  readonly hasExchangeTimes: boolean
  /** The UTC midnight at or before the first row. */
  readonly epoch: EpochSeconds
  readonly #fd: number
  readonly #messages: readonly ArrowMessage[]
  readonly #batches: readonly ArrowMessage[]
  /** Times of the first and the last row, in ns since 1970. */
  readonly #span: readonly [first: bigint, last: bigint]

  /** @throws UserError where the file cannot be read, is no tape, is cut, or has other columns than a tape. */
  constructor(path: string) {
    this.path = path
    this.#fd = openForReading(path)
    try {
      this.#messages = listMessages(this.#fd, fstatSync(this.#fd).size, path)
      this.#batches = this.#messages.filter(({ kind, rows }) => kind === 'batch' && rows > 0)
      this.rows = rowsOf(this.#batches)
      const { schema } = this.#open(this.messages())
      requireColumns(
        schema.fields.map(({ name }) => name),
        path
      )
      this.hasExchangeTimes = schema.fields.some(({ name }) => name === EXCHANGE_TIME)
      this.metadata = parseMetadata(schema.metadata.get(METADATA_KEY) ?? sidecar(path), path)
      this.instruments = this.metadata.instruments.map((terms, i) => instrument(instrumentNo(i), terms))
      if (this.rows === 0) throw new UserError('the tape has no rows', { file: path })
      this.#span = this.#readSpan()
      this.epoch = Number(this.#span[0] / NANOS_PER_DAY) * 86_400
      this.span()
    } catch (error) {
      closeSync(this.#fd)
      throw error
    }
  }

  /**
   * Time of the first and the last row since `epoch`.
   * @throws UserError where the tape goes on behind the last time that can be told
   */
  span(epoch: EpochSeconds = this.epoch): readonly [start: Nanos, end: Nanos] {
    const [first, last] = this.#span
    if (last > toUnixNanos(LAST_TIME, epoch)) {
      const ends = isoDate(Number(last / 1_000_000_000n))
      throw new UserError(
        `the tape ends on ${ends}, more than 104 days after ${isoDate(epoch)}, which is the first day that is replayed; ` +
          'expected tapes that span 104 days at most',
        { file: this.path }
      )
    }
    return [fromUnixNanos(first, epoch), fromUnixNanos(last, epoch)]
  }

  /**
   * All rows from one on, some thousand at a time whatever the file's record batches are; they are overwritten by the next
   * ones.
   */
  *batches(reading: TapeReading = {}): Generator<TapeBatch, void, undefined> {
    const { epoch = this.epoch, report, row = 0, orderIds, messages = this.messages(row) } = reading
    const decoder = new TapeDecoder(this.path, this.instruments, epoch, report, row, orderIds)
    const reader = this.#open(messages)
    for (let from = this.#batchOf(row).skip; ; from = 0) {
      const next = this.#next(reader)
      if (next === undefined) return
      for (let at = from; at < next.numRows; at += DECODED_ROWS) yield decoder.decode(next.slice(at, at + DECODED_ROWS))
    }
  }

  /** The file from the record batch of a row on, to be given to {@link batches} by who reads ahead. */
  messages(row = 0): MessageStream {
    const { at } = this.#batchOf(row)
    return new MessageStream(this.#fd, [...this.#before(at), ...this.#messages.slice(at)])
  }

  close(): void {
    closeSync(this.#fd)
  }

  #readSpan(): readonly [bigint, bigint] {
    const first = this.#batches[0]
    const last = this.#batches[this.#batches.length - 1]
    const [start, end] = this.#firstAndLast(first)
    return [start, last === first ? end : this.#firstAndLast(last)[1]]
  }

  /** The record batch that holds a row, as its place among the messages, and how many of its rows come before. */
  #batchOf(row: number): { readonly at: number; readonly skip: number } {
    let skip = row
    const at = this.#messages.findIndex(({ rows }) => {
      if (skip < rows) return true
      skip -= rows
      return false
    })
    return at < 0 ? { at: this.#messages.length, skip: 0 } : { at, skip }
  }

  /** What the message at a place cannot be read without: schema and dictionaries. */
  #before(at: number): readonly ArrowMessage[] {
    return this.#messages.slice(0, at).filter(({ kind }) => kind !== 'batch')
  }

  /** The times of the first and the last row of a batch, in ns since 1970. */
  #firstAndLast(batch: ArrowMessage): readonly [bigint, bigint] {
    const needed = [...this.#before(this.#messages.indexOf(batch)), batch]
    const data = this.#next(this.#open(new MessageStream(this.#fd, needed)))?.getChild('time')?.data[0]
    if (data === undefined) throw new UserError('the column time cannot be read', { file: this.path })
    const place = { file: this.path, column: 'time', firstRow: 0 }
    return [readUnixNanos(data, 0, place), readUnixNanos(data, batch.rows - 1, place)]
  }

  #open(messages: MessageStream): RecordBatchReader {
    return this.#reading(() => RecordBatchReader.from(messages.bytes()).open() as RecordBatchReader)
  }

  #next(reader: RecordBatchReader): RecordBatch | undefined {
    const result = this.#reading(() => reader.next() as IteratorResult<RecordBatch, undefined>)
    return result.done ? undefined : result.value
  }

  /** The Arrow library's own errors speak of buffers; the person who wrote the file needs to know what to write instead. */
  #reading<T>(read: () => T): T {
    try {
      return read()
    } catch (error) {
      if (error instanceof UserError) throw error
      throw new UserError(
        `the Arrow data cannot be read (${(error as Error).message}); expected an IPC stream or file`,
        { file: this.path },
        { cause: error }
      )
    }
  }
}

function openForReading(path: string): number {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UserError('is a directory; expected a tape', { file: path })
  }
  try {
    return openSync(path, 'r')
  } catch (error) {
    throw new UserError(`cannot read the tape: ${(error as Error).message}`, { file: path })
  }
}

/** Metadata beside the file, for writers that cannot set the schema's: `day.arrow.json`. */
function sidecar(path: string): string {
  const beside = `${path}.json`
  if (existsSync(beside)) return readFileSync(beside, 'utf8')
  throw new UserError(
    `tape metadata: expected the schema metadata key "${METADATA_KEY}", or the same JSON in ${beside}`,
    {
      file: path
    }
  )
}

import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import {
  Dictionary,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampNanosecond,
  Utf8
} from 'apache-arrow'
import { toUnixNanos, type EpochSeconds } from '../../base/time.js'
import { UserError } from '../../base/user-error.js'
import type { Instrument } from '../../exchange/instrument.js'
import { isoTime } from '../../base/iso-time.js'
import { FileQueue } from '../tape/file-queue.js'
import { dictionaryOf } from '../tape/tape-schema.js'
import { FEATURE_COLUMNS, featureCells } from './feature-columns.js'
import type { Features } from './features.js'

/** A table of features that is being written. */
export interface FeatureFile {
  row(features: Features, instrument: Instrument): void
  /** Completes the file and gives it its name. */
  close(): void
  /** Gives up: the unfinished file is removed. */
  abandon(): void
}

const CHUNK = 1 << 16
const BATCH_ROWS = 65_536

/**
 * Writes features as Arrow where the name ends with `.arrow`, else as CSV. Until it is closed the file is `<name>.partial`.
 * @throws UserError where it cannot be written
 */
export function createFeatureFile(path: string, instruments: readonly Instrument[], epoch: EpochSeconds): FeatureFile {
  let fd: number
  try {
    fd = openSync(`${path}.partial`, 'w')
  } catch (cause) {
    throw new UserError(`cannot write: ${(cause as Error).message}`, { file: path }, { cause })
  }
  return path.endsWith('.arrow') ? new ArrowFeatures(path, fd, instruments, epoch) : new CsvFeatures(path, fd, epoch)
}

class CsvFeatures implements FeatureFile {
  readonly #path: string
  readonly #fd: number
  readonly #epoch: EpochSeconds
  #pending = `time,symbol,${FEATURE_COLUMNS.map(({ name }) => name).join(',')}\n`

  constructor(path: string, fd: number, epoch: EpochSeconds) {
    this.#path = path
    this.#fd = fd
    this.#epoch = epoch
  }

  row(features: Features, instrument: Instrument): void {
    const time = isoTime(features.time, this.#epoch)
    this.#pending += `${time},${instrument.symbol},${featureCells(features, instrument)}\n`
    if (this.#pending.length >= CHUNK) this.#flush()
  }

  close(): void {
    this.#flush()
    complete(this.#path, this.#fd)
  }

  abandon(): void {
    abandon(this.#path, this.#fd)
  }

  #flush(): void {
    const bytes = Buffer.from(this.#pending)
    this.#pending = ''
    for (let at = 0; at < bytes.length;) at += writeSync(this.#fd, bytes, at)
  }
}

const TIME = new TimestampNanosecond('UTC')
const SYMBOL = new Dictionary(new Utf8(), new Int32(), 0, false)
const NUMBER = new Float64()

class ArrowFeatures implements FeatureFile {
  readonly #path: string
  readonly #fd: number
  readonly #epoch: EpochSeconds
  readonly #symbols
  readonly #arrow = new RecordBatchStreamWriter({ autoDestroy: false })
  readonly #schema = new Schema([
    new Field('time', TIME, false),
    new Field('symbol', SYMBOL, false),
    ...FEATURE_COLUMNS.map(({ name }) => new Field(name, NUMBER, false))
  ])
  readonly #times = new BigInt64Array(BATCH_ROWS)
  readonly #symbol = new Int32Array(BATCH_ROWS)
  readonly #columns = FEATURE_COLUMNS.map(() => new Float64Array(BATCH_ROWS))
  #length = 0

  constructor(path: string, fd: number, instruments: readonly Instrument[], epoch: EpochSeconds) {
    this.#path = path
    this.#fd = fd
    this.#epoch = epoch
    this.#symbols = dictionaryOf(instruments.map(({ symbol }) => symbol))
    this.#arrow.reset(new FileQueue(fd), this.#schema)
  }

  row(features: Features, instrument: Instrument): void {
    const i = this.#length++
    this.#times[i] = toUnixNanos(features.time, this.#epoch)
    this.#symbol[i] = instrument.no
    FEATURE_COLUMNS.forEach(({ value }, column) => (this.#columns[column][i] = value(features, instrument)))
    if (this.#length === BATCH_ROWS) this.#flush()
  }

  close(): void {
    this.#flush()
    this.#arrow.close()
    complete(this.#path, this.#fd)
  }

  abandon(): void {
    abandon(this.#path, this.#fd)
  }

  #flush(): void {
    const length = this.#length
    if (length === 0) return
    const whole = { length, nullCount: 0 } as const
    const children = [
      makeData({ type: TIME, ...whole, data: this.#times.subarray(0, length) }),
      makeData({ type: SYMBOL, ...whole, data: this.#symbol.subarray(0, length), dictionary: this.#symbols }),
      ...this.#columns.map((column) => makeData({ type: NUMBER, ...whole, data: column.subarray(0, length) }))
    ]
    const struct = makeData({ type: new Struct(this.#schema.fields), ...whole, children })
    this.#arrow.write(new RecordBatch(this.#schema, struct))
    this.#length = 0
  }
}

function complete(path: string, fd: number): void {
  closeSync(fd)
  renameSync(`${path}.partial`, path)
}

function abandon(path: string, fd: number): void {
  closeSync(fd)
  rmSync(`${path}.partial`, { force: true })
}

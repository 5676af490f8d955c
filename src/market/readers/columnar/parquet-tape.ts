import { existsSync, openSync, readFileSync, readSync, closeSync, fstatSync } from 'node:fs'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { Field, RecordBatch, Schema, Struct, makeData } from 'apache-arrow'
import { decompress as unzstd } from 'fzstd'
import { uncompressSync } from 'lz4-napi'
import {
  parquetMetadataAsync,
  parquetScan,
  parquetSchema,
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  type ParquetScan
} from 'hyparquet'
import type { EpochSeconds } from '../../../base/time.js'
import { UserError } from '../../../base/user-error.js'
import { instrument, type Instrument } from '../../../exchange/instrument.js'
import { instrumentNo } from '../../../exchange/units.js'
import type { TapeBatch } from '../../tape/tape-batch.js'
import { requireColumns, TapeDecoder } from '../../tape/tape-decoder.js'
import { METADATA_KEY, parseMetadata, type TapeMetadata } from '../../tape/tape-metadata.js'
import { EXCHANGE_TIME, TAPE_COLUMNS } from '../../tape/tape-schema.js'
import { parquetColumn, type ColumnName, type ParquetValues } from './parquet-column.js'

const BATCH_ROWS = 65_536
const NANOS_PER_DAY = 86_400_000_000_000n

/** Times stay whole numbers of ns since 1970: a `Date` would cut them to ms. */
const PARSERS = {
  timestampFromMilliseconds: (value: bigint): bigint => value * 1_000_000n,
  timestampFromMicroseconds: (value: bigint): bigint => value * 1000n,
  timestampFromNanoseconds: (value: bigint): bigint => value
}

const COMPRESSORS: Compressors = {
  GZIP: (input) => gunzipSync(input),
  ZSTD: (input) => unzstd(input),
  BROTLI: (input) => brotliDecompressSync(input),
  LZ4_RAW: (input, length) => unpackLz4Block(input, length)
}

/** A Parquet file with the columns of a tape, read row group by row group: of one, all is in memory. */
export class ParquetTape {
  readonly path: string
  readonly metadata: TapeMetadata
  readonly instruments: readonly Instrument[]
  readonly epoch: EpochSeconds
  readonly rows: number
  readonly hasExchangeTimes: boolean
  readonly #fd: number
  readonly #scan: ParquetScan
  readonly #columns: readonly ColumnName[]
  readonly #size: number
  /** Bytes of the file that were read, about. */
  position = 0

  private constructor(path: string, fd: number, scan: ParquetScan, metadata: TapeMetadata, epoch: EpochSeconds) {
    this.path = path
    this.#fd = fd
    this.#scan = scan
    this.metadata = metadata
    this.epoch = epoch
    this.instruments = metadata.instruments.map((terms, no) => instrument(instrumentNo(no), terms))
    this.rows = Number(scan.metadata.num_rows)
    this.#columns = columnsOf(scan.metadata)
    this.hasExchangeTimes = this.#columns.includes(EXCHANGE_TIME)
    this.#size = fstatSync(fd).size
  }

  /** @throws UserError where the file is no Parquet, has other columns than a tape, or says nothing of its instruments. */
  static async open(path: string): Promise<ParquetTape> {
    const fd = openSync(path, 'r')
    try {
      const file = asyncBuffer(fd)
      const described = await reading(path, () => parquetMetadataAsync(file))
      requireColumns(namesOf(described), path)
      const columns = columnsOf(described)
      for (const name of columns) if (name === 'time' || name === EXCHANGE_TIME) checkTimes(described, name, path)
      const metadata = parseMetadata(metadataText(described, path), path)
      if (described.num_rows === 0n) throw new UserError('the tape has no rows', { file: path })
      const scan = await reading(path, () =>
        parquetScan({ file, metadata: described, columns: [...columns], parsers: PARSERS, compressors: COMPRESSORS })
      )
      const first = await reading(path, () => scan.readColumn({ column: 'time', rowStart: 0, rowEnd: 1 }))
      const time: unknown = first[0]
      if (typeof time !== 'bigint') throw new UserError('row 1, column time: expected a timestamp', { file: path })
      return new ParquetTape(path, fd, scan, metadata, Number(time / NANOS_PER_DAY) * 86_400)
    } catch (error) {
      closeSync(fd)
      throw error
    }
  }

  get size(): number {
    return this.#size
  }

  /** All rows from the first on; a batch is overwritten by the next. */
  async *batches(): AsyncGenerator<TapeBatch, void, undefined> {
    const decoder = new TapeDecoder(this.path, this.instruments, this.epoch)
    const names = this.#columns
    let firstRow = 0
    for (const { rowStart, rowEnd } of this.#scan.ranges) {
      const columns: ParquetValues[] = []
      for (const column of names) {
        columns.push(await reading(this.path, () => this.#scan.readColumn({ column, rowStart, rowEnd })))
      }
      const rows = rowEnd - rowStart
      const place = { file: this.path, firstRow: rowStart }
      for (let from = 0; from < rows; from += BATCH_ROWS) {
        const to = Math.min(rows, from + BATCH_ROWS)
        const children = names.map((name, i) => parquetColumn(name, columns[i], from, to, place))
        const fields = names.map((name, i) => new Field(name, children[i].type, true))
        const data = makeData({ type: new Struct(fields), length: to - from, nullCount: 0, children })
        yield decoder.decode(new RecordBatch(new Schema(fields), data))
      }
      firstRow += rows
      this.position = Math.round((this.#size * firstRow) / this.rows)
    }
  }

  close(): void {
    closeSync(this.#fd)
  }
}

function asyncBuffer(fd: number): AsyncBuffer {
  const { size } = fstatSync(fd)
  return {
    byteLength: size,
    slice(start, end = size) {
      const bytes = new Uint8Array(end - start)
      for (let done = 0; done < bytes.length;) {
        const n = readSync(fd, bytes, done, bytes.length - done, start + done)
        if (n === 0) throw new Error('the file shrank while it was read')
        done += n
      }
      return bytes.buffer
    }
  }
}

function namesOf(metadata: FileMetaData): string[] {
  return parquetSchema(metadata).children.map(({ element }) => element.name)
}

/** The columns of a tape that the file has. */
function columnsOf(metadata: FileMetaData): readonly ColumnName[] {
  const names = namesOf(metadata)
  return [...TAPE_COLUMNS, EXCHANGE_TIME].filter((name): name is ColumnName => names.includes(name))
}

/** Local times would be off by hours without a word. */
function checkTimes(metadata: FileMetaData, column: ColumnName, file: string): void {
  const time = parquetSchema(metadata).children.find(({ element }) => element.name === column)?.element
  const logical = time?.logical_type
  if (logical?.type === 'TIMESTAMP' ? logical.isAdjustedToUTC : time?.converted_type?.startsWith('TIMESTAMP')) return
  if (time?.type === 'INT96') return
  const found = logical?.type === 'TIMESTAMP' ? 'timestamps without a time zone' : String(time?.type)
  throw new UserError(`column ${column} has ${found}, expected timestamps in UTC`, { file })
}

function metadataText({ key_value_metadata: pairs }: FileMetaData, path: string): string {
  const text = pairs?.find(({ key }) => key === METADATA_KEY)?.value
  if (text !== undefined) return text
  const beside = `${path}.json`
  if (existsSync(beside)) return readFileSync(beside, 'utf8')
  const expected = `the file's key "${METADATA_KEY}", or the same JSON in ${beside}`
  throw new UserError(`tape metadata: expected ${expected}`, { file: path })
}

/** The library's own errors have no place; most of them mean that the file is cut or packed in another way. */
async function reading<T>(path: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(
      `the Parquet file cannot be read: ${(error as Error).message}`,
      { file: path },
      { cause: error }
    )
  }
}

/** A block without its frame; the library wants to know how long it becomes from the four bytes before it. */
function unpackLz4Block(block: Uint8Array, length: number): Uint8Array {
  const sized = Buffer.alloc(4 + block.length)
  sized.writeUInt32LE(length)
  sized.set(block, 4)
  return uncompressSync(sized)
}

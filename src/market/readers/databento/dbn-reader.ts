import type { EpochSeconds } from '../../../base/time.js'
import { UserError } from '../../../base/user-error.js'
import { ByteChunks } from '../byte-chunks.js'
import { ByteReader, readsOn } from '../byte-reader.js'
import type { Faults } from '../faults.js'
import type { DataFile } from './data-file.js'
import {
  definitionLength,
  readDefinition,
  readSymbolMapping,
  symbolMappingLength,
  type Definition
} from './definition.js'
import { readMetadata, type DbnMetadata, type Mapping } from './dbn-metadata.js'
import { contentOf, emptyRecord, RTYPE, type Content } from './record.js'

const WORD = 4_294_967_296
const HEADER = 16
const MBO = 56
const TRADES = 48
const LEVEL = 32
const BAR = 56
const STATUS = 40
const SAFE_HIGH = 2 ** 21
/** The halves of the largest int64: no price. */
const NONE_HIGH = 0x7fff_ffff
const NONE_LOW = 0xffff_ffff

/** Reads the records of a DBN file, of versions 1 to 3; all of them lay out market data alike. */
export class DbnReader implements DataFile {
  readonly record = emptyRecord()
  readonly path: string
  readonly #chunks: ByteChunks
  readonly #reader: ByteReader
  readonly #metadata: DbnMetadata
  readonly #faults: Faults
  #epoch: EpochSeconds | undefined
  #baseHigh = 0
  #baseLow = 0
  /** Where the current record begins in memory, and in the unpacked file. */
  #start = 0
  #offset = 0
  #count = 0

  private constructor(chunks: ByteChunks, reader: ByteReader, metadata: DbnMetadata, faults: Faults) {
    this.path = chunks.path
    this.#chunks = chunks
    this.#reader = reader
    this.#metadata = metadata
    this.#faults = faults
  }

  /** @throws UserError where the file is no DBN, or of another version. */
  static async open(path: string, faults: Faults): Promise<DbnReader> {
    const chunks = new ByteChunks(path)
    const reader = new ByteReader(chunks)
    return new DbnReader(chunks, reader, await readMetadata(reader), faults)
  }

  get content(): Content | undefined {
    return this.#metadata.content
  }

  get dataset(): string {
    return this.#metadata.dataset
  }

  get mappings(): readonly Mapping[] {
    return this.#metadata.mappings
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
    const unix = BigInt(epoch) * 1_000_000_000n
    this.#epoch = epoch
    this.#baseHigh = Number(unix >> 32n)
    this.#baseLow = Number(unix & 0xffff_ffffn)
  }

  error(problem: string): UserError {
    return new UserError(`record ${this.#count} at byte ${this.#offset}: ${problem}`, { file: this.path })
  }

  next(): boolean {
    const reader = this.#reader
    if (reader.available === 0) return false
    const length = 4 * reader.bytes[reader.at]
    if (length >= HEADER && reader.available < length) return false
    this.#start = reader.at
    this.#offset = reader.offset
    this.#count++
    if (length < HEADER) throw this.error(`a record of ${length} bytes is not possible; the file is damaged`)
    this.#read(length)
    reader.at += length
    return true
  }

  async more(): Promise<boolean> {
    while (await readsOn(this.#reader, this.#faults)) if (this.next()) return true
    const left = this.#reader.available
    if (left > 0) {
      this.#offset = this.#reader.offset
      this.#count++
      const length = 4 * this.#reader.bytes[this.#reader.at]
      this.#faults.repairs('truncated', () => `the file ends after ${left} of the record’s ${length} bytes`)
      this.#reader.dropRest()
    }
    return false
  }

  definition(): Definition {
    return readDefinition(this.#reader.bytes, this.#start, this.#metadata.version)
  }

  symbol(): string {
    return ''
  }

  symbolMapping(): readonly [from: string, to: string] {
    return readSymbolMapping(this.#reader.bytes, this.#start, this.#metadata.version)
  }

  close(): Promise<void> {
    return this.#reader.close()
  }

  #read(length: number): void {
    const { record } = this
    const { view } = this.#reader
    const at = this.#start
    record.rtype = view.getUint8(at + 1)
    record.content = contentOf(record.rtype)
    record.publisherId = view.getUint16(at + 2, true)
    record.instrumentId = view.getUint32(at + 4, true)
    if (this.#epoch === undefined && length >= TRADES) this.#setEpoch(view, at, record.content)
    record.eventTime = this.#time(view, at + 8)
    record.receiveTime = record.eventTime
    record.levels = 0
    record.flags = 0
    switch (record.content) {
      case 'mbo':
        this.#needs(length, MBO)
        record.orderLow = view.getUint32(at + 16, true)
        record.orderHigh = view.getUint32(at + 20, true)
        record.price = this.#price(view, at + 24)
        record.size = view.getUint32(at + 32, true)
        record.flags = view.getUint8(at + 36)
        record.action = view.getUint8(at + 38)
        record.side = view.getUint8(at + 39)
        record.receiveTime = this.#time(view, at + 40)
        record.sequence = view.getUint32(at + 52, true)
        break
      case 'mbp-10':
        this.#readPrint(view, at, length, 10)
        break
      case 'mbp-1':
      case 'bbo':
        this.#readPrint(view, at, length, 1)
        break
      case 'trades':
        this.#readPrint(view, at, length, 0)
        break
      case 'ohlcv':
        this.#needs(length, BAR)
        record.open = this.#price(view, at + 16)
        record.high = this.#price(view, at + 24)
        record.low = this.#price(view, at + 32)
        record.close = this.#price(view, at + 40)
        record.volume = view.getUint32(at + 52, true) * WORD + view.getUint32(at + 48, true)
        break
      case 'definition':
        this.#needs(length, definitionLength(this.#metadata.version))
        break
      case 'status':
        this.#needs(length, STATUS)
        record.receiveTime = this.#time(view, at + 16)
        record.action = view.getUint16(at + 24, true)
        record.isTrading = view.getUint8(at + 30)
        break
      case undefined:
        if (record.rtype === RTYPE.symbolMapping) this.#needs(length, symbolMappingLength(this.#metadata.version))
    }
  }

  #readPrint(view: DataView, at: number, length: number, levels: number): void {
    this.#needs(length, TRADES + levels * LEVEL)
    const { record } = this
    record.price = this.#price(view, at + 16)
    record.size = view.getUint32(at + 24, true)
    record.action = view.getUint8(at + 28)
    record.side = view.getUint8(at + 29)
    record.flags = view.getUint8(at + 30)
    record.receiveTime = this.#time(view, at + 32)
    record.sequence = view.getUint32(at + 44, true)
    record.levels = levels
    for (let n = 0; n < levels; n++) {
      const level = at + TRADES + n * LEVEL
      record.bidPrice[n] = this.#price(view, level)
      record.askPrice[n] = this.#price(view, level + 8)
      record.bidSize[n] = view.getUint32(level + 16, true)
      record.askSize[n] = view.getUint32(level + 20, true)
    }
  }

  #needs(length: number, expected: number): void {
    if (length >= expected) return
    const type = `0x${this.record.rtype.toString(16)}`
    throw this.error(`a record of type ${type} has ${length} bytes, expected ${expected}; the file is damaged`)
  }

  /** A price of 10^-9; NaN for none, and an infinite one for what a double cannot hold (beyond 9 million). */
  #price(view: DataView, at: number): number {
    const high = view.getInt32(at + 4, true)
    const low = view.getUint32(at, true)
    if (high < SAFE_HIGH && high >= -SAFE_HIGH) return high * WORD + low
    return high === NONE_HIGH && low === NONE_LOW ? Number.NaN : Number.POSITIVE_INFINITY
  }

  /** A time since the epoch; NaN for none, and an infinite one for more than 104 days. */
  #time(view: DataView, at: number): number {
    const unixHigh = view.getUint32(at + 4, true)
    const unixLow = view.getUint32(at, true)
    const high = unixHigh - this.#baseHigh
    if (high < SAFE_HIGH && high >= -SAFE_HIGH) return high * WORD + (unixLow - this.#baseLow)
    if (high < 0 || (unixHigh === NONE_LOW && unixLow === NONE_LOW)) return Number.NaN
    return Number.POSITIVE_INFINITY
  }

  /** The UTC midnight before the first record, by capture time where the record has one. */
  #setEpoch(view: DataView, at: number, content: Content | undefined): void {
    if (content === undefined || content === 'definition' || content === 'status') return
    const received = view.getBigUint64(at + (content === 'mbo' ? 40 : 32), true)
    const useEvent = content === 'ohlcv' || received > 0x7fff_ffff_ffff_ffffn || received === 0n
    const unix = useEvent ? view.getBigUint64(at + 8, true) : received
    this.epoch = Number(unix / 86_400_000_000_000n) * 86_400
  }
}

import { UserError } from '../../../base/user-error.js'
import type { ByteReader } from '../byte-reader.js'
import type { Content } from './record.js'

/** A symbol that an instrument id stands for, on the days [start, end) (yyyymmdd). */
export interface Mapping {
  readonly instrumentId: number
  readonly symbol: string
  readonly start: number
  readonly end: number
}

/** The head of a DBN file. */
export interface DbnMetadata {
  readonly version: 1 | 2 | 3
  /** "XNAS.ITCH" */
  readonly dataset: string
  /** Undefined for a file of several schemas, as the live service records them. */
  readonly content: Content | undefined
  readonly mappings: readonly Mapping[]
}

const FIXED = 8
/** Length of a symbol in version 1; later versions say it. */
const SYMBOL_V1 = 22
/** Symbol types whose symbols are instrument ids, as text. */
const INSTRUMENT_ID = 0
const LONGEST = 1 << 28

const SCHEMAS: readonly Content[] = [
  'mbo',
  'mbp-1',
  'mbp-10',
  'mbp-1',
  'trades',
  'ohlcv',
  'ohlcv',
  'ohlcv',
  'ohlcv',
  'definition'
]
const LATER_SCHEMAS: Readonly<Record<number, Content>> = {
  11: 'status',
  13: 'ohlcv',
  14: 'mbp-1',
  15: 'bbo',
  16: 'bbo',
  17: 'mbp-1',
  18: 'bbo',
  19: 'bbo'
}
const NO_SCHEMA = 0xffff
const UNREAD: Readonly<Record<number, string>> = { 10: 'statistics', 12: 'imbalance' }

/** Reads the head of a DBN file up to its first record. @throws UserError where it is none, or of a later version. */
export async function readMetadata(reader: ByteReader): Promise<DbnMetadata> {
  const fail = (problem: string): UserError => new UserError(`byte ${reader.offset}: ${problem}`, { file: reader.file })
  if (!(await reader.need(FIXED))) throw fail('the file ends inside the head of DBN')
  const { bytes, at } = reader
  if (bytes.toString('latin1', at, at + 3) !== 'DBN') throw fail('expected a DBN file, which begins with "DBN"')
  const version = bytes[at + 3]
  if (version !== 1 && version !== 2 && version !== 3) {
    throw fail(`DBN version ${version} cannot be read, expected 1, 2 or 3`)
  }
  const length = bytes.readUInt32LE(at + 4)
  if (length < 100 || length > LONGEST) throw fail(`a DBN head of ${length} bytes is not possible; the file is damaged`)
  reader.at += FIXED
  if (!(await reader.need(length))) throw fail(`the file ends inside the head of DBN, ${length} bytes long`)
  const fields = new Fields(reader.bytes.subarray(reader.at, reader.at + length), () =>
    fail('the symbols of the head reach beyond it; the file is damaged')
  )
  const dataset = fields.text(16)
  const schema = fields.u16()
  if (schema in UNREAD) throw fail(`a file of ${UNREAD[schema]} holds nothing that a tape tells`)
  const content = schema === NO_SCHEMA ? undefined : (SCHEMAS[schema] ?? LATER_SCHEMAS[schema])
  if (schema !== NO_SCHEMA && content === undefined) throw fail(`schema ${schema} is not known`)
  // start, end, limit; version 1: and the number of records
  fields.skip(version === 1 ? 32 : 24)
  const stypeIn = fields.u8()
  const stypeOut = fields.u8()
  fields.skip(1)
  const symbolLength = version === 1 ? SYMBOL_V1 : fields.u16()
  fields.skip(version === 1 ? 47 : 53)
  fields.skip(fields.u32())
  for (let list = 0; list < 3; list++) fields.skip(symbolLength * fields.u32())
  const mappings: Mapping[] = []
  for (let count = fields.u32(); count > 0; count--) {
    const from = fields.text(symbolLength)
    for (let intervals = fields.u32(); intervals > 0; intervals--) {
      const start = fields.u32()
      const end = fields.u32()
      const to = fields.text(symbolLength)
      const [id, symbol] = stypeOut === INSTRUMENT_ID ? [to, from] : [from, to]
      if (stypeIn !== INSTRUMENT_ID && stypeOut !== INSTRUMENT_ID) continue
      if (/^\d+$/.test(id) && symbol !== '') mappings.push({ instrumentId: Number(id), symbol, start, end })
    }
  }
  reader.at += length
  return { version, dataset, content, mappings }
}

/** Walks over the fields of the head. */
class Fields {
  readonly #bytes: Buffer
  readonly #beyond: () => UserError
  #at = 0

  constructor(bytes: Buffer, beyond: () => UserError) {
    this.#bytes = bytes
    this.#beyond = beyond
  }

  skip(length: number): number {
    const at = this.#at
    this.#at += length
    if (this.#at > this.#bytes.length) throw this.#beyond()
    return at
  }

  u8(): number {
    return this.#bytes[this.skip(1)]
  }

  u16(): number {
    return this.#bytes.readUInt16LE(this.skip(2))
  }

  u32(): number {
    return this.#bytes.readUInt32LE(this.skip(4))
  }

  text(length: number): string {
    return cString(this.#bytes, this.skip(length), length)
  }
}

/** Text that ends at the first zero byte. */
export function cString(bytes: Buffer, at: number, length: number): string {
  const end = bytes.indexOf(0, at)
  return bytes.toString('latin1', at, end < 0 || end > at + length ? at + length : end)
}

import { UserError } from '../../base/user-error.js'
import { instrument, type InstrumentTerms } from '../../exchange/instrument.js'
import { instrumentNo } from '../../exchange/units.js'

/** The schema metadata key under which a tape carries its {@link TapeMetadata} as JSON. */
export const METADATA_KEY = 'paperpit.tape'

/** The version that is written. 2 added phases; a tape of version 1 is one of version 2. */
export const SCHEMA_VERSION = 2
const KNOWN_VERSIONS: readonly unknown[] = [1, SCHEMA_VERSION]

/** A file that a tape was made from. */
export interface SourceFile {
  readonly file: string
  readonly sha256: string
}

/** What a tape says about itself, apart from its version. */
export interface TapeMetadata {
  /** The instruments of the tape; rows name them by symbol. */
  readonly instruments: readonly InstrumentTerms[]
  /** Where the data comes from, in words: "LOBSTER", "synthetic". */
  readonly source: string
  /** IANA name of the market's local time, for reports. Times on the tape are UTC. */
  readonly timeZone: string
  readonly createdFrom: readonly SourceFile[]
}

/** `json` as tape metadata. @throws UserError naming the field and what was expected. */
export function parseMetadata(json: string, file: string): TapeMetadata {
  const fail = (where: string, expected: string): never => {
    throw new UserError(`tape metadata: ${where}: expected ${expected}`, { file })
  }
  const root = record(parseJson(json, fail), '/', fail)
  if (!KNOWN_VERSIONS.includes(root.schemaVersion)) {
    fail(
      '/schemaVersion',
      `${KNOWN_VERSIONS.join(' or ')}, the versions that this program reads, got ${JSON.stringify(root.schemaVersion)}`
    )
  }
  const listed = root.instruments
  if (!Array.isArray(listed) || listed.length === 0) return fail('/instruments', 'a list of at least one instrument')
  const instruments = listed.map((each, i) => parseTerms(each, `/instruments/${i}`, fail))
  const symbols = new Set(instruments.map(({ symbol }) => symbol))
  if (symbols.size !== instruments.length) fail('/instruments', 'every symbol once')
  return {
    instruments,
    source: optionalText(root, 'source', '/source', fail) ?? 'unknown',
    timeZone: optionalText(root, 'timeZone', '/timeZone', fail) ?? 'UTC',
    createdFrom: parseSources(root.createdFrom, fail)
  }
}

type Fail = (where: string, expected: string) => never
type JsonObject = Readonly<Record<string, unknown>>

function parseJson(json: string, fail: Fail): unknown {
  try {
    return JSON.parse(json) as unknown
  } catch (error) {
    return fail('/', `JSON (${(error as Error).message})`)
  }
}

function record(value: unknown, where: string, fail: Fail): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail(where, 'an object')
  return value as JsonObject
}

function optionalText(from: JsonObject, name: string, where: string, fail: Fail): string | undefined {
  const value = from[name]
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' && value !== '' ? value : fail(where, 'text')
}

function optionalScale(from: JsonObject, name: string, where: string, fail: Fail): number | undefined {
  const value = from[name]
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 15) return value
  return fail(`${where}/${name}`, 'a whole number of decimals from 0 to 15')
}

function parseTerms(value: unknown, where: string, fail: Fail): InstrumentTerms {
  const from = record(value, where, fail)
  const text = (name: string): string | undefined => optionalText(from, name, `${where}/${name}`, fail)
  const needed = (name: string, expected: string): string => text(name) ?? fail(`${where}/${name}`, expected)
  const feed = text('feed')
  if (feed !== undefined && feed !== 'l1' && feed !== 'l2' && feed !== 'l3')
    return fail(`${where}/feed`, '"l1", "l2" or "l3"')
  const priceScale = optionalScale(from, 'priceScale', where, fail)
  const quantityScale = optionalScale(from, 'quantityScale', where, fail)
  const currency = text('currency')
  const market = text('market')
  const terms: InstrumentTerms = {
    symbol: needed('symbol', 'the symbol as text'),
    tickSize: needed('tickSize', 'a decimal as text, like "0.01"'),
    lotSize: needed('lotSize', 'a decimal as text, like "1"'),
    ...(priceScale === undefined ? {} : { priceScale }),
    ...(quantityScale === undefined ? {} : { quantityScale }),
    ...(feed === undefined ? {} : { feed }),
    ...(currency === undefined ? {} : { currency }),
    ...(market === undefined ? {} : { market })
  }
  try {
    instrument(instrumentNo(0), terms)
  } catch (error) {
    fail(where, `tick and lot that fit their scales (${(error as Error).message})`)
  }
  return terms
}

function parseSources(value: unknown, fail: Fail): readonly SourceFile[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) return fail('/createdFrom', 'a list of files')
  return value.map((each, i) => {
    const from = record(each, `/createdFrom/${i}`, fail)
    return {
      file: optionalText(from, 'file', `/createdFrom/${i}/file`, fail) ?? fail(`/createdFrom/${i}/file`, 'text'),
      sha256: optionalText(from, 'sha256', `/createdFrom/${i}/sha256`, fail) ?? fail(`/createdFrom/${i}/sha256`, 'text')
    }
  })
}

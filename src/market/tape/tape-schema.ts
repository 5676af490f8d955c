import {
  Dictionary,
  Field,
  Int16,
  Int64,
  Int8,
  Schema,
  TimestampNanosecond,
  Uint32,
  Uint8,
  Utf8,
  vectorFromArray,
  type Vector
} from 'apache-arrow'
import { TAPE_ACTIONS } from './tape-action.js'
import { METADATA_KEY, SCHEMA_VERSION, type TapeMetadata } from './tape-metadata.js'

/** The columns of a tape, in any order; README.md beside this file says what each means. */
export const TAPE_COLUMNS = ['time', 'symbol', 'action', 'side', 'price', 'qty', 'orderId', 'flags'] as const

export type TapeColumn = (typeof TAPE_COLUMNS)[number]

/** Without `orderId` no row names an order (L1, L2); without `flags` every row is an event of its own. */
export const OPTIONAL_COLUMNS: readonly TapeColumn[] = ['orderId', 'flags']

/** The column types that the writer uses: read without a conversion. */
export const COLUMN_TYPES = {
  time: new TimestampNanosecond('UTC'),
  symbol: new Dictionary(new Utf8(), new Int16(), 0, false),
  action: new Dictionary(new Utf8(), new Int8(), 1, false),
  side: new Int8(),
  price: new Int64(),
  qty: new Int64(),
  orderId: new Uint32(),
  flags: new Uint8()
} as const

/** Texts as an Arrow vector: what a dictionary column points into. */
export function dictionaryOf(texts: readonly string[]): Vector<Utf8> {
  return vectorFromArray([...texts], new Utf8())
}

export const ACTION_DICTIONARY = dictionaryOf(TAPE_ACTIONS)

/** A column of recorded live feeds, when the exchange says it happened; null where it does not. Replay goes by `time`, and tells the difference as the feed's latency. */
export const EXCHANGE_TIME = 'exchangeTime'

/** @param exchangeTime whether the tape has that column. */
export function tapeSchema(metadata: TapeMetadata, exchangeTime = false): Schema {
  const fields = TAPE_COLUMNS.map((name) => new Field(name, COLUMN_TYPES[name], false))
  if (exchangeTime) fields.push(new Field(EXCHANGE_TIME, COLUMN_TYPES.time, true))
  const json = JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...metadata })
  return new Schema(fields, new Map([[METADATA_KEY, json]]))
}

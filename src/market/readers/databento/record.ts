/** Facts of the Databento Binary Encoding (DBN), versions 1 to 3: databento.com/docs, "DBN encoding layout" and "schemas". */

/** Record types that are read. */
export const RTYPE = {
  trades: 0x00,
  mbp1: 0x01,
  mbp10: 0x0a,
  ohlcvDeprecated: 0x11,
  status: 0x12,
  definition: 0x13,
  error: 0x15,
  symbolMapping: 0x16,
  system: 0x17,
  ohlcv1s: 0x20,
  ohlcv1m: 0x21,
  ohlcv1h: 0x22,
  ohlcv1d: 0x23,
  ohlcvEod: 0x24,
  mbo: 0xa0,
  cmbp1: 0xb1,
  cbbo1s: 0xc0,
  cbbo1m: 0xc1,
  tcbbo: 0xc2,
  bbo1s: 0xc3,
  bbo1m: 0xc4
} as const

/** What a file holds, as far as reading it goes. */
export type Content = 'mbo' | 'mbp-10' | 'mbp-1' | 'bbo' | 'trades' | 'ohlcv' | 'definition' | 'status'

const CONTENT_OF_RTYPE: ReadonlyMap<number, Content> = new Map<number, Content>([
  [RTYPE.mbo, 'mbo'],
  [RTYPE.mbp10, 'mbp-10'],
  [RTYPE.mbp1, 'mbp-1'],
  [RTYPE.cmbp1, 'mbp-1'],
  [RTYPE.tcbbo, 'mbp-1'],
  [RTYPE.bbo1s, 'bbo'],
  [RTYPE.bbo1m, 'bbo'],
  [RTYPE.cbbo1s, 'bbo'],
  [RTYPE.cbbo1m, 'bbo'],
  [RTYPE.trades, 'trades'],
  [RTYPE.ohlcvDeprecated, 'ohlcv'],
  [RTYPE.ohlcv1s, 'ohlcv'],
  [RTYPE.ohlcv1m, 'ohlcv'],
  [RTYPE.ohlcv1h, 'ohlcv'],
  [RTYPE.ohlcv1d, 'ohlcv'],
  [RTYPE.ohlcvEod, 'ohlcv'],
  [RTYPE.definition, 'definition'],
  [RTYPE.status, 'status']
])

/** What a record of a type tells; undefined for types that are passed over. */
export function contentOf(rtype: number): Content | undefined {
  return CONTENT_OF_RTYPE.get(rtype)
}

/** Whether the quotes of a type are the best of several venues. */
export function isConsolidated(rtype: number): boolean {
  return rtype >= RTYPE.cmbp1 && rtype <= RTYPE.tcbbo
}

/** Bits of `flags`. */
export const LAST = 128
/** The record is a side of the book, which has no more than one level, and no single order. */
export const TOP_OF_BOOK = 64
export const SNAPSHOT = 32
export const BAD_RECEIVE_TIME = 8
export const MAYBE_BAD_BOOK = 4

/** Values of `action`. */
export const ADD = 65
export const CANCEL = 67
export const MODIFY = 77
export const CLEAR = 82
export const TRADE = 84
export const FILL = 70

/** An action that changes nothing. */
export const NO_ACTION = 78

/** Values of `side`. */
export const ASK = 65
export const BID = 66
export const NO_SIDE = 78

/** Prices are whole numbers of 10^-9. */
export const PRICE_DECIMALS = 9

export const MAX_LEVELS = 10

/** One record. The object is the reader's and changes with the next record. */
export interface DatabentoRecord {
  rtype: number
  content: Content | undefined
  publisherId: number
  instrumentId: number
  /** Exchange time in ns since the reader's epoch; NaN for none. */
  eventTime: number
  /** Capture time in ns since the reader's epoch; NaN for none. */
  receiveTime: number
  action: number
  side: number
  /** In 10^-9; NaN for none. */
  price: number
  size: number
  flags: number
  orderHigh: number
  orderLow: number
  sequence: number
  /** Levels that the record shows, best first; a price is NaN where there is none. */
  levels: number
  readonly bidPrice: Float64Array
  readonly askPrice: Float64Array
  readonly bidSize: Float64Array
  readonly askSize: Float64Array
  /** Of a status: whether the instrument trades, Y or N, or something else where it is not known. */
  isTrading: number
  /** Of a bar. */
  open: number
  high: number
  low: number
  close: number
  volume: number
}

export function emptyRecord(): DatabentoRecord {
  return {
    rtype: 0,
    content: undefined,
    publisherId: 0,
    instrumentId: 0,
    eventTime: Number.NaN,
    receiveTime: Number.NaN,
    action: 0,
    side: 0,
    price: Number.NaN,
    size: 0,
    flags: 0,
    orderHigh: 0,
    orderLow: 0,
    sequence: 0,
    levels: 0,
    bidPrice: new Float64Array(MAX_LEVELS),
    askPrice: new Float64Array(MAX_LEVELS),
    bidSize: new Float64Array(MAX_LEVELS),
    askSize: new Float64Array(MAX_LEVELS),
    isTrading: 0,
    open: Number.NaN,
    high: Number.NaN,
    low: Number.NaN,
    close: Number.NaN,
    volume: 0
  }
}

/** Copies a record of the market, not a bar or a status. Field by field: `Object.assign` takes several times as long. */
export function copyRecord(from: DatabentoRecord, into: DatabentoRecord): void {
  into.rtype = from.rtype
  into.content = from.content
  into.publisherId = from.publisherId
  into.instrumentId = from.instrumentId
  into.eventTime = from.eventTime
  into.receiveTime = from.receiveTime
  into.action = from.action
  into.side = from.side
  into.price = from.price
  into.size = from.size
  into.flags = from.flags
  into.orderHigh = from.orderHigh
  into.orderLow = from.orderLow
  into.sequence = from.sequence
  into.levels = from.levels
  for (let n = 0; n < from.levels; n++) {
    into.bidPrice[n] = from.bidPrice[n]
    into.askPrice[n] = from.askPrice[n]
    into.bidSize[n] = from.bidSize[n]
    into.askSize[n] = from.askSize[n]
  }
}

/**
 * Messages of NASDAQ TotalView-ITCH 5.0 (Nasdaq TotalView-ITCH 5.0 specification, section 1). Big-endian; every message begins
 * with its type (1 byte), stock locate (2), tracking number (2) and nanoseconds since midnight in New York (6). In a file, two
 * bytes with the length go before each.
 */

const code = (letter: string): number => letter.charCodeAt(0)

export const SYSTEM_EVENT = code('S')
export const STOCK_DIRECTORY = code('R')
export const TRADING_ACTION = code('H')
export const OPERATIONAL_HALT = code('h')
export const ADD_ORDER = code('A')
export const ADD_ORDER_WITH_MPID = code('F')
export const ORDER_EXECUTED = code('E')
export const ORDER_EXECUTED_WITH_PRICE = code('C')
export const ORDER_CANCEL = code('X')
export const ORDER_DELETE = code('D')
export const ORDER_REPLACE = code('U')
export const TRADE = code('P')
export const CROSS_TRADE = code('Q')
export const BROKEN_TRADE = code('B')

/** The length of every message by its type. */
export const MESSAGE_LENGTHS: Uint8Array = new Uint8Array(256)
const LENGTHS: Readonly<Record<string, number>> = {
  S: 12,
  R: 39,
  H: 25,
  Y: 20,
  L: 26,
  V: 35,
  W: 12,
  K: 28,
  J: 35,
  h: 21,
  A: 36,
  F: 40,
  E: 31,
  C: 36,
  X: 23,
  D: 19,
  U: 35,
  P: 44,
  Q: 40,
  B: 19,
  I: 50,
  N: 20,
  O: 48
}
for (const [type, length] of Object.entries(LENGTHS)) MESSAGE_LENGTHS[code(type)] = length

/** Where fields stand in a message. */
export const LOCATE = 1
export const TIMESTAMP = 5
/** Of R, H and others that name a stock right behind the head. */
export const STOCK = 11
/** Of S. */
export const EVENT_CODE = 11
/** Of H. */
export const TRADING_STATE = 19
/** Of h. */
export const MARKET_CODE = 19
export const HALT_ACTION = 20
/** Of A, F, E, C, X, D, U, P: the order's reference number. */
export const REFERENCE = 11
/** Of A, F and P. */
export const SIDE = 19
export const SHARES = 20
export const ORDER_STOCK = 24
export const PRICE = 32
/** Of E, C and X. */
export const EXECUTED_SHARES = 19
export const PRINTABLE = 31
/** Of U. */
export const NEW_REFERENCE = 19
export const REPLACED_SHARES = 27
export const REPLACED_PRICE = 31
/** Of Q. */
export const CROSS_SHARES = 11
export const CROSS_STOCK = 19
export const CROSS_PRICE = 27

export const BUY_SIDE = code('B')
export const SELL_SIDE = code('S')
export const NOT_PRINTABLE = code('N')

/** Prices have four decimals. */
export const PRICE_SCALE = 4

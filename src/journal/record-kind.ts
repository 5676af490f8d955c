/**
 * The kinds of records in a turn's body. A record is its kind (1 byte), the length of what follows (4 bytes, little
 * endian) and that many bytes, so a reading skips what it does not want. Numbers never change their meaning: a new kind
 * takes a new number and a new schema version.
 */
export const RecordKind = {
  turn: 1,
  run: 2,
  session: 3,
  received: 4,
  sent: 5,
  notedIn: 6,
  notedOut: 7,
  numbers: 8,
  reset: 9,
  jump: 10,
  newOrder: 16,
  cancelOrder: 17,
  replaceOrder: 18,
  refuseRequest: 19,
  cancelAll: 20,
  endOfDay: 21,
  phaseChange: 22,
  accepted: 32,
  traded: 33,
  canceled: 34,
  expired: 35,
  replaced: 36,
  rejected: 37,
  requestRejected: 38,
  restated: 39,
  topOfBook: 48,
  print: 49
} as const

export type RecordKind = (typeof RecordKind)[keyof typeof RecordKind]

/** Bytes of a record before its payload. */
export const RECORD_HEAD = 5
/** Bytes of the turn record, the first of every body: turn, wall time, venue time (8 each), length of the body (4). */
export const TURN_RECORD = RECORD_HEAD + 28

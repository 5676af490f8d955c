/**
 * Rows of a tape in plain arrays, one per column, ready for a loop that allocates nothing. The arrays are the reader's: they
 * are overwritten by the next batch, and are longer than `length` at times.
 */
export interface TapeBatch {
  length: number
  /** Position of the first row in the tape, from 0. */
  firstRow: number
  /** Nanoseconds since the reader's epoch. */
  time: Float64Array
  /** Position of the instrument in the metadata. */
  instrument: Uint16Array
  /** Position in `TAPE_ACTIONS`. */
  action: Uint8Array
  side: Int8Array
  price: Float64Array
  qty: Float64Array
  /** Dense feed ids, 0 for none. */
  orderId: Float64Array
  flags: Uint8Array
  /** When it happened by the exchange's clock, NaN where not known; undefined where the tape has no such column. */
  exchangeTime: Float64Array | undefined
}

export function tapeBatch(rows: number): TapeBatch {
  return {
    length: 0,
    firstRow: 0,
    time: new Float64Array(rows),
    instrument: new Uint16Array(rows),
    action: new Uint8Array(rows),
    side: new Int8Array(rows),
    price: new Float64Array(rows),
    qty: new Float64Array(rows),
    orderId: new Float64Array(rows),
    flags: new Uint8Array(rows),
    exchangeTime: undefined
  }
}

/** "row 12": rows are shown from 1. */
export function rowName(index: number): string {
  return `row ${index + 1}`
}

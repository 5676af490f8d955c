import { rowsUpTo } from '../recording/column.js'
import { type Quotes } from '../recording/quotes.js'

const NEAR = 64

/**
 * Finds the quote that stands at a time. Fills come nearly in time order, so the next answer is near the last one: a few
 * steps from there, and a binary search only behind a jump.
 */
export class QuoteCursor {
  readonly #times: Float64Array
  #rows = 0

  constructor(quotes: Quotes) {
    this.#times = quotes.time
  }

  /** The last row at or before `time`, or -1. */
  rowAt(time: number): number {
    const times = this.#times
    let rows = this.#rows
    if (rows > 0 && times[rows - 1] > time) rows = rowsUpTo(times, time)
    else {
      const stop = Math.min(rows + NEAR, times.length)
      while (rows < stop && times[rows] <= time) rows++
      if (rows === stop && rows < times.length && times[rows] <= time) rows = rowsUpTo(times, time)
    }
    this.#rows = rows
    return rows - 1
  }
}

import { minus, plus, times, type Exact } from '../exact.js'
import { ratio, type Ratio } from '../ratio.js'
import { rowsBefore, rowsUpTo } from '../recording/column.js'
import { type Prints } from '../recording/prints.js'
import { halfMid, type Quotes } from '../recording/quotes.js'
import { ExactPrefixSums } from './exact-prefix-sums.js'
import { type MarkScale } from './marks.js'

/** What the market traded in an interval, its ends included. Own fills are not among the prints. */
export interface MarketInterval {
  /** Printed quantity, in quantity units. */
  readonly volume: Exact
  /** In marks; undefined where nothing printed. */
  readonly vwap: Ratio | undefined
}

/** Answers any interval of one instrument's prints in logarithmic time. */
export class PrintIntervals {
  readonly #prints: Prints
  readonly #perUnit: number
  readonly #volume: ExactPrefixSums
  readonly #turnover: ExactPrefixSums

  constructor(prints: Prints, { perUnit }: MarkScale) {
    this.#prints = prints
    this.#perUnit = perUnit
    this.#volume = new ExactPrefixSums(prints.length)
    this.#turnover = new ExactPrefixSums(prints.length)
    for (let row = 0; row < prints.length; row++) {
      this.#volume.push(prints.qty[row])
      this.#turnover.push(times(prints.price[row], prints.qty[row]))
    }
  }

  between(start: number, end: number): MarketInterval {
    const from = rowsBefore(this.#prints.time, start)
    const to = Math.max(rowsUpTo(this.#prints.time, end), from)
    const volume = this.#volume.between(from, to)
    return { volume, vwap: ratio(times(this.#turnover.between(from, to), this.#perUnit), volume) }
  }

  /**
   * VWAP in marks of the first `volume` that printed from `start` on; the last print counts as far as it is needed.
   * undefined where less printed until the recording ended.
   */
  firstOf(volume: Exact, start: number): Ratio | undefined {
    const { length, price } = this.#prints
    const from = rowsBefore(this.#prints.time, start)
    if (!(volume > 0) || this.#volume.between(from, length) < volume) return undefined
    // The first row up to which all of it had printed.
    let [low, high] = [from, length - 1]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#volume.between(from, middle + 1) < volume) low = middle + 1
      else high = middle
    }
    const rest = minus(volume, this.#volume.between(from, low))
    const turnover = plus(this.#turnover.between(from, low), times(price[low], rest))
    return ratio(times(turnover, this.#perUnit), volume)
  }
}

/** The time-weighted average of one instrument's mids over any interval, in logarithmic time. */
export class MidIntervals {
  readonly #quotes: Quotes
  readonly #perHalf: number
  /** Behind row r: sum over the rows before of mid x duration, and of the durations that had a mid. */
  readonly #area: ExactPrefixSums
  readonly #covered: ExactPrefixSums

  constructor(quotes: Quotes, { perHalf }: MarkScale) {
    this.#quotes = quotes
    this.#perHalf = perHalf
    this.#area = new ExactPrefixSums(quotes.length)
    this.#covered = new ExactPrefixSums(quotes.length)
    for (let row = 0; row + 1 < quotes.length; row++) {
      const mid = halfMid(quotes, row)
      const lasted = Number.isNaN(mid) ? 0 : quotes.time[row + 1] - quotes.time[row]
      this.#covered.push(lasted)
      this.#area.push(lasted === 0 ? 0 : times(mid, lasted))
    }
  }

  /**
   * TWAP of the mid in marks. Time without a mid has no weight; undefined where none has. An instant's TWAP is the mid
   * that stands at it.
   */
  between(start: number, end: number): Ratio | undefined {
    if (!(end > start)) {
      const mid = halfMid(this.#quotes, rowsUpTo(this.#quotes.time, start) - 1)
      return Number.isNaN(mid) ? undefined : { numerator: mid * this.#perHalf, denominator: 1 }
    }
    const [areaTo, coveredTo] = this.#until(end)
    const [areaFrom, coveredFrom] = this.#until(start)
    return ratio(times(minus(areaTo, areaFrom), this.#perHalf), minus(coveredTo, coveredFrom))
  }

  #until(time: number): readonly [area: Exact, covered: Exact] {
    const row = rowsUpTo(this.#quotes.time, time) - 1
    if (row < 0) return [0, 0]
    const mid = halfMid(this.#quotes, row)
    const lasted = Number.isNaN(mid) ? 0 : time - this.#quotes.time[row]
    const area = this.#area.upTo(row)
    return [lasted === 0 ? area : plus(area, times(mid, lasted)), plus(this.#covered.upTo(row), lasted)]
  }
}

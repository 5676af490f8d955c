/**
 * What the last trade of an instrument was, and how far trades went since stops were last looked at. Feed prints that
 * are not hidden, fills of aggressors, crossings and uncrosses are trades.
 */
export class Trades {
  /** Price of the last trade; NaN where there was none. */
  last = Number.NaN
  /** Highest and lowest since {@link shrink}, the last trade before it included. */
  high = Number.NEGATIVE_INFINITY
  low = Number.POSITIVE_INFINITY

  /** Whether there was a trade since {@link shrink}. */
  moved = false

  note(price: number): void {
    this.moved = true
    this.last = price
    if (price > this.high) this.high = price
    if (price < this.low) this.low = price
  }

  /** Only the last trade counts from now on. */
  shrink(): void {
    if (!this.moved) return
    this.moved = false
    this.high = this.low = this.last
  }
}

/** Samples of one window. */
const WINDOW = 256

/**
 * How far the local clock is ahead of an exchange's, from messages that carry the exchange's time: the smallest difference
 * of late is the offset of the clocks plus the shortest way here. The two cannot be told apart from one side.
 */
export class ClockOffset {
  #least = Number.POSITIVE_INFINITY
  #leastBefore = Number.POSITIVE_INFINITY
  #samples = 0
  /** Of this connection. */
  #leastEver = Number.POSITIVE_INFINITY

  /** @param local when the message came @param exchange when it was sent, both in ns since one epoch. */
  sample(local: number, exchange: number): void {
    this.#least = Math.min(this.#least, local - exchange)
    this.#leastEver = Math.min(this.#leastEver, local - exchange)
    if (++this.#samples < WINDOW) return
    this.#leastBefore = this.#least
    this.#least = Number.POSITIVE_INFINITY
    this.#samples = 0
  }

  /** By how much a message came later than the fastest of its connection, in ns. It is among the samples. */
  lag(local: number, exchange: number): number {
    return local - exchange - this.#leastEver
  }

  /** A new connection: what comes first is taken to be fresh. */
  restart(): void {
    this.#leastEver = Number.POSITIVE_INFINITY
  }

  /** In ns; undefined before the first sample. */
  get value(): number | undefined {
    const least = Math.min(this.#least, this.#leastBefore)
    return least === Number.POSITIVE_INFINITY ? undefined : least
  }
}

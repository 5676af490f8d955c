import { nanos, SECOND, type Nanos } from '../../../base/time.js'
import type { Faults } from '../faults.js'
import { BAD_RECEIVE_TIME, SNAPSHOT, type DatabentoRecord } from './record.js'

/** Clocks of venue and capture may differ by this much before a time is taken for damaged. */
const SKEW = 60 * SECOND

/**
 * Gives each record its time on the tape: the exchange's, or for orders of a snapshot, which are as old as the orders, the
 * time of capture. Exchange times may go back a little between channels: such a record has the time of the one before.
 * Capture times go back in no file that is whole, other than those that the vendor says not to be exact.
 */
export class RecordClock {
  /** Records whose exchange time was before that of the record before. */
  raised = 0
  first: Nanos | undefined
  readonly #faults: Faults
  #last = Number.NEGATIVE_INFINITY
  #received = Number.NEGATIVE_INFINITY

  constructor(faults: Faults) {
    this.#faults = faults
  }

  get last(): Nanos {
    return nanos(this.#last)
  }

  /** The time of a record; NaN: it is left out. */
  timeOf({ eventTime, receiveTime, flags, content }: DatabentoRecord): number {
    if (receiveTime === Number.POSITIVE_INFINITY) {
      this.#faults.repairs(
        'badValue',
        () => 'the record is more than 104 days after the first, as long as a tape may be'
      )
      return Number.NaN
    }
    if ((flags & BAD_RECEIVE_TIME) === 0) {
      if (receiveTime < this.#received) {
        const by = this.#received - receiveTime
        if (!this.#faults.repairs('timeBack', () => `the time of capture goes back by ${by} ns`)) return Number.NaN
      } else if (!(receiveTime - eventTime > SKEW) || content === 'bbo') {
        // Damaged capture times, far ahead, are not what later ones are measured by.
        if (receiveTime > this.#received) this.#received = receiveTime
      }
    }
    const captured = flags & SNAPSHOT || content === 'bbo' || Number.isNaN(eventTime)
    let time = captured && !Number.isNaN(receiveTime) ? receiveTime : eventTime
    if (Number.isNaN(time) || time > receiveTime + SKEW) {
      const problem = (): string =>
        Number.isNaN(time)
          ? 'the record has no time'
          : 'the exchange time is a minute and more after the time of capture'
      if (!this.#faults.repairs('badValue', problem) || Number.isNaN(receiveTime)) return Number.NaN
      time = receiveTime
    }
    if (time < this.#last) {
      this.raised++
      return this.#last
    }
    this.#last = time
    this.first ??= nanos(time)
    return time
  }
}

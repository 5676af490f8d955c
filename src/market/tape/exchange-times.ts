import { makeData, type Data, type TimestampNanosecond } from 'apache-arrow'
import type { EpochSeconds } from '../../base/time.js'
import { COLUMN_TYPES } from './tape-schema.js'
import { BATCH_ROWS } from './tape-batch-rows.js'

/** The column `exchangeTime` of the record batch that is being written: times, or null where the exchange gave none. */
export class ExchangeTimes {
  readonly #unixEpoch: bigint
  readonly #times = new BigInt64Array(BATCH_ROWS)
  readonly #valid = new Uint8Array(BATCH_ROWS / 8)
  #last = Number.NaN
  #lastUnix = 0n

  constructor(epoch: EpochSeconds) {
    this.#unixEpoch = BigInt(epoch) * 1_000_000_000n
  }

  /** @param time since the epoch; NaN for none. */
  set(row: number, time: number): void {
    const bit = 1 << (row & 7)
    if (Number.isNaN(time)) {
      this.#times[row] = 0n
      this.#valid[row >> 3] &= ~bit
      return
    }
    // Rows of one event share their time.
    if (time !== this.#last) {
      this.#last = time
      this.#lastUnix = this.#unixEpoch + BigInt(Math.round(time))
    }
    this.#times[row] = this.#lastUnix
    this.#valid[row >> 3] |= bit
  }

  data(length: number): Data<TimestampNanosecond> {
    return makeData({
      type: COLUMN_TYPES.time,
      length,
      nullBitmap: this.#valid.slice(0, Math.ceil(length / 8)),
      data: this.#times.subarray(0, length)
    })
  }
}

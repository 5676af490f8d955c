import { Vector, type Data } from 'apache-arrow'
import { UserError } from '../../base/user-error.js'
import { FeedOrderIds } from './feed-order-ids.js'
import { columnError, holdsWholeNumbers, type ColumnPlace } from './column-reader.js'

/**
 * Reads the `orderId` column of a tape from its first row on, or again from any row up to the last that was read. Ids numbered densely from 1 in order of appearance never exceed
 * their row's number and pass as they are. From the first id that does (a vendor's 64-bit ids, a tape cut out of another)
 * new ids are numbered here, which takes memory for each; so several passes over a tape share one reader.
 */
export class OrderIdReader {
  #highest = 0
  #renumbered: FeedOrderIds<number | bigint> | undefined
  #directUpTo = Number.MAX_SAFE_INTEGER

  /** Whether ids were not dense and had to be numbered. */
  get renumbers(): boolean {
    return this.#renumbered !== undefined
  }

  read(data: Data, into: Float64Array, place: ColumnPlace): void {
    const { type, length } = data
    if (!holdsWholeNumbers(type)) {
      throw new UserError(`column ${place.column} has type ${String(type)}, expected an integer type`, {
        file: place.file
      })
    }
    const values = data.values as unknown
    const plain = data.nullCount === 0 && (values instanceof Uint32Array || values instanceof Int32Array)
    const get = plain ? undefined : new Vector([data])
    for (let i = 0; i < length; i++) {
      const id = get ? exactId(get.get(i), i, place) : (values as Uint32Array)[i]
      if (id < 0) throw columnError(place, i, `expected an order id from 1, or 0 for none; got ${id}`)
      into[i] = this.#dense(id, place.firstRow + i + 1)
    }
  }

  #dense(id: number | bigint, rowNumber: number): number {
    if (typeof id === 'number') {
      if (id === 0) return 0
      if (this.#renumbered === undefined && id <= rowNumber) {
        if (id > this.#highest) this.#highest = id
        return id
      }
      if (this.#renumbered && id <= this.#directUpTo) return id
    }
    if (this.#renumbered === undefined) {
      this.#directUpTo = this.#highest
      this.#renumbered = new FeedOrderIds(this.#highest)
    }
    return this.#renumbered.number(id)
  }
}

/** A number where it is safe, else a bigint; null and NaN are no id. */
function exactId(value: unknown, i: number, place: ColumnPlace): number | bigint {
  if (value === null || Number.isNaN(value)) return 0
  if (typeof value === 'bigint') {
    return value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= 0n ? Number(value) : value
  }
  if (Number.isSafeInteger(value)) return value as number
  throw columnError(place, i, `expected a whole order id; got ${String(value)}`)
}

/** A column of numbers that grows at its end. Reading in loops goes through {@link Column.values}, a plain typed array. */
export class Column {
  #values: Float64Array
  #length = 0

  constructor(capacity = 1024) {
    this.#values = new Float64Array(capacity)
  }

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(this.#length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#length++] = value
  }

  get(row: number): number {
    return this.#values[row]
  }

  set(row: number, value: number): void {
    this.#values[row] = value
  }

  /** The rows so far, without a copy. Valid until the next push. */
  get values(): Float64Array {
    return this.#values.subarray(0, this.#length)
  }
}

/** The number of rows whose time is at or before `time`; `times` ascends. */
export function rowsUpTo(times: Float64Array, time: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[middle] <= time) low = middle + 1
    else high = middle
  }
  return low
}

/** The number of rows whose time is before `time`; `times` ascends. */
export function rowsBefore(times: Float64Array, time: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[middle] < time) low = middle + 1
    else high = middle
  }
  return low
}

import { Column } from './column.js'

/** The market's prints of one instrument, own fills not among them. */
export interface Prints {
  readonly length: number
  /** Venue time in ns, ascending. */
  readonly time: Float64Array
  /** In price units. */
  readonly price: Float64Array
  /** In quantity units. */
  readonly qty: Float64Array
}

export class PrintRecorder {
  readonly #time = new Column()
  readonly #price = new Column()
  readonly #qty = new Column()

  add(time: number, price: number, qty: number): void {
    this.#time.push(time)
    this.#price.push(price)
    this.#qty.push(qty)
  }

  done(): Prints {
    return { length: this.#time.length, time: this.#time.values, price: this.#price.values, qty: this.#qty.values }
  }
}

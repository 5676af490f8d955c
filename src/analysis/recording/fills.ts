import { Column } from './column.js'

/** Own fills in the order of recording, one row each. */
export interface Fills {
  readonly length: number
  /** Row of the order in the recording's orders. */
  readonly order: Float64Array
  readonly time: Float64Array
  /** In price units. */
  readonly price: Float64Array
  /** In quantity units. */
  readonly qty: Float64Array
  /** 1 where the fill added liquidity, 0 where it removed it. */
  readonly added: Float64Array
  /** The instrument's quote row that stood just before the fill, -1 where none did. */
  readonly quote: Float64Array
}

export class FillRecorder {
  readonly #order = new Column()
  readonly #time = new Column()
  readonly #price = new Column()
  readonly #qty = new Column()
  readonly #added = new Column()
  readonly #quote = new Column()

  add(order: number, time: number, price: number, qty: number, added: boolean, quote: number): void {
    this.#order.push(order)
    this.#time.push(time)
    this.#price.push(price)
    this.#qty.push(qty)
    this.#added.push(added ? 1 : 0)
    this.#quote.push(quote)
  }

  done(): Fills {
    return {
      length: this.#order.length,
      order: this.#order.values,
      time: this.#time.values,
      price: this.#price.values,
      qty: this.#qty.values,
      added: this.#added.values,
      quote: this.#quote.values
    }
  }
}

import { type Exact } from '../exact.js'
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
  /** What the venue charged, in price units x quantity units; undefined where nothing was charged at all. */
  readonly commission: readonly Exact[] | undefined
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
  #commission: Exact[] | undefined

  add(
    order: number,
    time: number,
    price: number,
    qty: number,
    added: boolean,
    quote: number,
    commission: Exact | undefined
  ): void {
    if (commission !== undefined && this.#commission === undefined)
      this.#commission = new Array<Exact>(this.#order.length).fill(0)
    this.#commission?.push(commission ?? 0)
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
      quote: this.#quote.values,
      commission: this.#commission
    }
  }
}

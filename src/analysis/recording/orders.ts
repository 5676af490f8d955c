import { type OrdType, type TimeInForce } from '../../exchange/command.js'
import { type OrderAccepted, type OrderTerms, type OrderTraded } from '../../exchange/event.js'
import { Tag } from '../../fix/wire/tag.js'
import { Column } from './column.js'

/** How an order stood when the recording ended. */
export type OrderOutcome = 'working' | 'filled' | 'canceled' | 'expired'

const OUTCOMES: readonly OrderOutcome[] = ['working', 'filled', 'canceled', 'expired']

/** Accepted orders in the order of acceptance, one row each; a replace chain is one order. Times are venue time in ns. */
export interface Orders {
  readonly length: number
  readonly session: Float64Array
  readonly instrument: Float64Array
  /** +1 buy, -1 sell. */
  readonly side: Float64Array
  /** As last accepted, in quantity units; at least what was executed. */
  readonly quantity: Float64Array
  /** The limit as last accepted, in price units; 0 for a market order. */
  readonly price: Float64Array
  readonly executed: Float64Array
  /** When the request came to the venue's edge. */
  readonly requestedAt: Float64Array
  /** When it reached the exchange. */
  readonly arrivedAt: Float64Array
  /** NaN while it is working. */
  readonly endedAt: Float64Array
  /** NaN where there is no fill. */
  readonly firstFillAt: Float64Array
  /** Rows of the instrument's quotes that stood before the request, before the arrival and before the end; -1 where none did. */
  readonly requestQuote: Float64Array
  readonly arrivalQuote: Float64Array
  readonly endQuote: Float64Array
  /** Trading day within the session, from 0. */
  readonly day: Float64Array
  readonly ordType: readonly OrdType[]
  readonly timeInForce: readonly TimeInForce[]
  /** ClOrdID of the first request of the chain. */
  readonly clOrdId: readonly string[]
  /** What links orders of one parent: ClOrdLinkID (583), else SecondaryClOrdID (526), else undefined. */
  readonly link: readonly (string | undefined)[]
  /** DecisionPrice (9503) of the orders that carry it, by row. */
  readonly decisionPrice: ReadonlyMap<number, string>
  /** Changes of what an order has executed or working, in the order of recording: its acceptance, replaces, and its end. */
  readonly commitmentOrder: Float64Array
  readonly commitmentChange: Float64Array
  outcome(row: number): OrderOutcome
}

/** What is known of a request before its order is accepted. */
export interface Request {
  readonly time: number
  readonly quote: number
}

export class OrderRecorder {
  readonly #rows: number[] = []
  readonly session = new Column()
  readonly instrument = new Column()
  readonly side = new Column()
  readonly quantity = new Column()
  readonly price = new Column()
  readonly executed = new Column()
  readonly requestedAt = new Column()
  readonly arrivedAt = new Column()
  readonly endedAt = new Column()
  readonly firstFillAt = new Column()
  readonly requestQuote = new Column()
  readonly arrivalQuote = new Column()
  readonly endQuote = new Column()
  readonly day = new Column()
  readonly #outcome = new Column()
  readonly #commitmentOrder = new Column()
  readonly #commitmentChange = new Column()
  readonly #ordType: OrdType[] = []
  readonly #timeInForce: TimeInForce[] = []
  readonly #clOrdId: string[] = []
  readonly #link: (string | undefined)[] = []
  readonly #decisionPrice = new Map<number, string>()

  get length(): number {
    return this.session.length
  }

  /** The row of an exchange's order, or undefined where its acceptance is not in the recording. */
  row(orderId: number): number | undefined {
    return this.#rows[orderId]
  }

  accept(event: OrderAccepted, request: Request | undefined, arrivalQuote: number, day: number): number {
    const { terms } = event
    const row = this.length
    this.#rows[terms.orderId] = row
    this.session.push(terms.session)
    this.instrument.push(terms.instrument)
    this.side.push(terms.side)
    this.quantity.push(terms.orderQty)
    this.price.push(terms.price)
    this.executed.push(0)
    this.requestedAt.push(request?.time ?? terms.enteredAt)
    this.arrivedAt.push(terms.enteredAt)
    this.endedAt.push(Number.NaN)
    this.firstFillAt.push(Number.NaN)
    this.requestQuote.push(request?.quote ?? arrivalQuote)
    this.arrivalQuote.push(arrivalQuote)
    this.endQuote.push(-1)
    this.day.push(day)
    this.#outcome.push(0)
    this.#ordType.push(terms.ordType)
    this.#timeInForce.push(terms.timeInForce)
    this.#clOrdId.push(terms.clOrdId)
    this.#readTags(row, terms)
    this.#commit(row, terms.orderQty)
    return row
  }

  fill(row: number, event: OrderTraded, quote: number): void {
    if (Number.isNaN(this.firstFillAt.get(row))) this.firstFillAt.set(row, event.time)
    this.executed.set(row, this.executed.get(row) + event.lastQty)
    if (event.leavesQty === 0) this.end(row, event.time, quote, 'filled')
  }

  replace(row: number, terms: OrderTerms): void {
    const quantity = Math.max(terms.orderQty, this.executed.get(row))
    this.#commit(row, quantity - this.quantity.get(row))
    this.quantity.set(row, quantity)
    this.price.set(row, terms.price)
  }

  end(row: number, time: number, quote: number, outcome: OrderOutcome): void {
    this.#commit(row, this.executed.get(row) - this.quantity.get(row))
    this.endedAt.set(row, time)
    this.endQuote.set(row, quote)
    this.#outcome.set(row, OUTCOMES.indexOf(outcome))
  }

  done(): Orders {
    const outcomes = this.#outcome.values
    return {
      length: this.length,
      session: this.session.values,
      instrument: this.instrument.values,
      side: this.side.values,
      quantity: this.quantity.values,
      price: this.price.values,
      executed: this.executed.values,
      requestedAt: this.requestedAt.values,
      arrivedAt: this.arrivedAt.values,
      endedAt: this.endedAt.values,
      firstFillAt: this.firstFillAt.values,
      requestQuote: this.requestQuote.values,
      arrivalQuote: this.arrivalQuote.values,
      endQuote: this.endQuote.values,
      day: this.day.values,
      ordType: this.#ordType,
      timeInForce: this.#timeInForce,
      clOrdId: this.#clOrdId,
      link: this.#link,
      decisionPrice: this.#decisionPrice,
      commitmentOrder: this.#commitmentOrder.values,
      commitmentChange: this.#commitmentChange.values,
      outcome: (row) => OUTCOMES[outcomes[row]]
    }
  }

  #commit(row: number, change: number): void {
    if (change === 0) return
    this.#commitmentOrder.push(row)
    this.#commitmentChange.push(change)
  }

  #readTags(row: number, { tags }: OrderTerms): void {
    let linkId: string | undefined
    let secondary: string | undefined
    for (const [tag, value] of tags) {
      if (tag === Tag.ClOrdLinkID) linkId ??= value
      else if (tag === Tag.SecondaryClOrdID) secondary ??= value
      else if (tag === Tag.DecisionPrice) this.#decisionPrice.set(row, value)
    }
    this.#link.push(linkId ?? secondary)
  }
}

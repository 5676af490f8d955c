import { formatDecimal, parseDecimal } from '../../base/decimal.js'
import type { ChildOrder, Report, SampleOms } from './sample-oms.js'

export interface TwapOrder {
  readonly parentId: string
  readonly symbol: string
  readonly side: '1' | '2'
  readonly quantity: number
  /** Number of equal slices. */
  readonly slices: number
  /** Wall time between two slices, in ms. */
  readonly interval: number
}

export interface TwapProgress {
  readonly slice: number
  readonly executed: number
}

const SCALE = 2
/** How far beyond the last price a slice that is late reaches, in cents. */
const REACH = 10

/**
 * Works a parent order by time-weighted slices. The first slice takes the market to learn the price. Each later one rests a
 * cent behind the last price for half of its interval, is then repriced to cross the spread, and what is left at the end
 * of its interval is canceled and added to the next. The last slice takes the market.
 */
export class Twap {
  readonly #oms: SampleOms
  readonly #order: TwapOrder
  readonly #live = new Map<string, number>()
  #lastPx = 0
  #executed = 0
  #requests = 0

  constructor(oms: SampleOms, order: TwapOrder) {
    this.#oms = oms
    this.#order = order
    oms.onReport = (report) => this.#take(report)
  }

  get executed(): number {
    return this.#executed
  }

  async run(progress: (at: TwapProgress) => void): Promise<void> {
    const { slices, interval, quantity } = this.#order
    for (let slice = 1; slice <= slices; slice++) {
      const due = Math.round((quantity * slice) / slices) - this.#executed
      if (due > 0) await this.#work(slice, due)
      else await pause(interval)
      progress({ slice, executed: this.#executed })
    }
  }

  async #work(slice: number, quantity: number): Promise<void> {
    const { parentId, symbol, side, slices, interval } = this.#order
    const takesMarket = this.#lastPx === 0 || slice === slices
    const clOrdId = this.#id()
    const price = takesMarket ? undefined : this.#away(-1)
    const order: ChildOrder = {
      clOrdId,
      parentId,
      symbol,
      side,
      quantity,
      price,
      timeInForce: takesMarket ? 'ioc' : 'day'
    }
    this.#oms.send(order)
    await pause(interval / 2)
    let current = clOrdId
    if (this.#live.has(current)) {
      const repriced = this.#id()
      this.#oms.reprice(order, repriced, this.#away(REACH))
      current = repriced
    }
    await pause(interval / 2)
    if (this.#live.has(current)) this.#oms.cancel(order, current, this.#id())
  }

  /** The last price, `cents` further in the direction in which the order pays. */
  #away(cents: number): string {
    return formatDecimal(this.#lastPx + (this.#order.side === '1' ? cents : -cents), SCALE)
  }

  #id(): string {
    this.#requests++
    return `${this.#order.parentId}-${this.#requests}`
  }

  #take({ clOrdId, lastQty, lastPx, leavesQty }: Report): void {
    if (leavesQty > 0) this.#live.set(clOrdId, leavesQty)
    else this.#live.delete(clOrdId)
    if (lastQty === 0) return
    this.#executed += lastQty
    this.#lastPx = parseDecimal(lastPx, SCALE)
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

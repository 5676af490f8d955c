import type { Side } from '../../exchange/units.js'

/** An order of an agent that stands in the book. Prices in ticks, quantities in lots. */
export interface AgentOrder {
  readonly id: number
  /** Number of the agent that placed it. */
  readonly owner: number
  readonly side: Side
  readonly price: number
  qty: number
}

/** Orders of one price, first come first. */
export interface AgentLevel {
  readonly price: number
  readonly queue: AgentOrder[]
}

/** One side of the agents' book: levels sorted with the best at the end, where most happens. */
export class AgentSide {
  readonly side: Side
  readonly levels: AgentLevel[] = []

  constructor(side: Side) {
    this.side = side
  }

  get bestLevel(): AgentLevel | undefined {
    return this.levels[this.levels.length - 1]
  }

  /** The best price; undefined where the side is empty. */
  get best(): number | undefined {
    return this.bestLevel?.price
  }

  /** All orders, best price first, each price as its queue stands. */
  *orders(): Generator<AgentOrder> {
    for (let i = this.levels.length - 1; i >= 0; i--) yield* this.levels[i].queue
  }

  add(order: AgentOrder): void {
    const at = this.#find(order.price)
    if (this.levels[at]?.price === order.price) this.levels[at].queue.push(order)
    else this.levels.splice(at, 0, { price: order.price, queue: [order] })
  }

  remove(order: AgentOrder): void {
    const at = this.#find(order.price)
    const { queue } = this.levels[at]
    queue.splice(queue.indexOf(order), 1)
    if (queue.length === 0) this.levels.splice(at, 1)
  }

  level(price: number): AgentLevel | undefined {
    const at = this.#find(price)
    return this.levels[at]?.price === price ? this.levels[at] : undefined
  }

  /** Where a price stands or would stand. */
  #find(price: number): number {
    let low = 0
    let high = this.levels.length
    const key = this.side * price
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.side * this.levels[middle].price < key) low = middle + 1
      else high = middle
    }
    return low
  }
}

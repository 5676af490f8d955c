import { type SessionNo } from '../units.js'
import { type Order } from './order.js'

/** All working orders by OrderID, oldest first, in a list through the orders themselves. */
export class WorkingOrders {
  #oldest: Order | undefined = undefined
  #youngest: Order | undefined = undefined
  #size = 0

  get size(): number {
    return this.#size
  }

  /** `order` has the largest OrderID so far. */
  add(order: Order): void {
    order.previousWorking = this.#youngest
    if (this.#youngest === undefined) this.#oldest = order
    else this.#youngest.nextWorking = order
    this.#youngest = order
    this.#size++
  }

  remove(order: Order): void {
    const { previousWorking, nextWorking } = order
    if (previousWorking === undefined) this.#oldest = nextWorking
    else previousWorking.nextWorking = nextWorking
    if (nextWorking === undefined) this.#youngest = previousWorking
    else nextWorking.previousWorking = previousWorking
    order.previousWorking = undefined
    order.nextWorking = undefined
    this.#size--
  }

  /** Those of a session, or of all, as they are now: the list may change while they are gone through. */
  select(session?: SessionNo): Order[] {
    const selected: Order[] = []
    for (let order = this.#oldest; order !== undefined; order = order.nextWorking) {
      if (session === undefined || order.terms.session === session) selected.push(order)
    }
    return selected
  }
}

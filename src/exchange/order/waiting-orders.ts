import { type Order } from './order.js'
import { PeggedOrders } from './pegged-orders.js'
import { StopOrders } from './stop-orders.js'

/** The orders of an instrument that the exchange holds outside the book, and the pegged ones, which move by themselves. */
export class WaitingOrders {
  readonly stops = new StopOrders()
  readonly pegged = new PeggedOrders()
  /** All-or-none orders, by arrival. */
  readonly allOrNone = new Set<Order>()
  /** Market and left-over orders of a call, by arrival. */
  readonly call = new Set<Order>()
  /** At-the-close orders before the closing auction, by arrival. */
  readonly atClose = new Set<Order>()

  /** Whether an order may have to act on what happens in the market: asked at every event, so it is a flag. */
  mayAct = false

  /** Whether there is an order that acts by itself. */
  get any(): boolean {
    return this.stops.waiting.size > 0 || this.pegged.size > 0 || this.allOrNone.size > 0
  }

  addStop(order: Order): void {
    this.mayAct = true
    this.stops.add(order)
  }

  addPegged(order: Order): void {
    this.mayAct = true
    this.pegged.add(order)
  }

  /** All that wait, kind by kind in the order of their turn; pegged orders have theirs by OrderID. */
  inOrder(): readonly (readonly Order[])[] {
    return [this.stops.waiting, this.allOrNone, this.call, this.atClose].map((orders) => [...orders])
  }

  wait(order: Order, among: Set<Order>): void {
    this.mayAct = true
    among.add(order)
    order.waiting = among
  }

  /** An order ends, or enters anew. */
  forget(order: Order): void {
    order.waiting?.delete(order)
    order.waiting = undefined
    if (order.pegged) this.pegged.remove(order)
  }
}

import type { Exchange } from '../exchange/exchange.js'

/** Lets everything that is still under way arrive. Orders that expire later than that are not waited for. */
export function deliverAll(exchange: Exchange): void {
  for (let due = exchange.nextDue(); due !== undefined; due = exchange.nextDue()) {
    const isExpiry = exchange.workingOrders().some(({ terms }) => terms.qualifiers?.expireTime === due)
    if (isExpiry) return
    exchange.advance(due)
  }
}

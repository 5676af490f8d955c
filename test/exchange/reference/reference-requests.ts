import { type SessionNo } from '../../../src/exchange/units.js'
import { isWorking, type ReferenceOrder } from './reference-order.js'

interface Request {
  readonly session: SessionNo
  readonly clOrdId: string
  /** The order that an accepted request belongs to. */
  order: ReferenceOrder | undefined
}

/** Every request of the trading day by its ClOrdID, refused ones included. */
export class ReferenceRequests {
  all: Request[] = []

  isKnown(session: SessionNo, clOrdId: string): boolean {
    return this.#find(session, clOrdId) !== undefined
  }

  /** Remembers an id; a second use of it changes nothing. */
  remember(session: SessionNo, clOrdId: string): void {
    if (!this.isKnown(session, clOrdId)) this.all.push({ session, clOrdId, order: undefined })
  }

  accept(session: SessionNo, clOrdId: string, order: ReferenceOrder): void {
    this.remember(session, clOrdId)
    const request = this.#find(session, clOrdId)
    if (request) request.order = order
  }

  /** The order that an accepted id belongs to, be it the last of its chain or an earlier one. */
  orderOf(session: SessionNo, clOrdId: string): ReferenceOrder | undefined {
    return this.#find(session, clOrdId)?.order
  }

  /** The order whose last accepted id this is: what a cancel or replace may name. */
  namedBy(session: SessionNo, origClOrdId: string): ReferenceOrder | undefined {
    const order = this.orderOf(session, origClOrdId)
    return order?.terms.clOrdId === origClOrdId ? order : undefined
  }

  forgetDone(): void {
    this.all = this.all.filter(({ order }) => order && isWorking(order))
  }

  #find(session: SessionNo, clOrdId: string): Request | undefined {
    return this.all.find((request) => request.session === session && request.clOrdId === clOrdId)
  }
}

import { type SessionNo } from '../units.js'
import { type Order } from './order.js'

/** An id that was used by a refused request: taken, but it names no order. */
const REFUSED = null

/**
 * The ClOrdIDs of the trading day, per session. An id is used once, whatever became of its request; the ids of accepted
 * requests name their order, done or working, until the day ends.
 */
export class ClientIds {
  readonly #sessions: Map<string, Order | null>[] = []

  #of(session: SessionNo): Map<string, Order | null> {
    while (this.#sessions.length <= session) this.#sessions.push(new Map())
    return this.#sessions[session]
  }

  isTaken(session: SessionNo, clOrdId: string): boolean {
    return this.#of(session).get(clOrdId) !== undefined
  }

  /** The order that an accepted request's id names. */
  find(session: SessionNo, clOrdId: string): Order | undefined {
    return this.#of(session).get(clOrdId) ?? undefined
  }

  /** The order whose last accepted id this is. */
  findLast(session: SessionNo, clOrdId: string): Order | undefined {
    const order = this.#of(session).get(clOrdId)
    return order && order.terms.clOrdId === clOrdId ? order : undefined
  }

  /** `clOrdId` was not taken. */
  name(session: SessionNo, clOrdId: string, order: Order): void {
    this.#of(session).set(clOrdId, order)
  }

  /** Keeps a refused request's id from being used again; an id that names an order goes on naming it. */
  refuse(session: SessionNo, clOrdId: string): void {
    const ids = this.#of(session)
    if (ids.get(clOrdId) === undefined) ids.set(clOrdId, REFUSED)
  }

  /** The day ends: only ids of working orders stay. */
  endOfDay(): void {
    this.#sessions.forEach((ids, session) => {
      const kept = new Map<string, Order | null>()
      for (const [clOrdId, order] of ids) if (order?.working) kept.set(clOrdId, order)
      this.#sessions[session] = kept
    })
  }

  /** Every id in use, in the order of use; the order is null where it names none. */
  *[Symbol.iterator](): Generator<readonly [session: number, clOrdId: string, order: Order | null]> {
    for (let session = 0; session < this.#sessions.length; session++) {
      for (const [clOrdId, order] of this.#sessions[session]) yield [session, clOrdId, order]
    }
  }
}

import { type SessionNo } from '../units.js'
import { IdTable } from './id-table.js'
import { type Order } from './order.js'

/**
 * The ClOrdIDs of the trading day, per session. An id is used once, whatever became of its request; the ids of accepted
 * requests name their order, done or working, until the day ends.
 */
export class ClientIds {
  readonly #sessions: IdTable[] = []

  of(session: SessionNo): IdTable {
    while (this.#sessions.length <= session) this.#sessions.push(new IdTable())
    return this.#sessions[session]
  }

  /** The order that an accepted request's id names. */
  find(session: SessionNo, clOrdId: string): Order | undefined {
    return this.#sessions[session]?.find(clOrdId)
  }

  /** The order whose last accepted id this is. */
  findLast(session: SessionNo, clOrdId: string): Order | undefined {
    const order = this.#sessions[session]?.find(clOrdId)
    return order?.terms.clOrdId === clOrdId ? order : undefined
  }

  /** The day ends: only ids of working orders stay. */
  endOfDay(): void {
    for (let session = 0; session < this.#sessions.length; session++)
      this.#sessions[session] = this.#sessions[session].ofWorking()
  }

  /** Every id in use, in the order of use; the order is null where it names none. */
  *[Symbol.iterator](): Generator<readonly [session: number, clOrdId: string, order: Order | null]> {
    for (let session = 0; session < this.#sessions.length; session++) {
      for (const [clOrdId, order] of this.#sessions[session]) yield [session, clOrdId, order]
    }
  }
}

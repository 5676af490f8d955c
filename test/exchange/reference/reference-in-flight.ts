import { type Nanos } from '../../../src/base/time.js'
import { type SessionNo } from '../../../src/exchange/units.js'

interface Sent<T> {
  readonly item: T
  readonly due: Nanos
}

/** Messages under way in one direction. Those of one session do not overtake each other. */
export class ReferenceInFlight<T> {
  /** By arrival, then in the order of sending. */
  readonly sent: Sent<T>[] = []
  readonly #lastArrivals = new Map<SessionNo, Nanos>()

  /** When a message of a session arrives that by itself would at `due`. */
  arrival(session: SessionNo, due: Nanos): Nanos {
    const last = this.#lastArrivals.get(session)
    const arrival = last !== undefined && last > due ? last : due
    this.#lastArrivals.set(session, arrival)
    return arrival
  }

  send(item: T, due: Nanos): void {
    const behind = this.sent.findIndex((other) => other.due > due)
    this.sent.splice(behind < 0 ? this.sent.length : behind, 0, { item, due })
  }

  nextDue(): Nanos | undefined {
    return this.sent.at(0)?.due
  }

  take(): T | undefined {
    return this.sent.shift()?.item
  }
}

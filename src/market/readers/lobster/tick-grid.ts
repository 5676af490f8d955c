import type { UserError } from '../../../base/user-error.js'
import type { Faults } from '../faults.js'

/** The prices at which orders stand. An order or a level off the tick is left out, and each such price counted once. */
export class TickGrid {
  readonly #tick: number
  readonly #faults: Faults
  readonly #off = new Set<number>()

  /** @param tick in 1/10,000 of a dollar */
  constructor(tick: number, faults: Faults) {
    this.#tick = tick
    this.#faults = faults
  }

  /** Whether a price is on the tick. @throws UserError, what `fault` makes, where one that is not is to stop the import */
  has(price: number, fault: () => UserError): boolean {
    if (price % this.#tick === 0) return true
    if (this.#off.has(price)) return false
    this.#faults.repairsTold('offTick', fault())
    this.#off.add(price)
    return false
  }

  problem(price: number): string {
    return `price ${price} is off the tick of ${this.#tick}`
  }
}

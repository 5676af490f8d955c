import { type Nanos } from '../../base/time.js'
import { type ExchangeListener } from '../exchange.js'
import { type Listing } from '../listing.js'
import { type OrderLife } from '../order/order-life.js'
import { type Order } from '../order/order.js'
import { type WorkingOrders } from '../order/working-orders.js'
import { type Phase } from '../phase.js'
import { refusal } from '../refusal.js'
import { type Uncross } from '../uncross.js'

const OPENING: readonly Phase[] = ['preOpen', 'openingAuction', 'halt']

/** Whether what is in the book trades at one price when a phase gives way to another. */
const uncrosses = (from: Phase, to: Phase): boolean =>
  to === 'continuous' || (from === 'closingAuction' && (to === 'tradeAtLast' || to === 'closed'))

/** Whether the orders for the close have had their auction, or will have none any more. */
const endsClose = (from: Phase, to: Phase): boolean =>
  to === 'tradeAtLast' || to === 'closed' || (from === 'closingAuction' && to !== 'halt')

/** What happens to the orders of an instrument when its phase changes. */
export class PhaseChanges {
  readonly #life: OrderLife
  readonly #working: WorkingOrders
  readonly #listener: ExchangeListener

  constructor(life: OrderLife, working: WorkingOrders, listener: ExchangeListener) {
    this.#life = life
    this.#working = working
    this.#listener = listener
  }

  /** @returns what the change came to; undefined where the instrument was in this phase already */
  change(time: Nanos, listing: Listing, phase: Phase): PhaseTold | undefined {
    const { state, trades } = listing.book
    const from = state.phase
    if (from === phase) return undefined
    if (from === 'continuous') trades.shrink()
    const uncross = uncrosses(from, phase) ? listing.auction.uncross(time) : undefined
    state.enter(phase, trades.last)
    if (!OPENING.includes(phase)) this.#expire(time, listing, 'opg')
    if (endsClose(from, phase)) this.#expire(time, listing, 'atc')
    if (!state.call && phase !== 'halt') this.#endCall(time, listing, uncross)
    if (phase === 'closingAuction') this.#enterClose(time, listing)
    return { phase, uncross }
  }

  /** The change is over, everything that follows from it included. */
  told(time: Nanos, listing: Listing, { phase, uncross }: PhaseTold): void {
    this.#listener.onPhase?.(time, listing.book.instrument.no, phase, uncross)
  }

  /** What is left of market orders has nothing to meet; a left-over takes the auction's price as its limit. */
  #endCall(time: Nanos, listing: Listing, uncross: Uncross | undefined): void {
    for (const order of [...listing.waiting.call]) {
      if (order.terms.ordType === 'marketWithLeftOverAsLimit' && uncross !== undefined)
        this.#life.leftOver(time, listing, order, uncross.price)
      else this.#life.cancel(time, order, undefined, refusal('PP3003'))
    }
  }

  #enterClose(time: Nanos, listing: Listing): void {
    for (const order of [...listing.waiting.atClose]) this.#life.release(time, listing, order)
  }

  #expire(time: Nanos, listing: Listing, timeInForce: 'opg' | 'atc'): void {
    const { no } = listing.book.instrument
    const isMeant = ({ terms }: Order): boolean => terms.instrument === no && terms.timeInForce === timeInForce
    for (const order of this.#working.select().filter(isMeant)) this.#life.expire(time, order, refusal('PP3006'))
  }
}

/** A change that is to be told. */
export interface PhaseTold {
  readonly phase: Phase
  readonly uncross: Uncross | undefined
}

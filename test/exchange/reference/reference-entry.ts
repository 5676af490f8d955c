import { type Nanos } from '../../../src/base/time.js'
import { refusal } from '../../../src/exchange/refusal.js'
import { isCall } from '../../../src/exchange/phase.js'
import { type Price, type Quantity } from '../../../src/exchange/units.js'
import { type ReferenceMarket } from './reference-market.js'
import { isHidden, isWorking, leavesQty, limitOf, type ReferenceOrder, type Waiting } from './reference-order.js'

/** Where an order goes when it enters: into the walk, the book, or a wait. */
export class ReferenceEntry {
  readonly #market: ReferenceMarket

  constructor(market: ReferenceMarket) {
    this.#market = market
  }

  /** What an order would wait for outside the book, now; undefined where it does not. */
  #waitsFor(order: ReferenceOrder): Waiting['for'] | undefined {
    const { ordType, timeInForce, qualifiers } = order.terms
    const { phase, walk } = this.#market
    if (timeInForce === 'atc' && phase !== 'closingAuction') return 'close'
    if (ordType === 'stop' || ordType === 'stopLimit' || ordType === 'marketIfTouched') return 'trigger'
    if (isCall(phase)) {
      if (qualifiers?.allOrNone) return 'wholeFill'
      return ordType === 'market' || ordType === 'marketWithLeftOverAsLimit' ? 'auction' : undefined
    }
    if (ordType === 'pegged' && limitOf(order) === undefined) return 'reference'
    if (qualifiers?.allOrNone && walk.obtainable(order) < leavesQty(order)) return 'wholeFill'
    return undefined
  }

  /** What stands ahead of the rest of an order, if it enters now and leaves one on the book. */
  queueAhead(order: ReferenceOrder): Quantity | undefined {
    const { book, phase, walk } = this.#market
    const { ordType, timeInForce, qualifiers, side } = order.terms
    const limit = limitOf(order)
    if (limit === undefined || ordType === 'marketWithLeftOverAsLimit' || isHidden(order)) return undefined
    if (this.#waitsFor(order)) return undefined
    if (!isCall(phase)) {
      if (timeInForce === 'ioc' || timeInForce === 'fok' || qualifiers?.allOrNone) return undefined
      if (this.#missesMinimum(order)) return undefined
      if (walk.leftAfterWalk(order) === 0 || walk.isBeyondCollar(order)) return undefined
    }
    return book.queueAheadAtBack(side, limit) as Quantity | undefined
  }

  /** The price at which a post-only order takes no liquidity; undefined where its own limit takes none. */
  priceBehind(order: ReferenceOrder): Price | undefined {
    const { book, phase, walk } = this.#market
    if (isCall(phase)) return undefined
    const [met] = walk.reachable(order)
    if (met === undefined) return undefined
    const { side } = order.terms
    const { tickSize } = book.instrument
    const steps = side === 1 ? Math.ceil(met / tickSize) - 1 : Math.floor(met / tickSize) + 1
    return (steps * tickSize) as Price
  }

  #missesMinimum(order: ReferenceOrder): boolean {
    const minimum = Math.min(order.terms.qualifiers?.minQty ?? 0, leavesQty(order))
    return this.#market.walk.obtainable(order) < minimum
  }

  enter(time: Nanos, order: ReferenceOrder): void {
    const waits = this.#waitsFor(order)
    if (waits) this.#market.wait(order, waits)
    else if (isCall(this.#market.phase)) this.#rest(time, order)
    else this.#meet(time, order)
  }

  #rest(time: Nanos, order: ReferenceOrder): void {
    this.#market.places.rest(this.#market.book, order, time)
  }

  #meet(time: Nanos, order: ReferenceOrder): void {
    const { walk, reports } = this.#market
    const { ordType, timeInForce } = order.terms
    order.waiting = undefined
    const cancel = (code: 'PP3001' | 'PP3002' | 'PP3003' | 'PP3007' | 'PP3010'): void =>
      reports.cancel(time, order, undefined, refusal(code))
    if (timeInForce === 'fok' && walk.obtainable(order) < leavesQty(order)) return cancel('PP3002')
    if (this.#missesMinimum(order)) return cancel('PP3007')
    const isBeyondCollar = walk.isBeyondCollar(order)
    const last = walk.walk(time, order)
    if (!isWorking(order) || leavesQty(order) === 0) return
    if (ordType === 'marketWithLeftOverAsLimit' && last !== undefined) this.leaveOver(time, order, last)
    else if (isBeyondCollar) cancel('PP3010')
    else if (ordType === 'market' || ordType === 'marketWithLeftOverAsLimit') cancel('PP3003')
    else if (timeInForce === 'ioc') cancel('PP3001')
    else this.#rest(time, order)
  }

  /** What is left of a market order rests as a limit. */
  leaveOver(time: Nanos, order: ReferenceOrder, at: Price): void {
    const { book, reports } = this.#market
    order.terms = { ...order.terms, ordType: 'limit', price: at }
    const ahead = isHidden(order) ? undefined : book.queueAheadAtBack(order.terms.side, at)
    reports.restate(time, order, 'leftOver', ahead as Quantity | undefined)
    this.#rest(time, order)
  }
}

import { type Nanos } from '../../../src/base/time.js'
import { BUY, opposite, type Price } from '../../../src/exchange/units.js'
import { type ReferenceMarket } from './reference-market.js'
import { leavesQty, limitOf, type ReferenceOrder } from './reference-order.js'
import { peggedAt } from './reference-terms.js'

/** Looks whether anything happened that a stop, an all-or-none or a pegged order waits for. */
export class ReferenceLook {
  readonly #market: ReferenceMarket

  constructor(market: ReferenceMarket) {
    this.#market = market
  }

  run(time: Nanos): void {
    if (this.#market.phase !== 'continuous') return
    do this.#triggerAll(time)
    while (this.#fillWhole(time) || this.#followReferences(time))
  }

  // ---- stops and touches ----

  #triggerAll(time: Nanos): void {
    const { entry, trades, waiting, reports } = this.#market
    for (;;) {
      const order = waiting('trigger').find((each) => this.#isReached(each))
      if (!order) break
      order.waiting = undefined
      order.terms = { ...order.terms, ordType: order.terms.ordType === 'stopLimit' ? 'limit' : 'market' }
      reports.restate(time, order, 'triggered', entry.queueAhead(order))
      entry.enter(time, order)
    }
    trades.looked()
  }

  #isReached({ terms, waiting }: ReferenceOrder): boolean {
    const { side, ordType, qualifiers } = terms
    const stopPx = qualifiers?.stopPx ?? 0
    const { book, trades } = this.#market
    const byQuote = book.instrument.rules.stopTrigger === 'quote'
    const seen = byQuote ? book.displayedPrices(opposite(side)).slice(0, 1) : trades.from(waiting?.lastTrade ?? 0)
    const upwards = (side === BUY) !== (ordType === 'marketIfTouched')
    return seen.some((price) => (upwards ? price >= stopPx : price <= stopPx))
  }

  // ---- all or none ----

  #fillWhole(time: Nanos): boolean {
    const { walk, waiting, entry } = this.#market
    const order = waiting('wholeFill').find((each) => walk.obtainable(each) >= leavesQty(each))
    if (!order) return false
    entry.enter(time, order)
    return true
  }

  // ---- pegs ----

  /** @returns whether any pegged order took another price. */
  #followReferences(time: Nanos): boolean {
    const { entry, reports, book } = this.#market
    let moved = false
    for (const order of this.#market.orders) {
      if (order.terms.ordType !== 'pegged' || leavesQty(order) === 0) continue
      const at = this.pegPrice(order)
      if (at === limitOf(order)) continue
      moved = true
      book.take(order)
      order.terms = peggedAt(order.terms, at)
      reports.restate(time, order, 'pegged', entry.queueAhead(order))
      const before = order.cumQty
      entry.enter(time, order)
      if (order.cumQty > before) return true
    }
    return moved
  }

  /** The price that a pegged order takes now; undefined where a reference is missing. */
  pegPrice({ terms }: ReferenceOrder): Price | undefined {
    const { side, price, qualifiers } = terms
    const peg = qualifiers?.peg
    if (!peg) return undefined
    const { book } = this.#market
    const { tickSize } = book.instrument
    const [own, other] = [book.bestBesidePegs(side), book.bestBesidePegs(opposite(side))]
    const needed = { primary: [own, own], market: [other, other], midpoint: [own, other] }[peg.reference]
    if (needed.includes(undefined)) return undefined
    const twice = needed.reduce<number>((sum, each) => sum + (each ?? 0), 0) + 2 * peg.offset
    const ticks = side === BUY ? Math.floor(twice / (2 * tickSize)) : Math.ceil(twice / (2 * tickSize))
    const at = ticks * tickSize
    const pegged = price !== 0 && side * (at - price) > 0 ? price : at
    return pegged > 0 ? (pegged as Price) : undefined
  }
}

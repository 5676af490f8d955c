import { type Nanos } from '../../../src/base/time.js'
import { refusal } from '../../../src/exchange/refusal.js'
import { type SelfMatchMode } from '../../../src/exchange/trading-rules.js'
import { BUY, opposite, quantity, SELL, type Price, type Side } from '../../../src/exchange/units.js'
import { type ReferenceMarket } from './reference-market.js'
import { isHidden, isWorking, leavesQty, limitOf, partQty, shownQty, type ReferenceOrder } from './reference-order.js'

/** How an aggressor meets the other side of a market. */
export class ReferenceWalk {
  readonly #market: ReferenceMarket

  constructor(market: ReferenceMarket) {
    this.#market = market
  }

  // ---- questions ----

  /** The furthest price at which the collar lets a side trade now; undefined: no collar. */
  collar(side: Side): Price | undefined {
    const { book, trades } = this.#market
    const { collar } = book.instrument.rules
    if (!collar) return undefined
    const [bid] = book.displayedPrices(BUY)
    const [ask] = book.displayedPrices(SELL)
    const middle = bid === undefined || ask === undefined ? undefined : Math.floor((bid + ask) / 2)
    const reference = trades.last ?? middle
    if (reference === undefined) return undefined
    const inTicks = collar.kind === 'ticks'
    const width = inTicks
      ? collar.ticks * book.instrument.tickSize
      : Number((BigInt(reference) * BigInt(collar.basisPoints)) / 10_000n)
    return (reference + side * width) as Price
  }

  isBeyondCollar(order: ReferenceOrder): boolean {
    const { side } = order.terms
    const collar = this.collar(side)
    const limit = limitOf(order)
    return collar !== undefined && (limit === undefined || side * (limit - collar) > 0)
  }

  /** Prices of the opposite side that an order may meet, best first. */
  reachable(order: ReferenceOrder): Price[] {
    const { side } = order.terms
    const limit = limitOf(order)
    const collar = this.collar(side)
    const { book, phase, atLast } = this.#market
    return book
      .meetablePrices(opposite(side))
      .filter((met) => limit === undefined || side * (met - limit) <= 0)
      .filter((met) => collar === undefined || side * (met - collar) <= 0)
      .filter((met) => phase !== 'tradeAtLast' || met === atLast)
  }

  /** What can be had at once. */
  obtainable(order: ReferenceOrder): number {
    let sum = 0
    for (const { qty, own } of this.#meets(order)) {
      if (own === 'cancelOldest') continue
      if (own) break
      sum += qty
    }
    return sum
  }

  /** What a walk, now, would leave of the order; 0 where it would be filled or canceled by self-match prevention. */
  leftAfterWalk(order: ReferenceOrder): number {
    let left = leavesQty(order)
    for (const { qty, own } of this.#meets(order)) {
      if (left <= 0) break
      if (own === 'cancelOldest') continue
      if (own === 'cancelNewest' || own === 'cancelBoth') return 0
      left -= qty
    }
    return Math.max(0, left)
  }

  /** What the order would meet, first to last, each with the mode where it is its own. */
  #meets(order: ReferenceOrder): { readonly qty: number; readonly own: SelfMatchMode | undefined }[] {
    const { book } = this.#market
    const side = opposite(order.terms.side)
    return this.reachable(order).flatMap((met) => {
      const of = (client: ReferenceOrder, qty: number): { qty: number; own: SelfMatchMode | undefined } => {
        const own = this.#ownMode(order, client)
        return { qty: own ? leavesQty(client) : qty, own }
      }
      const reserves = book
        .shownAt(side, met)
        .filter((client) => !this.#ownMode(order, client))
        .map((client) => of(client, leavesQty(client) - shownQty(client)))
      return [
        ...book
          .queue(side, met)
          .map((step) =>
            'market' in step ? { qty: step.market, own: undefined } : of(step.client, shownQty(step.client))
          ),
        ...reserves,
        ...book.hiddenAt(side, met).map((client) => of(client, leavesQty(client)))
      ]
    })
  }

  /** The aggressor's mode where it must not trade with the other. */
  #ownMode(order: ReferenceOrder, other: ReferenceOrder): SelfMatchMode | undefined {
    const [mine, theirs] = [this.#group(order), this.#group(other)]
    return mine && mine.key === theirs?.key ? mine.mode : undefined
  }

  #group({ terms }: ReferenceOrder): { readonly key: string; readonly mode: SelfMatchMode } | undefined {
    const said = terms.qualifiers?.selfMatch
    if (said) return { key: `id ${said.id}`, mode: said.mode }
    const mode = this.#market.book.instrument.rules.selfMatch
    return mode && { key: `session ${terms.session}`, mode }
  }

  // ---- the walk ----

  /** The order meets the opposite side. @returns the price of its last fill. */
  walk(time: Nanos, order: ReferenceOrder): Price | undefined {
    let last: Price | undefined
    for (const met of this.reachable(order)) {
      if (leavesQty(order) === 0) break
      if (this.#meetPrice(time, order, met)) last = met
    }
    return last
  }

  /** @returns whether anything was filled. */
  #meetPrice(time: Nanos, order: ReferenceOrder, met: Price): boolean {
    const { book, reports, trades } = this.#market
    const side = opposite(order.terms.side)
    const shown = book.queue(side, met)
    const hidden = book.hiddenAt(side, met)
    const before = order.cumQty
    let taken = 0
    const fill = (qty: number): void => {
      reports.trade(time, order, qty, met, 'removed')
      trades.note(met)
    }
    while (leavesQty(order) > 0) {
      const step = shown.shift() ?? (hidden.length > 0 ? { client: hidden.shift() as ReferenceOrder } : undefined)
      if (!step) break
      if ('market' in step) {
        const qty = Math.min(leavesQty(order), step.market)
        fill(qty)
        taken += qty
        continue
      }
      const { client } = step
      const mode = this.#ownMode(order, client)
      if (mode) {
        this.#preventSelfMatch(time, order, client, mode)
        continue
      }
      const qty = Math.min(leavesQty(order), partQty(client))
      fill(qty)
      this.#market.fillResting(time, client, qty)
      if (isWorking(client) && !isHidden(client)) shown.push({ client })
    }
    book.consume(time, side, met, taken)
    return order.cumQty > before
  }

  #preventSelfMatch(time: Nanos, order: ReferenceOrder, resting: ReferenceOrder, mode: SelfMatchMode): void {
    const { book, reports } = this.#market
    const cancel = (which: ReferenceOrder): void => {
      book.take(which)
      reports.cancel(time, which, undefined, refusal('PP3009'))
    }
    if (mode === 'cancelOldest' || mode === 'cancelBoth') cancel(resting)
    if (mode === 'cancelNewest' || mode === 'cancelBoth') cancel(order)
    if (mode !== 'decrement') return
    const less = Math.min(leavesQty(order), leavesQty(resting))
    for (const each of [resting, order]) {
      if (leavesQty(each) === less) {
        cancel(each)
        continue
      }
      each.terms = { ...each.terms, orderQty: quantity(each.terms.orderQty - less) }
      each.part = Math.min(each.part, leavesQty(each))
      reports.restate(time, each, 'selfMatch', undefined)
    }
  }
}

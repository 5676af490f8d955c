import { BUY, quantity, SELL, type Price, type Side } from '../../../src/exchange/units.js'
import { type Uncross } from '../../../src/exchange/uncross.js'
import { type ReferenceMarket } from './reference-market.js'
import { leavesQty, shownQty, type ReferenceOrder } from './reference-order.js'

/** One quantity that takes part in an auction; `limit` undefined: at any price. */
export interface Bidder {
  readonly client: ReferenceOrder | undefined
  readonly limit: Price | undefined
  readonly qty: number
}

/** All that takes part on a side, in the order in which it is served. */
export function bidders({ book, waiting }: ReferenceMarket, side: Side): Bidder[] {
  const atMarket = waiting('auction')
    .filter(({ terms }) => terms.side === side)
    .map((client) => ({ client, limit: undefined, qty: leavesQty(client) }))
  const atLimits = book.meetablePrices(side).flatMap((at): Bidder[] => [
    ...book
      .queue(side, at)
      .map((step) =>
        'market' in step
          ? { client: undefined, limit: at, qty: step.market }
          : { client: step.client, limit: at, qty: shownQty(step.client) }
      ),
    ...book
      .shownAt(side, at)
      .map((client) => ({ client, limit: at, qty: leavesQty(client) - shownQty(client) }))
      .filter(({ qty }) => qty > 0),
    ...book.hiddenAt(side, at).map((client) => ({ client, limit: at, qty: leavesQty(client) }))
  ])
  return [...atMarket, ...atLimits]
}

/** What an auction would come to ("Uncross" in the exchange's README). */
export function uncrossOf(market: ReferenceMarket): Uncross | undefined {
  const sides = { [BUY]: bidders(market, BUY), [SELL]: bidders(market, SELL) }
  const { tickSize } = market.book.instrument
  const { last } = market.trades
  const reference = last === undefined ? undefined : Math.floor(last / tickSize + 0.5) * tickSize
  const limits = [...sides[BUY], ...sides[SELL]].flatMap((bidder) => bidder.limit ?? [])
  const candidates = [...new Set(reference === undefined ? limits : [...limits, reference as Price])].sort(
    (a, b) => a - b
  )
  const at = (price: Price): Uncross => {
    const total = (side: Side): number =>
      sides[side].reduce(
        (sum, each) => (each.limit === undefined || side * (each.limit - price) >= 0 ? sum + each.qty : sum),
        0
      )
    const [demand, supply] = [total(BUY), total(SELL)]
    return { price, qty: quantity(Math.min(demand, supply)), surplus: demand - supply }
  }
  const all = candidates.map(at)
  const most = Math.max(0, ...all.map(({ qty }) => qty))
  if (most === 0) return undefined
  const largest = all.filter(({ qty }) => qty === most)
  const least = Math.min(...largest.map(({ surplus }) => Math.abs(surplus)))
  const best = largest.filter(({ surplus }) => Math.abs(surplus) === least)
  if (best.every(({ surplus }) => surplus > 0)) return best.at(-1)
  if (best.every(({ surplus }) => surplus < 0) || reference === undefined) return best[0]
  const distance = ({ price }: Uncross): number => Math.abs(price - reference)
  const nearest = Math.min(...best.map(distance))
  return best.filter((each) => distance(each) === nearest).at(-1)
}

/** What each client gets in an uncross, and what market quantity clients take, in the order in which it is served. */
export interface Allocation {
  readonly clients: Map<ReferenceOrder, number>
  readonly market: { readonly side: Side; readonly price: Price; qty: number }[]
}

export function allocate(market: ReferenceMarket, { price, qty }: Uncross): Allocation {
  const clients: Allocation['clients'] = new Map()
  const taken: Allocation['market'] = []
  const served = (side: Side): { readonly bidder: Bidder; qty: number }[] => {
    let left = qty as number
    return bidders(market, side).flatMap((bidder) => {
      if (bidder.limit !== undefined && side * (bidder.limit - price) < 0) return []
      const share = Math.min(left, bidder.qty)
      left -= share
      return share > 0 ? [{ bidder, qty: share }] : []
    })
  }
  const [buyers, sellers] = [served(BUY), served(SELL)]
  for (const { bidder } of [...buyers, ...sellers]) if (bidder.client) clients.set(bidder.client, 0)
  while (buyers.length > 0 && sellers.length > 0) {
    const both = [buyers[0], sellers[0]]
    const met = Math.min(buyers[0].qty, sellers[0].qty)
    for (const [i, each] of both.entries()) {
      each.qty -= met
      const { client, limit: at } = each.bidder
      const side = i === 0 ? BUY : SELL
      if (client) clients.set(client, (clients.get(client) ?? 0) + met)
      else if (both[1 - i].bidder.client && at !== undefined) {
        const same = taken.find((other) => other.side === side && other.price === at)
        if (same) same.qty += met
        else taken.push({ side, price: at, qty: met })
      }
    }
    if (buyers[0].qty === 0) buyers.shift()
    if (sellers[0].qty === 0) sellers.shift()
  }
  return { clients, market: taken }
}

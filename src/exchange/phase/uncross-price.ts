import { type Uncross } from '../uncross.js'
import { price, quantity } from '../units.js'

/** Quantity that would trade at its price or better; a market order's price is the infinity that it always beats. */
export interface Interest {
  readonly price: number
  readonly qty: number
}

interface Candidate {
  readonly price: number
  readonly qty: number
  readonly surplus: number
}

/**
 * The price at which a call's book trades (README, uncross): the largest executable quantity; then the smallest surplus;
 * then the side of market pressure, buyers' surplus up, sellers' down; then nearest the reference, of two the higher.
 * @param reference a price on the tick; undefined: the lowest price where nothing else decides
 * @returns undefined where nothing can be executed
 */
export function uncrossPrice(
  buys: readonly Interest[],
  sells: readonly Interest[],
  reference: number | undefined
): Uncross | undefined {
  const best = bestCandidates(candidates(buys, sells, reference))
  if (best.length === 0) return undefined
  const chosen = choose(best, reference)
  return { price: price(chosen.price), qty: quantity(chosen.qty), surplus: chosen.surplus }
}

/** What every price would come to, from the lowest. */
function candidates(
  buys: readonly Interest[],
  sells: readonly Interest[],
  reference: number | undefined
): readonly Candidate[] {
  const prices = new Set([...buys, ...sells].map((interest) => interest.price).filter(Number.isFinite))
  if (reference !== undefined) prices.add(reference)
  const byPrice = (a: Interest, b: Interest): number => (a.price < b.price ? -1 : a.price > b.price ? 1 : 0)
  const buyers = buys.toSorted(byPrice)
  const sellers = sells.toSorted(byPrice)
  let demand = buyers.reduce((sum, { qty }) => sum + qty, 0)
  let supply = 0
  let nextBuyer = 0
  let nextSeller = 0
  return [...prices]
    .sort((a, b) => a - b)
    .map((at) => {
      for (; nextBuyer < buyers.length && buyers[nextBuyer].price < at; nextBuyer++) demand -= buyers[nextBuyer].qty
      for (; nextSeller < sellers.length && sellers[nextSeller].price <= at; nextSeller++)
        supply += sellers[nextSeller].qty
      return { price: at, qty: Math.min(demand, supply), surplus: demand - supply }
    })
}

/** Those with the largest quantity, and of them those with the smallest surplus, from the lowest price. */
function bestCandidates(all: readonly Candidate[]): readonly Candidate[] {
  const most = all.reduce((largest, { qty }) => Math.max(largest, qty), 0)
  if (most === 0) return []
  const largest = all.filter(({ qty }) => qty === most)
  const least = largest.reduce(
    (smallest, { surplus }) => Math.min(smallest, Math.abs(surplus)),
    Number.POSITIVE_INFINITY
  )
  return largest.filter(({ surplus }) => Math.abs(surplus) === least)
}

function choose(best: readonly Candidate[], reference: number | undefined): Candidate {
  const lowest = best[0]
  const highest = best[best.length - 1]
  if (best.every(({ surplus }) => surplus > 0)) return highest
  if (best.every(({ surplus }) => surplus < 0) || reference === undefined) return lowest
  return best.reduce((nearest, candidate) =>
    Math.abs(candidate.price - reference) <= Math.abs(nearest.price - reference) ? candidate : nearest
  )
}

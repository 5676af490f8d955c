import { type OrdType } from '../command.js'
import { type Listing } from '../listing.js'
import { availableTo } from '../match/availability.js'
import { reachKey } from '../match/reach.js'
import { type Order } from './order.js'

/**
 * Where an order goes that enters: it walks, trades at the last price, rests without a walk, or waits among the stops,
 * the pegs without a price, the all-or-none orders, the market orders of a call, the orders for the close.
 */
export type EntryWay = 'walk' | 'last' | 'rest' | 'stops' | 'pegged' | 'allOrNone' | 'call' | 'atClose'

/** What a type becomes when its trigger price is reached; undefined for types that have none. */
export const TRIGGERED: Readonly<Partial<Record<OrdType, 'market' | 'limit'>>> = {
  stop: 'market',
  stopLimit: 'limit',
  marketIfTouched: 'market'
}

export function entryWay(listing: Listing, order: Order): EntryWay {
  const { state } = listing.book
  const { ordType, timeInForce, qualifiers } = order.terms
  if (state.continuous && ordType === 'limit' && qualifiers === undefined && timeInForce !== 'atc') return 'walk'
  if (TRIGGERED[ordType] !== undefined) return 'stops'
  if (qualifiers?.allOrNone === true) return canFillWhole(listing, order) ? 'walk' : 'allOrNone'
  if (timeInForce === 'atc' && state.phase !== 'closingAuction') return 'atClose'
  if (ordType === 'pegged' && order.limit === 0) return 'pegged'
  if (state.continuous) return 'walk'
  if (state.call) return ordType === 'limit' ? 'rest' : 'call'
  return 'last'
}

/** Whether an all-or-none order would be filled by a walk that starts now. */
export function canFillWhole({ book }: Listing, order: Order): boolean {
  return book.state.continuous && availableTo(book, order, reachKey(book, order), order.leavesQty) >= order.leavesQty
}

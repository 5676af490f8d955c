import { type Nanos } from '../../../src/base/time.js'
import { isCall, type Phase } from '../../../src/exchange/phase.js'
import { refusal } from '../../../src/exchange/refusal.js'
import { type Uncross } from '../../../src/exchange/uncross.js'
import { type Price } from '../../../src/exchange/units.js'
import { type ReferenceMarket } from './reference-market.js'
import { isHidden, leavesQty, shownQty } from './reference-order.js'
import { allocate, uncrossOf } from './reference-uncross.js'

/** An instrument goes into another phase. @returns the uncross that ended the one before. */
export function changePhase(market: ReferenceMarket, time: Nanos, phase: Phase): Uncross | undefined {
  const before = market.phase
  const ends =
    phase === 'continuous' || (before === 'closingAuction' && (phase === 'tradeAtLast' || phase === 'closed'))
  const uncross = ends ? uncrossOf(market) : undefined
  if (uncross) execute(market, time, uncross)
  market.phase = phase
  market.atLast = phase === 'tradeAtLast' ? market.trades.last : undefined

  if (!['preOpen', 'openingAuction', 'halt'].includes(phase)) expire(market, time, 'opg')
  if (phase === 'tradeAtLast' || phase === 'closed' || (before === 'closingAuction' && phase !== 'halt')) {
    expire(market, time, 'atc')
  }
  if (!isCall(phase) && phase !== 'halt') endWaiting(market, time, uncross?.price)
  if (phase === 'closingAuction') for (const order of market.waiting('close')) market.entry.enter(time, order)
  return uncross
}

function execute(market: ReferenceMarket, time: Nanos, uncross: Uncross): void {
  const { book, reports, places, trades } = market
  const { clients, market: taken } = allocate(market, uncross)
  const shown = new Map([...clients].map(([order]) => [order, order.place && !isHidden(order) ? shownQty(order) : 0]))
  for (const [order, qty] of clients) reports.trade(time, order, qty, uncross.price, 'auction')
  for (const { side, price, qty } of taken) book.consume(time, side, price, qty)
  for (const [order, qty] of clients) {
    const part = shown.get(order) ?? 0
    order.part -= Math.min(part, qty)
    if (leavesQty(order) === 0) market.take(order)
    else if (part > 0 && qty >= part) places.refresh(book, order, time)
  }
  trades.note(uncross.price)
}

function expire({ orders, take, reports }: ReferenceMarket, time: Nanos, timeInForce: 'opg' | 'atc'): void {
  for (const order of orders.filter((each) => leavesQty(each) > 0 && each.terms.timeInForce === timeInForce)) {
    take(order)
    reports.expire(time, order, refusal('PP3006'))
  }
}

/** Orders that waited for an auction wait no longer. */
function endWaiting(market: ReferenceMarket, time: Nanos, price: Price | undefined): void {
  for (const order of market.waiting('auction')) {
    order.waiting = undefined
    const rests = order.terms.ordType === 'marketWithLeftOverAsLimit' && price !== undefined
    if (rests) market.entry.leaveOver(time, order, price)
    else market.reports.cancel(time, order, undefined, refusal('PP3003'))
  }
}

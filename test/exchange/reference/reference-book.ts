import { type Nanos } from '../../../src/base/time.js'
import { type Instrument } from '../../../src/exchange/instrument.js'
import { type ModelSettings } from '../../../src/exchange/models/settings.js'
import { BUY, isBetter, opposite, SELL, type Price, type Side } from '../../../src/exchange/units.js'
import { ReferenceConsumption, type Taken } from './reference-consumption.js'
import { isHidden, limitOf, partQty, shownQty, type Place, type ReferenceOrder } from './reference-order.js'
import { depthChanged, keepPriority } from './reference-queue.js'

/** Market quantity at one price: a feed order, a quantity without id, or (L2, L1) a whole level. */
export interface MarketEntry {
  readonly id: number | undefined
  readonly side: Side
  readonly price: Price
  qty: number
  /** What it had when the feed's book was voided: it keeps its place, with nothing there, until it is told again. */
  former?: number
}

/** One step of the queue at a price, front first: a run of market quantity, or a client order. */
export type Step = { readonly market: number } | { readonly client: ReferenceOrder }

/** The growth of a market level in an event. */
export interface Growth {
  readonly price: Price
  qty: number
}

const isClient = (entry: MarketEntry | ReferenceOrder): entry is ReferenceOrder => 'terms' in entry

/**
 * One instrument's book as one list of everything that rests in it, in order of arrival. Every question is answered by
 * looking through the whole list.
 */
export class ReferenceBook {
  readonly instrument: Instrument
  readonly #models: ModelSettings
  /** Market entries and client orders. On L3 the order of the list is the queue. */
  entries: (MarketEntry | ReferenceOrder)[] = []
  /** u of the models README with what will return of it, by side and price. */
  consumed = new Map<string, Taken>()
  /** What returned in this event, by side and price. */
  returned = new Map<string, number>()
  /** By how much the feed's prices are moved. */
  shift = 0
  readonly consumption: ReferenceConsumption
  /** The market's levels when the last event ended. */
  atLastEventEnd = new Map<string, number>()

  constructor(instrument: Instrument, models: ModelSettings) {
    this.instrument = instrument
    this.#models = models
    this.consumption = new ReferenceConsumption(models, instrument.symbol)
  }

  // ---- questions ----

  market(): MarketEntry[] {
    return this.entries.filter((entry): entry is MarketEntry => !isClient(entry) && entry.former === undefined)
  }

  /** Client orders of a side in the order in which they are filled: best limit first, shown before hidden, by arrival. */
  clients(side: Side): ReferenceOrder[] {
    return this.entries
      .filter(isClient)
      .filter((order) => order.terms.side === side)
      .sort((a, b) => side * (limit(b) - limit(a)) || hidden(a) - hidden(b) || arrival(a) - arrival(b))
  }

  clientsAt(side: Side, price: Price): ReferenceOrder[] {
    return this.clients(side).filter((order) => limit(order) === price)
  }

  /** Client orders that are at least in part displayed, by arrival. */
  shownAt(side: Side, price: Price): ReferenceOrder[] {
    return this.clientsAt(side, price).filter((order) => !isHidden(order))
  }

  hiddenAt(side: Side, price: Price): ReferenceOrder[] {
    return this.clientsAt(side, price).filter(isHidden)
  }

  placesAt(side: Side, price: Price): Place[] {
    return this.shownAt(side, price)
      .map(({ place }) => place)
      .filter((place) => place !== undefined)
  }

  /** Q: what the feed says stands at a price. */
  marketQty(side: Side, price: Price): number {
    return sum(
      this.market()
        .filter((entry) => entry.side === side && entry.price === price)
        .map((entry) => entry.qty)
    )
  }

  /** Q - u: what of it clients have not consumed. */
  displayedMarketQty(side: Side, price: Price): number {
    return Math.max(0, this.marketQty(side, price) - this.consumedAt(side, price))
  }

  consumedAt(side: Side, price: Price): number {
    return this.consumed.get(key(side, price))?.qty ?? 0
  }

  /** What a participant sees at a price: market and clients. */
  displayedQty(side: Side, price: Price): number {
    return this.displayedMarketQty(side, price) + sum(this.clientsAt(side, price).map(shownQty))
  }

  /** Prices of a side with market quantity in the feed, best first. */
  marketPrices(side: Side): Price[] {
    const prices = this.market()
      .filter((entry) => entry.side === side)
      .map((entry) => entry.price)
    return bestFirst(side, prices)
  }

  /** Prices of a side at which something is displayed, best first. */
  displayedPrices(side: Side): Price[] {
    return this.meetablePrices(side).filter((price) => this.displayedQty(side, price) > 0)
  }

  /** Prices of a side at which an aggressor meets something, be it hidden, best first. */
  meetablePrices(side: Side): Price[] {
    const prices = [...this.marketPrices(side), ...this.clients(side).map(limit)]
    return bestFirst(side, prices).filter(
      (price) => this.displayedMarketQty(side, price) + sum(this.clientsAt(side, price).map(partQty)) > 0
    )
  }

  /** The best price of a side at which anything but pegged orders is displayed. */
  bestBesidePegs(side: Side): Price | undefined {
    return this.displayedPrices(side).find((price) => {
      const clients = this.clientsAt(side, price).filter(({ terms }) => terms.ordType !== 'pegged')
      return this.displayedMarketQty(side, price) + sum(clients.map(shownQty)) > 0
    })
  }

  /** The queue of what is displayed at a price, front first. */
  queue(side: Side, price: Price): Step[] {
    return this.instrument.feed === 'l3' ? this.#realQueue(side, price) : this.#estimatedQueue(side, price)
  }

  /** L3: the list itself. What clients consumed is missing from the front of the market's quantity. */
  #realQueue(side: Side, price: Price): Step[] {
    const steps: Step[] = []
    let missing = this.consumedAt(side, price)
    for (const entry of this.entries) {
      if (isClient(entry)) {
        if (entry.terms.side === side && limit(entry) === price && !isHidden(entry)) steps.push({ client: entry })
      } else if (entry.side === side && entry.price === price) {
        const eaten = Math.min(missing, entry.qty)
        missing -= eaten
        steps.push({ market: entry.qty - eaten })
      }
    }
    return joinRuns(steps)
  }

  /** L3: what clients left of a feed order and of the market behind it, up to a client order; of it alone without one. */
  displayedFrom(first: MarketEntry, to: ReferenceOrder | undefined): number {
    let missing = this.consumedAt(first.side, first.price)
    let qty = 0
    let isBehind = false
    for (const entry of this.entries) {
      if (entry === to) break
      if (isClient(entry) || entry.side !== first.side || entry.price !== first.price) continue
      const eaten = Math.min(missing, entry.qty)
      missing -= eaten
      isBehind ||= entry === first
      if (isBehind) qty += entry.qty - eaten
      if (entry === first && to === undefined) break
    }
    return qty
  }

  /** L2 and L1: each client order stands behind its V. */
  #estimatedQueue(side: Side, price: Price): Step[] {
    const steps: Step[] = []
    const displayed = this.displayedMarketQty(side, price)
    let passed = 0
    for (const client of this.shownAt(side, price)) {
      const upTo = Math.min(client.place?.ahead ?? displayed, displayed)
      steps.push({ market: upTo - passed })
      passed = upTo
      steps.push({ client })
    }
    steps.push({ market: displayed - passed })
    return joinRuns(steps)
  }

  /** Market quantity in front of a resting client order; undefined while it is pending. */
  queueAhead(order: ReferenceOrder): number | undefined {
    if (!order.place || isHidden(order)) return undefined
    if (this.instrument.feed !== 'l3') return order.place?.ahead
    let qty = 0
    for (const step of this.queue(order.terms.side, limit(order))) {
      if ('market' in step) qty += step.market
      else if (step.client === order) break
    }
    return qty
  }

  /** Market quantity ahead of an order that comes to rest now; undefined: pending (only on L1). */
  queueAheadAtBack(side: Side, price: Price): number | undefined {
    const displayed = this.displayedMarketQty(side, price)
    if (this.instrument.feed === 'l3') return displayed
    const quoted = this.marketPrices(side).at(0)
    if (this.instrument.feed === 'l1' && quoted !== undefined && isBetter(side, quoted, price)) return undefined
    const last = this.placesAt(side, price).at(-1)
    if (!last) return displayed
    return last.ahead === undefined ? undefined : Math.max(last.ahead, displayed)
  }

  /** By how much each price of a side has grown since the last event, or returned with this one, best first. */
  growth(side: Side): Growth[] {
    return this.marketPrices(side)
      .map((price) => ({
        price,
        qty:
          Math.max(0, this.marketQty(side, price) - (this.atLastEventEnd.get(key(side, price)) ?? 0)) +
          (this.returned.get(key(side, price)) ?? 0)
      }))
      .filter(({ qty }) => qty > 0)
  }

  // ---- changes ----

  /** An order takes a place at the back of its price. */
  rest(order: ReferenceOrder, arrivalNo: number, time: Nanos): void {
    order.place = {
      arrival: arrivalNo,
      ahead: this.queueAheadAtBack(order.terms.side, limit(order)),
      printed: 0,
      fallen: { at: time, whole: 0, qty: 0 }
    }
    this.entries.push(order)
  }

  take(order: ReferenceOrder): void {
    order.place = undefined
    this.entries = this.entries.filter((entry) => entry !== order)
  }

  /** A client took market quantity from the front. */
  consume(time: Nanos, side: Side, price: Price, qty: number): void {
    if (qty === 0) return
    const taken = this.consumption.take(time, this.consumed.get(key(side, price)), qty)
    if (!taken) return
    this.consumed.set(key(side, price), taken)
    for (const place of this.placesAt(side, price)) {
      if (place.ahead !== undefined) place.ahead = Math.max(0, place.ahead - qty)
    }
  }

  /** What was taken returns in part, as the event ends. */
  refill(time: Nanos): void {
    this.returned = new Map()
    for (const [at, taken] of this.consumed) {
      const left = this.consumption.refill(time, taken)
      this.consumed.set(at, left)
      this.returned.set(at, taken.qty - left.qty)
    }
  }

  /**
   * The market's ladder goes to another shift; clients stay.
   * @returns the market levels that lie within a client's limit now and did not before, by side.
   */
  move(shift: number): Map<Side, Growth[]> {
    const by = shift - this.shift
    const within = (side: Side, price: Price): boolean => {
      const best = this.clients(opposite(side)).at(0)
      return best !== undefined && side * (price - limit(best)) >= 0
    }
    const before = new Set(
      [BUY, SELL].flatMap((side) =>
        this.marketPrices(side)
          .filter((price) => within(side, price))
          .map((price) => key(side, (price + by) as Price))
      )
    )
    const moved = <T>(map: Map<string, T>): Map<string, T> =>
      new Map(
        [...map].map(([at, value]) => {
          const [side, price] = at.split(' ').map(Number)
          return [key(side as Side, (price + by) as Price), value]
        })
      )
    this.shift = shift
    this.entries = this.entries.map((entry) =>
      isClient(entry) ? entry : { ...entry, price: (entry.price + by) as Price }
    )
    this.consumed = moved(this.consumed)
    this.atLastEventEnd = moved(this.atLastEventEnd)
    if (this.instrument.feed !== 'l3') this.#lookAgain()
    return new Map(
      [BUY, SELL].map((side) => [
        side,
        this.marketPrices(side)
          .filter((price) => within(side, price) && !before.has(key(side, price)))
          .map((price) => ({ price, qty: this.displayedMarketQty(side, price) }))
      ])
    )
  }

  /** After a move, V is at most what stands at the price now. */
  #lookAgain(): void {
    for (const side of [BUY, SELL]) {
      for (const order of this.clients(side)) {
        if (!order.place || isHidden(order)) continue
        order.place.printed = 0
        order.place.fallen = { at: 0 as Nanos, whole: 0, qty: 0 }
        const displayed = this.displayedMarketQty(side, limit(order))
        if (order.place.ahead !== undefined && displayed > 0) {
          order.place.ahead = Math.min(order.place.ahead, displayed)
        }
      }
      if (this.instrument.feed === 'l1') this.resolvePending(side)
    }
  }

  /** Runs `change` on the market entries of one price and lets consumption and the queue model follow. */
  changeLevel(time: Nanos, side: Side, price: Price, change: () => void): void {
    const before = this.marketQty(side, price)
    const displayedBefore = this.displayedMarketQty(side, price)
    change()
    this.entries = this.entries.filter((entry) => isClient(entry) || entry.qty > 0 || entry.former !== undefined)
    const after = this.marketQty(side, price)
    if (after < before) {
      const taken = this.consumed.get(key(side, price))
      if (taken && taken.qty > 0) this.consumed.set(key(side, price), this.consumption.fall(time, taken, before, after))
    }
    if (this.instrument.feed === 'l3') return
    const displayedAfter = this.displayedMarketQty(side, price)
    depthChanged(this.placesAt(side, price), displayedBefore, displayedAfter, time, this.#models.queue)
  }

  /** A feed order stands at the back of its price; one that a snapshot tells again where it stood, as after a `modify`. */
  place(order: MarketEntry): void {
    const former = this.entries.find((entry) => !isClient(entry) && entry.former !== undefined && entry.id === order.id)
    const { entries } = this
    const isSame =
      former !== undefined &&
      !isClient(former) &&
      former.side === order.side &&
      former.price === order.price &&
      order.qty <= (former.former ?? 0)
    if (isSame) this.entries = entries.map((entry) => (entry === former ? order : entry))
    else this.entries = [...entries.filter((entry) => entry !== former), order]
  }

  /** The market side is void. On L3 the places of its orders are remembered, until others take their part. */
  clear(time: Nanos): void {
    const standing = this.market()
    const prices = [BUY, SELL].map((side) => this.marketPrices(side))
    if (standing.length > 0)
      this.entries = this.entries.filter((entry) => isClient(entry) || entry.former === undefined)
    for (const [i, side] of [BUY, SELL].entries()) {
      for (const price of prices[i]) {
        const orders = standing.filter((entry) => entry.side === side && entry.price === price)
        this.changeLevel(time, side, price, () => {
          for (const order of orders) {
            if (order.id !== undefined && this.instrument.feed === 'l3') order.former = order.qty
            order.qty = 0
          }
        })
      }
    }
  }

  /** The sum of a price is now `qty`: growth stands at the back, shrinkage leaves as the interface says. */
  setLevel(time: Nanos, side: Side, price: Price, qty: number): void {
    this.changeLevel(time, side, price, () => {
      const difference = qty - this.marketQty(side, price)
      if (difference > 0) this.entries.push({ id: undefined, side, price, qty: difference })
      let missing = Math.max(0, -difference)
      const backFirst = this.market()
        .filter((entry) => entry.side === side && entry.price === price)
        .reverse()
      const withoutId = backFirst.filter((entry) => entry.id === undefined)
      const withId = backFirst.filter((entry) => entry.id !== undefined)
      for (const entry of [...withoutId, ...withId]) {
        const leaving = Math.min(missing, entry.qty)
        entry.qty -= leaving
        missing -= leaving
      }
    })
  }

  /** L1: orders that waited behind the best price join the queue there, or lead where the price has passed them. */
  resolvePending(side: Side): void {
    const quoted = this.marketPrices(side).at(0)
    if (quoted === undefined) return
    for (const order of this.clients(side)) {
      if (!order.place || order.place.ahead !== undefined || isBetter(side, quoted, limit(order))) continue
      order.place.ahead = this.displayedMarketQty(side, limit(order))
    }
    for (const order of this.clients(side)) keepPriority(this.placesAt(side, limit(order)))
  }

  /** L1: a print went through orders that waited behind the best price; they lead at theirs. */
  passPending(side: Side, print: Price): void {
    for (const order of this.clients(side)) {
      if (order.place && order.place.ahead === undefined && isBetter(side, limit(order), print)) order.place.ahead = 0
    }
    for (const order of this.clients(side)) keepPriority(this.placesAt(side, limit(order)))
  }

  endEvent(): void {
    this.atLastEventEnd = new Map()
    for (const side of [BUY, SELL]) {
      for (const price of this.marketPrices(side)) {
        this.atLastEventEnd.set(key(side, price), this.marketQty(side, price))
      }
    }
  }
}

/** The price of an order that rests. */
export function limit(order: ReferenceOrder): Price {
  const at = limitOf(order)
  if (at === undefined) throw new Error('an order without a price rests')
  return at
}

const hidden = (order: ReferenceOrder): number => (isHidden(order) ? 1 : 0)
const key = (side: Side, price: Price): string => `${side} ${price}`
const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0)
const arrival = (order: ReferenceOrder): number => order.place?.arrival ?? Infinity

function bestFirst(side: Side, prices: Price[]): Price[] {
  return [...new Set(prices)].sort((a, b) => side * (b - a))
}

function joinRuns(steps: Step[]): Step[] {
  const joined: Step[] = []
  for (const step of steps) {
    const last = joined.at(-1)
    if ('market' in step && last && 'market' in last) joined[joined.length - 1] = { market: last.market + step.market }
    else joined.push(step)
  }
  return joined.filter((step) => 'client' in step || step.market > 0)
}

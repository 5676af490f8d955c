import { BUY, opposite, SELL, type Side } from '../../exchange/units.js'
import { portablePower } from '../../base/portable-math.js'
import type { AgentOrder } from './agent-book.js'
import { Agent, type AgentSetting } from './agent.js'

/** Rates of orders without intelligence; each for buys and for sells. */
export interface ZeroIntelligenceTerms {
  /** alpha: limit orders a second at each price within the band (with a decay: at the nearest price). */
  readonly limitRate: number
  /** mu: market orders a second. */
  readonly marketRate: number
  /** delta: how often in a second each order that stands is canceled. */
  readonly cancelRate: number
  /** Prices, from the best of the other side on, at which limit orders arrive. */
  readonly band: number
  /** Limit orders at distance i come at limitRate / i^decay: 0 as in Smith et al., about 0.52 as in Cont et al. */
  readonly decay: number
  /** sigma: mean size in lots. */
  readonly size: number
  /** Every order has that size, or sizes are spread like an exponential. */
  readonly sizes: 'constant' | 'exponential'
}

/**
 * Order flow without intelligence: limit orders at prices up to a band from the other side's best, market orders and
 * cancellations, all Poisson, and nobody wants anything (Smith, Farmer, Gillemot & Krishnamurthy 2003; with rates that fall
 * with the distance, Cont, Stoikov & Talreja 2010).
 */
export class ZeroIntelligence extends Agent {
  readonly #terms: ZeroIntelligenceTerms
  /** Sums of the rates of limit orders by distance from 1 on. */
  readonly #reach: readonly number[]
  readonly #orders: AgentOrder[] = []

  constructor(setting: AgentSetting, terms: ZeroIntelligenceTerms) {
    super(setting)
    this.#terms = terms
    let rate = 0
    this.#reach = Array.from({ length: terms.band }, (_, i) => (rate += portablePower(i + 1, -terms.decay)))
  }

  /** The book begins near what it comes to: as many orders at each price as arrive in the life of one. */
  override open(): void {
    const { limitRate, cancelRate, band, decay } = this.#terms
    const middle = Math.round(this.fair.at(this.floor.time))
    for (let distance = 1; distance <= band; distance++) {
      const mean = (limitRate * portablePower(distance, -decay)) / Math.max(cancelRate, 1e-3)
      for (const side of [BUY, SELL] as const) {
        let orders = Math.floor(mean)
        if (this.random.uniform() < mean - orders) orders++
        for (let i = 0; i < Math.min(orders, MOST_AT_OPEN); i++) this.#place(side, middle - side * distance)
      }
    }
  }

  protected override wait(): number {
    this.#forgetGone()
    return this.random.exponential(1 / (this.#rate * this.activity))
  }

  protected override act(): void {
    this.#forgetGone()
    const { limitRate, marketRate, band } = this.#terms
    let kind = this.random.uniform() * this.#rate
    const side = this.random.below(2) === 0 ? BUY : SELL
    if ((kind -= 2 * limitRate * this.#reach[band - 1]) < 0) this.#limit(side)
    else if (kind - 2 * marketRate < 0) this.floor.market(this.owner, side, this.#drawSize())
    else if (this.#orders.length > 0) this.#cancel(this.random.below(this.#orders.length))
  }

  protected override withdraw(): void {
    for (const order of this.#orders) this.floor.cancel(order)
    this.#orders.length = 0
  }

  /** Events in a second. */
  get #rate(): number {
    const { limitRate, marketRate, cancelRate, band } = this.#terms
    return 2 * limitRate * this.#reach[band - 1] + 2 * marketRate + cancelRate * this.#orders.length
  }

  #limit(side: Side): void {
    const distance = this.#distance()
    const { floor } = this
    // In a call there is no other side to stay away from: buyers and sellers meet around the value.
    const middle = Math.round(this.fair.at(floor.time))
    if (floor.call) return this.#place(side, middle + side * Math.round(this.#terms.band / 4) - side * distance)
    const { bid, ask } = floor.quote()
    const other = side === BUY ? ask : bid
    const own = side === BUY ? bid : ask
    this.#place(side, (other ?? (own === undefined ? middle : own + side)) - side * distance)
  }

  #distance(): number {
    const reach = this.#reach
    if (this.#terms.decay === 0) return 1 + this.random.below(reach.length)
    const at = this.random.uniform() * reach[reach.length - 1]
    let low = 0
    let high = reach.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (reach[middle] <= at) low = middle + 1
      else high = middle
    }
    return low + 1
  }

  #place(side: Side, at: number): void {
    const other = this.floor.quote()
    const best = opposite(side) === BUY ? other.bid : other.ask
    // A price that a client's order was found at meanwhile is not taken: these orders do not want to trade at once.
    if (this.floor.continuous && best !== undefined && side * (at - best) >= 0) return
    const order = this.floor.limit(this.owner, side, at, this.#drawSize())
    if (order !== undefined) this.#orders.push(order)
  }

  #cancel(at: number): void {
    this.floor.cancel(this.#orders[at])
    this.#drop(at)
  }

  #drop(at: number): void {
    const last = this.#orders.pop()
    if (last !== undefined && at < this.#orders.length) this.#orders[at] = last
  }

  /** Orders that were filled are not there any more. */
  #forgetGone(): void {
    if (this.#fills === 0) return
    this.#fills = 0
    for (let i = this.#orders.length - 1; i >= 0; i--) if (this.#orders[i].qty === 0) this.#drop(i)
  }

  #fills = 0

  override filled(): void {
    this.#fills++
  }

  #drawSize(): number {
    const { size, sizes } = this.#terms
    return sizes === 'constant' ? Math.max(1, Math.round(size)) : this.size(size)
  }
}

/** Orders at one price that the market opens with, at most. */
const MOST_AT_OPEN = 50

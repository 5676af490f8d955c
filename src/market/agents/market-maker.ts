import { portableLog } from '../../base/portable-math.js'
import { BUY, SELL, type Side } from '../../exchange/units.js'
import type { AgentOrder } from './agent-book.js'
import { Agent, type AgentSetting } from './agent.js'

/** How a market maker quotes. Prices in ticks, quantities in lots, times in seconds. */
export interface MarketMakerTerms {
  /** gamma: aversion to the risk of an inventory of one quote size. */
  readonly riskAversion: number
  /** kappa: how fast the chance of a fill falls with the distance from the mid, per tick. */
  readonly fillDecay: number
  /** T - t: for how long it reckons with its inventory. */
  readonly horizon: number
  /** sigma: what it thinks the volatility of a second is. */
  readonly volatility: number
  /** Quantity of each of its quotes. */
  readonly size: number
  /** Quotes on each side, one tick apart. */
  readonly levels: number
  /** Mean time between two looks at its quotes. */
  readonly refresh: number
  /** Inventory in quote sizes beyond which it quotes one side only. */
  readonly maxInventory: number
  /** How much of its opinion is the value that it knows, and how much is what the book says: 1 and 0. */
  readonly conviction: number
}

/**
 * Quotes both sides around a reservation price that leans against its inventory (Avellaneda & Stoikov 2008): r = s - q gamma
 * sigma^2 (T - t), total spread gamma sigma^2 (T - t) + (2 / gamma) ln(1 + gamma / kappa). s mixes the value it knows with the
 * mid of what is displayed; q counts quote sizes. It never takes: a quote that would trade stays a tick behind.
 */
export class MarketMaker extends Agent {
  readonly #terms: MarketMakerTerms
  readonly #quotes: { readonly [side in 'bid' | 'ask']: (AgentOrder | undefined)[] } = { bid: [], ask: [] }
  /** Lots that it holds. */
  inventory = 0

  constructor(setting: AgentSetting, terms: MarketMakerTerms) {
    super(setting)
    this.#terms = terms
  }

  override filled(side: Side, _price: number, qty: number): void {
    this.inventory += side * qty
  }

  override open(): void {
    this.act()
  }

  protected override wait(): number {
    return this.random.exponential(this.#terms.refresh / this.activity)
  }

  protected override act(): void {
    const { riskAversion, fillDecay, horizon, volatility, size, maxInventory, conviction } = this.#terms
    const risk = riskAversion * volatility * volatility * horizon
    const held = this.inventory / size
    const fair = this.fair.at(this.floor.time)
    const mid = this.floor.call ? fair : (this.floor.mid() ?? fair)
    const reservation = conviction * fair + (1 - conviction) * mid - held * risk
    const half = risk / 2 + portableLog(1 + riskAversion / fillDecay) / riskAversion
    this.#post(BUY, Math.floor(reservation - half + 1e-9), held < maxInventory)
    this.#post(SELL, Math.ceil(reservation + half - 1e-9), held > -maxInventory)
  }

  protected override withdraw(): void {
    this.#post(BUY, 0, false)
    this.#post(SELL, 0, false)
  }

  /** Its quotes of a side stand from `best` on outwards; those that stand where they should keep their place. */
  #post(side: Side, best: number, wanted: boolean): void {
    const { levels, size } = this.#terms
    const quotes = side === BUY ? this.#quotes.bid : this.#quotes.ask
    const { bid, ask } = this.floor.quote()
    const other = side === BUY ? ask : bid
    // Its own quotes of the other side are withdrawn before they are met, so what it sees of itself holds it back, too.
    const first = other !== undefined && !this.floor.call && side * (best - other) >= 0 ? other - side : best
    const prices = wanted ? Array.from({ length: levels }, (_, i) => first - side * i) : []
    const kept = quotes.filter((quote): quote is AgentOrder => {
      if (quote === undefined || quote.qty === 0) return false
      if (prices.includes(quote.price) && quote.qty * 2 >= size) return true
      this.floor.cancel(quote)
      return false
    })
    for (const price of prices) {
      if (kept.some((quote) => quote.price === price)) continue
      const quote = this.floor.limit(this.owner, side, price, size)
      if (quote !== undefined) kept.push(quote)
    }
    quotes.splice(0, quotes.length, ...kept)
  }
}

import type { Nanos } from '../../base/time.js'
import { marketLevels, type Exchange, type MarketLevels } from '../../exchange/exchange.js'
import type { FeedOrderId } from '../../exchange/market-sink.js'
import {
  BUY,
  SELL,
  type Aggressor,
  type InstrumentNo,
  type Price,
  type Quantity,
  type Side
} from '../../exchange/units.js'
import { PassingSink } from '../passing-sink.js'
import type { TapeSink } from '../tape/tape-sink.js'
import { FEATURE_LEVELS, InstrumentFeatures } from './instrument-features.js'
import type { Features } from './features.js'

export interface FeatureOptions {
  /** How far back trade flow and realised variance look, in ns. */
  readonly window: Nanos
  /** Is told each event that is complete. */
  readonly onEvent?: ((time: Nanos, instrument: InstrumentNo) => void) | undefined
}

/**
 * Passes a market's facts on to the exchange that holds its books, and keeps features of what passed, in the same pass: an
 * event costs a look at the best prices, a print an addition. The rest is worked out when it is asked for.
 */
export class FeatureSink extends PassingSink {
  readonly #books: Pick<Exchange, 'readMarket'>
  readonly #of: readonly InstrumentFeatures[]
  readonly #onEvent: FeatureOptions['onEvent']
  readonly #bid: MarketLevels = marketLevels(1)
  readonly #ask: MarketLevels = marketLevels(1)
  readonly #bids: MarketLevels = marketLevels(FEATURE_LEVELS)
  readonly #asks: MarketLevels = marketLevels(FEATURE_LEVELS)

  /** @param next where the facts go: the exchange, or what stands before it */
  constructor(
    books: Pick<Exchange, 'readMarket' | 'instruments'>,
    next: TapeSink,
    { window, onEvent }: FeatureOptions
  ) {
    super(next)
    this.#books = books
    this.#of = books.instruments.map(() => new InstrumentFeatures(window))
    this.#onEvent = onEvent
  }

  /** The features at `time`, to which the market was fed. */
  read(time: Nanos, no: InstrumentNo, into: Features): Features {
    const bids = this.#books.readMarket(no, BUY, this.#bids)
    const asks = this.#books.readMarket(no, SELL, this.#asks)
    return this.#of[no].read(time, bids, asks, into)
  }

  override execute(time: Nanos, no: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void {
    super.execute(time, no, id, side, price, qty)
    // The side is the resting order's.
    this.#of[no].trade(time, -side * qty)
  }

  override trade(time: Nanos, no: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    super.trade(time, no, aggressor, price, qty)
    this.#of[no].trade(time, aggressor * qty)
  }

  override hiddenTrade(time: Nanos, no: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    super.hiddenTrade(time, no, aggressor, price, qty)
    this.#of[no].trade(time, aggressor * qty)
  }

  override eventEnd(time: Nanos, no: InstrumentNo): void {
    super.eventEnd(time, no)
    const bid = this.#books.readMarket(no, BUY, this.#bid)
    const ask = this.#books.readMarket(no, SELL, this.#ask)
    this.#of[no].event(time, bid.price[0], bid.length && bid.qty[0], ask.price[0], ask.length && ask.qty[0])
    this.#onEvent?.(time, no)
  }
}

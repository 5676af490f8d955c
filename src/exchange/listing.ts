import { type Nanos } from '../base/time.js'
import { Book } from './book/book.js'
import { IcebergParts, type CountedChance } from './book/iceberg-parts.js'
import { LevelFeed, QuoteFeed } from './book/level-feed.js'
import { type MarketFeed } from './book/market-feed.js'
import { moveMarket } from './book/market-move.js'
import { MarketWatch } from './book/market-watch.js'
import { OrderFeed } from './book/order-feed.js'
import { type ExchangeListener } from './exchange.js'
import { type Instrument } from './instrument.js'
import { Aggression } from './match/aggression.js'
import { ClientFills } from './match/client-fills.js'
import { Crossing } from './match/crossing.js'
import { PassiveFills } from './match/passive-fills.js'
import { SelfMatchPrevention } from './match/self-match.js'
import { type ConsumptionModel } from './models/consumption.js'
import { type QueueModel } from './models/queue-model.js'
import { type LadderShift } from './models/reaction/ladder-shift.js'
import { WaitingOrders } from './order/waiting-orders.js'
import { type WorkingOrders } from './order/working-orders.js'
import { Auction } from './phase/auction.js'
import { type Reports } from './reports.js'

const FEEDS = { l3: OrderFeed, l2: LevelFeed, l1: QuoteFeed } as const

/** What the listings of one exchange share. */
export interface ListingParts {
  readonly queueModel: QueueModel
  readonly consumption: (instrument: Instrument) => ConsumptionModel
  readonly reports: Reports
  readonly working: WorkingOrders
  readonly listener: ExchangeListener
  /** Sizes of the parts of icebergs. */
  readonly icebergChance: CountedChance
}

/** One instrument on the exchange: its book, the feed that writes into it, and the matching in it. */
export class Listing {
  readonly book: Book
  readonly feed: MarketFeed
  readonly aggression: Aggression
  readonly crossing: Crossing
  readonly watch: MarketWatch
  readonly waiting = new WaitingOrders()
  readonly auction: Auction
  /** How prices react to clients' fills; undefined where they do not. */
  readonly reaction: LadderShift | undefined

  constructor(
    instrument: Instrument,
    { queueModel, consumption, reports, working, listener, icebergChance }: ListingParts
  ) {
    this.book = new Book(instrument, queueModel, consumption(instrument), new IcebergParts(instrument, icebergChance))
    this.reaction = reports.reactions[instrument.no]
    const fills = new ClientFills(this.book, reports, working)
    this.aggression = new Aggression(this.book, fills, new SelfMatchPrevention(this.book, reports, working))
    this.auction = new Auction(this.book, fills, this.waiting.call)
    this.crossing = new Crossing(this.book, fills)
    this.watch = new MarketWatch(this.book, listener, this.reaction)
    this.feed = new FEEDS[instrument.feed](this.book, new PassiveFills(fills), this.watch)
  }

  /** Facts of an event are complete: what clients took returns, and what came within clients' limits meets them. */
  eventEnd(time: Nanos): void {
    this.book.refill(time)
    this.crossing.eventEnd(time)
  }

  /** The market's ladder goes to where the clients' fills have it. */
  react(time: Nanos): void {
    if (this.reaction === undefined) return
    const by = this.reaction.at(time) - this.book.shift
    if (by === 0) return
    moveMarket(this.book, by)
    this.crossing.eventEnd(time)
  }
}

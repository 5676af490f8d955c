import type { FixSession } from '../../../fix/session/application.js'
import type { FixMessage } from '../../../fix/wire/fix-message.js'
import type { FeedInstrument } from '../feed-instrument.js'
import { MdTag, MDEntryType, MsgType, SUBSCRIBE, UNSUBSCRIBE } from './fix-codes.js'

/** The MarketDataRequests (V) that stand, one an instrument, and which instrument a broker's message is about. */
export class FixSubscriptions {
  readonly #depth: number
  readonly #bySymbol: ReadonlyMap<string, FeedInstrument>
  /** By MDReqID. */
  readonly #standing = new Map<string, FeedInstrument>()
  #count = 0

  /** @param depth MarketDepth (264): 0 the whole book, else levels a side */
  constructor(instruments: readonly FeedInstrument[], depth: number) {
    this.#depth = depth
    this.#bySymbol = new Map(instruments.map((each) => [each.feedSymbol, each]))
  }

  /** A new session: none stands. */
  forget(): void {
    this.#standing.clear()
  }

  /** Subscribes to one instrument, in place of what stands: the broker answers with the whole book first. */
  renew(session: FixSession, instrument: FeedInstrument): void {
    for (const [old, of] of this.#standing) {
      if (of !== instrument) continue
      this.#standing.delete(old)
      this.#send(session, instrument, old, UNSUBSCRIBE)
    }
    const id = `MD${++this.#count}`
    this.#standing.set(id, instrument)
    this.#send(session, instrument, id, SUBSCRIBE)
  }

  /** By what the broker calls it. */
  find(symbol: string | undefined): FeedInstrument | undefined {
    return symbol === undefined ? undefined : this.#bySymbol.get(symbol)
  }

  /** The instrument whose request a message names; undefined where it names none that stands. */
  namedBy(message: FixMessage): FeedInstrument | undefined {
    const id = message.string(MdTag.MDReqID)
    return id === undefined ? undefined : this.#standing.get(id)
  }

  /** Whether a message names a request that does not stand: it was sent before the broker heard so, or is sent again. */
  isOver(message: FixMessage): boolean {
    return message.has(MdTag.MDReqID) && this.namedBy(message) === undefined
  }

  #send(session: FixSession, instrument: FeedInstrument, id: string, type: number): void {
    const out = session.begin(MsgType.MarketDataRequest)
    out.int(MdTag.NoRelatedSym, 1).string(MdTag.Symbol, instrument.feedSymbol)
    out.string(MdTag.MDReqID, id).char(MdTag.SubscriptionRequestType, type)
    out.int(MdTag.MarketDepth, this.#depth).int(MdTag.MDUpdateType, 1).boolean(MdTag.AggregatedBook, true)
    out.int(MdTag.NoMDEntryTypes, 3)
    for (const type of [MDEntryType.Bid, MDEntryType.Offer, MDEntryType.Trade]) out.char(MdTag.MDEntryType, type)
    session.send()
  }
}

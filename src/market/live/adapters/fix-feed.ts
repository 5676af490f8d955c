import { SECOND, type Clock, type EpochSeconds, type Nanos } from '../../../base/time.js'
import type { Dictionary } from '../../../fix/dictionary/dictionary.js'
import type { FixSession } from '../../../fix/session/application.js'
import type { Credentials } from '../../../fix/session/credentials.js'
import type { SessionLog } from '../../../fix/session/log.js'
import { MemoryStore } from '../../../fix/session/memory-store.js'
import { DEFAULT_SETTINGS, type SessionSettings } from '../../../fix/session/session-settings.js'
import { createFixEngine, type FixEngine } from '../../../fix/transport/fix-engine.js'
import type { FixGroupEntry, FixMessage } from '../../../fix/wire/fix-message.js'
import { Tag } from '../../../fix/wire/tag.js'
import { ClockOffset } from '../clock-offset.js'
import type { Feed, FeedEvent, FeedLog, FeedStatus } from '../feed.js'
import { FeedFault } from '../feed-fault.js'
import type { FeedInstrument } from '../feed-instrument.js'
import { InstrumentSync } from '../instrument-sync.js'
import { FixBook, sideOf } from './fix-book.js'
import { MdTag, MDEntryType, MsgType, SUBSCRIBE, UNSUBSCRIBE } from './fix-codes.js'

export interface FixFeedOptions {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly senderCompId: string
  readonly targetCompId: string
  readonly credentials?: Credentials | undefined
  readonly heartBtInt: number
  /** MarketDepth (264): 0 the whole book, else levels a side. */
  readonly depth: number
  readonly dictionary: Dictionary
  readonly instruments: readonly FeedInstrument[]
  readonly clock: Clock
  readonly epoch: EpochSeconds
  readonly log: FeedLog
  /** Silence after which books are stale, in ns. A broker that heartbeats is not silent. */
  readonly staleAfter: Nanos
}

/**
 * A broker's feed over a FIX 4.4 session that this side initiates: MarketDataRequest (V), snapshots (W), incremental
 * refreshes (X). The session sees to gaps and to reconnecting; numbers begin at 1 with every Logon, as a book is asked
 * for anew anyway.
 */
export class FixFeed implements Feed {
  readonly name: string
  readonly #options: FixFeedOptions
  readonly #engine: FixEngine
  readonly #bySymbol: ReadonlyMap<string, FeedInstrument>
  readonly #books = new Map<FeedInstrument, FixBook>()
  readonly #syncs: ReadonlyMap<FeedInstrument, InstrumentSync>
  readonly #requests = new Map<string, FeedInstrument>()
  readonly #offset = new ClockOffset()
  #session: FixSession | undefined
  #requestCount = 0
  #turnRequested = false
  #connections = 0
  #messages = 0
  #losses = 0

  constructor(options: FixFeedOptions) {
    const { clock, epoch, dictionary } = options
    this.name = options.name
    this.#options = options
    this.#bySymbol = new Map(options.instruments.map((each) => [each.feedSymbol, each]))
    this.#syncs = new Map(options.instruments.map((each) => [each, new InstrumentSync()]))
    this.#engine = createFixEngine({
      clock,
      epoch,
      dictionary,
      store: new MemoryStore(),
      directory: { find: () => undefined, admit: () => undefined },
      log: this.#sessionLog(),
      requestTurn: () => this.#requestTurn(),
      application: {
        onLogon: (session) => this.#onLogon(session),
        onMessage: (_session, message) => this.#onMessage(message),
        onLogout: () => this.#onLogout()
      }
    })
  }

  get status(): FeedStatus {
    return {
      name: this.name,
      connected: this.#session !== undefined,
      connections: this.#connections,
      messages: this.#messages,
      losses: this.#losses,
      missedTrades: 0,
      clockOffset: this.#offset.value,
      instruments: this.#options.instruments.map(({ status }) => status)
    }
  }

  start(): void {
    const { host, port, credentials, heartBtInt, senderCompId, targetCompId } = this.#options
    const settings: SessionSettings = {
      ...DEFAULT_SETTINGS,
      id: { beginString: 'FIX.4.4', senderCompId, targetCompId },
      role: 'initiator',
      heartBtInt,
      resetOnLogon: true,
      maxMessageSize: 4 * 1024 * 1024
    }
    this.#engine.connect({ settings, host, port, credentials })
  }

  tick(): void {
    this.#engine.tick()
    if (this.#session === undefined) return
    const now = this.#options.clock.now()
    const heardAt = this.#engine.sessions[0]?.lastReceived ?? now
    const silence = now - heardAt
    for (const [instrument, sync] of this.#syncs) {
      if (silence >= this.#options.staleAfter) {
        this.#stale(instrument, `nothing heard for ${silence / SECOND} s`)
      } else {
        instrument.heard()
        if (sync.due(now, instrument.state)) this.#request(instrument)
      }
    }
  }

  stop(): void {
    this.#session = undefined
    void this.#engine.close()
    for (const instrument of this.#options.instruments) instrument.lost('down', 'stopped')
  }

  #onLogon(session: FixSession): void {
    this.#session = session
    this.#connections++
    this.#log('connected', `logged on, ${this.#options.instruments.length} instruments`)
    this.#requests.clear()
    this.#offset.restart()
    for (const instrument of this.#options.instruments) {
      instrument.behind = false
      instrument.lost('syncing', 'waiting for the book')
      this.#request(instrument)
    }
  }

  #onLogout(): void {
    if (this.#session === undefined) return
    this.#session = undefined
    for (const instrument of this.#options.instruments) {
      if (instrument.state === 'live') this.#losses++
      instrument.lost('down', 'logged out')
    }
    this.#log('disconnected', 'logged out')
  }

  /** Subscribes to one instrument: the broker answers with the whole book first. */
  #request(instrument: FeedInstrument): void {
    const session = this.#session
    if (session === undefined) return
    this.#syncs.get(instrument)?.begin(this.#options.clock.now())
    this.#books.delete(instrument)
    for (const [old, of] of this.#requests) {
      if (of !== instrument) continue
      this.#requests.delete(old)
      this.#send(session, instrument, old, UNSUBSCRIBE)
    }
    const id = `MD${++this.#requestCount}`
    this.#requests.set(id, instrument)
    this.#send(session, instrument, id, SUBSCRIBE)
  }

  #send(session: FixSession, instrument: FeedInstrument, id: string, type: number): void {
    const out = session.begin(MsgType.MarketDataRequest)
    out.int(MdTag.NoRelatedSym, 1).string(MdTag.Symbol, instrument.feedSymbol)
    out.string(MdTag.MDReqID, id).char(MdTag.SubscriptionRequestType, type)
    out.int(MdTag.MarketDepth, this.#options.depth).int(MdTag.MDUpdateType, 1).boolean(MdTag.AggregatedBook, true)
    out.int(MdTag.NoMDEntryTypes, 3)
    for (const type of [MDEntryType.Bid, MDEntryType.Offer, MDEntryType.Trade]) out.char(MdTag.MDEntryType, type)
    session.send()
  }

  #onMessage(message: FixMessage): void {
    this.#messages++
    const sent = message.timestamp(Tag.SendingTime)
    if (sent !== undefined && !Number.isNaN(sent)) this.#judgeLag(sent)
    try {
      if (message.msgType === MsgType.MarketDataSnapshotFullRefresh) this.#snapshot(message, sent)
      else if (message.msgType === MsgType.MarketDataIncrementalRefresh) this.#refresh(message, sent)
      else if (message.msgType === MsgType.MarketDataRequestReject) this.#rejected(message)
    } catch (error) {
      if (!(error instanceof FeedFault)) throw error
      this.#lost(error.instrument, error.message)
    }
  }

  /** What the broker sent long ago is not the market's book any more. */
  #judgeLag(sent: Nanos): void {
    const { clock, staleAfter, instruments } = this.#options
    const now = clock.now()
    this.#offset.sample(now, sent)
    const lag = this.#offset.lag(now, sent)
    const behind = lag >= staleAfter
    for (const instrument of instruments) {
      if (behind) this.#stale(instrument, `the feed is ${lag / SECOND} s behind`)
      instrument.behind = behind
    }
  }

  #stale(instrument: FeedInstrument, why: string): void {
    if (instrument.state !== 'live') return
    this.#losses++
    this.#log('stale', `${instrument.instrument.symbol}: ${why}`)
    instrument.silent(why)
  }

  #snapshot(message: FixMessage, time: Nanos | undefined): void {
    const instrument = this.#bySymbol.get(message.string(MdTag.Symbol) ?? '')
    if (!instrument) return
    const book = new FixBook(instrument)
    this.#books.set(instrument, book)
    instrument.snapshot(time, book.snapshot(message.group(MdTag.NoMDEntries)))
  }

  /** Entries without a symbol are of the one before, or of the subscription that the message names. */
  #refresh(message: FixMessage, time: Nanos | undefined): void {
    let instrument = this.#requests.get(message.string(MdTag.MDReqID) ?? '')
    let run: FixGroupEntry[] = []
    for (const entry of message.group(MdTag.NoMDEntries)) {
      const symbol = entry.string(MdTag.Symbol)
      const named = symbol === undefined ? instrument : this.#bySymbol.get(symbol)
      if (named !== instrument && run.length > 0) {
        this.#entries(instrument, run, time)
        run = []
      }
      instrument = named
      run.push(entry)
    }
    this.#entries(instrument, run, time)
  }

  /** Entries of one instrument, in one message: one event. */
  #entries(instrument: FeedInstrument | undefined, entries: readonly FixGroupEntry[], time: Nanos | undefined): void {
    const book = instrument && this.#books.get(instrument)
    if (!book) return
    const changes = entries.flatMap((entry) => {
      if (entry.char(MdTag.MDEntryType) === MDEntryType.Trade) {
        this.#trade(instrument, entry, time)
        return []
      }
      // A deletion by id need not say what it deletes.
      return sideOf(entry) === undefined && !entry.has(MdTag.MDEntryID) ? [] : book.update(entry)
    })
    instrument.change(time, changes)
  }

  #trade(instrument: FeedInstrument, entry: FixGroupEntry, time: Nanos | undefined): void {
    const text = entry.string(MdTag.MDEntryPx) ?? 'none'
    const price = instrument.printPrice(text)
    if (price === undefined) {
      this.#log(
        'fault',
        `the price ${text} of a print of ${instrument.feedSymbol} is finer than its priceScale: left out`
      )
      return
    }
    instrument.trade(time, 0, price, instrument.quantity(entry.string(MdTag.MDEntrySize) ?? '0'))
  }

  #rejected(message: FixMessage): void {
    const instrument = this.#requests.get(message.string(MdTag.MDReqID) ?? '')
    const why = message.string(MdTag.Text) ?? `MDReqRejReason ${message.string(MdTag.MDReqRejReason) ?? 'not given'}`
    this.#log('refused', `${instrument?.feedSymbol ?? 'a request'}: ${why}`)
    instrument?.lost('syncing', `refused by the broker: ${why}`)
  }

  #lost(instrument: FeedInstrument, why: string): void {
    const sync = this.#syncs.get(instrument)
    if (sync === undefined || (sync.waiting && !instrument.known)) return
    this.#losses++
    this.#log('gap', `${instrument.instrument.symbol}: ${why}`)
    instrument.lost('syncing', why)
    if (sync.lost(this.#options.clock.now())) this.#request(instrument)
  }

  /** The session has the messages sent again, but brokers fill gaps of market data, and what is sent again is old. */
  #gap(text: string): void {
    for (const instrument of this.#options.instruments) if (instrument.known) this.#lost(instrument, text)
  }

  /** What the broker sends leaves at the end of the round of the event loop. */
  #requestTurn(): void {
    if (this.#turnRequested) return
    this.#turnRequested = true
    setImmediate(() => {
      this.#turnRequested = false
      this.#engine.flush()
    })
  }

  #sessionLog(): SessionLog {
    return {
      event: (_session, event, text) => {
        if (event === 'gap') this.#gap(text)
        else if (event === 'rejectReceived' || event === 'garbled') this.#log('fault', text)
        else if (event === 'disconnected') this.#log('disconnected', text)
      }
    }
  }

  #log(event: FeedEvent, text: string): void {
    this.#options.log.event(this.name, event, text)
  }
}

import type { Clock, EpochSeconds, Nanos } from '../../../base/time.js'
import type { Dictionary } from '../../../fix/dictionary/dictionary.js'
import type { FixSession } from '../../../fix/session/application.js'
import type { Credentials } from '../../../fix/session/credentials.js'
import { LogText } from '../../../fix/session/log-text.js'
import type { SessionEvent, SessionLog } from '../../../fix/session/log.js'
import { MemoryStore } from '../../../fix/session/memory-store.js'
import { DEFAULT_SETTINGS, type SessionSettings } from '../../../fix/session/session-settings.js'
import { createFixEngine, type FixEngine } from '../../../fix/transport/fix-engine.js'
import type { FixMessage } from '../../../fix/wire/fix-message.js'
import { FaultLog } from '../fault-log.js'
import type { Feed, FeedEvent, FeedLog, FeedStatus } from '../feed.js'
import type { FeedInstrument } from '../feed-instrument.js'
import { InstrumentSync } from '../instrument-sync.js'
import { clocksApart, LagWatch, seconds } from '../lag-watch.js'
import { MdTag, MsgType } from './fix-codes.js'
import { FixMarketData, sentAt } from './fix-market-data.js'
import { FixSubscriptions } from './fix-subscriptions.js'

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

/** Events that end a connection, or say why it ends. */
const ENDS: ReadonlySet<SessionEvent> = new Set<SessionEvent>([
  'loggedOut',
  'logonRefused',
  'protocolError',
  'timeout',
  'disconnected'
])

/**
 * A broker's feed over a FIX 4.4 session that this side initiates: MarketDataRequest (V), snapshots (W), incremental
 * refreshes (X). The session sees to gaps and to reconnecting; numbers begin at 1 with every Logon, as a book is asked
 * for anew anyway.
 */
export class FixFeed implements Feed {
  readonly name: string
  readonly #options: FixFeedOptions
  readonly #engine: FixEngine
  readonly #subscriptions: FixSubscriptions
  readonly #data: FixMarketData
  readonly #syncs: ReadonlyMap<FeedInstrument, InstrumentSync>
  readonly #lag: LagWatch
  readonly #faults = new FaultLog((text) => this.#options.log.event(this.name, 'fault', text))
  #session: FixSession | undefined
  #turnRequested = false
  #connections = 0
  #messages = 0
  #losses = 0

  constructor(options: FixFeedOptions) {
    const { clock, epoch, dictionary } = options
    this.name = options.name
    this.#options = options
    this.#lag = new LagWatch(options.staleAfter)
    this.#subscriptions = new FixSubscriptions(options.instruments, options.depth)
    this.#data = new FixMarketData(this.#subscriptions, {
      fault: (text) => this.#log('fault', text),
      lost: (instrument, why) => this.#lost(instrument, why)
    })
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
      clockOffset: this.#lag.clockOffset,
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
    const now = this.#options.clock.now()
    this.#faults.tick(now)
    if (this.#session === undefined) return
    const heardAt = this.#engine.sessions[0]?.lastReceived ?? now
    const silence = now - heardAt
    // A broker that does not catch up, or fell silent before it did: with a new connection its book is today's.
    const behind = this.#lag.behindFor(now)
    if (behind >= 2 * this.#options.staleAfter) {
      this.#log('stale', `the feed has been behind for ${seconds(behind)} s: logging on anew`)
      return this.#session.logout('market data is late')
    }
    for (const [instrument, sync] of this.#syncs) {
      if (silence >= this.#options.staleAfter) {
        this.#stale(instrument, `nothing heard for ${seconds(silence)} s`)
      } else {
        instrument.heard()
        if (!sync.due(now, instrument.state)) continue
        if (!sync.waiting) this.#log('gap', `${instrument.instrument.symbol}: the book did not come: asked for again`)
        this.#request(instrument)
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
    this.#subscriptions.forget()
    this.#lag.restart()
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
  }

  /** Asks for the whole book of one instrument. */
  #request(instrument: FeedInstrument): void {
    const session = this.#session
    if (session === undefined) return
    this.#syncs.get(instrument)?.begin(this.#options.clock.now())
    this.#data.forget(instrument)
    this.#subscriptions.renew(session, instrument)
  }

  #onMessage(message: FixMessage): void {
    this.#messages++
    const sent = sentAt(message)
    if (sent !== undefined) this.#judgeLag(sent)
    if (this.#subscriptions.isOver(message)) return
    switch (message.msgType) {
      case MsgType.MarketDataSnapshotFullRefresh:
        return this.#data.snapshot(message)
      case MsgType.MarketDataIncrementalRefresh:
        return this.#data.refresh(message)
      case MsgType.MarketDataRequestReject:
        return this.#rejected(message)
      case MsgType.BusinessMessageReject:
        return this.#log('refused', whyOf(message))
    }
  }

  /** What the broker sent long ago is not the market's book any more. */
  #judgeLag(sent: Nanos): void {
    const now = this.#options.clock.now()
    const apart = this.#lag.takeClocksApart(now, sent)
    if (apart !== undefined) this.#log('fault', clocksApart(apart))
    const lag = this.#lag.sample(now, sent)
    for (const instrument of this.#options.instruments) {
      if (lag > 0) this.#stale(instrument, `the feed is ${seconds(lag)} s behind`)
      instrument.behind = lag > 0
    }
  }

  #stale(instrument: FeedInstrument, why: string): void {
    if (instrument.state !== 'live') return
    this.#losses++
    this.#log('stale', `${instrument.instrument.symbol}: ${why}`)
    instrument.silent(why)
  }

  #rejected(message: FixMessage): void {
    const instrument = this.#subscriptions.namedBy(message)
    const why = whyOf(message)
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

  /** What the dictionary does not allow is not taken: whatever it changed is missing. */
  #unreadable(text: string): void {
    this.#log('fault', text)
    this.#gap('a message cannot be read')
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
        else if (event === 'rejectSent') this.#unreadable(text)
        else if (ENDS.has(event)) this.#ended(event, text)
      }
    }
  }

  /** That a connection ended says nothing where it was said why. */
  #ended(event: SessionEvent, text: string): void {
    if (text !== LogText.disconnected) this.#log('disconnected', text)
    else if (event === 'disconnected') this.#log('disconnected', 'the connection was closed')
  }

  #log(event: FeedEvent, text: string): void {
    if (event === 'fault') this.#faults.fault(this.#options.clock.now(), text)
    else this.#options.log.event(this.name, event, text)
  }
}

/** Why the broker refused. */
function whyOf(message: FixMessage): string {
  const text = message.string(MdTag.Text)
  if (text !== undefined) return text
  const [name, tag] =
    message.msgType === MsgType.BusinessMessageReject
      ? ['BusinessRejectReason', MdTag.BusinessRejectReason]
      : ['MDReqRejReason', MdTag.MDReqRejReason]
  return `${name} ${message.string(tag) ?? 'not given'}`
}

import { nanos, SECOND, type Clock, type EpochSeconds, type Nanos } from '../../base/time.js'
import { MalformedMessage } from '../vendors/message-shape.js'
import { BackOff } from './back-off.js'
import type { Feed, FeedEvent, FeedLog, FeedStatus } from './feed.js'
import { FaultLog } from './fault-log.js'
import { FeedFault } from './feed-fault.js'
import type { FeedInstrument } from './feed-instrument.js'
import type { FeedProtocol, ProtocolHost } from './feed-protocol.js'
import { InstrumentSync } from './instrument-sync.js'
import { clocksApart, LagWatch, seconds } from './lag-watch.js'
import type { Dial, Link } from './links/link.js'

export interface ConnectedFeedOptions {
  readonly name: string
  readonly dial: Dial
  /** Lets go what dialling needs, when the feed is stopped. */
  readonly release?: (() => void) | undefined
  readonly protocol: (host: ProtocolHost) => FeedProtocol
  readonly instruments: readonly FeedInstrument[]
  /** Local time: timers and the clock offset. */
  readonly clock: Clock
  readonly epoch: EpochSeconds
  readonly log: FeedLog
  /** Silence of the connection after which its books are stale, in ns; after twice as long it is made again. */
  readonly staleAfter: Nanos
  /** Lag of what comes, by the exchange's clock, with which its books are stale, in ns; undefined: its times are not judged. */
  readonly behindAfter?: Nanos | undefined
  /** Silence of one instrument after which its book is stale, in ns; undefined: quiet instruments are taken as quiet. */
  readonly quietAfter?: Nanos | undefined
}

/** How long a connection may take to stand. */
const DIAL_TIMEOUT = 10 * SECOND

/** A feed over one connection: dials, dials again with growing pauses, notices silence, and has lost books asked for again. */
export class ConnectedFeed implements Feed, ProtocolHost {
  readonly name: string
  readonly clock: Clock
  readonly epoch: EpochSeconds
  readonly instruments: readonly FeedInstrument[]
  readonly #options: ConnectedFeedOptions
  readonly #protocol: FeedProtocol
  readonly #bySymbol: ReadonlyMap<string, FeedInstrument>
  readonly #syncs: ReadonlyMap<FeedInstrument, InstrumentSync>
  readonly #backOff = new BackOff()
  readonly #lag: LagWatch
  readonly #faults = new FaultLog((text) => this.#options.log.event(this.name, 'fault', text))
  #link: Link | undefined
  #connected = false
  #stopped = true
  /** When to dial next, or by when the connection must stand. */
  #deadline = nanos(0)
  #heardAt = nanos(0)
  #pingedAt = nanos(0)
  #connections = 0
  #messages = 0
  #losses = 0
  #missedTrades = 0

  constructor(options: ConnectedFeedOptions) {
    this.#options = options
    this.name = options.name
    this.clock = options.clock
    this.epoch = options.epoch
    this.instruments = options.instruments
    this.#lag = new LagWatch(options.behindAfter)
    this.#bySymbol = new Map(options.instruments.map((each) => [each.feedSymbol, each]))
    this.#syncs = new Map(options.instruments.map((each) => [each, new InstrumentSync()]))
    this.#protocol = options.protocol(this)
  }

  get status(): FeedStatus {
    return {
      name: this.name,
      connected: this.#connected,
      connections: this.#connections,
      messages: this.#messages,
      losses: this.#losses,
      missedTrades: this.#missedTrades,
      clockOffset: this.#lag.clockOffset,
      instruments: this.instruments.map(({ status }) => status)
    }
  }

  start(): void {
    this.#stopped = false
    this.#dial()
  }

  stop(): void {
    this.#stopped = true
    this.#drop('stopped')
    this.#options.release?.()
  }

  tick(): void {
    if (this.#stopped) return
    const now = this.clock.now()
    this.#faults.tick(now)
    if (this.#connected) this.#watch(now)
    else if (now >= this.#deadline) {
      if (this.#link === undefined) this.#dial()
      else if (!this.#link.waits) this.#drop('no connection within 10 s')
    }
  }

  find(feedSymbol: string): FeedInstrument | undefined {
    return this.#bySymbol.get(feedSymbol)
  }

  send(text: string): void {
    this.#link?.send(text)
  }

  lost(instrument: FeedInstrument, why: string, retryAfter = 0): void {
    const now = this.clock.now()
    // While a pause runs there is nothing to lose, unless a book came unasked.
    if (this.#syncOf(instrument).waiting && !instrument.known) return
    this.#losses++
    this.log('gap', `${instrument.instrument.symbol}: ${why}`)
    instrument.lost('syncing', why)
    if (this.#syncOf(instrument).lost(now, retryAfter)) this.#sync(instrument, now)
  }

  reconnect(why: string): void {
    this.#drop(why)
  }

  exchangeTime(time: Nanos | undefined): void {
    if (time === undefined) return
    const now = this.clock.now()
    const apart = this.#lag.takeClocksApart(now, time)
    if (apart !== undefined) this.log('fault', clocksApart(apart))
    const lag = this.#lag.sample(now, time)
    if (lag > 0) this.#stale(this.instruments, `the feed is ${seconds(lag)} s behind`)
    for (const instrument of this.instruments) instrument.behind = lag > 0
  }

  missedTrades(count: number): void {
    this.#missedTrades += count
  }

  log(event: FeedEvent, text: string): void {
    if (event === 'fault') this.#faults.fault(this.clock.now(), text)
    else this.#options.log.event(this.name, event, text)
  }

  #dial(): void {
    this.#deadline = nanos(this.clock.now() + DIAL_TIMEOUT)
    // A link that was dropped may still speak.
    const current = (): boolean => this.#link === link
    const link: Link = this.#options.dial({
      opened: () => current() && this.#opened(),
      message: (text) => current() && this.#message(text),
      alive: () => current() && this.#alive(),
      closed: (why) => current() && this.#drop(why)
    })
    this.#link = link
  }

  #opened(): void {
    const now = this.clock.now()
    this.#connected = true
    this.#connections++
    this.#lag.restart()
    this.#heardAt = this.#pingedAt = now
    this.log('connected', `connected, ${this.instruments.length} instruments`)
    for (const [instrument, sync] of this.#syncs) {
      instrument.behind = false
      instrument.lost('syncing', 'waiting for the book')
      sync.begin(now)
    }
    this.#protocol.opened()
  }

  #drop(why: string): void {
    const link = this.#link
    if (link === undefined) return
    this.#link = undefined
    link.destroy()
    if (this.#connected) this.#protocol.closed()
    // Who waits is there for the next at once; who could not even listen tries again later.
    const pause = link.waits && this.#connected ? 0 : this.#backOff.next()
    this.#connected = false
    this.#deadline = nanos(this.clock.now() + pause)
    this.log('disconnected', this.#stopped ? why : `${why}; next attempt in ${pause / SECOND} s`)
    for (const instrument of this.instruments) {
      if (instrument.state === 'live' && !this.#stopped) this.#losses++
      instrument.lost('down', why)
    }
  }

  #message(text: string): void {
    this.#messages++
    this.#heardAt = this.clock.now()
    try {
      this.#protocol.message(text)
    } catch (error) {
      if (error instanceof FeedFault) this.lost(error.instrument, error.message)
      else if (error instanceof MalformedMessage) this.#malformed(error)
      else throw error
    }
    // Only now: a book that was stale is not to be shown as it was before the message.
    this.#alive()
  }

  /** Where nothing else shows that a message is missing, one that cannot be read is. */
  #malformed({ message }: MalformedMessage): void {
    this.log('fault', message)
    if (this.#protocol.countsMessages) return
    for (const instrument of this.instruments) if (instrument.known) this.lost(instrument, 'a message cannot be read')
  }

  #alive(): void {
    this.#heardAt = this.clock.now()
    if (this.#options.quietAfter === undefined) for (const instrument of this.instruments) instrument.heard()
  }

  #watch(now: Nanos): void {
    const { staleAfter, quietAfter } = this.#options
    const silence = now - this.#heardAt
    if (silence >= 2 * staleAfter) return this.#drop(`nothing heard for ${seconds(silence)} s`)
    // A feed that does not catch up, and one that fell silent before it did: a new connection's book is today's.
    const behind = this.#lag.behindFor(now)
    if (behind >= 2 * staleAfter) return this.#drop(`the feed has been behind for ${seconds(behind)} s`)
    if (silence >= staleAfter) this.#stale(this.instruments, `nothing heard for ${seconds(silence)} s`)
    else if (silence >= staleAfter / 2 && this.#pingedAt <= this.#heardAt) {
      this.#pingedAt = now
      this.#link?.ping()
    }
    let allLive = true
    for (const [instrument, sync] of this.#syncs) {
      if (sync.due(now, instrument.state)) {
        if (!sync.waiting) this.log('gap', `${instrument.instrument.symbol}: the book did not come: asked for again`)
        this.#sync(instrument, now)
      }
      if (quietAfter !== undefined && sync.quietFor(now, instrument.changes) >= quietAfter)
        this.#stale([instrument], `no change for ${quietAfter / SECOND} s`)
      allLive &&= instrument.state === 'live'
    }
    if (allLive) this.#backOff.reset()
  }

  #stale(instruments: readonly FeedInstrument[], why: string): void {
    for (const instrument of instruments) {
      if (instrument.state !== 'live') continue
      this.#losses++
      this.log('stale', `${instrument.instrument.symbol}: ${why}`)
      instrument.silent(why)
    }
  }

  #sync(instrument: FeedInstrument, now: Nanos): void {
    this.#syncOf(instrument).begin(now)
    this.#protocol.sync(instrument)
  }

  #syncOf(instrument: FeedInstrument): InstrumentSync {
    const sync = this.#syncs.get(instrument)
    if (sync === undefined) throw new Error(`${instrument.feedSymbol} is of another feed`)
    return sync
  }
}

import { resolve } from 'node:path'
import { HOUR, ManualClock, MILLISECOND, nanos, SECOND, type EpochSeconds, type Nanos } from '../../../src/base/time.js'
import { TimestampWriter } from '../../../src/base/timestamp.js'
import { type Dictionary } from '../../../src/fix/dictionary/dictionary.js'
import { loadDictionary } from '../../../src/fix/dictionary/load-dictionary.js'
import { type FixApplication, type FixSession } from '../../../src/fix/session/application.js'
import { Connection, type ByteSink } from '../../../src/fix/session/connection.js'
import { MemoryStore } from '../../../src/fix/session/memory-store.js'
import { reverseRouting } from '../../../src/fix/session/routing.js'
import {
  DEFAULT_SETTINGS,
  sessionName,
  type Peer,
  type SessionDirectory,
  type SessionSettings
} from '../../../src/fix/session/session-settings.js'
import { type Session } from '../../../src/fix/session/session.js'
import { createFixEngine, type FixEngine } from '../../../src/fix/transport/fix-engine.js'
import { type FixMessage } from '../../../src/fix/wire/fix-message.js'
import { Tag } from '../../../src/fix/wire/tag.js'

/** 2026-11-20, the scripts' day. */
export const EPOCH: EpochSeconds = Date.UTC(2026, 10, 20) / 1000
export const START = nanos(10 * HOUR)
const TICK = 100 * MILLISECOND

let dictionary: Dictionary | undefined

/** The venue's dictionary, loaded once per test file. */
export function testDictionary(): Dictionary {
  return (dictionary ??= loadDictionary(resolve('fix-dictionaries/FIX44-paperpit.xml')))
}

export const acceptorSettings: SessionSettings = {
  ...DEFAULT_SETTINGS,
  id: { beginString: 'FIX.4.4', senderCompId: 'PAPERPIT', targetCompId: 'OMS' },
  role: 'acceptor'
}

/** The connection of a test: keeps what it is given. */
export class FakeSink implements ByteSink {
  pendingBytes = 0
  readonly sent: Buffer[] = []
  closed = false
  /** Whether the peer reads. */
  reading = true
  readonly #waiting: (() => void)[] = []

  write(bytes: Buffer, done: () => void): void {
    this.sent.push(Buffer.from(bytes))
    if (this.reading) return done()
    this.pendingBytes += bytes.length
    this.#waiting.push(() => {
      this.pendingBytes -= bytes.length
      done()
    })
  }

  /** The peer reads all that waits. */
  drain(): void {
    this.reading = true
    for (const left of this.#waiting.splice(0)) left()
  }

  end(bytes: Buffer | undefined): void {
    if (bytes !== undefined) this.sent.push(Buffer.from(bytes))
    this.closed = true
  }

  destroy(): void {
    this.closed = true
  }
}

/** What stands above the engine of a script. */
export interface DeskApplication extends FixApplication {
  /** What the script is to be told, in its words. */
  readonly events: string[]
  /** Time has passed. */
  advance(): void
}

/** Makes it on the desk's clock. */
export type ApplicationMaker = (clock: ManualClock, settings: SessionSettings) => DeskApplication

/** Records what it is told; answers every NewOrderSingle with an ExecutionReport. */
class EchoApplication implements DeskApplication {
  readonly events: string[] = []

  onLogon(): void {
    this.events.push('logon')
  }

  onMessage(session: FixSession, message: FixMessage): void {
    const clOrdId = message.string(Tag.ClOrdID)
    const again = message.possResend ? ' again' : ''
    this.events.push(`${message.msgType}${clOrdId === undefined ? '' : ` ${clOrdId}`}${again}`)
    if (message.msgType !== 'D' || clOrdId === undefined) return
    session.begin('8', reverseRouting(message)).string(Tag.ClOrdID, clOrdId).string(Tag.ExecID, `E-${clOrdId}`)
    session.send()
  }

  onLogout(): void {
    this.events.push('logout')
  }

  advance(): void {
    // Nothing happens in it by itself.
  }
}

/** An engine with a clock of its own and no sockets, one acceptor session (or initiator), and all that it does on record. */
export class Desk {
  readonly clock = new ManualClock(START)
  readonly store: MemoryStore
  readonly application: DeskApplication
  readonly log: string[] = []
  readonly engine: FixEngine
  readonly settings: SessionSettings
  readonly connections = new Map<string, { connection: Connection; sink: FakeSink }>()
  password: string | undefined
  /** Verdicts on passwords come with {@link decide}. */
  verdictsWait = false
  readonly #verdicts: (() => void)[] = []
  peer: Peer = { address: '127.0.0.1', port: 50000, loopback: true }
  readonly #text = new TimestampWriter(EPOCH, 3)

  /** @param application what stands above the engine; left out, one that answers each order */
  constructor(
    settings: SessionSettings,
    store = new MemoryStore(),
    now: Nanos = START,
    application: ApplicationMaker = () => new EchoApplication()
  ) {
    this.settings = settings
    this.application = application(this.clock, settings)
    this.store = store
    this.clock.set(now)
    const directory: SessionDirectory = {
      find: (id) => (sessionName(id) === sessionName(settings.id) ? settings : undefined),
      admit: (_settings, peer, _username, password) => {
        if (!peer.loopback) return `not from ${peer.address}`
        const wrong = this.password !== undefined && this.password !== password
        const verdict = wrong ? 'wrong username or password' : undefined
        if (!this.verdictsWait) return verdict
        return (decide) => void this.#verdicts.push(() => decide(verdict))
      }
    }
    this.engine = createFixEngine({
      clock: this.clock,
      epoch: EPOCH,
      store,
      directory,
      application: this.application,
      dictionary: testDictionary(),
      log: { event: (session, event, text) => this.log.push(`${event} ${session} ${text}`) },
      requestTurn: () => undefined
    })
  }

  get session(): Session {
    return this.engine.session(this.settings)
  }

  /** The time of day as a timestamp with milliseconds. */
  get now(): string {
    return this.#text.format(this.clock.now())
  }

  connect(name = ''): FakeSink {
    const sink = new FakeSink()
    const connection = new Connection(this.engine, this.peer, sink)
    this.connections.set(name, { connection, sink })
    if (this.settings.role === 'initiator') connection.logOn(this.session, { password: this.password })
    this.engine.flush()
    return sink
  }

  receive(bytes: Buffer, name = ''): void {
    this.connections.get(name)?.connection.receive(bytes)
    this.engine.flush()
  }

  disconnect(name = ''): void {
    this.connections.get(name)?.connection.closed()
    this.connections.delete(name)
    this.engine.flush()
  }

  sink(name = ''): FakeSink {
    const connection = this.connections.get(name)
    if (connection === undefined) throw new Error('no connection stands')
    return connection.sink
  }

  /** The verdicts that wait are given. */
  decide(): void {
    for (const give of this.#verdicts.splice(0)) give()
    this.engine.flush()
  }

  /** Lets time pass as the engine's owner does: a tick every 100 ms, and the turn behind it. */
  pass(seconds: number): void {
    const until = this.clock.now() + Math.round(seconds * SECOND)
    while (this.clock.now() < until) {
      this.clock.set(nanos(Math.min(this.clock.now() + TICK, until)))
      this.tick()
    }
  }

  tick(): void {
    this.application.advance()
    for (const { connection } of this.connections.values()) connection.tick(this.clock.now())
    this.engine.tick()
    this.engine.flush()
  }
}

import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { HOUR, ManualClock, nanos, SECOND } from '../../../src/base/time.js'
import { type FixApplication, type FixSession } from '../../../src/fix/session/application.js'
import { Connection, type ByteSink } from '../../../src/fix/session/connection.js'
import { SILENT_LOG } from '../../../src/fix/session/log.js'
import { MemoryStore } from '../../../src/fix/session/memory-store.js'
import { DEFAULT_SETTINGS, type SessionSettings } from '../../../src/fix/session/session-settings.js'
import { type Session } from '../../../src/fix/session/session.js'
import { createFixEngine, type FixEngine } from '../../../src/fix/transport/fix-engine.js'
import { type FixMessage } from '../../../src/fix/wire/fix-message.js'
import { Tag } from '../../../src/fix/wire/tag.js'
import { EPOCH, testDictionary } from './desk.js'
import { show } from './script.js'

/** What the line does to the next message that crosses it. */
type Fate = 'arrives' | 'lost' | 'twice'

const BASE = { ...DEFAULT_SETTINGS, heartBtInt: 10 }
const venueSettings: SessionSettings = {
  ...BASE,
  id: { beginString: 'FIX.4.4', senderCompId: 'PAPERPIT', targetCompId: 'OMS' },
  role: 'acceptor'
}
const clientSettings: SessionSettings = {
  ...BASE,
  id: { beginString: 'FIX.4.4', senderCompId: 'OMS', targetCompId: 'PAPERPIT' },
  role: 'initiator'
}

/** One side: an engine whose process can be killed, on a store that survives. */
class Side {
  readonly store = new MemoryStore()
  readonly seen: string[] = []
  readonly outgoing: Buffer[] = []
  engine: FixEngine
  connection: Connection | undefined
  readonly #clock: ManualClock
  readonly #settings: SessionSettings
  readonly #answer: (session: FixSession, message: FixMessage) => void

  constructor(
    clock: ManualClock,
    settings: SessionSettings,
    answer: (session: FixSession, message: FixMessage) => void = () => undefined
  ) {
    this.#clock = clock
    this.#settings = settings
    this.#answer = answer
    this.engine = this.start()
  }

  get session(): Session {
    return this.engine.session(this.#settings)
  }

  start(): FixEngine {
    const application: FixApplication = {
      onLogon: () => undefined,
      onMessage: (session, message) => {
        this.seen.push(message.string(Tag.ClOrdID) ?? '')
        this.#answer(session, message)
      },
      onLogout: () => undefined
    }
    this.engine = createFixEngine({
      clock: this.#clock,
      epoch: EPOCH,
      store: this.store,
      directory: { find: () => this.#settings, admit: () => undefined },
      application,
      dictionary: testDictionary(),
      log: SILENT_LOG,
      requestTurn: () => undefined
    })
    return this.engine
  }

  connect(): void {
    this.outgoing.length = 0
    const sink: ByteSink = {
      pendingBytes: 0,
      write: (bytes, done) => {
        this.outgoing.push(Buffer.from(bytes))
        done()
      },
      end: (bytes) => {
        if (bytes !== undefined) this.outgoing.push(Buffer.from(bytes))
        this.connection = undefined
      },
      destroy: () => (this.connection = undefined)
    }
    this.connection = new Connection(this.engine, { address: '127.0.0.1', port: 1, loopback: true }, sink)
    if (this.#settings.role === 'initiator') this.connection.logOn(this.session, undefined)
    this.engine.flush()
  }

  disconnect(): void {
    this.connection?.closed()
    this.connection = undefined
    this.engine.flush()
  }
}

function report(session: FixSession, message: FixMessage): void {
  const out = session
    .begin('8')
    .int(Tag.AvgPx, 0)
    .string(Tag.ClOrdID, message.string(Tag.ClOrdID) ?? '')
  out.int(Tag.CumQty, 0).string(Tag.ExecID, 'E').string(Tag.OrderID, 'O').char(Tag.OrdStatus, 48).char(Tag.Side, 49)
  out.string(Tag.Symbol, 'XYZ').char(Tag.ExecType, 48).int(Tag.LeavesQty, 100)
  session.send()
}

/** A client and a venue with a bad line between them. */
class Line {
  readonly clock = new ManualClock(nanos(10 * HOUR))
  readonly client = new Side(this.clock, clientSettings)
  readonly venue = new Side(this.clock, venueSettings, report)
  readonly #fates: Iterator<Fate>

  constructor(fates: readonly Fate[]) {
    this.#fates = fates[Symbol.iterator]()
  }

  connect(): void {
    this.cut()
    this.venue.connect()
    this.client.connect()
    this.settle()
  }

  cut(): void {
    this.client.disconnect()
    this.venue.disconnect()
  }

  order(clOrdId: string): void {
    const out = this.client.session.begin('D').string(Tag.ClOrdID, clOrdId).int(Tag.OrderQty, 100)
    out.char(Tag.OrdType, 49).char(Tag.Side, 49).string(Tag.Symbol, 'XYZ').timestamp(Tag.TransactTime, this.clock.now())
    this.client.session.send()
    this.client.engine.flush()
  }

  /** Carries what is on its way until nothing is. */
  settle(): void {
    while (this.client.outgoing.length > 0 || this.venue.outgoing.length > 0) {
      this.#carry(this.client, this.venue)
      this.#carry(this.venue, this.client)
    }
  }

  pass(seconds: number): void {
    for (let i = 0; i < seconds; i++) {
      this.clock.advance(SECOND)
      for (const side of [this.client, this.venue]) {
        side.connection?.tick(this.clock.now())
        side.engine.tick()
        side.engine.flush()
      }
      this.settle()
    }
  }

  #carry(from: Side, to: Side): void {
    for (const bytes of from.outgoing.splice(0))
      for (const message of show(bytes).split(/(?<=\|10=\d{3}\|)/)) {
        const fate = message.includes('|35=A|') ? 'arrives' : (this.#fates.next().value ?? 'arrives')
        const raw = Buffer.from(message.replaceAll('|', '\x01'), 'latin1')
        if (fate !== 'lost') to.connection?.receive(raw)
        // A second copy is one that an engine sends on purpose: with PossDupFlag.
        if (fate === 'twice' && message.includes('|43=Y|')) to.connection?.receive(raw)
        to.engine.flush()
      }
    if (from.connection === undefined) to.disconnect()
  }
}

const fate = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Fate>('arrives') },
  { weight: 2, arbitrary: fc.constant<Fate>('lost') },
  { weight: 1, arbitrary: fc.constant<Fate>('twice') }
)
const happening = fc.oneof(
  { weight: 8, arbitrary: fc.constant('order') },
  { weight: 2, arbitrary: fc.constant('pass') },
  { weight: 1, arbitrary: fc.constant('cut') },
  { weight: 1, arbitrary: fc.constant('kill venue') },
  { weight: 1, arbitrary: fc.constant('kill client') }
)

describe('whatever the line loses, repeats and cuts, and whoever is killed', () => {
  test.prop([fc.array(fate, { maxLength: 60 }), fc.array(happening, { maxLength: 40 })], { numRuns: 300 })(
    'each order arrives exactly once and in order, and so does each report',
    (fates, happenings) => {
      const line = new Line(fates)
      line.connect()
      const orders: string[] = []
      for (const happens of happenings) {
        if (happens === 'order') {
          orders.push(`A${orders.length + 1}`)
          line.order(orders[orders.length - 1])
          line.settle()
        } else if (happens === 'pass') line.pass(7)
        else if (happens === 'cut') line.cut()
        else {
          line.cut()
          if (happens === 'kill venue') line.venue.start()
          else line.client.start()
        }
        if (line.client.connection === undefined) line.connect()
      }
      // The line heals; sessions that gave each other up log on again.
      for (let i = 0; i < 12; i++) {
        line.pass(15)
        if (line.client.connection === undefined || line.venue.connection === undefined) line.connect()
      }
      expect(line.venue.seen).toEqual(orders)
      expect(line.client.seen).toEqual(orders)
    }
  )
})

import { epochOf, ManualClock, nanos, SECOND, type Nanos } from '../../src/base/time.js'
import { TimestampWriter } from '../../src/base/timestamp.js'
import type { Exchange } from '../../src/exchange/exchange.js'
import type { InstrumentTerms } from '../../src/exchange/instrument.js'
import type { ModelSettings } from '../../src/exchange/models/settings.js'
import { loadDictionary } from '../../src/fix/dictionary/load-dictionary.js'
import { Validator } from '../../src/fix/dictionary/validator.js'
import { Connection, type ByteSink } from '../../src/fix/session/connection.js'
import { SILENT_LOG } from '../../src/fix/session/log.js'
import { MemoryStore } from '../../src/fix/session/memory-store.js'
import { DEFAULT_SETTINGS, type SessionSettings } from '../../src/fix/session/session-settings.js'
import { createFixEngine, type FixEngine } from '../../src/fix/transport/fix-engine.js'
import { MessageReader } from '../../src/fix/wire/message-reader.js'
import { ParsedMessage } from '../../src/fix/wire/parsed-message.js'
import { VENUE_DICTIONARY } from '../../src/venue/serve/venue-dictionary.js'
import { GatewayVenue } from './gateway-venue.js'

const EPOCH = epochOf(Date.UTC(2026, 10, 20))
const SOH = '\x01'
const dictionary = loadDictionary(VENUE_DICTIONARY)

/** Header and trailer fields, and times: what a test of application messages does not look at. */
const NOT_SHOWN = /^(8|9|34|49|52|56|60|10)=/

/**
 * A desk in front of the venue: real FIX engine, gateway and exchange, without sockets. `send` takes a message's fields
 * behind the header ("35=D|11=A1|…") and returns what the venue answers, in the same form, without header, 60 and 10.
 * Every answer is checked against the venue's own dictionary.
 */
export class OrderDesk {
  readonly venue: GatewayVenue
  readonly exchange: Exchange
  readonly #engine: FixEngine
  readonly #clock = new ManualClock(nanos(10 * 3600 * SECOND))
  readonly #connection: Connection
  readonly #received: Buffer[] = []
  #msgSeqNum = 1

  constructor(
    terms: InstrumentTerms = { symbol: 'AAPL', tickSize: '0.01', lotSize: '1' },
    models: Partial<ModelSettings> = {},
    settings: Partial<SessionSettings> = {},
    logon = '35=A|98=0|108=30'
  ) {
    this.venue = new GatewayVenue(this.#clock, EPOCH, [terms], models)
    this.exchange = this.venue.exchange
    this.#engine = createFixEngine({
      clock: this.#clock,
      epoch: EPOCH,
      store: new MemoryStore(),
      directory: {
        find: (id) => ({ ...DEFAULT_SETTINGS, ...settings, id, role: 'acceptor' }),
        admit: () => undefined
      },
      application: this.venue.gateway,
      dictionary,
      log: SILENT_LOG,
      requestTurn: () => undefined
    })
    const sink: ByteSink = {
      pendingBytes: 0,
      write: (bytes, done) => {
        this.#received.push(Buffer.from(bytes))
        done()
      },
      end: (bytes) => {
        if (bytes) this.#received.push(Buffer.from(bytes))
      },
      destroy: () => undefined
    }
    this.#connection = new Connection(this.#engine, { address: '127.0.0.1', port: 1, loopback: true }, sink)
    this.send(logon)
  }

  /** Lets venue time pass: what is under way arrives. */
  pass(time: Nanos): string[] {
    this.#clock.advance(time)
    this.exchange.advance(this.#clock.now())
    return this.answers()
  }

  /** The connection is lost. */
  disconnect(): void {
    this.#connection.closed()
  }

  send(fields: string): string[] {
    const [msgType, ...body] = fields.split('|')
    const now = new TimestampWriter(EPOCH, 3).format(this.#clock.now())
    const header = [msgType, `34=${this.#msgSeqNum++}`, '49=OMS', `52=${now}`, '56=PIT']
    const text = [...header, ...body].join(SOH) + SOH
    const framed = `8=FIX.4.4${SOH}9=${text.length}${SOH}${text}`
    let sum = 0
    for (const byte of Buffer.from(framed, 'latin1')) sum += byte
    this.#connection.receive(Buffer.from(`${framed}10=${String(sum % 256).padStart(3, '0')}${SOH}`, 'latin1'))
    return this.answers()
  }

  /** What the venue has sent since it was last asked. */
  answers(): string[] {
    this.#engine.flush()
    const messages: string[] = []
    const reader = new MessageReader(new ParsedMessage(dictionary, EPOCH), 65_536)
    const validator = new Validator(dictionary, 'lenient')
    for (const chunk of this.#received.splice(0)) {
      reader.push(chunk, {
        message: (message) => {
          const fault = validator.validate(message)
          const shown = message.bytes.toString('latin1', message.start, message.end - 1).split(SOH)
          const text = shown.filter((field) => !NOT_SHOWN.test(field)).join('|')
          messages.push(fault ? `INVALID ${JSON.stringify(fault)} ${text}` : text)
        },
        garbled: (_bytes, _from, _to, why) => messages.push(`GARBLED ${why}`),
        tooLong: () => messages.push('TOO LONG')
      })
    }
    return messages
  }
}

import { nanos, type Clock, type EpochSeconds } from '../../../src/base/time.js'
import { createExchange } from '../../../src/exchange/matching-exchange.js'
import { instrument } from '../../../src/exchange/instrument.js'
import { instrumentNo } from '../../../src/exchange/units.js'
import { type FixApplication, type FixSession } from '../../../src/fix/session/application.js'
import { reverseRouting } from '../../../src/fix/session/routing.js'
import { type FixGroupEntry, type FixMessage } from '../../../src/fix/wire/fix-message.js'
import { Tag } from '../../../src/fix/wire/tag.js'
import { Gateway } from '../../../src/gateway/gateway.js'

/** Groups that hold groups, in FIX 4.4. */
const NESTED = [802, 539, 804, 711, 555, 295, 453, 78, 136, 604]

/** Demands that messages come once and in order; reads all of each, or gives it to the venue's gateway. */
export class FuzzApplication implements FixApplication {
  messages = 0
  #last = 0
  readonly #gateway: Gateway | undefined

  constructor(kind: 'reader' | 'gateway', epoch: EpochSeconds, clock: Clock) {
    if (kind === 'gateway') this.#gateway = venueGateway(epoch, clock)
  }

  /** The peer's numbers begin anew. */
  numbersReset(): void {
    this.#last = 0
  }

  onLogon(session: FixSession, logon: FixMessage): void {
    this.#gateway?.onLogon(session, logon)
  }

  onMessage(session: FixSession, message: FixMessage): void {
    if (message.msgSeqNum <= this.#last)
      throw new Error(`message ${message.msgSeqNum} reached the application behind ${this.#last}`)
    this.#last = message.msgSeqNum
    this.messages++
    if (this.#gateway !== undefined) return this.#gateway.onMessage(session, message)
    readAll(message)
    if (message.msgType !== 'D') return
    session.begin('8', reverseRouting(message)).string(Tag.ClOrdID, message.string(Tag.ClOrdID) ?? '-')
    session.send()
  }

  onLogout(session: FixSession): void {
    this.#gateway?.onLogout(session)
  }
}

function readAll(message: FixMessage): void {
  message.forEach((tag) => {
    message.string(tag)
    message.int(tag)
    message.decimal(tag, 4)
    message.timestamp(tag)
    message.boolean(tag)
    readEntries(message.group(tag))
  })
}

function readEntries(entries: readonly FixGroupEntry[]): void {
  for (const entry of entries) for (const nested of NESTED) readEntries(entry.group(nested))
}

function venueGateway(epoch: EpochSeconds, clock: Clock): Gateway {
  const instruments = ['AAPL', 'MSFT'].map((symbol, no) =>
    instrument(instrumentNo(no), { symbol, tickSize: '0.01', lotSize: '1' })
  )
  const exchange = createExchange({
    instruments,
    models: {
      preset: 'consume',
      queue: { kind: 'riskAverse' },
      latency: { kind: 'constant', inbound: nanos(0), outbound: nanos(0) },
      seed: 1
    },
    listener: { onEvent: (event) => gateway.onEvent(event) }
  })
  let commands = 0
  const gateway: Gateway = new Gateway({
    instruments,
    epoch,
    preset: 'consume',
    arrive: () => clock.now(),
    submit: (command) => {
      commands++
      exchange.submit(command)
    },
    commandCount: () => commands,
    findOrder: (session, clOrdId) => exchange.findOrder(session, clOrdId)
  })
  return gateway
}

import { type Clock, type EpochSeconds } from '../../../src/base/time.js'
import { type FixApplication, type FixSession } from '../../../src/fix/session/application.js'
import { reverseRouting } from '../../../src/fix/session/routing.js'
import { type FixGroupEntry, type FixMessage } from '../../../src/fix/wire/fix-message.js'
import { Tag } from '../../../src/fix/wire/tag.js'
import { type Gateway } from '../../../src/gateway/gateway.js'
import { GatewayVenue } from '../../../test/support/gateway-venue.js'

/** Groups that hold groups, in FIX 4.4. */
const NESTED = [802, 539, 804, 711, 555, 295, 453, 78, 136, 604]

const INSTRUMENTS = ['AAPL', 'MSFT'].map((symbol) => ({ symbol, tickSize: '0.01', lotSize: '1' }))

/** Demands that messages come once and in order; reads all of each, or gives it to the venue's gateway. */
export class FuzzApplication implements FixApplication {
  messages = 0
  #last = 0
  readonly #gateway: Gateway | undefined

  constructor(kind: 'reader' | 'gateway', epoch: EpochSeconds, clock: Clock) {
    if (kind === 'gateway') this.#gateway = new GatewayVenue(clock, epoch, INSTRUMENTS).gateway
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

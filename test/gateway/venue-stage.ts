import { MILLISECOND, nanos, type ManualClock } from '../../src/base/time.js'
import type { ModelSettings } from '../../src/exchange/models/settings.js'
import { BUY, instrumentNo, price, quantity, SELL } from '../../src/exchange/units.js'
import type { FixSession } from '../../src/fix/session/application.js'
import type { FixMessage } from '../../src/fix/wire/fix-message.js'
import { EPOCH, type DeskApplication } from '../fix/session/desk.js'
import type { ScriptStage } from '../fix/session/run-script.js'
import { GatewayVenue } from '../support/gateway-venue.js'

const XYZ = instrumentNo(0)
const TERMS = { symbol: 'XYZ', tickSize: '0.01', lotSize: '1' }

/** The venue's gateway and exchange above the engine of a script. */
class VenueApplication extends GatewayVenue implements DeskApplication {
  readonly events: string[] = []
  readonly #clock: ManualClock

  constructor(clock: ManualClock, models: Partial<ModelSettings>) {
    super(clock, EPOCH, [TERMS], models)
    this.#clock = clock
  }

  onLogon(session: FixSession, logon: FixMessage): void {
    this.gateway.onLogon(session, logon)
  }

  onMessage(session: FixSession, message: FixMessage): void {
    this.gateway.onMessage(session, message)
  }

  onLogout(session: FixSession): void {
    this.gateway.onLogout(session)
  }

  advance(): void {
    this.exchange.advance(this.#clock.now())
  }
}

/**
 * Where scripts of the gateway run: one instrument, XYZ, tick 0.01, lot 1. The engine's clock is the venue's as well.
 *
 *     set inboundLatency 500            a request takes so many milliseconds to the exchange
 *     bid 100.00 400, ask 100.02 300    the market shows so much at a price
 *     sold 99.40 40                     the market prints so much, by a seller
 *     closing                           the venue is about to close
 */
export const VENUE_STAGE: ScriptStage = {
  application(clock, settings) {
    const { inboundLatency = 0 } = settings as { readonly inboundLatency?: number }
    const inbound = nanos(inboundLatency * MILLISECOND)
    return new VenueApplication(clock, { latency: { kind: 'constant', inbound, outbound: nanos(0) } })
  },
  words({ application }, word, rest) {
    const venue = application as VenueApplication
    const { exchange } = venue
    const { time } = exchange
    const [at, qty] = rest.split(' ').map(Number)
    const cents = price(Math.round(at * 100))
    if (word === 'bid') exchange.level(time, XYZ, BUY, cents, quantity(qty))
    else if (word === 'ask') exchange.level(time, XYZ, SELL, cents, quantity(qty))
    else if (word === 'sold') exchange.trade(time, XYZ, SELL, cents, quantity(qty))
    else if (word === 'closing') venue.takesOrders = false
    else return false
    exchange.eventEnd(time, XYZ)
    return true
  }
}

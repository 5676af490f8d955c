import { type Nanos } from '../../base/time.js'
import { LogText } from '../session/log-text.js'
import { type Peer } from '../session/session-settings.js'
import { AddressRate } from './address-rate.js'
import { type EngineLimits } from './engine-limits.js'

/** Keeps an engine's limits: says why a connection or a Logon is one too many. All answers are texts for the log. */
export class Admission {
  readonly #limits: EngineLimits
  readonly #connections: AddressRate
  readonly #logons: AddressRate
  readonly #refused: AddressRate

  constructor(limits: EngineLimits) {
    this.#limits = limits
    this.#connections = new AddressRate(limits.connectionsPerMinute)
    this.#logons = new AddressRate(limits.logonsPerMinute)
    this.#refused = new AddressRate(limits.refusedLogonsPerMinute)
  }

  /** @param open connections that stand already */
  connection({ address }: Peer, open: number, now: Nanos): string | undefined {
    const { maxConnections } = this.#limits
    if (!this.#connections.take(address, now)) return LogText.connectionRate(this.#connections.perMinute)
    return open >= maxConnections ? LogText.tooManyConnections(maxConnections) : undefined
  }

  logon({ address }: Peer, now: Nanos): string | undefined {
    if (!this.#logons.take(address, now)) return LogText.logonRate(this.#logons.perMinute)
    return this.#refused.allows(address, now) ? undefined : LogText.refusedLogonRate(this.#refused.perMinute)
  }

  /** Counts a Logon or a certificate that was refused. */
  refused({ address }: Peer, now: Nanos): void {
    this.#refused.take(address, now)
  }

  /** @param open sessions that are open already */
  session(open: number): string | undefined {
    const { maxSessions } = this.#limits
    return open >= maxSessions ? LogText.tooManySessions(maxSessions) : undefined
  }
}

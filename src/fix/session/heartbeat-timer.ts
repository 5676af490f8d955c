import { SECOND, type Nanos } from '../../base/time.js'

/** What a session owes its peer at a moment. */
export type HeartbeatDue = 'nothing' | 'heartbeat' | 'testRequest' | 'disconnect'

/** Of HeartBtInt: the silence after which the peer is asked for a sign of life, and after which it is given up. */
const TEST_REQUEST_AFTER = 1.2
const DISCONNECT_AFTER = 2.4

/**
 * Decides when a Heartbeat or a TestRequest is due (FIX session protocol, "Heartbeat"). HeartBtInt 0 turns all of it off.
 * Every message of the peer answers the TestRequest: it shows that the line is alive.
 */
export class HeartbeatTimer {
  #interval = 0
  #lastSent = 0
  #lastReceived = 0
  #testRequestPending = false

  get lastSent(): Nanos {
    return this.#lastSent as Nanos
  }

  get lastReceived(): Nanos {
    return this.#lastReceived as Nanos
  }

  /** @param heartBtInt HeartBtInt (108) in seconds */
  start(heartBtInt: number, now: Nanos): void {
    this.#interval = heartBtInt * SECOND
    this.#lastSent = now
    this.#lastReceived = now
    this.#testRequestPending = false
  }

  sent(now: number): void {
    this.#lastSent = now
  }

  received(now: Nanos): void {
    this.#lastReceived = now
    this.#testRequestPending = false
  }

  testRequestSent(): void {
    this.#testRequestPending = true
  }

  due(now: Nanos): HeartbeatDue {
    if (this.#interval === 0) return 'nothing'
    const silence = now - this.#lastReceived
    if (silence >= DISCONNECT_AFTER * this.#interval) return 'disconnect'
    if (this.#testRequestPending) return 'nothing'
    if (silence >= TEST_REQUEST_AFTER * this.#interval) return 'testRequest'
    return now - this.#lastSent >= this.#interval ? 'heartbeat' : 'nothing'
  }
}

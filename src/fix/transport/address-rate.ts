import { MINUTE, type Nanos } from '../../base/time.js'

/** Addresses that are remembered at once. Who finds no room pushes out the one that was quiet longest. */
const MAX_ADDRESSES = 10_000

interface Bucket {
  tokens: number
  at: Nanos
}

/**
 * How often something may happen per address: a token bucket each, so that a burst of a minute's worth is taken and the
 * rate holds behind it.
 */
export class AddressRate {
  readonly perMinute: number
  readonly #buckets = new Map<string, Bucket>()

  /** @param perMinute 0 for any rate */
  constructor(perMinute: number) {
    this.perMinute = perMinute
  }

  /** Whether it may happen once more now. */
  allows(address: string, now: Nanos): boolean {
    return this.perMinute === 0 || this.#filled(address, now).tokens >= 1
  }

  /** It happens; false where it happens too often. */
  take(address: string, now: Nanos): boolean {
    if (this.perMinute === 0) return true
    const bucket = this.#filled(address, now)
    if (bucket.tokens < 1) return false
    bucket.tokens--
    return true
  }

  #filled(address: string, now: Nanos): Bucket {
    const known = this.#buckets.get(address)
    const bucket = known ?? { tokens: this.perMinute, at: now }
    const more = ((now - bucket.at) / MINUTE) * this.perMinute
    bucket.tokens = Math.min(this.perMinute, bucket.tokens + more)
    bucket.at = now
    // The map keeps the order of last use.
    if (known !== undefined) this.#buckets.delete(address)
    this.#buckets.set(address, bucket)
    if (this.#buckets.size > MAX_ADDRESSES) this.#buckets.delete(this.#buckets.keys().next().value ?? '')
    return bucket
  }
}

import type { Nanos } from '../../base/time.js'

/** Which decreases of a level happen behind an order (MODELS section 2). */
export type QueueModelSettings =
  | { readonly kind: 'riskAverse' | 'log' | 'log2' }
  | {
      readonly kind: 'power' | 'power2' | 'power3'
      /** n, a whole number from 1 to 8. */
      readonly exponent: number
    }

/** How long a command or report is under way (MODELS section 5). */
export interface LatencySettings {
  readonly kind: 'constant'
  /** Client to exchange. */
  readonly inbound: Nanos
  /** Exchange to client. */
  readonly outbound: Nanos
}

/**
 * `observer`: the tape is not touched, every order meets the book as it was. `consume`: what clients take is gone until
 * the feed brings new quantity (MODELS section 3).
 */
export type Preset = 'observer' | 'consume'

export interface ModelSettings {
  readonly preset: Preset
  readonly queue: QueueModelSettings
  readonly latency: LatencySettings
  readonly seed: number
}

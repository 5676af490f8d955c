import type { Nanos } from '../../base/time.js'
import type { FeeSettings } from './fees/fee-settings.js'
import type { LatencySettings } from './latency/latency-settings.js'
import type { InstrumentImpact, ReactionSettings } from './reaction/reaction-settings.js'

export type { FeeSchedule, FeeSettings, FeeTier } from './fees/fee-settings.js'
export type { DrawnLatency, LatencyDistribution, LatencySettings } from './latency/latency-settings.js'
export type { InstrumentImpact, ReactionSettings } from './reaction/reaction-settings.js'

/** Which decreases of a level happen behind an order (README, queue). */
export type QueueModelSettings =
  | { readonly kind: 'riskAverse' | 'log' | 'log2' }
  | {
      readonly kind: 'power' | 'power2' | 'power3'
      /** n, a whole number from 1 to 8. */
      readonly exponent: number
    }

/** Whether and how fast liquidity that clients took comes back (README, refill). */
export interface RefillSettings {
  /** Of how many depletions the liquidity returns at all, 0 to 1. */
  readonly probability: number
  /** Time in which half of what is missing has returned; `never`: consumed for good. */
  readonly halfLife: Nanos | 'never'
}

/**
 * `observer`: the tape is not touched, every order meets the book as it was. `consume`: what clients take is gone until
 * the feed brings new quantity. `consume+refill`: and some of it returns by itself. `impact`: as
 * `consume+refill`, and prices react to own fills.
 */
export type Preset = 'observer' | 'consume' | 'consume+refill' | 'impact'

/** Every assumption of a run. What is left out is as in the defaults of `default-settings.ts`. */
export interface ModelSettings {
  readonly preset: Preset
  readonly queue: QueueModelSettings
  readonly latency: LatencySettings
  /** In presets that refill. */
  readonly refill?: RefillSettings
  /** In preset `impact`. */
  readonly reaction?: ReactionSettings
  /** What a reaction counts in, by symbol; `*` for all others. */
  readonly impact?: Readonly<Record<string, InstrumentImpact>>
  /** Left out: nothing is charged. */
  readonly fees?: FeeSettings
  readonly seed: number
}

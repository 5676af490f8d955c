import type { Nanos } from '../../../base/time.js'

/** Spikes on top of a distribution: with `probability`, from `min` to `max` longer. */
export interface LatencySpikes {
  readonly probability: number
  readonly min: Nanos
  readonly max: Nanos
}

/** Where one message's latency is drawn from, whole nanoseconds, never below 0. */
export type LatencyDistribution = LatencyBase & {
  readonly spikes?: LatencySpikes
  /** rho of an AR(1) in the standard-normal residual, from 0 to below 1: how long slow stretches last. */
  readonly burst?: number
}

type LatencyBase =
  | { readonly kind: 'constant'; readonly value: Nanos }
  | { readonly kind: 'uniform'; readonly min: Nanos; readonly max: Nanos }
  /** Cut at 0. */
  | { readonly kind: 'normal'; readonly mean: Nanos; readonly deviation: Nanos }
  | { readonly kind: 'lognormal'; readonly median: Nanos; readonly sigma: number }
  /** A table of measured latencies, each as likely as the others. */
  | { readonly kind: 'empirical'; readonly values: readonly Nanos[] }
  /** `factor` times the latency that the feed had last, plus `offset`. */
  | { readonly kind: 'feed'; readonly factor: number; readonly offset: Nanos }

/** One latency per kind of message. */
export interface DrawnLatency {
  /** NewOrderSingle, to the book. */
  readonly new: LatencyDistribution
  readonly replace: LatencyDistribution
  /** OrderCancelRequest, and cancel on disconnect. */
  readonly cancel: LatencyDistribution
  /** Every report, from the book. */
  readonly report: LatencyDistribution
}

/** How long a command or report is under way (models/README, latency). */
export type LatencySettings =
  | {
      readonly kind: 'constant'
      /** Client to exchange. */
      readonly inbound: Nanos
      /** Exchange to client. */
      readonly outbound: Nanos
    }
  | (DrawnLatency & {
      readonly kind: 'drawn'
      /** Sessions that differ, by name, in all or some kinds of message. */
      readonly sessions?: Readonly<Record<string, Partial<DrawnLatency>>>
    })

import type { Nanos } from '../../../base/time.js'

/** What impact is measured by in one instrument. `paperpit calibrate` estimates both. */
export interface InstrumentImpact {
  /** sigma: daily volatility, as a fraction of the price. */
  readonly volatility: number
  /** ADV: quantity that the market trades in a day, in whole units (shares, contracts, coins). */
  readonly averageDailyVolume: number
}

/** How prices react to own fills (models/README). Which of them allow price manipulation: `manipulation.ts`. */
export type ReactionSettings =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'squareRoot'
      /** Y. */
      readonly factor: number
      /** delta. */
      readonly exponent: number
      /** gamma of (1 + t / tau0)^-gamma. */
      readonly decay: number
      /** tau0. */
      readonly scale: Nanos
      /** Ginf, the part that stays: 0.05 to 1. */
      readonly permanent: number
    }
  | {
      readonly kind: 'almgren2005'
      /** gamma of the permanent part. */
      readonly permanent: number
      /** eta of the temporary part. */
      readonly temporary: number
      /** Shares outstanding by average daily volume, Theta / V. */
      readonly outstanding: number
      /** The time over which own trading counts as one execution, T at least. */
      readonly window: Nanos
      /** Length of a trading day. */
      readonly day: Nanos
    }
  | {
      readonly kind: 'obizhaevaWang'
      /** Y: how many daily volatilities the price moves by a whole ADV at once; 1/q = Y sigma P / ADV. */
      readonly factor: number
      /** Must be 1: exponential decay goes with linear impact only. */
      readonly exponent: number
      /** lambda q: the part of the impact that stays, 0 to 1. */
      readonly permanent: number
      /** ln 2 / rho. */
      readonly halfLife: Nanos
    }
  | {
      readonly kind: 'propagator'
      readonly factor: number
      /** delta of v^delta. */
      readonly exponent: number
      /** beta. */
      readonly decay: number
      /** l0, in trades of the market. */
      readonly scale: number
      /** Fills older than so many trades are forgotten. */
      readonly memory: number
    }

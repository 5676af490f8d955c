import { nanos, SECOND } from '../../base/time.js'
import type { InstrumentImpact, ReactionSettings } from './reaction/reaction-settings.js'
import type { RefillSettings } from './settings.js'

/** Large (2007): in more than 60 % of cases no reliable refill, else a half-life near 20 s. */
export const DEFAULT_REFILL: RefillSettings = { probability: 0.4, halfLife: nanos(20 * SECOND) }

/** MODELS section 4: Toth et al. 2011, Sato & Kanazawa 2024; the long run by Bucci et al. 2018. */
export const DEFAULT_REACTION: ReactionSettings = {
  kind: 'squareRoot',
  factor: 1,
  exponent: 0.5,
  decay: 0.5,
  scale: SECOND,
  permanent: 1 / 3
}

/** A stand-in for an instrument that nobody calibrated; reports say that it was used. */
export const DEFAULT_IMPACT: InstrumentImpact = { volatility: 0.02, averageDailyVolume: 1_000_000 }

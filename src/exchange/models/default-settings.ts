import { nanos, SECOND } from '../../base/time.js'
import { REACTION_DEFAULTS } from './reaction/reaction-defaults.js'
import type { InstrumentImpact, ReactionSettings } from './reaction/reaction-settings.js'
import type { RefillSettings } from './settings.js'

/** Large (2007): in more than 60 % of cases no reliable refill, else a half-life near 20 s. */
export const DEFAULT_REFILL: RefillSettings = { probability: 0.4, halfLife: nanos(20 * SECOND) }

/** What is best established about the impact of whole orders (README, price reaction). */
export const DEFAULT_REACTION: ReactionSettings = REACTION_DEFAULTS.squareRoot

/** A stand-in for an instrument that nobody calibrated; reports say that it was used. */
export const DEFAULT_IMPACT: InstrumentImpact = { volatility: 0.02, averageDailyVolume: 1_000_000 }

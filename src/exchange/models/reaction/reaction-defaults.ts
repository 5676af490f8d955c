import { HOUR, MINUTE, nanos, SECOND } from '../../../base/time.js'
import { type ReactionSettings } from './reaction-settings.js'

type Defaults = { readonly [K in Exclude<ReactionSettings['kind'], 'none'>]: Extract<ReactionSettings, { kind: K }> }

/** Each reaction with the parameters of its source (models/README). */
export const REACTION_DEFAULTS: Defaults = {
  /** Toth et al. 2011, Sato & Kanazawa 2024; the long run by Bucci et al. 2018. */
  squareRoot: { kind: 'squareRoot', factor: 1, exponent: 0.5, decay: 0.5, scale: SECOND, permanent: 1 / 3 },
  almgren2005: {
    kind: 'almgren2005',
    permanent: 0.314,
    temporary: 0.142,
    outstanding: 200,
    window: nanos(5 * MINUTE),
    day: nanos(6.5 * HOUR)
  },
  /** At 1 % of ADV the same as the square root. */
  obizhaevaWang: { kind: 'obizhaevaWang', factor: 10, exponent: 1, permanent: 0.5, halfLife: MINUTE },
  /** Bouchaud et al. 2004; beta is raised to what Gatheral 2010 allows. */
  propagator: { kind: 'propagator', factor: 1, exponent: 0.6, decay: 0.42, scale: 20, memory: 10_000 }
}

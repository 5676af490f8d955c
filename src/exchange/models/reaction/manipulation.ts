import { type ReactionSettings } from './reaction-settings.js'

/** 2 - ln 3 / ln 2. */
const LEAST_DECAY = 0.41503749927884376

/**
 * Why a reaction would let a round trip earn money on average, as one sentence; undefined where it would not (Gatheral,
 * "No-dynamic-arbitrage and market impact", 2010).
 */
export function manipulation(settings: ReactionSettings): string | undefined {
  switch (settings.kind) {
    case 'none':
    case 'almgren2005':
      return undefined
    case 'obizhaevaWang':
      if (settings.exponent === 1) return undefined
      return (
        'allows price manipulation, a round trip with expected profit: exponential decay goes with linear impact only ' +
        `(Gatheral 2010), and the exponent is ${settings.exponent}, not 1`
      )
    case 'squareRoot':
    case 'propagator':
      return powerLawManipulation(settings.decay, settings.exponent)
  }
}

function powerLawManipulation(decay: number, exponent: number): string | undefined {
  if (exponent === 1 && decay > 0 && decay < 1) return undefined
  if (decay + exponent >= 1 && decay >= LEAST_DECAY) return undefined
  return (
    'allows price manipulation, a round trip with expected profit: power-law decay gamma with impact v^delta needs ' +
    `gamma + delta >= 1 and gamma >= 2 - ln 3 / ln 2 = 0.415 (Gatheral 2010), and gamma is ${decay}, delta ${exponent}`
  )
}

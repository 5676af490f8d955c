import { powerOfTen } from '../../../base/decimal.js'
import { type Instrument } from '../../instrument.js'
import { DEFAULT_IMPACT, DEFAULT_REACTION } from '../default-settings.js'
import { type ModelSettings } from '../settings.js'
import { AlmgrenReaction } from './almgren-reaction.js'
import { manipulation } from './manipulation.js'
import { ObizhaevaWangReaction } from './obizhaeva-wang-reaction.js'
import { type PriceReaction, type ReactionUnits } from './price-reaction.js'
import { PropagatorReaction } from './propagator-reaction.js'
import { type InstrumentImpact, type ReactionSettings } from './reaction-settings.js'
import { SquareRootReaction } from './square-root-reaction.js'

/** What a reaction counts an instrument in: its own parameters, else those of `*`, else the defaults. */
export function impactOf({ impact }: Pick<ModelSettings, 'impact'>, symbol: string): InstrumentImpact {
  return impact?.[symbol] ?? impact?.['*'] ?? DEFAULT_IMPACT
}

/**
 * The reaction of one instrument; undefined where prices do not react.
 * @throws RangeError where a parameter is out of its range, or the settings allow price manipulation.
 */
export function createPriceReaction(models: ModelSettings, instrument: Instrument): PriceReaction | undefined {
  if (models.preset !== 'impact') return undefined
  const settings = models.reaction ?? DEFAULT_REACTION
  const fault = reactionFault(settings)
  if (fault !== undefined) throw new RangeError(fault)
  const { volatility, averageDailyVolume } = impactOf(models, instrument.symbol)
  if (!(volatility > 0 && averageDailyVolume > 0))
    throw new RangeError(
      `the impact of ${instrument.symbol} needs a positive volatility and averageDailyVolume, got ${volatility} and ${averageDailyVolume}`
    )
  return reactionOf(settings, { volatility, volume: averageDailyVolume * powerOfTen(instrument.quantityScale) })
}

function reactionOf(settings: ReactionSettings, units: ReactionUnits): PriceReaction | undefined {
  switch (settings.kind) {
    case 'none':
      return undefined
    case 'squareRoot':
      return new SquareRootReaction(settings, units)
    case 'almgren2005':
      return new AlmgrenReaction(settings, units)
    case 'obizhaevaWang':
      return new ObizhaevaWangReaction(settings, units)
    case 'propagator':
      return new PropagatorReaction(settings, units)
  }
}

/** What is wrong with a reaction, as one sentence: a parameter out of its range, or price manipulation. */
export function reactionFault(settings: ReactionSettings): string | undefined {
  for (const [name, value] of Object.entries(settings)) {
    if (name === 'kind') continue
    const [least, most] = RANGES[settings.kind]?.[name] ?? [Number.MIN_VALUE, Number.MAX_VALUE]
    if (typeof value !== 'number' || !(value >= least && value <= most))
      return `${settings.kind}: ${name} must be from ${least} to ${most}, got ${value}`
  }
  const allowed = manipulation(settings)
  return allowed === undefined ? undefined : `${settings.kind} ${allowed}`
}

const RANGES: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>> = {
  squareRoot: { factor: [0, 100], exponent: [0.1, 1], decay: [0.01, 10], permanent: [0.05, 1], scale: [1, 1e15] },
  almgren2005: { permanent: [0, 10], temporary: [0, 10], outstanding: [1, 1e6], window: [1, 1e15], day: [1, 1e15] },
  obizhaevaWang: { factor: [0, 1e4], exponent: [0.1, 10], permanent: [0, 1], halfLife: [1, 1e15] },
  propagator: { factor: [0, 100], exponent: [0.1, 1], decay: [0.01, 10], scale: [1, 1e6], memory: [1, 1e6] }
}

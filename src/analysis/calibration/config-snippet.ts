import { powerOfTen } from '../../base/decimal.js'
import { reactionFault } from '../../exchange/models/reaction/create-reaction.js'
import { type ReactionSettings } from '../../exchange/models/settings.js'
import { type Calibration, type InstrumentCalibration } from './calibrate.js'
import { propagatorFactor } from './figures.js'

/**
 * What was measured as a part of venue.yaml. Refill and propagator are one for all instruments: those of the one with the
 * most trades. A propagator that would allow price manipulation stands there as a comment with the reason.
 */
export function configSnippet({ instruments }: Calibration): string {
  const busiest = instruments.reduce((a, b) => (b.trades > a.trades ? b : a))
  const lines = ['models:', '  preset: impact', '  impact:']
  for (const { instrument, activity } of instruments) {
    const volume = activity.volume.value / powerOfTen(instrument.quantityScale)
    lines.push(
      `    '${instrument.symbol.replaceAll("'", "''")}': { volatility: ${rounded(activity.volatility.value)}, averageDailyVolume: ${rounded(volume)} }`
    )
  }
  lines.push(...refillLines(busiest), ...propagatorLines(busiest))
  return `${lines.join('\n')}\n`
}

function refillLines({ resiliency, instrument }: InstrumentCalibration): string[] {
  if (!resiliency || !Number.isFinite(resiliency.halfLife.value)) return ['  # refill: too few depletions to say']
  const { probability, halfLife } = resiliency
  const ms = Math.max(1, Math.round(halfLife.value / 1e6))
  return [`  refill: { probability: ${rounded(probability.value)}, halfLife: ${ms}ms } # of ${instrument.symbol}`]
}

function propagatorLines(calibration: InstrumentCalibration): string[] {
  const { propagator, instrument } = calibration
  const factor = propagatorFactor(calibration)
  if (!propagator || factor === undefined || !(factor > 0))
    return ['  # reaction: squareRoot by default; no propagator was found']
  const last = propagator.kernel.at(-1)?.lag ?? 0
  if (propagator.decay.value < 0.01)
    return [
      `  # reaction: squareRoot by default; the impact of ${instrument.symbol} did not fade within ${last} trades`
    ]
  const settings: ReactionSettings = {
    kind: 'propagator',
    factor: Number(rounded(factor)),
    exponent: propagator.exponent,
    decay: Number(rounded(propagator.decay.value)),
    scale: Math.max(1, Number(rounded(propagator.scale.value))),
    memory: 10_000
  }
  const { kind, ...parameters } = settings
  const text = Object.entries(parameters)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')
  const fault = reactionFault(settings)
  const head = `  # reaction: squareRoot by default. The propagator of ${instrument.symbol}, ${propagator.trades} trades`
  if (fault === undefined) return [`${head}, instead:`, `  # reaction: { kind: ${kind}, ${text} }`]
  return [`${head}, cannot be used:`, `  # { kind: ${kind}, ${text} }`, `  # ${fault}`]
}

/** Three significant digits as a number. */
function rounded(value: number): string {
  return String(Number(value.toPrecision(3)))
}

import { type Random } from '../../../src/base/random.js'
import { nanos, type Nanos } from '../../../src/base/time.js'
import {
  type FeeSettings,
  type LatencyDistribution,
  type LatencySettings,
  type ModelSettings,
  type ReactionSettings
} from '../../../src/exchange/models/settings.js'
import { type TradingRules } from '../../../src/exchange/trading-rules.js'

type Any = <T>(...choices: readonly T[]) => T

const anyOf =
  (random: Random): Any =>
  (...choices) =>
    choices[random.below(choices.length)]

/** Any assumptions; times are some nanoseconds, as the days of the fuzz are short. */
export function anyModels(random: Random): ModelSettings {
  const any = anyOf(random)
  const preset = any<ModelSettings['preset']>('observer', 'consume', 'consume', 'consume+refill', 'impact')
  const exponent = any(1, 2, 3, 8, 8)
  const queue = any<ModelSettings['queue']>(
    { kind: 'riskAverse' },
    { kind: 'power', exponent },
    { kind: 'power', exponent },
    { kind: 'power2', exponent },
    { kind: 'power3', exponent },
    { kind: 'log' },
    { kind: 'log2' }
  )
  const refill = {
    probability: any(0, 0.4, 0.7, 1),
    halfLife: any<Nanos | 'never'>(nanos(0), nanos(3), nanos(20), 'never')
  }
  const impact = { '*': { volatility: any(0.02, 0.3), averageDailyVolume: any(1, 20, 1000) } }
  return {
    preset,
    queue,
    latency: anyLatency(random, any),
    refill,
    reaction: anyReaction(any),
    impact,
    ...(random.below(3) === 0 ? { fees: anyFees(any) } : {}),
    seed: 1 + random.below(5)
  }
}

function anyLatency(random: Random, any: Any): LatencySettings {
  const none = { kind: 'constant', inbound: nanos(0), outbound: nanos(0) } as const
  if (random.below(2) === 0) return none
  if (random.below(2) === 0) return { ...none, inbound: nanos(any(0, 1, 3)), outbound: nanos(any(0, 2, 5)) }
  const distribution = (): LatencyDistribution => ({
    ...any<LatencyDistribution>(
      { kind: 'constant', value: nanos(any(0, 2)) },
      { kind: 'uniform', min: nanos(0), max: nanos(4) },
      { kind: 'normal', mean: nanos(2), deviation: nanos(2) },
      { kind: 'lognormal', median: nanos(2), sigma: 0.8 },
      { kind: 'empirical', values: [nanos(0), nanos(1), nanos(7)] }
    ),
    ...(random.below(3) === 0 ? { spikes: { probability: 0.2, min: nanos(3), max: nanos(9) } } : {}),
    ...(random.below(3) === 0 ? { burst: 0.7 } : {})
  })
  const drawn = (): Record<'new' | 'replace' | 'cancel' | 'report', LatencyDistribution> => ({
    new: distribution(),
    replace: distribution(),
    cancel: distribution(),
    report: distribution()
  })
  return { kind: 'drawn', ...drawn() }
}

function anyReaction(any: Any): ReactionSettings {
  const scale = nanos(any(1, 5, 50))
  return any<ReactionSettings>(
    { kind: 'none' },
    { kind: 'squareRoot', factor: 1, exponent: 0.5, decay: 0.5, scale, permanent: 1 / 3 },
    { kind: 'almgren2005', permanent: 0.314, temporary: 0.142, outstanding: 200, window: scale, day: nanos(200) },
    { kind: 'obizhaevaWang', factor: any(0.1, 1), exponent: 1, permanent: 0.5, halfLife: scale },
    { kind: 'propagator', factor: 1, exponent: 0.6, decay: 0.42, scale: any(1, 5), memory: any(3, 100) }
  )
}

function anyFees(any: Any): FeeSettings {
  const tiers = [
    { from: '0', maker: '-0.0002', taker: '0.003' },
    { from: '50', maker: '-0.0003', taker: '0.0025' }
  ]
  return {
    '*': {
      basis: any('perShare', 'perNotional', 'perContract'),
      tiers: any(tiers, tiers.slice(0, 1)),
      ...any({}, { minimum: '0.01' }, { cap: '0.05' })
    }
  }
}

export function anyRules(random: Random): Partial<TradingRules> {
  const any = anyOf(random)
  return {
    stopTrigger: any('trade', 'quote'),
    ...any<Partial<TradingRules>>(
      {},
      {},
      {},
      { collar: { kind: 'ticks', ticks: any(1, 2, 4) } },
      { collar: { kind: 'percent', basisPoints: any(100, 250) } }
    ),
    icebergSpread: any(0, 0, 50, 100),
    ...any<Partial<TradingRules>>({}, {}, { selfMatch: any('cancelNewest', 'cancelOldest', 'cancelBoth', 'decrement') })
  }
}

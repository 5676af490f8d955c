import { Type, type Static, type TSchema } from 'typebox'
import { PHASES } from '../../../exchange/phase.js'

const closed = { additionalProperties: false }
const optional = Type.Optional
const text = Type.String({ minLength: 1 })
const Positive = Type.Number({ exclusiveMinimum: 0 })
const NotNegative = Type.Number({ minimum: 0 })
const Share = Type.Number({ minimum: 0, maximum: 1 })
const Count = Type.Integer({ minimum: 0, maximum: 100 })
const Lots = Type.Integer({ minimum: 1 })
const Duration = Type.String({
  pattern: '^\\d+(\\.\\d+)?(us|ms|s|m|min|h)$',
  description: 'a duration such as "500ms" or "10s"'
})
const Decimal = Type.String({ pattern: '^\\d+(\\.\\d+)?$', description: 'a decimal as text, like "0.01"' })
const Percent = Type.String({ pattern: '^[+-]?\\d+(\\.\\d+)?%$', description: 'a change in percent, like "-3%"' })

/** All may be left out: what is left out is the kind's default. */
const agents = <T extends Record<string, TSchema>>(terms: T) =>
  optional(Type.Partial(Type.Object({ count: Count, ...terms }, closed)))

const TrendTrader = {
  refresh: Duration,
  window: Duration,
  threshold: NotNegative,
  size: Lots,
  maxInventory: Lots
}

const Instrument = Type.Object(
  {
    symbol: text,
    price: Decimal,
    tickSize: optional(Decimal),
    lotSize: optional(Decimal),
    currency: optional(text),
    market: optional(text),
    volatility: optional(NotNegative),
    drift: optional(Type.Number()),
    reversion: optional(Duration)
  },
  closed
)

const Entry = Type.Object(
  {
    at: Type.String({
      pattern: '^(0|\\d+(\\.\\d+)?(us|ms|s|m|min|h))$',
      description: 'a duration such as "90s", or "0"'
    }),
    symbols: optional(Type.Array(text, { minItems: 1 })),
    news: optional(Percent),
    phase: optional(Type.Enum([...PHASES])),
    outage: optional(Duration),
    activity: optional(
      Type.Partial(
        Type.Object(
          {
            zeroIntelligence: NotNegative,
            marketMakers: NotNegative,
            momentum: NotNegative,
            meanReversion: NotNegative,
            takers: NotNegative
          },
          closed
        )
      )
    )
  },
  closed
)

/** The shape of a scenario file. */
export const ScenarioSchema = Type.Object(
  {
    about: optional(text),
    seed: optional(Type.Integer({ minimum: 0 })),
    instruments: Type.Array(Instrument, { minItems: 1, maxItems: 100 }),
    agents: Type.Object(
      {
        zeroIntelligence: agents({
          limitRate: Positive,
          marketRate: NotNegative,
          cancelRate: Positive,
          band: Type.Integer({ minimum: 1, maximum: 10_000 }),
          decay: NotNegative,
          size: Lots,
          sizes: Type.Enum(['constant', 'exponential'])
        }),
        marketMakers: agents({
          riskAversion: Positive,
          fillDecay: Positive,
          horizon: Duration,
          volatility: NotNegative,
          size: Lots,
          levels: Type.Integer({ minimum: 1, maximum: 50 }),
          refresh: Duration,
          maxInventory: Positive,
          conviction: Share
        }),
        momentum: agents(TrendTrader),
        meanReversion: agents(TrendTrader),
        takers: agents({
          rate: Positive,
          branching: Type.Number({ minimum: 0, maximum: 0.95 }),
          decay: Positive,
          size: Lots,
          informed: Share,
          scale: Positive
        })
      },
      closed
    ),
    timeline: optional(Type.Array(Entry)),
    repeat: optional(Duration)
  },
  closed
)

export type ScenarioFile = Static<typeof ScenarioSchema>

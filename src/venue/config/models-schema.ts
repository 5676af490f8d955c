import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false }
const optional = Type.Optional
const Text = Type.String({ minLength: 1 })
const Duration = Type.String({
  pattern: '^(0|\\d+(\\.\\d+)?(ns|us|ms|s|m|min|h))$',
  description: 'a duration such as "250us", "1.5ms" or "0"'
})
const Decimal = Type.String({ pattern: '^-?\\d+(\\.\\d+)?$', description: 'a decimal as text, like "0.0030"' })

const Queue = Type.Object(
  {
    kind: Type.Enum(['riskAverse', 'power', 'power2', 'power3', 'log', 'log2']),
    exponent: optional(Type.Integer({ minimum: 1, maximum: 8 }))
  },
  closed
)

const Refill = Type.Object(
  {
    probability: optional(Type.Number({ minimum: 0, maximum: 1 })),
    halfLife: optional(Type.Union([Type.Literal('never'), Duration]))
  },
  closed
)

/** Parameters of every kind; which kind has which is checked behind the schema. */
const Reaction = Type.Object(
  {
    kind: Type.Enum(['none', 'squareRoot', 'almgren2005', 'obizhaevaWang', 'propagator']),
    factor: optional(Type.Number()),
    exponent: optional(Type.Number()),
    decay: optional(Type.Number()),
    permanent: optional(Type.Number()),
    temporary: optional(Type.Number()),
    outstanding: optional(Type.Number()),
    memory: optional(Type.Integer()),
    scale: optional(Type.Union([Duration, Type.Number()])),
    window: optional(Duration),
    day: optional(Duration),
    halfLife: optional(Duration)
  },
  closed
)

const Impact = Type.Object(
  {
    volatility: Type.Number({ exclusiveMinimum: 0 }),
    averageDailyVolume: Type.Number({ exclusiveMinimum: 0 })
  },
  closed
)

const LATENCY = {
  inbound: optional(Text),
  outbound: optional(Text),
  new: optional(Text),
  replace: optional(Text),
  cancel: optional(Text),
  report: optional(Text)
}

const Latency = Type.Object(
  { ...LATENCY, sessions: optional(Type.Record(Type.String(), Type.Object(LATENCY, closed))) },
  closed
)

const Fees = Type.Object(
  {
    basis: Type.Enum(['perShare', 'perContract', 'perNotional']),
    tiers: Type.Array(
      Type.Object({ from: Decimal, maker: Decimal, taker: Decimal, auction: optional(Decimal) }, closed),
      { minItems: 1 }
    ),
    minimum: optional(Decimal),
    cap: optional(Decimal),
    volumeBefore: optional(Decimal)
  },
  closed
)

/** `models` of venue.yaml. */
export const ModelsSchema = Type.Object(
  {
    preset: optional(Type.Enum(['observer', 'consume', 'consume+refill', 'impact'])),
    queue: optional(Queue),
    refill: optional(Refill),
    reaction: optional(Reaction),
    impact: optional(Type.Record(Type.String(), Impact)),
    latency: optional(Latency),
    fees: optional(Type.Record(Type.String(), Fees)),
    seed: optional(Type.Integer({ minimum: 0 }))
  },
  closed
)

export type ModelsFile = Static<typeof ModelsSchema>

import { Type, type Static } from 'typebox'
import { PHASES } from '../../exchange/phase.js'
import { WEEKDAYS } from '../../fix/session/schedule.js'

const closed = { additionalProperties: false }
const optional = Type.Optional
const Text = Type.String({ minLength: 1 })

const SelfMatchMode = Type.Enum(['cancelNewest', 'cancelOldest', 'cancelBoth', 'decrement'])

const Collar = Type.Union([
  Type.Object({ ticks: Type.Integer({ minimum: 1 }) }, closed),
  Type.Object(
    { percent: Type.String({ pattern: '^\\d+(\\.\\d{1,2})?$', description: 'a percentage such as "5" or "0.25"' }) },
    closed
  )
])

const TimeOfDay = Type.String({
  pattern: '^([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?$',
  description: 'a time of day such as "09:30" or "15:59:45"'
})

const Days = Type.Array(Type.Enum([...WEEKDAYS]), { minItems: 1 })

const Entry = Type.Object(
  {
    at: TimeOfDay,
    phase: Type.Enum([...PHASES]),
    randomEnd: optional(
      Type.String({ pattern: '^(0|\\d+(\\.\\d+)?(ns|us|ms|s|m|min|h))$', description: 'a duration such as "30s"' })
    )
  },
  closed
)

const Phases = Type.Object(
  {
    timeZone: Text,
    days: optional(Days),
    times: Type.Array(Entry, { minItems: 1 })
  },
  closed
)

const Terms = {
  stopTrigger: optional(Type.Enum(['trade', 'quote'])),
  collar: optional(Collar),
  icebergSpread: optional(Type.Integer({ minimum: 0, maximum: 100 })),
  postOnly: optional(Type.Enum(['reject', 'reprice'])),
  selfMatch: optional(SelfMatchMode),
  phases: optional(Phases)
}

/** The section `trading` of venue.yaml. */
export const TradingSchema = Type.Object(
  {
    ...Terms,
    instruments: optional(Type.Record(Text, Type.Object(Terms, closed))),
    firms: optional(
      Type.Array(
        Type.Object({ name: Text, sessions: Type.Array(Text, { minItems: 1 }), selfMatch: SelfMatchMode }, closed)
      )
    ),
    endOfDay: optional(Type.Object({ timeZone: Text, days: optional(Days), at: TimeOfDay }, closed))
  },
  closed
)

export type TradingFile = Static<typeof TradingSchema>

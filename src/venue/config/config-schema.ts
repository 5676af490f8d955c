import { Type, type Static } from 'typebox'
import { WEEKDAYS } from '../../fix/session/schedule.js'
import { LiveSchema } from './live-section.js'
import { ModelsSchema } from './models-schema.js'
import { TradingSchema } from './trading-schema.js'

const closed = { additionalProperties: false }
const optional = Type.Optional

const text = Type.String({ minLength: 1 })
const count = (least: number): ReturnType<typeof Type.Integer> => Type.Integer({ minimum: least })

const TimeOfDay = Type.String({
  pattern: '^([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?$',
  description: 'a time of day such as "08:00" or "17:30:00"'
})

const Schedule = Type.Object(
  {
    start: TimeOfDay,
    end: TimeOfDay,
    days: optional(Type.Array(Type.Enum([...WEEKDAYS]), { minItems: 1 })),
    endDay: optional(Type.Enum([...WEEKDAYS])),
    timeZone: text,
    resetAtStart: optional(Type.Boolean())
  },
  closed
)

const Rules = {
  heartBtInt: optional(Type.Integer({ minimum: 0 })),
  minHeartBtInt: optional(Type.Integer({ minimum: 0 })),
  maxHeartBtInt: optional(Type.Integer({ minimum: 0 })),
  sendingTimeTolerance: optional(Type.Integer({ minimum: 1 })),
  timestampDigits: optional(Type.Enum([0, 3, 6, 9])),
  resetOnLogon: optional(Type.Boolean()),
  resetOnLogout: optional(Type.Boolean()),
  resetOnDisconnect: optional(Type.Boolean()),
  validation: optional(Type.Enum(['strict', 'lenient'])),
  maxMessageSize: optional(Type.Integer({ minimum: 256 })),
  maxOutboundBytes: optional(Type.Integer({ minimum: 4096 })),
  cancelOnDisconnect: optional(Type.Boolean()),
  venueTags: optional(Type.Boolean()),
  ackMode: optional(Type.Enum(['none', 'pending'])),
  schedule: optional(Schedule),
  dictionary: optional(text)
}

const Limits = {
  maxConnections: optional(count(1)),
  maxSessions: optional(count(1)),
  logonTimeout: optional(count(1)),
  connectionsPerMinute: optional(count(0)),
  logonsPerMinute: optional(count(0)),
  refusedLogonsPerMinute: optional(count(0))
}

const Tls = Type.Object(
  { cert: text, key: text, ca: optional(text), requireClientCertificate: optional(Type.Boolean()) },
  closed
)

const Session = Type.Object(
  {
    senderCompId: text,
    targetCompId: text,
    username: optional(text),
    passwordHash: optional(text),
    addresses: optional(Type.Array(text, { minItems: 1 })),
    certificates: optional(
      Type.Array(
        Type.String({
          pattern: '^(CN=.+|SHA256=([0-9A-Fa-f]{2}:?){32})$',
          description: 'a common name such as "CN=oms1" or a fingerprint such as "SHA256=AB:CD:..."'
        }),
        { minItems: 1 }
      )
    ),
    ...Rules
  },
  closed
)

/** The shape of venue.yaml. Every key may be left out; a key that is not here is an error. */
export const ConfigSchema = Type.Object(
  {
    fix: optional(
      Type.Object(
        {
          host: optional(Type.String({ minLength: 1 })),
          port: optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
          anyCompId: optional(Type.Boolean()),
          ...Rules,
          limits: optional(Type.Object(Limits, closed)),
          tls: optional(Tls),
          sessions: optional(Type.Array(Session))
        },
        closed
      )
    ),
    market: optional(
      Type.Object(
        {
          synthetic: optional(Type.Object({ seed: optional(Type.Integer({ minimum: 0 })) }, closed)),
          scenario: optional(text),
          seed: optional(Type.Integer({ minimum: 0 })),
          tapes: optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
          loop: optional(Type.Boolean()),
          live: optional(LiveSchema),
          speed: optional(Type.Union([Type.Number({ exclusiveMinimum: 0 }), Type.Enum(['max', 'lockstep'])])),
          startOn: optional(Type.Enum(['listen', 'logon']))
        },
        closed
      )
    ),
    models: optional(ModelsSchema),
    trading: optional(TradingSchema),
    journal: optional(Type.Object({ path: optional(Type.String({ minLength: 1 })) }, closed))
  },
  closed
)

export type ConfigFile = Static<typeof ConfigSchema>

import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false }
const optional = Type.Optional

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
  ackMode: optional(Type.Enum(['none', 'pending']))
}

const Duration = Type.String({
  pattern: '^(0|\\d+(\\.\\d+)?(ns|us|ms|s|m|min|h))$',
  description: 'a duration such as "250us", "1.5ms" or "0"'
})

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
          sessions: optional(
            Type.Array(
              Type.Object(
                { senderCompId: Type.String({ minLength: 1 }), targetCompId: Type.String({ minLength: 1 }), ...Rules },
                closed
              )
            )
          )
        },
        closed
      )
    ),
    market: optional(
      Type.Object(
        {
          synthetic: optional(Type.Object({ seed: optional(Type.Integer({ minimum: 0 })) }, closed)),
          tapes: optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
          speed: optional(Type.Union([Type.Number({ exclusiveMinimum: 0 }), Type.Enum(['max', 'lockstep'])])),
          startOn: optional(Type.Enum(['listen', 'logon']))
        },
        closed
      )
    ),
    models: optional(
      Type.Object(
        {
          preset: optional(Type.Enum(['observer', 'consume'])),
          queue: optional(
            Type.Object(
              {
                kind: Type.Enum(['riskAverse', 'power']),
                exponent: optional(Type.Integer({ minimum: 1, maximum: 8 }))
              },
              closed
            )
          ),
          latency: optional(Type.Object({ inbound: optional(Duration), outbound: optional(Duration) }, closed)),
          seed: optional(Type.Integer({ minimum: 0 }))
        },
        closed
      )
    ),
    journal: optional(Type.Object({ path: optional(Type.String({ minLength: 1 })) }, closed))
  },
  closed
)

export type ConfigFile = Static<typeof ConfigSchema>

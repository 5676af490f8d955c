import { nanos } from '../base/time.js'
import type { Exchange } from '../exchange/exchange.js'
import type { Instrument } from '../exchange/instrument.js'
import { createExchange } from '../exchange/matching-exchange.js'

const ZERO = nanos(0)

/** An exchange on which nobody trades: it keeps the books of a market for who looks at them. */
export function spectatorExchange(instruments: readonly Instrument[]): Exchange {
  return createExchange({
    instruments,
    models: {
      preset: 'observer',
      queue: { kind: 'riskAverse' },
      latency: { kind: 'constant', inbound: ZERO, outbound: ZERO },
      seed: 0
    },
    listener: { onEvent: () => undefined }
  })
}

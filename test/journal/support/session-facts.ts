import { epochOf, nanos } from '../../../src/base/time.js'
import { instrument } from '../../../src/exchange/instrument.js'
import { instrumentNo } from '../../../src/exchange/units.js'
import type { SessionFacts } from '../../../src/journal/journal.js'

const EPOCH = epochOf(Date.UTC(2026, 10, 20))

/** A session of two instruments, AAA to the cent and BBB to the hundredth of a cent, on a synthetic market. */
export const FACTS: SessionFacts = {
  epoch: EPOCH,
  wallEpoch: EPOCH,
  instruments: [
    instrument(instrumentNo(0), { symbol: 'AAA', tickSize: '0.01', lotSize: '1' }),
    instrument(instrumentNo(1), { symbol: 'BBB', tickSize: '0.0001', lotSize: '0.001' })
  ],
  models: {
    preset: 'consume',
    queue: { kind: 'riskAverse' },
    latency: { kind: 'constant', inbound: nanos(0), outbound: nanos(0) },
    seed: 1
  },
  market: { kind: 'synthetic', seed: 5, start: nanos(0) }
}

import { nanos, type Nanos } from '../../../src/base/time.js'
import { type Instrument } from '../../../src/exchange/instrument.js'
import { createExchange } from '../../../src/exchange/matching-exchange.js'
import { type QueueModelSettings } from '../../../src/exchange/models/settings.js'
import { sessionNo } from '../../../src/exchange/units.js'
import { type MarketSource } from '../../../src/market/market-source.js'
import { LevelProjection } from './level-projection.js'
import { type Placement } from './placements.js'

/** How long each virtual order stood until it was filled, in ns; infinity where that took longer than `horizon`. */
export function fillTimes(
  source: MarketSource,
  instrument: Instrument,
  placements: readonly Placement[],
  horizon: Nanos,
  /** undefined: the feed as it is, order by order. */
  model: QueueModelSettings | undefined
): number[] {
  const waits = placements.map(() => Number.POSITIVE_INFINITY)
  const exchange = createExchange({
    instruments: [{ ...instrument, feed: model === undefined ? 'l3' : 'l2' }],
    models: {
      preset: 'observer',
      queue: model ?? { kind: 'riskAverse' },
      latency: { kind: 'constant', inbound: nanos(0), outbound: nanos(0) },
      seed: 1
    },
    listener: {
      onEvent(event) {
        if (event.kind !== 'trade') return
        const order = Number(event.terms.clOrdId)
        waits[order] = event.time - placements[order].time
      }
    }
  })
  const sink = model === undefined ? exchange : new LevelProjection(exchange)
  const until = (time: Nanos): void => {
    source.advance(time, sink)
    exchange.advance(time)
  }
  placements.forEach(({ time, side, price }, i) => {
    until(time)
    exchange.submit({
      kind: 'new',
      time,
      session: sessionNo(0),
      clOrdId: String(i),
      instrument: instrument.no,
      side,
      ordType: 'limit',
      timeInForce: 'day',
      orderQty: instrument.lotSize,
      price,
      tags: []
    })
    const end = nanos(time + horizon - 1)
    until(end)
    exchange.submit({
      kind: 'cancel',
      time: end,
      session: sessionNo(0),
      clOrdId: `cancel ${i}`,
      origClOrdId: String(i)
    })
  })
  return waits
}

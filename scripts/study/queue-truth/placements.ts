import { nanos, type Nanos } from '../../../src/base/time.js'
import { type Instrument } from '../../../src/exchange/instrument.js'
import { createExchange } from '../../../src/exchange/matching-exchange.js'
import { type InstrumentNo, type Price, type Side } from '../../../src/exchange/units.js'
import { type MarketSource } from '../../../src/market/market-source.js'
import { forwardTo } from './forward.js'

/** A virtual order of one lot: it joins right behind a real one. */
export interface Placement {
  readonly time: Nanos
  readonly side: Side
  readonly price: Price
}

/**
 * Where real orders joined one of the best `levels` prices of their side, or made a new best one, while both sides were
 * there, and no other order joined at that instant.
 */
export function candidates(
  source: MarketSource,
  instrument: Instrument,
  levels: number,
  /** Least quantity at the price, the order that came included. */
  ahead: number
): Placement[] {
  const found: Placement[] = []
  let joined: Placement | undefined
  const exchange = createExchange({
    instruments: [instrument],
    models: {
      preset: 'observer',
      queue: { kind: 'riskAverse' },
      latency: { kind: 'constant', inbound: nanos(0), outbound: nanos(0) },
      seed: 1
    },
    listener: { onEvent: () => undefined }
  })
  const { no } = instrument
  const sink = forwardTo(exchange, {
    add(time: Nanos, _no: InstrumentNo, _id: number, side: Side, at: Price) {
      joined = { time, side, price: at }
    },
    eventEnd() {
      if (joined === undefined) return
      const { side, price: at } = joined
      const seen = exchange.marketDepth(no, side, levels).some((level) => level.price === at && level.qty >= ahead)
      const [other] = exchange.marketDepth(no, -side as Side, 1)
      if (seen && other !== undefined && side * (other.price - at) > 0) found.push(joined)
      joined = undefined
    }
  })
  while (source.nextTime() !== undefined) source.step(10_000, sink)
  return found.filter(({ time }, i) => time !== found[i + 1]?.time && time !== found[i - 1]?.time)
}

/**
 * Deals candidates out to lanes, each order `apart` behind the one before in its lane, so that of a lane's orders only one
 * stands at any time and none takes a print from another.
 */
export function dealOut(all: readonly Placement[], lanes: number, apart: Nanos): Placement[][] {
  const dealt = Array.from({ length: lanes }, (): Placement[] => [])
  const free = new Array<number>(lanes).fill(Number.NEGATIVE_INFINITY)
  for (const placement of all) {
    const lane = free.findIndex((time) => time <= placement.time)
    if (lane < 0) continue
    dealt[lane].push(placement)
    free[lane] = placement.time + apart
  }
  return dealt.filter((lane) => lane.length > 0)
}

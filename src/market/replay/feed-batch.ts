import type { Aggressor, InstrumentNo, Price, Quantity, Side } from '../../exchange/units.js'
import type { Nanos } from '../../base/time.js'
import {
  ADD,
  CLEAR,
  EVENT_END,
  EXECUTE,
  HIDDEN,
  LEVEL,
  MODIFY,
  phaseOfCode,
  QUOTE,
  REDUCE,
  REMOVE,
  TRADE
} from '../tape/tape-action.js'
import type { TapeBatch } from '../tape/tape-batch.js'
import type { TapeSink } from '../tape/tape-sink.js'

/** How a tape's numbers become the numbers of the venue: several tapes share one clock and one exchange. */
export interface Renumbering {
  /** Added to every time, in ns. */
  shift: number
  /** The venue's number of each of the tape's instruments. */
  readonly instruments: Uint16Array
  /** Feed order id n becomes (n - 1) * stride + offset: ids of tapes that are merged stay apart and nearly dense. */
  readonly idStride: number
  readonly idOffset: number
}

/** Feeds the rows [from, to) of a batch to `sink`. Allocates nothing. */
export function feedBatch(batch: TapeBatch, from: number, to: number, by: Renumbering, sink: TapeSink): void {
  const { shift, instruments, idStride, idOffset } = by
  const { action, flags } = batch
  const times = batch.time as ArrayLike<number> as ArrayLike<Nanos>
  const prices = batch.price as ArrayLike<number> as ArrayLike<Price>
  const quantities = batch.qty as ArrayLike<number> as ArrayLike<Quantity>
  const sides = batch.side as ArrayLike<number> as ArrayLike<Side>
  const aggressors = batch.side as ArrayLike<number> as ArrayLike<Aggressor>
  const { orderId, instrument, exchangeTime } = batch
  const latency = exchangeTime === undefined ? undefined : sink.feedLatency?.bind(sink)
  for (let i = from; i < to; i++) {
    const time = (times[i] + shift) as Nanos
    const no = instruments[instrument[i]] as InstrumentNo
    const id = orderId[i] === 0 ? 0 : (orderId[i] - 1) * idStride + idOffset
    if (latency !== undefined && exchangeTime !== undefined && exchangeTime[i] === exchangeTime[i])
      latency(time, no, Math.max(0, times[i] - exchangeTime[i]) as Nanos)
    switch (action[i]) {
      case ADD:
        sink.add(time, no, id, sides[i], prices[i], quantities[i])
        break
      case REDUCE:
        sink.reduce(time, no, id, quantities[i])
        break
      case REMOVE:
        sink.remove(time, no, id)
        break
      case MODIFY:
        sink.modify(time, no, id, sides[i], prices[i], quantities[i])
        break
      case EXECUTE:
        sink.execute(time, no, id, sides[i], prices[i], quantities[i])
        break
      case LEVEL:
        sink.level(time, no, sides[i], prices[i], quantities[i])
        break
      case QUOTE:
        sink.quote(time, no, sides[i], prices[i], quantities[i])
        break
      case TRADE:
        sink.trade(time, no, aggressors[i], prices[i], quantities[i])
        break
      case HIDDEN:
        sink.hiddenTrade(time, no, aggressors[i], prices[i], quantities[i])
        break
      case CLEAR:
        sink.clear(time, no)
        break
      default: {
        const phase = phaseOfCode(action[i])
        if (phase !== undefined) sink.enterPhase?.(time, no, phase)
      }
    }
    if (flags[i] & EVENT_END) sink.eventEnd(time, no)
  }
}

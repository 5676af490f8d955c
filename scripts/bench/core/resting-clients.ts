import { type Nanos } from '../../../src/base/time.js'
import { type Exchange } from '../../../src/exchange/exchange.js'
import { instrumentNo, price, quantity, sessionNo, type Side } from '../../../src/exchange/units.js'
import { FEED_MID } from './feed-stream.js'

const TICKS = 25

/**
 * Rests `count` client orders on both sides over the 25 ticks next to the middle, where the feed moves, `between` each
 * two of them a step of the feed: so they stand in many different places of the queues. Their quantity outlasts the
 * stream, so the number of orders stays what it says.
 */
export function restClients(exchange: Exchange, count: number, between: () => Nanos): void {
  for (let i = 0; i < count; i++) {
    const side: Side = i % 2 === 0 ? 1 : -1
    exchange.submit({
      kind: 'new',
      time: between(),
      session: sessionNo(0),
      clOrdId: `C${i}`,
      instrument: instrumentNo(0),
      side,
      ordType: 'limit',
      timeInForce: 'gtc',
      orderQty: quantity(1_000_000_000),
      price: price(FEED_MID - side * (1 + ((i >> 1) % TICKS))),
      tags: []
    })
  }
}

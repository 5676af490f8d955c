import { BUY, SELL } from '../../../src/exchange/units.js'
import { Tag } from '../../../src/fix/wire/tag.js'
import { ACME, fakeSession, type FakeSession } from './fake-session.js'

/** Two small parents in two symbols: one partly filled, one complete; the ids are what a hostile client would choose. */
export function sampleSession(buyId = 'P1', sellId = 'S1'): FakeSession {
  return fakeSession([ACME, { symbol: 'BTC-EUR', tickSize: '0.1', lotSize: '0.001', currency: 'EUR' }])
    .quote(0, '99.98', '100.02')
    .quote(0, '50000.0', '50001.0', 'BTC-EUR')
    .order(10, 'a', {
      side: BUY,
      qty: '600',
      price: '100.02',
      tags: [
        [Tag.ClOrdLinkID, buyId],
        [Tag.DecisionPrice, '99.995']
      ]
    })
    .fill(10, 'a', '200', '100.02')
    .order(20, 'b', { side: BUY, qty: '400', price: '100.00', tags: [[Tag.ClOrdLinkID, buyId]] })
    .print(25, '500', '100.01')
    .fill(30, 'b', '100', '100.00', 'added')
    .quote(35, '100.02', '100.06')
    .order(40, 'c', { side: SELL, qty: '0.500', tags: [[Tag.SecondaryClOrdID, sellId]], symbol: 'BTC-EUR' })
    .fill(40, 'c', '0.500', '50000.0')
    .quote(50, '49990.0', '49990.5', 'BTC-EUR')
    .cancel(60, 'a')
    .expire(70, 'b')
    .quote(2_000, '100.04', '100.08')
    .quote(20_000, '49980.0', '49980.5', 'BTC-EUR')
    .turnEnd(20_000)
}

import { describe, expect, it } from 'vitest'
import { instrument } from '../../../src/exchange/instrument.js'
import { instrumentNo, type Side } from '../../../src/exchange/units.js'
import { krakenChecksum } from '../../../src/market/vendors/kraken-checksum.js'

describe('the checksum of a Kraken book', () => {
  it('is that of the example in Kraken’s documentation', () => {
    const asks = [5005, 5010, 5015, 5020, 5025, 5030, 5035, 5040, 5045, 5050]
    const bids = [5000, 4995, 4990, 4980, 4975, 4970, 4965, 4960, 4955, 4950]
    const book = {
      price: (side: Side, n: number) => (side === 1 ? bids : asks)[n] ?? Number.NaN,
      qty: () => 500
    }
    const terms = { symbol: 'XBT/USD', tickSize: '0.00001', lotSize: '0.00000001' }
    expect(krakenChecksum(book, instrument(instrumentNo(0), terms))).toBe(974_947_235)
  })
})

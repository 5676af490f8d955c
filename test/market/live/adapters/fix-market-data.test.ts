import { beforeEach, describe, expect, it } from 'vitest'
import { instrument } from '../../../../src/exchange/instrument.js'
import { instrumentNo } from '../../../../src/exchange/units.js'
import { ParsedMessage } from '../../../../src/fix/wire/parsed-message.js'
import { FixMarketData } from '../../../../src/market/live/adapters/fix-market-data.js'
import { FixSubscriptions } from '../../../../src/market/live/adapters/fix-subscriptions.js'
import { FeedInstrument } from '../../../../src/market/live/feed-instrument.js'
import { FIX44 } from '../../../fix/wire/dictionary-fixture.js'
import { header, messageBytes } from '../../../fix/wire/fix-text.js'
import { EPOCH, FeedBench } from '../support/feed-bench.js'

function message(type: string, body: string): ParsedMessage {
  const bytes = messageBytes(`${header(type, 2)}${body}|`)
  const parsed = new ParsedMessage(FIX44, EPOCH)
  expect(parsed.read(bytes, 0, bytes.length)).toBe(true)
  return parsed
}

describe('a broker’s market data', () => {
  let bench: FeedBench
  let data: FixMarketData
  let lost: string[]

  beforeEach(() => {
    bench = new FeedBench()
    lost = []
    const instruments = ['A', 'B'].map(
      (symbol, no) =>
        new FeedInstrument(
          instrument(instrumentNo(no), { symbol, tickSize: '0.01', lotSize: '1' }),
          symbol,
          bench.venue
        )
    )
    data = new FixMarketData(new FixSubscriptions(instruments, 0), {
      fault: () => undefined,
      lost: (of, why) => lost.push(`${of.feedSymbol}: ${why}`)
    })
    for (const symbol of ['A', 'B']) {
      data.snapshot(message('W', `55=${symbol}|268=2|269=0|270=10.00|271=5|269=1|270=10.02|271=5`))
    }
  })

  it('loses the book of the instrument alone that something is wrong with', () => {
    data.refresh(message('X', '268=2|279=1|269=0|55=A|270=10.005|271=1|279=1|269=0|55=B|270=10.00|271=3'))
    expect(lost).toEqual(['A: the price 10.005 of A is off the tick: check its tickSize'])
    expect(bench.venue.levels(1)).toEqual(['ask 1002 x 5', 'bid 1000 x 3'])
  })

  it('may not be told from what came before where it may be sent for the second time: no print is told, the book is asked for', () => {
    const from = bench.venue.told.length
    data.refresh(message('X', '97=Y|268=1|279=0|269=2|55=A|270=10.02|271=1'))
    expect(lost).toEqual(['A: a message may be one that came before (97=Y)'])
    expect(bench.venue.told.slice(from)).toEqual([])
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { nanos, SECOND } from '../../../src/base/time.js'
import { instrument } from '../../../src/exchange/instrument.js'
import { instrumentNo } from '../../../src/exchange/units.js'
import { liveSection } from '../../../src/venue/config/live-section.js'
import { createFeed } from '../../../src/venue/live/create-feed.js'
import { FIX44 } from '../../fix/wire/dictionary-fixture.js'
import { FakeBinance } from '../../market/live/support/fake-binance.js'
import { TERMS } from '../../market/live/support/fake-exchange.js'
import { EPOCH, FeedBench } from '../../market/live/support/feed-bench.js'

describe('a feed of a configuration', () => {
  const bench = new FeedBench()
  const exchange = new FakeBinance('spot', bench.clock)

  afterEach(async () => {
    bench.feed?.stop()
    await exchange.stop()
  })

  it('follows Binance’s stream, however the symbol is written', async () => {
    await exchange.start()
    const urls = { url: exchange.url, snapshotUrl: exchange.httpUrl }
    const instruments = [{ ...TERMS, feedSymbol: 'acme' }]
    const [config] = liveSection([{ adapter: 'binance-spot', ...urls, instruments }], () => ({ file: 'venue.yaml' }))
    expect(config.staleAfter).toBe(nanos(10 * SECOND))
    bench.feed = createFeed(config, [instrument(instrumentNo(0), TERMS)], {
      output: bench.venue,
      clock: bench.clock,
      epoch: EPOCH,
      log: { event: () => undefined },
      dictionary: FIX44
    })
    bench.feed.start()
    await bench.until(() => bench.state === 'live')
    exchange.change([['100.10', '2']])
    await bench.until(() => bench.venue.levels().join() === exchange.truth.join())
  })
})

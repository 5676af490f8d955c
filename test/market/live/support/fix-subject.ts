import { FixFeed } from '../../../../src/market/live/adapters/fix-feed.js'
import { FIX44 } from '../../../fix/wire/dictionary-fixture.js'
import { FakeBroker } from './fake-broker.js'
import { EPOCH, STALE_AFTER } from './feed-bench.js'
import type { FeedUnderTest } from './feed-under-test.js'

/** A broker's market data over a FIX 4.4 session. */
export const FIX_SUBJECT: FeedUnderTest<FakeBroker> = {
  name: 'FIX 4.4',
  exchange: (bench) => new FakeBroker(bench.clock, EPOCH),
  feed: (bench, exchange) =>
    new FixFeed({
      ...{ name: 'feed', host: '127.0.0.1', port: exchange.port, senderCompId: 'PAPERPIT', targetCompId: 'BROKER' },
      ...{ heartBtInt: 30, depth: 0, dictionary: FIX44, instruments: [bench.instrument()], clock: bench.clock },
      epoch: EPOCH,
      staleAfter: STALE_AFTER,
      log: { event: (_feed, event, text) => bench.log.push(`${event} ${text}`) }
    }),
  anonymousPrints: true,
  twice: 'session',
  overtaken: 'missing'
}

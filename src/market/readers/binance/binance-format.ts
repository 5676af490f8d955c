import type { FeedFormat } from '../feed/feed-format.js'
import { importFeed } from '../feed/import-feed.js'
import { inOrder, JsonLines, LATE_NOTE } from '../feed/json-lines.js'
import type { VendorFormat } from '../vendor-format.js'
import { BinanceTranslator } from './binance-translator.js'

const MESSAGE = /"(e|lastUpdateId)"\s*:|"stream"\s*:\s*"[^"]+@/

/** Recordings of Binance's streams and snapshots. */
export const binanceFormat: VendorFormat = {
  name: 'binance',
  expects: 'recordings of Binance’s streams, a JSON message a line',
  // The first lines may be answers to subscriptions.
  knows: (files) =>
    files.every(({ firstLine, bytes }) => /^[\d.,;|\s]*\{/.test(firstLine) && MESSAGE.test(bytes.toString('latin1'))),
  import: (files, out, options) => importFeed(inOrder(files), out, options, binanceFeed())
}

function binanceFeed(): FeedFormat {
  const singleTrades = new Set<string>()
  let translator: BinanceTranslator | undefined
  return {
    name: 'binance',
    source: 'Binance',
    timeZone: 'UTC',
    faults: { timeBack: 'repair' },
    notes: {
      offBookTrades: 'trades were not on the book (insurance fund, deleveraging)',
      aggregateTrades: 'aggregate trades tell single trades again, which are there as well',
      oldUpdates: 'depth updates are older than the snapshot',
      snapshotsNotNeeded: 'snapshots were not needed',
      snapshotsTooOld: 'snapshots are older than the updates that are there',
      partialBooks: 'partial books tell what the updates tell',
      otherMessages: 'messages of other kinds were passed over',
      late: LATE_NOTE
    },
    // What waits for a snapshot may find it in the next file.
    sequential: true,
    begin: () => (translator = undefined),
    open: async (file, context) =>
      new JsonLines(file.path, (translator ??= new BinanceTranslator(context, singleTrades)), context)
  }
}

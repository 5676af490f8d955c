import type { FeedFormat } from '../feed/feed-format.js'
import { importFeed } from '../feed/import-feed.js'
import { inOrder, isJsonLines, JsonLines, LATE_NOTE } from '../feed/json-lines.js'
import type { ImportOptions } from '../import-options.js'
import type { FileHead, VendorFormat } from '../vendor-format.js'
import { BinanceTranslator } from './binance-translator.js'

/** Spot's book ticker has no `e`. */
const MESSAGE = /"(e|lastUpdateId)"\s*:|"stream"\s*:\s*"[^"]+@|"u"\s*:\s*\d+\s*,\s*"s"\s*:/
const NO_SNAPSHOT =
  'depth updates tell no book without a snapshot to begin with; put the answer of GET depth (limit=1000 or more), taken while the stream was recorded, into the file or beside it'

/** Recordings of Binance's streams and snapshots. */
export const binanceFormat: VendorFormat = {
  name: 'binance',
  expects: 'recordings of Binance’s streams, a JSON message a line',
  // The first lines may be answers to subscriptions.
  knows: (files) => files.every((file) => isJsonLines(file) && MESSAGE.test(file.bytes.toString('latin1'))),
  import: (files, out, options) => importFeed(inOrder(files), out, options, binanceFeed(polledSymbol(files, options)))
}

/** Snapshots that were polled, without a stream of updates, are of the symbol that was asked for. */
function polledSymbol(files: readonly FileHead[], { symbol }: ImportOptions): string | undefined {
  const updates = files.some(({ bytes }) => bytes.includes('depthUpdate'))
  return updates || symbol?.includes(',') ? undefined : symbol
}

function binanceFeed(polled: string | undefined): FeedFormat {
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
      repeatedTrades: 'trades were told before, and are left out',
      oldUpdates: 'depth updates are older than the snapshot',
      waiting: 'depth updates met no snapshot to begin a book with, and are left out',
      snapshotsNotNeeded: 'snapshots were not needed',
      snapshotsTooOld: 'snapshots are older than the updates that are there',
      orphans: 'snapshots do not name their symbol, and fit no updates (--symbol names it)',
      partialBooks: 'partial books tell what the updates tell',
      otherMessages: 'messages of other kinds were passed over',
      late: LATE_NOTE
    },
    nothing(counts) {
      if (counts.has('waiting')) return NO_SNAPSHOT
      return counts.has('orphans') ? 'the snapshots do not name their symbol; --symbol names it' : undefined
    },
    // What waits for a snapshot may find it in the next file.
    sequential: true,
    begin: () => (translator = undefined),
    open: async (file, context) =>
      new JsonLines(file.path, (translator ??= new BinanceTranslator(context, singleTrades, polled)), context)
  }
}

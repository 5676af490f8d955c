import type { FeedFormat } from '../feed/feed-format.js'
import { importFeed } from '../feed/import-feed.js'
import { firstMessage, inOrder, JsonLines, LATE_NOTE } from '../feed/json-lines.js'
import type { VendorFormat } from '../vendor-format.js'
import { CoinbaseTranslator, looksLikeCoinbase } from './coinbase-translator.js'

/** Recordings of Coinbase's public feeds. */
export const coinbaseFormat: VendorFormat = {
  name: 'coinbase',
  expects: 'recordings of Coinbase’s level2 and matches channels, a JSON message a line',
  knows: (files) => files.every((file) => looksLikeCoinbase(firstMessage(file))),
  import: (files, out, options) => importFeed(inOrder(files), out, options, coinbaseFeed())
}

function coinbaseFeed(): FeedFormat {
  let translator: CoinbaseTranslator | undefined
  return {
    name: 'coinbase',
    source: 'Coinbase',
    timeZone: 'UTC',
    faults: { timeBack: 'repair' },
    notes: {
      beforeSnapshot: 'updates came before a snapshot, and were left out',
      tradesBefore: 'trades are older than the recording',
      missingTrades: 'trades are missing by their numbers',
      otherMessages: 'messages of other kinds were passed over',
      late: LATE_NOTE
    },
    // What waits for a snapshot may find it in the next file.
    sequential: true,
    begin: () => (translator = undefined),
    open: async (file, context) => new JsonLines(file.path, (translator ??= new CoinbaseTranslator(context)), context)
  }
}

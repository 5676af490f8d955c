import { UserError } from '../../../base/user-error.js'
import { BUY, SELL, type Side } from '../../../exchange/units.js'
import type { BookColumns, Table } from '../csv/table.js'
import { tableFeed, tableFormat, type TableVendor } from '../csv/table-format.js'
import { importFeed } from '../feed/import-feed.js'
import type { FileHead, VendorFormat } from '../vendor-format.js'

const HEAD = 'exchange,symbol,timestamp,local_timestamp,'

const COMMON = {
  time: { kind: 'unix', column: 'timestamp', unit: 'us' },
  symbol: 'symbol',
  side: { column: 'side', buy: ['buy', 'bid'], sell: ['sell', 'ask'] },
  price: { column: 'price' },
  qty: { column: 'amount' }
} as const

/** Tardis.dev's normalized CSV. Rows of one message share `local_timestamp`. */
const INCREMENTAL: Table = {
  ...COMMON,
  name: 'Tardis incremental_book_L2',
  action: { is: 'level' },
  snapshot: { column: 'is_snapshot', values: ['true'] },
  event: { column: 'local_timestamp' }
}

const TRADES: Table = { ...COMMON, name: 'Tardis trades', action: { is: 'trade' }, event: 'row' }

const QUOTES: Table = {
  name: 'Tardis quotes',
  time: COMMON.time,
  symbol: 'symbol',
  action: { is: 'quote' },
  bids: [{ side: BUY, price: { column: 'bid_price' }, qty: { column: 'bid_amount' } }],
  asks: [{ side: SELL, price: { column: 'ask_price' }, qty: { column: 'ask_amount' } }],
  event: 'row'
}

const VENDOR: TableVendor = {
  name: 'tardis',
  expects: 'CSV of Tardis.dev: incremental_book_L2, book_snapshot, quotes or trades',
  source: 'Tardis.dev',
  timeZone: 'UTC',
  // Rows are in the order in which they were received; the exchange's own times may go back a little.
  faults: { timeBack: 'repair' },
  tableOf
}

export const tardisFormat: VendorFormat = {
  ...tableFormat(VENDOR),
  import(files, out, options) {
    // Exchanges have the same symbols: their books are not one.
    const several = new Set(files.map(exchangeOf)).size > 1
    const named = (file: FileHead): Table | undefined => {
      const table = tableOf(file)
      return table && several ? { ...table, symbolPrefix: `${exchangeOf(file)}:` } : table
    }
    return importFeed(files, out, options, tableFeed({ ...VENDOR, tableOf: named }))
  }
}

/** A file is of one exchange. */
function exchangeOf({ bytes }: FileHead): string {
  return bytes.toString('latin1').split('\n')[1]?.split(',')[0] ?? ''
}

function tableOf({ firstLine, path, name }: FileHead): Table | undefined {
  if (!firstLine.startsWith(HEAD)) return undefined
  const names = firstLine.split(',')
  if (/liquidations/i.test(name)) {
    throw new UserError('liquidations are among the trades already; expected trades', { file: path })
  }
  if (names.includes('is_snapshot')) return INCREMENTAL
  if (names.includes('bid_price') && names.includes('ask_price')) return QUOTES
  const levels = names.filter((name) => /^bids\[\d+\]\.price$/.test(name)).length
  if (levels > 0) return bookSnapshot(levels)
  if (names.includes('price') && names.includes('amount') && names.includes('id')) return TRADES
  const problem = `no market data that a tape could tell: columns ${names.slice(4).join(', ')}`
  throw new UserError(`${problem}; expected incremental_book_L2, book_snapshot, quotes or trades`, { file: path })
}

function bookSnapshot(levels: number): Table {
  const columns = (name: 'bids' | 'asks', side: Side): BookColumns[] =>
    Array.from({ length: levels }, (_, n) => ({
      side,
      price: { column: `${name}[${n}].price` },
      qty: { column: `${name}[${n}].amount` }
    }))
  return {
    name: `Tardis book_snapshot_${levels}`,
    time: COMMON.time,
    symbol: 'symbol',
    action: { is: 'book' },
    bids: columns('bids', BUY),
    asks: columns('asks', SELL),
    event: 'row'
  }
}

import { UserError } from '../../../base/user-error.js'
import { BUY, SELL } from '../../../exchange/units.js'
import type { Table, TimeTerms } from '../csv/table.js'
import { tableFormat } from '../csv/table-format.js'
import type { FileHead, VendorFormat } from '../vendor-format.js'
import { publicFileKind, type PublicFileKind } from './public-file-kind.js'

/** Where the files have no header: spot, and futures of the first years. COIN-M's trades have base_qty for quote_qty. */
const COLUMNS: Readonly<Record<'trades' | 'aggTrades' | 'bookTicker', readonly string[]>> = {
  trades: ['id', 'price', 'qty', 'quote_qty', 'time', 'is_buyer_maker', 'is_best_match'],
  aggTrades: [
    'agg_trade_id',
    'price',
    'quantity',
    'first_trade_id',
    'last_trade_id',
    'transact_time',
    'is_buyer_maker',
    'is_best_match'
  ],
  bookTicker: [
    'update_id',
    'best_bid_price',
    'best_bid_qty',
    'best_ask_price',
    'best_ask_qty',
    'transaction_time',
    'event_time'
  ]
}

/** Spot files are in µs since 2025, in ms before. */
const unix = (column: string): TimeTerms => ({ kind: 'unix', column, unit: 'auto' })
const MAKER = {
  column: 'is_buyer_maker',
  buy: ['false', 'False', 'FALSE', '0'],
  sell: ['true', 'True', 'TRUE', '1']
}

/** Files of Binance's public data (data.binance.vision) and of its historical order books. */
const format = tableFormat({
  name: 'binance-files',
  expects: 'Binance’s public files: trades, aggTrades, bookTicker, or depth updates and snapshots (T_DEPTH)',
  source: 'Binance public data',
  timeZone: 'UTC',
  faults: { timeBack: 'repair' },
  tableOf
})

export const binanceFilesFormat: VendorFormat = {
  ...format,
  import(files, out, options) {
    const prints = (kind: PublicFileKind): FileHead[] => files.filter((file) => publicFileKind(file) === kind)
    const singles = new Set(prints('trades').map((file) => symbolOf(file)))
    const twice = prints('aggTrades').find((file) => singles.has(symbolOf(file)))
    if (twice) throw new UserError('aggTrades tell the trades again that are there as well', { file: twice.path })
    return format.import(files, out, options)
  }
}

/** "BTCUSDT-trades-2024-08-08.csv", "BTCUSD_PERP-aggTrades-2024-08.csv" */
function symbolOf({ name }: FileHead): string | undefined {
  return /^([A-Z0-9_]+)-[A-Z0-9]+-\d{4}-\d{2}/i.exec(name)?.[1]
}

function tableOf(head: FileHead): Table | undefined {
  const { firstLine, path } = head
  const kind = publicFileKind(head)
  const symbolIs = symbolOf(head)
  const common = {
    ...(symbolIs === undefined ? {} : { symbolIs }),
    ...(/^\d/.test(firstLine) && kind !== undefined && kind in COLUMNS
      ? { columns: COLUMNS[kind as keyof typeof COLUMNS].slice(0, firstLine.split(',').length) }
      : {})
  }
  switch (kind) {
    case undefined:
      return undefined
    case 'trades':
    case 'aggTrades':
      return { ...common, ...printsTable(kind) }
    case 'bookTicker':
      return { ...common, ...BOOK_TICKER }
    case 'depth':
      return depthTable(firstLine)
    case 'bookDepth':
      throw refusal(
        path,
        'bookDepth tells quantities within percentages of the price, not of prices: no book can be made of it'
      )
    case 'klines':
      throw refusal(path, 'klines are bars: of the book and of single trades they tell nothing')
  }
}

function refusal(file: string, problem: string): UserError {
  return new UserError(`${problem}; expected trades, aggTrades, bookTicker or T_DEPTH`, { file })
}

function printsTable(kind: 'trades' | 'aggTrades'): Table {
  return {
    name: `Binance ${kind}`,
    time: unix(kind === 'trades' ? 'time' : 'transact_time'),
    action: { is: 'trade' },
    side: MAKER,
    price: { column: 'price' },
    qty: { column: kind === 'trades' ? 'qty' : 'quantity' },
    event: 'row'
  }
}

const BOOK_TICKER: Table = {
  name: 'Binance bookTicker',
  time: unix('transaction_time'),
  action: { is: 'quote' },
  bids: [{ side: BUY, price: { column: 'best_bid_price' }, qty: { column: 'best_bid_qty' } }],
  asks: [{ side: SELL, price: { column: 'best_ask_price' }, qty: { column: 'best_ask_qty' } }],
  event: 'row'
}

function depthTable(firstLine: string): Table {
  const names = firstLine.split(',')
  return {
    name: 'Binance T_DEPTH',
    time: unix('timestamp'),
    symbol: 'symbol',
    action: { is: 'level' },
    side: { column: 'side', buy: ['b'], sell: ['a'] },
    price: { column: 'price' },
    qty: { column: 'qty' },
    snapshot: { column: 'update_type', values: ['snap'] },
    event: { column: 'last_update_id' },
    ...(names.includes('pu') ? { follows: { previous: 'pu', own: 'last_update_id' } } : {})
  }
}

import { UserError } from '../../../base/user-error.js'
import { BUY, SELL } from '../../../exchange/units.js'
import type { Table, TimeTerms } from '../csv/table.js'
import { tableFormat } from '../csv/table-format.js'
import type { FileHead } from '../vendor-format.js'

/** "BTCUSDT-trades-2024-08-08.csv", "BTCUSD_PERP-aggTrades-2024-08.csv" */
const NAME = /^([A-Z0-9_]+)-(trades|aggTrades|bookTicker|bookDepth)-\d{4}-\d{2}(-\d{2})?\.csv$/i

/** Where the files have no header: spot, and futures of the first years. */
const COLUMNS: Readonly<Record<'trades' | 'aggTrades', readonly string[]>> = {
  trades: ['id', 'price', 'qty', 'quote_qty', 'time', 'is_buyer_maker', 'is_best_match'],
  aggTrades: ['agg_trade_id', 'price', 'quantity', 'first_trade_id', 'last_trade_id', 'transact_time', 'is_buyer_maker']
}

/** Spot files are in µs since 2025, in ms before. */
const unix = (column: string): TimeTerms => ({ kind: 'unix', column, unit: 'auto' })
const MAKER = {
  column: 'is_buyer_maker',
  buy: ['false', 'False', 'FALSE', '0'],
  sell: ['true', 'True', 'TRUE', '1']
}

/** Files of Binance's public data (data.binance.vision) and of its historical order books. */
export const binanceFilesFormat = tableFormat({
  name: 'binance-files',
  expects: 'Binance’s public files: trades, aggTrades, bookTicker, or depth updates and snapshots (T_DEPTH)',
  source: 'Binance public data',
  timeZone: 'UTC',
  faults: { timeBack: 'repair' },
  tableOf
})

function tableOf({ name, firstLine, path }: FileHead): Table | undefined {
  if (/^symbol,timestamp,.*last_update_id,side,update_type,price,qty/.test(firstLine)) return depthTable(firstLine)
  const match = NAME.exec(name)
  if (!match) return undefined
  const [, symbolIs, kind] = match
  switch (kind) {
    case 'trades':
    case 'aggTrades':
      return prints(kind, symbolIs, firstLine)
    case 'bookTicker':
      return bookTicker(symbolIs)
    default:
      throw new UserError(
        'bookDepth tells quantities within percentages of the price, not of prices: no book can be made of it; expected trades, aggTrades, bookTicker or T_DEPTH',
        { file: path }
      )
  }
}

function prints(kind: 'trades' | 'aggTrades', symbolIs: string, firstLine: string): Table {
  const headless = /^\d/.test(firstLine)
  const columns = COLUMNS[kind].slice(0, firstLine.split(',').length)
  return {
    name: `Binance ${kind}`,
    ...(headless ? { columns } : {}),
    time: unix(kind === 'trades' ? 'time' : 'transact_time'),
    symbolIs,
    action: { is: 'trade' },
    side: MAKER,
    price: { column: 'price' },
    qty: { column: kind === 'trades' ? 'qty' : 'quantity' },
    event: 'row'
  }
}

function bookTicker(symbolIs: string): Table {
  return {
    name: 'Binance bookTicker',
    time: unix('transaction_time'),
    symbolIs,
    action: { is: 'quote' },
    bids: [{ side: BUY, price: { column: 'best_bid_price' }, qty: { column: 'best_bid_qty' } }],
    asks: [{ side: SELL, price: { column: 'best_ask_price' }, qty: { column: 'best_ask_qty' } }],
    event: 'row'
  }
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

import type { FileHead } from '../vendor-format.js'

export type PublicFileKind = 'trades' | 'aggTrades' | 'bookTicker' | 'depth' | 'bookDepth' | 'klines'

/** How headers begin. */
const HEADERS: readonly (readonly [RegExp, PublicFileKind])[] = [
  [/^symbol,timestamp,.*last_update_id,side,update_type,price,qty/, 'depth'],
  [/^id,price,qty,(quote_qty|base_qty),time,is_buyer_maker/, 'trades'],
  [/^agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker/, 'aggTrades'],
  [/^update_id,best_bid_price,best_bid_qty,best_ask_price,best_ask_qty,transaction_time/, 'bookTicker'],
  [/^timestamp,percentage,depth,notional/, 'bookDepth'],
  [/^open_time,open,high,low,close,volume,close_time/, 'klines']
]

const N = '\\d+(?:\\.\\d+)?'
/** ms or µs since 1970. */
const TIME = '\\d{13}(?:\\d{3})?'
const FLAG = '(?:true|false)'
/** How rows are, where there is no header. */
const ROWS: readonly (readonly [RegExp, PublicFileKind])[] = [
  [new RegExp(`^\\d+,${N},${N},${N},${TIME},${FLAG}(,${FLAG})?$`, 'i'), 'trades'],
  [new RegExp(`^\\d+,${N},${N},\\d+,\\d+,${TIME},${FLAG}(,${FLAG})?$`, 'i'), 'aggTrades'],
  [new RegExp(`^\\d+,${N},${N},${N},${N},${TIME},${TIME}$`), 'bookTicker'],
  [new RegExp(`^${TIME},${N},${N},${N},${N},${N},${TIME},${N},\\d+,${N},${N},${N}$`), 'klines']
]

/** Which of Binance's public files a file is, by its header or first row, whatever its name is. */
export function publicFileKind({ firstLine }: FileHead): PublicFileKind | undefined {
  return [...HEADERS, ...ROWS].find(([pattern]) => pattern.test(firstLine))?.[1]
}

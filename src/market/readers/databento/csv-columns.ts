import type { Content } from './record.js'

/** The columns that a CSV form must have to be read; more of them, and any order, are fine. */
const NEEDED: Readonly<Record<Content, readonly string[]>> = {
  mbo: ['ts_event', 'action', 'side', 'price', 'size', 'order_id', 'flags'],
  'mbp-10': ['ts_event', 'action', 'side', 'price', 'size', 'flags', ...levelColumns(10)],
  'mbp-1': ['ts_event', 'action', 'side', 'price', 'size', 'flags', ...levelColumns(1)],
  bbo: ['ts_recv', ...levelColumns(1)],
  trades: ['ts_event', 'side', 'price', 'size'],
  ohlcv: ['ts_event', 'rtype', 'open', 'high', 'low', 'close', 'volume'],
  definition: ['instrument_id', 'raw_symbol', 'min_price_increment'],
  status: ['ts_event', 'is_trading']
}

/** What a CSV file holds, by its header; undefined where it is none of Databento's. */
export function contentOfHeader(names: readonly string[]): Content | undefined {
  const has = (...columns: string[]): boolean => columns.every((name) => names.includes(name))
  if (!has('ts_event') && !has('ts_recv')) return undefined
  if (has('min_price_increment')) return 'definition'
  if (has('is_trading')) return 'status'
  if (has('bid_px_09') || has('ask_px_09')) return 'mbp-10'
  if (has('bid_px_00') || has('ask_px_00')) return has('action') ? 'mbp-1' : 'bbo'
  if (has('open', 'high', 'low', 'close')) return 'ohlcv'
  if (has('order_id', 'action')) return 'mbo'
  return has('price', 'size') ? 'trades' : undefined
}

export function missingColumns(content: Content, names: readonly string[]): string[] {
  return NEEDED[content].filter((name) => !names.includes(name))
}

/** "bid_px_00,bid_sz_00,ask_px_00,ask_sz_00,bid_px_01,..." */
export function levelColumns(levels: number): string[] {
  return Array.from({ length: levels }, (_, n) => {
    const level = String(n).padStart(2, '0')
    return [`bid_px_${level}`, `bid_sz_${level}`, `ask_px_${level}`, `ask_sz_${level}`]
  }).flat()
}

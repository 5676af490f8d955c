import { BUY, SELL } from '../../../exchange/units.js'
import type { Table, TimeTerms } from '../csv/table.js'
import { tableFeed } from '../csv/table-format.js'
import { importFeed } from '../feed/import-feed.js'
import type { ImportOptions } from '../import-options.js'
import type { FileHead, VendorFormat } from '../vendor-format.js'

/** What vendors call the columns, in small letters and without what is no letter or digit; the first that is there counts. */
const NAMES = {
  time: [
    'participanttimestamp',
    'siptimestamp',
    'tsevent',
    'timestamp',
    'datetime',
    'ts',
    'timem',
    'time',
    't',
    'qutime',
    'utcsec'
  ],
  date: ['date', 'day', 'tradedate'],
  symbol: ['symbol', 'ticker', 'sym', 'symroot', 'instrument', 'ric'],
  bidPrice: ['bidprice', 'bestbidprice', 'bestbid', 'bidpx', 'bidp', 'bid', 'bp', 'nbb'],
  bidQty: [
    'bidsize',
    'bestbidsize',
    'bestbidsizeshares',
    'bestbidqty',
    'bidsiz',
    'bidsz',
    'bidqty',
    'bidquantity',
    'bidvolume',
    'bids',
    'bs',
    'nbbsize'
  ],
  askPrice: [
    'askprice',
    'offerprice',
    'bestaskprice',
    'bestofferprice',
    'bestask',
    'bestoffer',
    'askpx',
    'askp',
    'ask',
    'offer',
    'ofr',
    'ap',
    'nbo'
  ],
  askQty: [
    'asksize',
    'offersize',
    'bestasksize',
    'bestofrsizeshares',
    'bestaskqty',
    'asksiz',
    'ofrsiz',
    'asksz',
    'askqty',
    'askquantity',
    'askvolume',
    'asks',
    'as',
    'nbosize'
  ],
  price: ['price', 'tradeprice', 'lastprice', 'px', 'p', 'last'],
  qty: ['size', 'tradesize', 'lastsize', 'quantity', 'qty', 'volume', 'shares', 'amount', 's', 'v'],
  side: ['side', 'aggressor', 'aggressorside', 'takerside']
} as const

const ZONE = 'America/New_York'

/** Quotes, or trades, as CSV with a header whose names speak for themselves. */
export const nbboFormat: VendorFormat = {
  name: 'nbbo',
  expects: 'CSV of best bids and offers, and of trades, with a header of usual names',
  knows: (files) => files.every((file) => tableOf(file, {}) !== undefined),
  import(files, out, options) {
    return importFeed(
      files,
      out,
      options,
      tableFeed({
        name: 'nbbo',
        expects: this.expects,
        source: 'quotes and trades',
        timeZone: options.timeZone ?? ZONE,
        largestTick: '0.01',
        tableOf: (file) => tableOf(file, options)
      })
    )
  }
}

function tableOf({ firstLine, bytes }: FileHead, options: ImportOptions): Table | undefined {
  const delimiter = [',', ';', '\t', '|'].find((each) => firstLine.includes(each))
  if (delimiter === undefined) return undefined
  const names = firstLine.split(delimiter).map((name) => name.trim().replace(/^"(.*)"$/, '$1'))
  const plain = names.map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, ''))
  const find = (kind: keyof typeof NAMES): string | undefined => {
    const known = (NAMES[kind] as readonly string[]).find((name) => plain.includes(name))
    return known === undefined ? undefined : names[plain.indexOf(known)]
  }
  const second = secondLine(bytes).split(delimiter)
  const time = timeOf(
    find('time'),
    find('date'),
    (name) => (second[names.indexOf(name)] ?? '').replaceAll('"', '').trim(),
    options
  )
  if (time === undefined) return undefined
  const symbol = find('symbol')
  const common = { delimiter, time, ...(symbol === undefined ? {} : { symbol }), event: 'row' as const }
  const [bidPrice, bidQty, askPrice, askQty] = [find('bidPrice'), find('bidQty'), find('askPrice'), find('askQty')]
  if (bidPrice && bidQty && askPrice && askQty) {
    return {
      ...common,
      name: 'quotes',
      action: { is: 'quote' },
      bids: [{ side: BUY, price: { column: bidPrice }, qty: { column: bidQty } }],
      asks: [{ side: SELL, price: { column: askPrice }, qty: { column: askQty } }]
    }
  }
  const [price, qty, side] = [find('price'), find('qty'), find('side')]
  if (!price || !qty || bidPrice || askPrice || plain.some((name) => /order.?id|action/.test(name))) return undefined
  return {
    ...common,
    name: 'trades',
    action: { is: 'trade' },
    price: { column: price },
    qty: { column: qty },
    ...(side === undefined
      ? {}
      : { side: { column: side, buy: ['buy', 'Buy', 'BUY', 'B', '1'], sell: ['sell', 'Sell', 'SELL', 'S', '-1'] } })
  }
}

/** How times are written is told by those of the first row. */
function timeOf(
  column: string | undefined,
  dateColumn: string | undefined,
  first: (name: string) => string,
  { date, timeZone }: ImportOptions
): TimeTerms | undefined {
  if (column === undefined) return undefined
  const zone = timeZone ?? ZONE
  const text = first(column)
  if (/^\d{9,19}(\.\d+)?$/.test(text)) return { kind: 'unix', column, unit: 'auto' }
  if (/^\d{4}[-/]?\d{2}[-/]?\d{2}[T ]/.test(text)) return { kind: 'iso', column, zone }
  const day = dateColumn === undefined ? (date === undefined ? undefined : { is: date }) : { column: dateColumn }
  if (/^\d{1,2}:\d{2}/.test(text)) return day && { kind: 'clock', column, unit: 'clock', date: day, zone }
  return undefined
}

function secondLine(bytes: Buffer): string {
  return (
    bytes
      .toString('latin1')
      .split(/\r?\n/)
      .filter((line) => line !== '')[1] ?? ''
  )
}

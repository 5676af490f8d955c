import { UserError } from '../../../base/user-error.js'
import { BUY, SELL } from '../../../exchange/units.js'
import type { NumberTerms, Table } from '../csv/table.js'
import { tableFeed } from '../csv/table-format.js'
import { importFeed } from '../feed/import-feed.js'
import type { ImportOptions } from '../import-options.js'
import type { FileHead, VendorFormat } from '../vendor-format.js'
import { columnFinder } from './column-names.js'
import { NEW_YORK, timesAs } from './times-as.js'

/** TAQ's and Polygon's names of quantities that count round lots of shares (in most years). */
const ROUND_LOTS = /^(best_?)?bid_?siz$|^bid_size$/i

/** Quotes, or trades, as CSV with a header whose names speak for themselves. */
export const nbboFormat: VendorFormat = {
  name: 'nbbo',
  expects: 'CSV of best bids and offers, and of trades, with a header of usual names',
  knows: (files) => files.every((file) => tableOf(file, { date: '1970-01-01' }) !== undefined),
  import(files, out, options) {
    const feed = tableFeed({
      name: 'nbbo',
      expects: this.expects,
      source: 'quotes and trades',
      timeZone: options.timeZone ?? NEW_YORK,
      largestTick: '0.01',
      tableOf: (file) => tableOf(file, options)
    })
    const inLots = options.quoteUnit === undefined && files.some(countsRoundLots)
    return importFeed(files, out, options, {
      ...feed,
      notes: {
        ...feed.notes,
        roundLots: 'header names a size that may count round lots of 100 shares (--quote-unit 100)'
      },
      open(file, context) {
        if (inLots) context.counts.set('roundLots', 1)
        return feed.open(file, context)
      }
    })
  }
}

interface Header {
  readonly delimiter: string
  readonly names: readonly string[]
}

function headerOf({ firstLine }: FileHead): Header | undefined {
  const delimiter = [',', ';', '\t', '|'].find((each) => firstLine.includes(each))
  if (delimiter === undefined) return undefined
  return { delimiter, names: fieldsOf(firstLine, delimiter) }
}

/** Polygon's quotes are known by the consolidated time. */
function countsRoundLots(file: FileHead): boolean {
  const names = headerOf(file)?.names ?? []
  return names.some((name) => ROUND_LOTS.test(name) && (!/^bid_size$/i.test(name) || names.includes('sip_timestamp')))
}

function tableOf(file: FileHead, options: ImportOptions): Table | undefined {
  const header = headerOf(file)
  if (header === undefined) return undefined
  const { delimiter, names } = header
  const find = columnFinder(names)
  const second = fieldsOf(secondLine(file.bytes), delimiter)
  const first = (name: string | undefined): string => (name === undefined ? '' : (second[names.indexOf(name)] ?? ''))
  const time = timesAs(find('time'), find('date'), first, options)
  if (time === undefined) return undefined
  if (time === 'no date') throw new UserError('times have no date; --date says it', { file: file.path })
  const [symbol, symbolSuffix] = [find('symbol'), find('symbolSuffix')]
  const [bidPrice, bidQty, askPrice, askQty] = [find('bidPrice'), find('bidQty'), find('askPrice'), find('askQty')]
  const [price, qty, side] = [find('price'), find('qty'), find('side')]
  const isDecimalComma = delimiter !== ',' && /^\d+,\d+$/.test(first(bidPrice ?? price))
  const common = {
    delimiter,
    ...(isDecimalComma ? { decimal: ',' as const } : {}),
    time,
    ...(symbol === undefined ? {} : { symbol }),
    ...(symbolSuffix === undefined ? {} : { symbolSuffix }),
    event: 'row' as const
  }
  if (bidPrice && bidQty && askPrice && askQty) {
    const size = (column: string): NumberTerms =>
      options.quoteUnit === undefined ? { column } : { column, unit: options.quoteUnit }
    return {
      ...common,
      name: 'quotes',
      action: { is: 'quote' },
      bids: [{ side: BUY, price: { column: bidPrice }, qty: size(bidQty) }],
      asks: [{ side: SELL, price: { column: askPrice }, qty: size(askQty) }]
    }
  }
  if (!price || !qty || bidPrice || askPrice || names.some((name) => /order.?id|action/i.test(name))) return undefined
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

/** The fields of a line, without quotes and spaces around them. */
function fieldsOf(line: string, delimiter: string): string[] {
  const fields = ['']
  let isQuoted = false
  for (const each of line) {
    if (each === '"') isQuoted = !isQuoted
    else if (each === delimiter && !isQuoted) fields.push('')
    else fields[fields.length - 1] += each
  }
  return fields.map((field) => field.trim())
}

function secondLine(bytes: Buffer): string {
  const lines = bytes.toString('utf8').split(/\r?\n/)
  return lines.filter((line) => line !== '')[1] ?? ''
}

import { UserError } from '../../../base/user-error.js'
import { BUY, SELL } from '../../../exchange/units.js'
import { isDate } from '../../local-midnight.js'
import type { CsvRow } from '../csv/csv-row.js'
import type { RowAction, Table } from '../csv/table.js'
import { tableFeed } from '../csv/table-format.js'
import { importFeed } from '../feed/import-feed.js'
import type { ImportOptions } from '../import-options.js'
import type { FileHead, VendorFormat } from '../vendor-format.js'

/** "20131007_ibm_Quote_Tick.csv", as in the archive. */
const NAME = /^(\d{8})_([a-z0-9.]+)_(Trade|Quote)_Tick\.csv$/i
/** ms since midnight, with decimals in later years. */
const TIME = '\\d{1,8}(?:\\.\\d+)?'
const QUOTE_ROW = new RegExp(`^${TIME},\\d+,\\d+,\\d+,\\d+,[^,]*,[^,]*,[01]$`)
const TRADE_ROW = new RegExp(`^${TIME},\\d+,\\d+,[^,]*,[0-9A-Fa-f]*,[01]$`)
/** Bars: trades of minutes and seconds (hours and days have a date), quotes (a side may be empty). */
const TRADE_BAR = /^(\d{1,8}|\d{8} \d\d:\d\d),\d+,\d+,\d+,\d+,\d+$/
const QUOTE_BAR = /^\d{1,8}(,\d*){10}$/

const QUOTE_COLUMNS = ['time', 'bidPrice', 'bidSize', 'askPrice', 'askSize', 'exchange', 'condition', 'suspicious']
const TRADE_COLUMNS = ['time', 'price', 'size', 'exchange', 'condition', 'suspicious']
const ZONE = 'America/New_York'
/** Prices are dollars times 10,000. */
const UNIT = '0.0001'

/** Bits of a trade's condition (Lean, TradeConditionFlags): prints whose price is not one at which the market stood then. */
const ELSEWHERE =
  (1 << 1) | // cash
  (1 << 2) | // next day
  (1 << 3) | // seller
  (1 << 6) | // opening print
  (1 << 7) | // closing print
  (1 << 8) | // reopening print
  (1 << 9) | // derivatively priced
  (1 << 11) | // sold last, late
  (1 << 14) | // out of sequence
  (1 << 17) | // bunched
  (1 << 18) | // stock and option
  (1 << 19) | // distribution
  (1 << 20) | // average price
  (1 << 21) | // cross
  (1 << 22) | // price variation
  (1 << 25) // prior reference price
/** Official open and close: a value, not a trade. */
const NO_TRADE = (1 << 24) | (1 << 26)

/** US quotes and trades as QuantConnect Lean stores them: tick files of equities, a zip per day and kind. */
export const leanFormat: VendorFormat = {
  name: 'lean',
  expects: 'tick files of US equities as in QuantConnect Lean, quotes and trades',
  knows: (files) => files.every((file) => kindOf(file) !== undefined || isBars(file)),
  import(files, out, options) {
    return importFeed(
      files,
      out,
      options,
      tableFeed({
        name: 'lean',
        expects: this.expects,
        source: 'US consolidated quotes and trades (Lean)',
        timeZone: ZONE,
        largestTick: '0.01',
        tableOf: (file) => tableOf(file, options)
      })
    )
  }
}

function kindOf({ firstLine }: FileHead): 'quote' | 'trade' | undefined {
  if (QUOTE_ROW.test(firstLine)) return 'quote'
  return TRADE_ROW.test(firstLine) ? 'trade' : undefined
}

/** By its rows, and by its name, which is that of the path in Lean's data. */
function isBars({ firstLine, name }: FileHead): boolean {
  if (QUOTE_BAR.test(firstLine)) return true
  return TRADE_BAR.test(firstLine) && !NAME.test(name)
}

function tableOf(file: FileHead, options: ImportOptions): Table | undefined {
  if (isBars(file)) {
    const problem = 'these are bars, which tell nothing of the book or of single trades; expected tick files'
    throw new UserError(problem, { file: file.path, line: 1, column: 1 })
  }
  const kind = kindOf(file)
  if (kind === undefined) return undefined
  const match = NAME.exec(file.name)
  const symbolIs = options.symbol ?? match?.[2].toUpperCase()
  const date = options.date ?? match?.[1].replace(/^(\d{4})(\d{2})/, '$1-$2-')
  if (symbolIs === undefined || date === undefined) {
    const missing = symbolIs === undefined ? '--symbol' : '--date'
    throw new UserError(`expected a name like 20131007_ibm_Quote_Tick.csv, or the option ${missing}`, {
      file: file.path
    })
  }
  if (!isDate(date)) throw new UserError(`expected a date YYYY-MM-DD, got "${date}"`)
  const common = {
    time: { kind: 'clock', column: 'time', unit: 'ms', date: { is: date }, zone: ZONE },
    symbolIs,
    skip: { column: 'suspicious', values: ['1'] }
  } as const
  return kind === 'quote' ? { ...common, ...QUOTES } : { ...common, ...TRADES }
}

/** A bid row, and the ask row behind it, are one state of the national best bid and offer. */
const QUOTES: Omit<Table, 'time'> = {
  name: 'Lean quotes',
  columns: QUOTE_COLUMNS,
  action: { is: 'quote' },
  oneSided: true,
  bids: [{ side: BUY, price: { column: 'bidPrice', unit: UNIT }, qty: { column: 'bidSize' } }],
  asks: [{ side: SELL, price: { column: 'askPrice', unit: UNIT }, qty: { column: 'askSize' } }],
  event: 'time',
  begins(row, columns) {
    const bid = columns('bidPrice')
    return () => !row.is(bid, ZERO)
  }
}

const TRADES: Omit<Table, 'time'> = {
  name: 'Lean trades',
  columns: TRADE_COLUMNS,
  action: { is: 'trade' },
  price: { column: 'price', unit: UNIT },
  qty: { column: 'size' },
  event: 'row',
  decide(row, columns) {
    const column = columns('condition')
    return () => actionOf(row, column)
  }
}

const ZERO = Buffer.from('0')

function actionOf(row: CsvRow, column: number): RowAction | undefined {
  const flags = Number.parseInt(row.text(column), 16) | 0
  if (flags & NO_TRADE) return 'ignore'
  return flags & ELSEWHERE ? 'hidden' : undefined
}

import { readFileSync } from 'node:fs'
import { parseDecimal } from '../../base/decimal.js'
import { isoDate } from '../../base/iso-time.js'
import { fromUnixNanos, type EpochSeconds, type Nanos } from '../../base/time.js'
import { UserError } from '../../base/user-error.js'
import type { OrderTags, OrdType, TimeInForce } from '../../exchange/command.js'
import { formatPrice, formatQuantity, type Instrument } from '../../exchange/instrument.js'
import type { OrderQualifiers } from '../../exchange/order-qualifiers.js'
import { BUY, price, quantity, SELL, type Price, type Quantity, type Side } from '../../exchange/units.js'
import { readExecInst } from '../../gateway/order-entry/exec-inst.js'
import { Tag } from '../../fix/wire/tag.js'
import { csvRows, type CsvRow } from './csv-rows.js'
import { parseTime } from './parse-time.js'

/** One row of an order file. What a row leaves out is undefined. */
export interface OrderRow {
  readonly time: Nanos
  readonly action: 'new' | 'replace' | 'cancel'
  readonly clOrdId: string
  readonly origClOrdId: string | undefined
  readonly instrument: Instrument
  readonly side: Side | undefined
  readonly ordType: OrdType | undefined
  readonly timeInForce: TimeInForce | undefined
  readonly orderQty: Quantity | undefined
  readonly price: Price | undefined
  readonly tags: OrderTags
  readonly qualifiers: OrderQualifiers | undefined
}

const ACTIONS = ['new', 'replace', 'cancel'] as const
const ORD_TYPES: readonly OrdType[] = [
  'market',
  'limit',
  'stop',
  'stopLimit',
  'marketIfTouched',
  'marketWithLeftOverAsLimit',
  'pegged'
]
const TIMES_IN_FORCE: readonly TimeInForce[] = ['day', 'gtc', 'ioc', 'fok', 'gtd', 'opg', 'atc']
/** Columns by FIX field name that make an order more than plain. */
const QUALIFIER_COLUMNS = ['stoppx', 'minqty', 'maxfloor', 'execinst', 'pegoffsetvalue', 'expiretime'] as const
const COLUMNS = [
  'time',
  'clordid',
  'action',
  'symbol',
  'side',
  'type',
  'qty',
  'price',
  'tif',
  'origclordid',
  ...QUALIFIER_COLUMNS
] as const
type Column = (typeof COLUMNS)[number]
const REQUIRED: readonly Column[] = ['time', 'clordid', 'symbol', 'side', 'type', 'qty']

/** Further columns are facts that go with the order, by FIX field name. */
const TAG_COLUMNS: ReadonlyMap<string, number> = new Map(
  (['Account', 'SecondaryClOrdID', 'OrderCapacity', 'ClOrdLinkID', 'DecisionPrice'] as const).map((name) => [
    name.toLowerCase(),
    Tag[name]
  ])
)

/**
 * Reads an order file: CSV with a header, columns in any order, names in any case. Rows are put into time order; rows of one
 * time keep theirs.
 * @throws UserError file:line:column of the first value that is not what its column expects.
 */
export function readOrderFile(file: string, instruments: readonly Instrument[], epoch: EpochSeconds): OrderRow[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new UserError(`cannot be read: ${(cause as Error).message}`, { file }, { cause })
  }
  return parseOrders(text, file, instruments, epoch)
}

export function parseOrders(
  text: string,
  file: string,
  instruments: readonly Instrument[],
  epoch: EpochSeconds
): OrderRow[] {
  const [head, ...rows] = csvRows(text, file)
  if (head === undefined)
    throw new UserError('is empty: expected a header line and orders', { file, line: 1, column: 1 })
  const header = head.cells.map((name) => name.toLowerCase())
  checkHeader(header, head)
  const at = (column: string): number => header.indexOf(column)
  const bySymbol = new Map(instruments.map((instrument) => [instrument.symbol, instrument]))
  return rows.map(orderOf).sort((a, b) => a.time - b.time)

  function orderOf(row: CsvRow): OrderRow {
    const { cells } = row
    if (cells.length > header.length)
      throw new UserError(
        `"${cells[header.length]}" is beyond the last column: expected ${header.length} cells`,
        row.position(header.length)
      )
    const cell = (column: Column): string | undefined => (at(column) < 0 ? undefined : cells[at(column)]) || undefined
    const fail = (column: Column, expected: string): never => {
      const value = cell(column)
      throw new UserError(
        value === undefined ? `${column} is empty: expected ${expected}` : `${column} "${value}": expected ${expected}`,
        row.position(at(column))
      )
    }
    const oneOf = <T extends string>(column: Column, known: readonly T[]): T | undefined => {
      const value = cell(column)?.toLowerCase()
      if (value === undefined) return undefined
      return known.find((name) => name.toLowerCase() === value) ?? fail(column, known.join(', '))
    }
    const moment = (column: Column): Nanos => {
      const time = parseTime(cell(column) ?? '')
      if (time === undefined)
        return fail(column, 'ISO 8601 with a zone ("2012-06-21T13:30:00.5Z") or nanoseconds since 1970')
      const sinceEpoch = fromUnixNanos(time, epoch)
      if (Number.isSafeInteger(sinceEpoch)) return sinceEpoch
      return fail(column, `a time within 100 days of the market (${isoDate(epoch)})`)
    }
    const sinceEpoch = moment('time')
    if (sinceEpoch < 0) fail('time', `a time from ${isoDate(epoch)}T00:00:00Z on, the day on which the market begins`)
    const instrument = bySymbol.get(cell('symbol') ?? '') ?? fail('symbol', `one of ${[...bySymbol.keys()].join(', ')}`)
    const action = oneOf('action', ACTIONS) ?? 'new'
    const clOrdId = cell('clordid') ?? fail('clordid', 'an order id')
    const side = oneOf('side', ['buy', 'sell'])
    const isNew = action === 'new'
    if (isNew && side === undefined) fail('side', 'buy, sell')
    const ordType = oneOf('type', ORD_TYPES)
    const orderQty = decimal('qty', instrument.quantityScale, formatQuantity(instrument, instrument.lotSize))
    if (isNew && orderQty === undefined) fail('qty', 'a quantity')
    const limit = decimal('price', instrument.priceScale, formatPrice(instrument, instrument.tickSize))
    if (isNew && isLimited(ordType ?? 'limit') && limit === undefined) fail('price', 'the limit of a limit order')
    return {
      time: sinceEpoch,
      action,
      clOrdId,
      origClOrdId: at('origclordid') < 0 ? undefined : cell('origclordid'),
      instrument,
      side: side === undefined ? undefined : side === 'buy' ? BUY : SELL,
      ordType,
      timeInForce: oneOf('tif', TIMES_IN_FORCE),
      orderQty: orderQty === undefined ? undefined : quantity(orderQty),
      price: limit === undefined ? undefined : price(limit),
      tags: tagsOf(header, cells),
      qualifiers: qualifiers()
    }

    function qualifiers(): OrderQualifiers | undefined {
      if (!QUALIFIER_COLUMNS.some((column) => at(column) >= 0 && cell(column) !== undefined)) return undefined
      const stopPx = decimal('stoppx', instrument.priceScale, formatPrice(instrument, instrument.tickSize))
      const lot = formatQuantity(instrument, instrument.lotSize)
      const minQty = decimal('minqty', instrument.quantityScale, lot)
      const displayQty = decimal('maxfloor', instrument.quantityScale, lot)
      const offset = decimal('pegoffsetvalue', instrument.priceScale, formatPrice(instrument, instrument.tickSize))
      const written = cell('execinst')
      const execInst = written === undefined ? undefined : readExecInst(written)
      if (typeof execInst === 'string')
        return fail(
          'execinst',
          'FIX ExecInst values: 6 post-only, G all or none, R, P, M primary, market, midpoint peg'
        )
      return {
        ...(stopPx !== undefined && { stopPx: price(stopPx) }),
        ...(minQty !== undefined && { minQty: quantity(minQty) }),
        ...(displayQty !== undefined && { displayQty: quantity(displayQty) }),
        ...(execInst?.allOrNone === true && { allOrNone: true }),
        ...(execInst?.postOnly === true && { postOnly: instrument.rules.postOnly }),
        ...(execInst?.peg !== undefined && { peg: { reference: execInst.peg, offset: offset ?? 0 } }),
        ...(cell('expiretime') !== undefined && { expireTime: moment('expiretime') })
      }
    }

    function decimal(column: Column, scale: number, increment: string): number | undefined {
      const value = cell(column)
      if (value === undefined) return undefined
      const parsed = parseDecimal(value, scale)
      return Number.isNaN(parsed)
        ? fail(column, `a decimal with at most ${scale} decimals (increment ${increment})`)
        : parsed
    }
  }
}

/** Types that have a limit always. */
const isLimited = (ordType: OrdType): boolean => ordType === 'limit' || ordType === 'stopLimit'

function checkHeader(header: readonly string[], { position }: CsvRow): void {
  for (const column of REQUIRED) {
    if (header.includes(column)) continue
    throw new UserError(
      `has no column ${column}: expected ${REQUIRED.join(', ')} (action, price, tif optional)`,
      position(0)
    )
  }
  header.forEach((name, index) => {
    if (header.indexOf(name) < index) throw new UserError(`column "${name}" comes twice`, position(index))
    if (COLUMNS.includes(name as Column) || TAG_COLUMNS.has(name)) return
    throw new UserError(
      `unknown column "${name}": known are ${[...COLUMNS, ...TAG_COLUMNS.keys()].join(', ')}`,
      position(index)
    )
  })
}

function tagsOf(header: readonly string[], cells: readonly string[]): OrderTags {
  const tags = header.flatMap((name, index): [number, string][] => {
    const tag = TAG_COLUMNS.get(name)
    return tag === undefined || !cells[index] ? [] : [[tag, cells[index]]]
  })
  return tags.sort(([a], [b]) => a - b)
}

import { readFileSync } from 'node:fs'
import { matchesGlob } from './glob.js'
import { parseYaml, type ParsedYaml } from '../../../base/parse-yaml.js'
import { TimeZone } from '../../../base/time-zone.js'
import { UserError } from '../../../base/user-error.js'
import { isPhase } from '../../../exchange/phase.js'
import { BUY, SELL, type Side } from '../../../exchange/units.js'
import type { FileHead } from '../vendor-format.js'
import { MappingSchema, type MappedNumber, type MappedRows, type Mapping } from './mapping-schema.js'
import type { BookColumns, NumberTerms, RowAction, Table, TimeTerms } from './table.js'

const DELIMITERS: Readonly<Record<string, string>> = { tab: '\t', space: ' ' }

/** Tables of a mapping file, each with the files that it is for. */
export interface MappedTable {
  readonly table: Table
  /** A pattern for the names of files; undefined: all that have the columns. */
  readonly files: string | undefined
}

export interface ReadMapping {
  readonly mapping: Mapping
  readonly tables: readonly MappedTable[]
}

/**
 * Reads a mapping file.
 * @throws UserError with file:line:column where it says what no mapping can, or contradicts itself.
 */
export function readMapping(file: string): ReadMapping {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new UserError(`cannot be read: ${(cause as Error).message}`, { file }, { cause })
  }
  const parsed = parseYaml(text, file, MappingSchema)
  const { value: mapping } = parsed
  checkZone(mapping.timeZone, parsed)
  const tables = mapping.rows.map((rows, n) => ({ table: tableOf(rows, n, parsed, file), files: rows.files }))
  return { mapping, tables }
}

/** The table of a mapping that a file is; undefined for none. */
export function tableFor({ mapping, tables }: ReadMapping, { name, firstLine }: FileHead): Table | undefined {
  const named = tables.find(({ files }) => files !== undefined && matchesGlob(name, files))
  if (named) return named.table
  const any = tables.filter(({ files }) => files === undefined)
  if (any.length <= 1 || mapping.columns !== undefined) return any[0]?.table
  const delimiter = any[0].table.delimiter ?? ','
  const names = firstLine.split(delimiter).map((each) => each.trim().replace(/^"(.*)"$/, '$1'))
  return any.find(({ table }) => columnsOf(table).every((column) => names.includes(column)))?.table
}

function tableOf(
  rows: MappedRows,
  n: number,
  { value: mapping, positionOf }: ParsedYaml<Mapping>,
  file: string
): Table {
  const fault = (key: string, problem: string): UserError =>
    new UserError(`/rows/${n}${key} ${problem}`, positionOf(`/rows/${n}${key}`))
  const action = actionOf(rows, fault)
  const kinds = 'is' in action ? [action.is] : Object.values(action.values)
  const priced = kinds.some((kind) => !['clear', 'ignore', 'quote', 'book'].includes(kind) && !isPhase(kind))
  const ordered = kinds.some((kind) => ['add', 'reduce', 'remove', 'modify', 'execute'].includes(kind))
  const sided = kinds.some((kind) => ['add', 'level'].includes(kind))
  if (priced && rows.price === undefined) throw fault('', 'expected price: the column of the price')
  if (priced && rows.qty === undefined) throw fault('', 'expected qty: the column of the quantity')
  if (ordered && rows.orderId === undefined) throw fault('', 'expected orderId: the column of the order id')
  if (sided && rows.side === undefined) throw fault('', 'expected side: its column, and the texts for buy and sell')
  const [bids, asks] = sidesOf(rows, fault)
  const { symbol, event, snapshot, skip } = rows
  return {
    name: file,
    delimiter: DELIMITERS[mapping.delimiter ?? ''] ?? mapping.delimiter ?? ',',
    ...(mapping.columns ? { columns: mapping.columns } : {}),
    ...(mapping.decimal ? { decimal: mapping.decimal } : {}),
    time: timeOf(rows, mapping.timeZone ?? 'UTC', fault),
    ...(symbol?.column === undefined ? {} : { symbol: symbol.column }),
    ...(symbol?.is === undefined ? {} : { symbolIs: symbol.is }),
    action,
    ...(rows.side ? { side: { column: rows.side.column, buy: list(rows.side.buy), sell: list(rows.side.sell) } } : {}),
    ...(rows.price ? { price: priceOf(rows.price, '/price', fault) } : {}),
    ...(rows.qty ? { qty: numberOf(rows.qty, '/qty', fault) } : {}),
    ...(rows.orderId ? { orderId: rows.orderId.column } : {}),
    bids,
    asks,
    event: event ?? (kinds.includes('level') ? 'time' : 'row'),
    ...(snapshot ? { snapshot: { column: snapshot.column, values: list(snapshot.values) } } : {}),
    ...(skip ? { skip: { column: skip.column, values: list(skip.values) } } : {})
  }
}

type Fault = (key: string, problem: string) => UserError

function actionOf({ tells, action, quote, book }: MappedRows, fault: Fault): Table['action'] {
  const said = [tells && 'tells', action && 'action', quote && 'quote', book && 'book'].filter(
    (each) => each !== undefined
  )
  if (quote && (tells === undefined || tells === 'quote') && !action && !book) return { is: 'quote' }
  if (book && (tells === undefined || tells === 'book') && !action && !quote) return { is: 'book' }
  if (said.length !== 1 || tells === 'quote' || tells === 'book') {
    throw fault('', 'expected one of tells (level, trade, hidden, add), action (by a column), quote or book')
  }
  if (tells !== undefined) return { is: tells }
  const { column, ...meanings } = action as NonNullable<typeof action>
  const values: Record<string, RowAction> = {}
  for (const [means, said] of Object.entries(meanings)) {
    for (const text of list(said)) {
      if (text in values)
        throw fault(`/action/${means}`, `has ${JSON.stringify(text)}, which is ${values[text]} already`)
      values[text] = means as RowAction
    }
  }
  if (Object.keys(values).length === 0) throw fault('/action', 'expected what the texts mean: add, remove, trade, ...')
  return { column, values }
}

function timeOf({ time }: MappedRows, zone: string, fault: Fault): TimeTerms {
  const { column, format, unit, dateColumn, date, dateOrder } = time
  const order = dateOrder === undefined ? {} : { dateOrder }
  if (format === 'iso') return { kind: 'iso', column, zone, ...order }
  if (format !== 'clock' && format !== 'sinceMidnight') {
    return { kind: 'unix', column, unit: format === 'unix' ? 'auto' : format }
  }
  if ((dateColumn === undefined) === (date === undefined)) throw fault('/time', 'expected one of date and dateColumn')
  if (format === 'sinceMidnight' && unit === undefined) throw fault('/time', 'expected unit: s, ms, us or ns')
  const day = dateColumn === undefined ? { is: date as string } : { column: dateColumn }
  return { kind: 'clock', column, unit: format === 'clock' ? 'clock' : (unit ?? 's'), date: day, zone, ...order }
}

function numberOf({ column, unit, is }: MappedNumber, key: string, fault: Fault): NumberTerms {
  if ((column === undefined) === (is === undefined)) throw fault(key, 'expected one of column and is')
  if (column === undefined) return { is: is as string }
  return { column, ...(unit === undefined ? {} : { unit }) }
}

function priceOf(price: MappedNumber, key: string, fault: Fault): NumberTerms {
  if (price.is !== undefined) throw fault(key, 'expected a column: no market has one price')
  return numberOf(price, key, fault)
}

function sidesOf({ quote, book }: MappedRows, fault: Fault): readonly [BookColumns[], BookColumns[]] {
  const sides = quote ?? book
  if (sides === undefined) return [[], []]
  const key = quote ? '/quote' : '/book'
  const { levels, first, digits } = book ?? { levels: 1 }
  const side = (of: Side, name: 'bid' | 'ask'): BookColumns[] => {
    const price = priceOf(sides[`${name}Price`], `${key}/${name}Price`, fault)
    const qty = numberOf(sides[`${name}Qty`], `${key}/${name}Qty`, fault)
    return Array.from({ length: levels }, (_, level) => {
      const number = String(level + (first ?? 0)).padStart(digits ?? 1, '0')
      const named = (terms: NumberTerms): NumberTerms =>
        terms.column === undefined || quote ? terms : { ...terms, column: terms.column.replaceAll('{n}', number) }
      return { side: of, price: named(price), qty: named(qty) }
    })
  }
  return [side(BUY, 'bid'), side(SELL, 'ask')]
}

function columnsOf(table: Table): string[] {
  const numbers = [
    table.price,
    table.qty,
    ...[...(table.bids ?? []), ...(table.asks ?? [])].flatMap(({ price, qty }) => [price, qty])
  ]
  const choices = [table.side, table.snapshot, table.skip, 'column' in table.action ? table.action : undefined]
  return [
    table.time.column,
    ...(table.symbol === undefined ? [] : [table.symbol]),
    ...(table.orderId === undefined ? [] : [table.orderId]),
    ...[...numbers, ...choices].flatMap((each) => (each?.column === undefined ? [] : [each.column]))
  ]
}

function checkZone(timeZone: string | undefined, { positionOf }: ParsedYaml<Mapping>): void {
  if (timeZone === undefined || TimeZone.isKnown(timeZone)) return
  throw new UserError('/timeZone must be a name such as America/New_York', positionOf('/timeZone'))
}

function list(texts: string | readonly string[]): readonly string[] {
  return typeof texts === 'string' ? [texts] : texts
}

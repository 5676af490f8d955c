import { UserError } from '../../../base/user-error.js'
import { BUY, SELL, type Side } from '../../../exchange/units.js'
import { DecimalNumber } from '../feed/decimal-number.js'
import type { CsvRow } from './csv-row.js'
import { OrderIdColumn } from './order-id-column.js'
import type { ChoiceTerms, NumberTerms, RowAction, Table } from './table.js'

export interface NumberColumn {
  /** -1: none, but `constant`. */
  readonly column: number
  readonly unit: DecimalNumber | undefined
  readonly constant: string | undefined
}

export interface LevelColumns {
  readonly price: NumberColumn
  readonly qty: NumberColumn
}

/** A text of a column that means something. */
export interface Meaning<T> {
  readonly text: Buffer
  readonly means: T
}

export interface ChoiceColumn {
  readonly column: number
  readonly values: readonly Buffer[]
}

/** Where the columns of a table are in one file. */
export class TableColumns {
  readonly actionColumn: number
  readonly actions: readonly Meaning<RowAction>[]
  /** What all rows tell, where no column says it. */
  readonly action: RowAction | undefined
  readonly decide: (() => RowAction | undefined) | undefined
  readonly begins: (() => boolean) | undefined
  /** -1: none. */
  readonly sideColumn: number
  readonly sides: readonly Meaning<Side>[]
  readonly price: NumberColumn | undefined
  readonly qty: NumberColumn | undefined
  readonly orderId: OrderIdColumn | undefined
  readonly bids: readonly LevelColumns[]
  readonly asks: readonly LevelColumns[]
  /** -1: none. */
  readonly event: number
  readonly snapshot: ChoiceColumn | undefined
  readonly skip: ChoiceColumn | undefined
  readonly follows: { readonly previous: number; readonly own: number } | undefined
  readonly #names: readonly string[]
  readonly #table: string
  readonly #row: CsvRow
  #needed = 0

  /** @throws UserError where a column is missing. */
  constructor(table: Table, names: readonly string[], row: CsvRow) {
    this.#names = names
    this.#table = table.name
    this.#row = row
    const { action, side, event, follows } = table
    const columnOf = (name: string): number => this.columnOf(name)
    this.action = 'is' in action ? action.is : undefined
    this.actionColumn = 'is' in action ? -1 : columnOf(action.column)
    this.actions = 'is' in action ? [] : Object.entries(action.values).map(([text, means]) => meaning(text, means))
    this.decide = table.decide?.(row, columnOf)
    this.begins = table.begins?.(row, columnOf)
    this.sideColumn = side ? columnOf(side.column) : -1
    const [buy, sell] = [side?.buy ?? [], side?.sell ?? []]
    this.sides = [...buy.map((text) => meaning(text, BUY)), ...sell.map((text) => meaning(text, SELL))]
    this.price = table.price && this.#number(table.price)
    this.qty = table.qty && this.#number(table.qty)
    this.orderId = table.orderId === undefined ? undefined : new OrderIdColumn(columnOf(table.orderId))
    this.bids = this.#levels(table.bids)
    this.asks = this.#levels(table.asks)
    this.event = typeof event === 'object' ? columnOf(event.column) : -1
    this.snapshot = table.snapshot && this.#choice(table.snapshot)
    this.skip = table.skip && this.#choice(table.skip)
    this.follows = follows && { previous: columnOf(follows.previous), own: columnOf(follows.own) }
  }

  /** As many columns every row must have. */
  get needed(): number {
    return this.#needed
  }

  columnOf(name: string): number {
    const at = this.#names.indexOf(name)
    if (at < 0) {
      const expected = `expected a column ${name} (${this.#table}), the file has ${this.#names.join(', ')}`
      throw this.#row.error(-1, expected)
    }
    if (this.#names.includes(name, at + 1)) {
      throw this.#row.error(-1, `the file has two columns ${name}, and one is meant (${this.#table})`)
    }
    this.#needed = Math.max(this.#needed, at + 1)
    return at
  }

  #number(terms: NumberTerms): NumberColumn {
    if (terms.column === undefined) return { column: -1, unit: undefined, constant: terms.is }
    return { column: this.columnOf(terms.column), unit: unitOf(terms.unit), constant: undefined }
  }

  #levels(levels: Table['bids'] = []): LevelColumns[] {
    return levels.map(({ price, qty }) => ({ price: this.#number(price), qty: this.#number(qty) }))
  }

  #choice({ column, values }: ChoiceTerms): ChoiceColumn {
    return { column: this.columnOf(column), values: values.map((value) => Buffer.from(value)) }
  }
}

/** Whether a row has one of the texts of a choice. */
export function isOneOf(row: CsvRow, { column, values }: ChoiceColumn): boolean {
  for (const value of values) if (row.is(column, value)) return true
  return false
}

function meaning<T>(text: string, means: T): Meaning<T> {
  return { text: Buffer.from(text), means }
}

function unitOf(text: string | undefined): DecimalNumber | undefined {
  if (text === undefined) return undefined
  const unit = new DecimalNumber()
  if (!unit.readText(text)) throw new UserError(`the unit "${text}" is no decimal`)
  return unit
}

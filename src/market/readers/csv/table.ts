import type { Phase } from '../../../exchange/phase.js'
import type { Side } from '../../../exchange/units.js'
import type { OrderAction } from '../feed/feed-sink.js'
import type { CsvRow } from './csv-row.js'
import type { DateOrder } from './read-time.js'

/**
 * What a row of a table tells. `book` is the best levels of both sides, `quote` the best prices, `bid` and `ask` the best price of
 * one side; phases begin.
 */
export type RowAction =
  OrderAction | Phase | 'level' | 'quote' | 'bid' | 'ask' | 'book' | 'trade' | 'hidden' | 'clear' | 'ignore'

/** How times are written. Whatever carries no zone is in `zone`, an IANA name. */
export type TimeTerms =
  /** Since 1970; "auto" tells the unit by the size. */
  | { readonly kind: 'unix'; readonly column: string; readonly unit: 's' | 'ms' | 'us' | 'ns' | 'auto' }
  /** "2024-05-08T13:30:00.123456789Z", "2024-05-08 13:30:00+02:00", "20240508 13:30:00.5", "08.05.2024 13:30" */
  | { readonly kind: 'iso'; readonly column: string; readonly zone: string; readonly dateOrder?: DateOrder }
  /** Of the day: "9:30:00.123", or since midnight; the date beside it, or for all of the file. */
  | {
      readonly kind: 'clock'
      readonly column: string
      readonly unit: 'clock' | 's' | 'ms' | 'us' | 'ns'
      readonly date: { readonly column: string } | { readonly is: string }
      readonly zone: string
      readonly dateOrder?: DateOrder
    }

/** A number in a column, times `unit` (a decimal) where the vendor counts in steps; or the same for all rows. */
export type NumberTerms =
  { readonly column: string; readonly unit?: string } | { readonly column?: undefined; readonly is: string }

/** Texts of a column that mean something. */
export interface ChoiceTerms {
  readonly column: string
  readonly values: readonly string[]
}

/** What the columns of a vendor's CSV mean. Columns are named as in the header, or as `columns` names them. */
export interface Table {
  readonly name: string
  /** One character; default a comma. */
  readonly delimiter?: string
  /** What stands before the decimals; default a point. */
  readonly decimal?: '.' | ','
  /** Names of the columns where there is no header. */
  readonly columns?: readonly string[]
  readonly time: TimeTerms
  /** Left out: `--symbol`, or what `symbolIs` says. */
  readonly symbol?: string
  readonly symbolIs?: string
  /** Goes before the symbols of the column. */
  readonly symbolPrefix?: string
  /** The column of what comes behind the symbol, with a point between them: the class of a share. */
  readonly symbolSuffix?: string
  readonly action:
    { readonly is: RowAction } | { readonly column: string; readonly values: Readonly<Record<string, RowAction>> }
  /** For prints, the aggressor's side; for orders and levels, theirs. */
  readonly side?: { readonly column: string; readonly buy: readonly string[]; readonly sell: readonly string[] }
  readonly price?: NumberTerms
  readonly qty?: NumberTerms
  readonly orderId?: string
  /** Of a row that tells both sides: levels, best first. One level for `quote`. */
  readonly bids?: readonly BookColumns[]
  readonly asks?: readonly BookColumns[]
  /** Rows of quotes tell one side each; the price of the other is 0. */
  readonly oneSided?: boolean
  /** What rows are one event: each its own, all of one time, or all with the same text in a column. */
  readonly event: 'row' | 'time' | { readonly column: string }
  /** Rows of a snapshot: the first of a run replaces the book, rows before the first run are left out. */
  readonly snapshot?: ChoiceTerms
  /** Rows that are left out. */
  readonly skip?: ChoiceTerms
  /** What a row tells where columns alone do not say it; undefined: as `action` says. */
  readonly decide?: (row: CsvRow, columns: (name: string) => number) => () => RowAction | undefined
  /** Whether a row begins an event though the ones before have its time. */
  readonly begins?: (row: CsvRow, columns: (name: string) => number) => () => boolean
  /** Update ids that follow one another, for gaps: this row's predecessor, and its own. */
  readonly follows?: { readonly previous: string; readonly own: string }
}

export interface BookColumns {
  readonly side: Side
  readonly price: NumberTerms
  readonly qty: NumberTerms
}

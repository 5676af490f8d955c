import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false }
const optional = Type.Optional
const text = Type.String({ minLength: 1 })
const texts = Type.Union([text, Type.Array(text, { minItems: 1 })])
const Decimal = Type.String({ pattern: '^\\d+(\\.\\d+)?$', description: 'a decimal as text, like "0.0001"' })
const Date = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'a date as text, like "2024-05-08"' })

/** A column, or for quantities the same number in all rows. */
const NumberOf = Type.Object({ column: optional(text), unit: optional(Decimal), is: optional(Decimal) }, closed)
const ChoiceOf = Type.Object({ column: text, values: texts }, closed)

const Time = Type.Object(
  {
    column: text,
    /** Since 1970; `iso`: written out; `clock`: 9:30:00.123; `sinceMidnight`: a number. */
    format: Type.Enum(['s', 'ms', 'us', 'ns', 'unix', 'iso', 'clock', 'sinceMidnight']),
    unit: optional(Type.Enum(['s', 'ms', 'us', 'ns'])),
    dateColumn: optional(text),
    date: optional(Date),
    /** Of dates that end with the year: 08/05/2024 or 05/08/2024. With points the day is first anyway. */
    dateOrder: optional(Type.Enum(['dmy', 'mdy']))
  },
  closed
)

const Action = Type.Object(
  {
    column: text,
    add: optional(texts),
    reduce: optional(texts),
    remove: optional(texts),
    modify: optional(texts),
    execute: optional(texts),
    level: optional(texts),
    bid: optional(texts),
    ask: optional(texts),
    trade: optional(texts),
    hidden: optional(texts),
    clear: optional(texts),
    ignore: optional(texts),
    preOpen: optional(texts),
    openingAuction: optional(texts),
    continuous: optional(texts),
    halt: optional(texts),
    volatilityAuction: optional(texts),
    closingAuction: optional(texts),
    tradeAtLast: optional(texts),
    closed: optional(texts)
  },
  closed
)

const Quote = Type.Object({ bidPrice: NumberOf, bidQty: NumberOf, askPrice: NumberOf, askQty: NumberOf }, closed)

const Book = Type.Object(
  {
    /** Names with {n} for the number of the level. */
    bidPrice: NumberOf,
    bidQty: NumberOf,
    askPrice: NumberOf,
    askQty: NumberOf,
    levels: Type.Integer({ minimum: 1, maximum: 1000 }),
    /** Number of the best level: 0 or 1. */
    first: optional(Type.Integer({ minimum: 0, maximum: 1 })),
    /** Digits of the number: 2 for bid_px_00. */
    digits: optional(Type.Integer({ minimum: 1, maximum: 4 }))
  },
  closed
)

const Rows = Type.Object(
  {
    /** For which files this is: `*trades*.csv`. Left out: those that have the columns. */
    files: optional(text),
    time: Time,
    symbol: optional(Type.Object({ column: optional(text), is: optional(text) }, closed)),
    tells: optional(Type.Enum(['level', 'quote', 'book', 'trade', 'hidden', 'add'])),
    action: optional(Action),
    side: optional(Type.Object({ column: text, buy: texts, sell: texts }, closed)),
    price: optional(NumberOf),
    qty: optional(NumberOf),
    orderId: optional(Type.Object({ column: text }, closed)),
    quote: optional(Quote),
    book: optional(Book),
    event: optional(Type.Union([Type.Enum(['row', 'time']), Type.Object({ column: text }, closed)])),
    snapshot: optional(ChoiceOf),
    skip: optional(ChoiceOf)
  },
  closed
)

/** A mapping file: what the columns of a vendor's CSV mean. */
export const MappingSchema = Type.Object(
  {
    source: optional(text),
    timeZone: optional(text),
    delimiter: optional(Type.Enum([',', ';', '|', 'tab', 'space'])),
    /** What stands before the decimals. */
    decimal: optional(Type.Enum(['.', ','])),
    /** Names of the columns, where the files have no header. */
    columns: optional(Type.Array(text, { minItems: 1 })),
    market: optional(text),
    currency: optional(text),
    tick: optional(Decimal),
    lot: optional(Decimal),
    rows: Type.Array(Rows, { minItems: 1 })
  },
  closed
)

export type Mapping = Static<typeof MappingSchema>
export type MappedRows = Mapping['rows'][number]
export type MappedNumber = Static<typeof NumberOf>

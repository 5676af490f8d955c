/** The names of the vendors' formats, apart from their readers: a help text needs no more. */
export const FORMAT_NAMES = [
  'lobster',
  'databento',
  'itch',
  'binance',
  'binance-files',
  'coinbase',
  'tardis',
  'lean',
  'nbbo',
  'csv',
  'parquet',
  'arrow'
] as const

export type FormatName = (typeof FORMAT_NAMES)[number]

/**
 * The data types of FIX 4.4 (vol. 1, "FIX field data types") as small integers, so that the validator can switch on them.
 * `Free` takes any value that is not empty.
 */
export const FieldType = {
  Free: 0,
  Char: 1,
  Int: 2,
  Float: 3,
  Boolean: 4,
  String: 5,
  MultipleValueString: 6,
  Country: 7,
  Currency: 8,
  Exchange: 9,
  MonthYear: 10,
  UtcTimestamp: 11,
  UtcTimeOnly: 12,
  UtcDate: 13,
  LocalMktDate: 14,
  Data: 15,
  Length: 16,
  SeqNum: 17,
  NumInGroup: 18,
  DayOfMonth: 19
} as const

export type FieldType = (typeof FieldType)[keyof typeof FieldType]

/** Type names of QuickFIX-format dictionaries, in upper case. */
const TYPE_NAMES: ReadonlyMap<string, FieldType> = new Map<string, FieldType>([
  ['CHAR', FieldType.Char],
  ['INT', FieldType.Int],
  ['TAGNUM', FieldType.Int],
  ['LENGTH', FieldType.Length],
  ['SEQNUM', FieldType.SeqNum],
  ['NUMINGROUP', FieldType.NumInGroup],
  ['DAYOFMONTH', FieldType.DayOfMonth],
  ['FLOAT', FieldType.Float],
  ['QTY', FieldType.Float],
  ['QUANTITY', FieldType.Float],
  ['PRICE', FieldType.Float],
  ['PRICEOFFSET', FieldType.Float],
  ['AMT', FieldType.Float],
  ['PERCENTAGE', FieldType.Float],
  ['BOOLEAN', FieldType.Boolean],
  ['STRING', FieldType.String],
  ['MULTIPLEVALUESTRING', FieldType.MultipleValueString],
  ['MULTIPLESTRINGVALUE', FieldType.MultipleValueString],
  ['MULTIPLECHARVALUE', FieldType.MultipleValueString],
  ['COUNTRY', FieldType.Country],
  ['CURRENCY', FieldType.Currency],
  ['EXCHANGE', FieldType.Exchange],
  ['MONTHYEAR', FieldType.MonthYear],
  ['UTCTIMESTAMP', FieldType.UtcTimestamp],
  ['TIME', FieldType.UtcTimestamp],
  ['UTCTIMEONLY', FieldType.UtcTimeOnly],
  ['UTCDATE', FieldType.UtcDate],
  ['UTCDATEONLY', FieldType.UtcDate],
  ['DATE', FieldType.UtcDate],
  ['LOCALMKTDATE', FieldType.LocalMktDate],
  ['DATA', FieldType.Data],
  ['XMLDATA', FieldType.Data]
])

/** The type of a dictionary's type name, in any case, or undefined where FIX has no such type. */
export function fieldTypeOf(name: string): FieldType | undefined {
  return TYPE_NAMES.get(name.toUpperCase())
}

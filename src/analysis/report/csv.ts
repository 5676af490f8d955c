import { HORIZONS } from '../tca/horizons.js'
import { PARTICIPATION_RATES } from '../tca/participation-rates.js'
import { type Tca } from '../tca/tca.js'
import { costJson, type CostJson } from './cost-json.js'

type Row = CostJson & { readonly outcome: string; readonly parent: string }

const MEASURE = ['money', 'bp', 'price'] as const

/** Columns of the CSV report and where their values come from. New columns are added at the end. */
const COLUMNS: readonly (readonly [name: string, value: (row: Row) => string | number | null])[] = [
  ['id', (row) => row.id],
  ['parent', (row) => row.parent],
  ['session', (row) => row.session],
  ['symbol', (row) => row.symbol],
  ['currency', (row) => row.currency],
  ['side', (row) => row.side],
  ['outcome', (row) => row.outcome],
  ['fills', (row) => row.fills],
  ['quantity', (row) => row.quantity],
  ['executed', (row) => row.executed],
  ['fillRatio', (row) => row.fillRatio],
  ['passiveShare', (row) => row.passiveShare],
  ['participation', (row) => row.participation],
  ['averagePrice', (row) => row.averagePrice],
  ['arrivedAt', (row) => row.arrivedAt],
  ['firstFillAt', (row) => row.firstFillAt],
  ['endedAt', (row) => row.endedAt],
  ['timeToFirstFill', (row) => row.timeToFirstFill],
  ['timeToCompletion', (row) => row.timeToCompletion],
  ['decision', (row) => row.benchmarks.decision],
  ['decisionSource', (row) => row.benchmarks.decisionSource],
  ['arrival', (row) => row.benchmarks.arrival],
  ['end', (row) => row.benchmarks.end],
  ['vwap', (row) => row.benchmarks.vwap],
  ['twap', (row) => row.benchmarks.twap],
  ...(['delay', 'trading', 'opportunity', 'fees', 'total'] as const).flatMap((part) =>
    MEASURE.map((unit) => [`${part}.${unit}`, (row: Row) => row.shortfall[part]?.[unit] ?? null] as const)
  ),
  ...(['arrival', 'vwap', 'twap'] as const).flatMap((benchmark) =>
    MEASURE.map(
      (unit) => [`against.${benchmark}.${unit}`, (row: Row) => row.against[benchmark]?.[unit] ?? null] as const
    )
  ),
  ...(['effective', 'quoted'] as const).flatMap((spread) =>
    MEASURE.map((unit) => [`${spread}.${unit}`, (row: Row) => row.spread[spread]?.[unit] ?? null] as const)
  ),
  ...HORIZONS.flatMap(({ label }, k) => horizonColumns(label, k)),
  ...MEASURE.map((unit) => [`improvement.${unit}`, (row: Row) => row.spread.improvement?.[unit] ?? null] as const),
  ['effectiveOverQuoted', (row) => row.spread.effectiveOverQuoted],
  ...HORIZONS.flatMap(({ label }, k) => markOutColumns(label, k)),
  ...PARTICIPATION_RATES.flatMap((rate) => {
    const name = `pwp${rate}` as const
    return [
      [name, (row: Row) => row.benchmarks[name]] as const,
      ...MEASURE.map((unit) => [`against.${name}.${unit}`, (row: Row) => row.against[name]?.[unit] ?? null] as const)
    ]
  }),
  ...HORIZONS.flatMap(({ label }, k) => [
    [`reversion.${label}.price`, (row: Row) => row.reversion[k].price] as const,
    [`reversion.${label}.bp`, (row: Row) => row.reversion[k].bp] as const
  ])
]

function horizonColumns(label: string, k: number): (readonly [string, (row: Row) => string | number | null])[] {
  return [
    [`measured.${label}`, (row) => row.spread.horizons[k].measured],
    ...(['realised', 'impact'] as const).map(
      (part) => [`${part}.${label}.bp`, (row: Row) => row.spread.horizons[k][part]?.bp ?? null] as const
    )
  ]
}

function markOutColumns(label: string, k: number): (readonly [string, (row: Row) => string | number | null])[] {
  return [
    [`markOut.${label}.bp`, (row) => row.spread.horizons[k].markOut?.bp ?? null],
    [`adverseShare.${label}`, (row) => row.spread.horizons[k].adverseShare]
  ]
}

/** The report as CSV (RFC 4180, with a header), a row per order; empty where something could not be measured. */
export function* csvReport(tca: Tca): Generator<string> {
  yield `${COLUMNS.map(([name]) => name).join(',')}\r\n`
  for (let order = 0; order < tca.orders; order++) {
    const row: Row = {
      ...costJson(tca.order(order), tca.recording),
      outcome: tca.recording.orders.outcome(order),
      parent: parentId(tca, order)
    }
    yield `${COLUMNS.map(([, value]) => field(value(row))).join(',')}\r\n`
  }
}

function parentId({ recording: { orders } }: Tca, order: number): string {
  return orders.link[order] ?? orders.clOrdId[order]
}

const PLAIN_NUMBER = /^-?[\d.]+$/

/** Quotes what needs it. Text that a spreadsheet would take for a formula is led by an apostrophe, as ids come from outside. */
function field(value: string | number | null): string {
  if (value === null) return ''
  const text = String(value)
  const safe = /^[=+\-@\t\r]/.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

import { formatQuantity } from '../../../exchange/instrument.js'
import { quantity } from '../../../exchange/units.js'
import { times, type Exact } from '../../exact.js'
import { type Ratio } from '../../ratio.js'
import { type Cost } from '../../tca/cost.js'
import { formatMark, formatMarkRatio } from '../../tca/marks.js'
import { type SymbolCost } from '../../tca/symbol-cost.js'
import { SHOWN_HORIZON } from '../../tca/horizons.js'
import { ABSENT, amountText, bpText, grouped, percentText, shareText } from '../figure-text.js'
import { element, type Markup } from '../plot/markup.js'
import { SHORTFALL_PARTS, type ShortfallPart } from '../summary.js'
import { duration } from '../time-text.js'
import { htmlTable, type TableColumn } from './table.js'

const count = (value: number): string => grouped(String(value))
const capital = (text: string): string => text[0].toUpperCase() + text.slice(1)

/** The shortfall by symbol. */
export function symbolCostTable(symbols: readonly SymbolCost[]): Markup {
  const bp = (part: ShortfallPart) => (symbol: SymbolCost) =>
    symbol.measuredParents > 0 ? bpText(symbol.shortfall[part], symbol.benchmarkNotional) : ABSENT
  return htmlTable<SymbolCost>(
    [
      { head: 'Symbol', word: true, cell: ({ instrument }) => instrument.symbol },
      { head: 'Parents', cell: ({ parents }) => count(parents) },
      { head: 'Orders', cell: ({ orders }) => count(orders) },
      {
        head: 'Ordered',
        cell: ({ instrument, quantity: ordered }) => grouped(formatQuantity(instrument, quantity(ordered)))
      },
      { head: 'Filled', cell: ({ executed, quantity: ordered }) => percentText(executed, ordered) },
      ...SHORTFALL_PARTS.map((part): TableColumn<SymbolCost> => ({
        head: `${capital(part)}`,
        signed: true,
        cell: bp(part)
      })),
      { head: 'Total', signed: true, cell: bp('total') },
      {
        head: 'Money',
        signed: true,
        cell: (symbol) => (symbol.measuredParents > 0 ? amountText(symbol.shortfall.total, symbol.scale) : ABSENT)
      },
      { head: 'Currency', word: true, cell: ({ instrument }) => instrument.currency }
    ],
    symbols
  )
}

/** Spreads and times by symbol. */
export function symbolFillTable(symbols: readonly SymbolCost[]): Markup {
  const bp = ({ spread }: SymbolCost, amount: Exact) => (spread.fills > 0 ? bpText(amount, spread.midNotional) : ABSENT)
  const median = (time: SymbolCost['timeToFirstFill']) =>
    `${time.median === undefined ? ABSENT : duration(time.median)}${time.censored > 0 ? ` (${count(time.censored)})` : ''}`
  return htmlTable<SymbolCost>(
    [
      { head: 'Symbol', word: true, cell: ({ instrument }) => instrument.symbol },
      { head: 'Fills', cell: ({ fills }) => count(fills) },
      { head: 'Passive', cell: ({ addedQty, executed }) => percentText(addedQty, executed) },
      { head: 'Quoted', cell: (symbol) => bp(symbol, symbol.spread.quoted).replace('+', '') },
      { head: 'Effective', signed: true, cell: (symbol) => bp(symbol, symbol.spread.effective) },
      { head: 'E/Q', cell: ({ spread }) => shareText(spread.effective, spread.quoted) },
      { head: 'Improved', cell: (symbol) => bp(symbol, symbol.spread.improvement) },
      ...(symbols[0]?.spread.horizons ?? []).map(({ label }, k): TableColumn<SymbolCost> => ({
        head: k === 0 ? `Realised ${label}` : label,
        signed: true,
        cell: ({ spread }) => {
          const { measured, realised, midNotional } = spread.horizons[k]
          return measured > 0 ? bpText(realised, midNotional) : ABSENT
        }
      })),
      {
        head: 'Adverse 1s',
        cell: ({ spread: { horizons } }) => shareText(horizons[SHOWN_HORIZON].adverseQty, horizons[SHOWN_HORIZON].qty)
      },
      { head: 'First fill', cell: ({ timeToFirstFill }) => median(timeToFirstFill) },
      { head: 'Completion', cell: ({ timeToCompletion }) => median(timeToCompletion) }
    ],
    symbols
  )
}

/** All parents; those with pictures link to them. */
export function parentTable(parents: readonly Cost[], pictured: ReadonlySet<number>): Markup {
  return htmlTable<Cost>(
    [
      {
        head: 'Parent',
        word: true,
        cell: ({ id, row }) => (pictured.has(row) ? element('a', { href: `#parent-${row}`, title: id }, id) : id)
      },
      { head: 'Symbol', word: true, cell: ({ instrument }) => instrument.symbol },
      { head: 'Side', word: true, cell: ({ side }) => (side > 0 ? 'buy' : 'sell') },
      { head: 'Orders', cell: ({ orders }) => count(orders) },
      {
        head: 'Quantity',
        cell: ({ instrument, quantity: wanted }) => grouped(formatQuantity(instrument, quantity(wanted)))
      },
      { head: 'Filled', cell: ({ executed, quantity: wanted }) => percentText(executed, wanted) },
      {
        head: 'Decision',
        cell: ({ benchmarks, scale }) =>
          benchmarks.decision === undefined ? ABSENT : formatMark(benchmarks.decision, scale)
      },
      {
        head: 'Average',
        cell: ({ averagePrice, scale, instrument }) =>
          averagePrice ? formatMarkRatio(averagePrice, scale, instrument.priceDecimals + 2) : ABSENT
      },
      { head: 'vs VWAP', signed: true, cell: vwapText },
      ...SHORTFALL_PARTS.map((part): TableColumn<Cost> => ({
        head: `${capital(part)}`,
        signed: true,
        cell: ({ shortfall, benchmarkNotional }) => bpText(shortfall[part], benchmarkNotional)
      })),
      {
        head: 'Total',
        signed: true,
        cell: ({ shortfall, benchmarkNotional }) => bpText(shortfall.total, benchmarkNotional)
      },
      { head: 'Money', signed: true, cell: ({ shortfall, scale }) => amountText(shortfall.total, scale) }
    ],
    parents
  )
}

/** What the fills paid above the interval's VWAP, in bp of it. */
export function vwapText({ benchmarks: { vwap }, executed, againstVwap }: Cost): string {
  return againstText(againstVwap, vwap, executed)
}

/** What they paid above a participation-weighted price, by its place among the rates. */
export function participationText({ benchmarks, executed, againstParticipationWeighted }: Cost, rate: number): string {
  return againstText(againstParticipationWeighted[rate], benchmarks.participationWeighted[rate], executed)
}

function againstText(amount: Ratio | undefined, price: Ratio | undefined, executed: number): string {
  return bpText(amount, price && { numerator: times(price.numerator, executed), denominator: price.denominator })
}

import Table from 'cli-table3'
import { createColors } from 'picocolors'
import { formatQuantity } from '../../exchange/instrument.js'
import { quantity } from '../../exchange/units.js'
import { times } from '../exact.js'
import { type Cost } from '../tca/cost.js'
import { formatCents, formatMark, formatMarkRatio } from '../tca/marks.js'
import { type CensoredTime, type SymbolCost } from '../tca/symbol-cost.js'
import { type Tca } from '../tca/tca.js'
import { assumptions } from './assumptions.js'
import {
  ABSENT,
  amountText,
  bpText,
  counted,
  grouped,
  moneyText,
  percentText,
  printable,
  ratioText,
  shareText,
  shortened,
  wrapped
} from './figure-text.js'
import { SHOWN_HORIZON } from '../tca/horizons.js'
import { largestParents } from './largest-parents.js'
import { moneyBasisPoints, refusedText, SHORTFALL_PARTS, summarise, type CurrencySummary } from './summary.js'
import { isoTime } from '../../base/iso-time.js'
import { clockTime, duration } from './time-text.js'

/** Columns that every line of the text report fits. */
export const TEXT_WIDTH = 100

export interface TextReportOptions {
  readonly color: boolean
  /** Parents in the table, those with the largest cost first. */
  readonly parents?: number
}

type Colors = ReturnType<typeof createColors>

/** The report as text for a terminal, in at most {@link TEXT_WIDTH} columns. */
export function textReport(tca: Tca, { color, parents = 20 }: TextReportOptions): string {
  const colors = createColors(color)
  const { recording } = tca
  const { facts, refusals } = recording
  const title = colors.bold('Transaction cost analysis')
  if (tca.orders === 0) return `${title}\n\nThe journal has no accepted order.\n`
  const from = isoTime(recording.start, facts.epoch).slice(0, 19).replace('T', ' ')
  const refused = refusals.orders + refusals.cancels + refusals.replaces
  const largest = largestParents(tca, parents)
  const shown = largest.length < tca.parents ? `, the ${largest.length} of ${tca.parents} with the largest cost` : ''
  return [
    `${title}  ${from} to ${clockTime(recording.end).slice(0, 8)} venue time, UTC\n`,
    ...assumptions(tca).map(([subject, text]) => {
      const indent = ' '.repeat(12)
      return colors.dim(`${subject.padEnd(11)} ${wrapped(printable(text), TEXT_WIDTH, indent)}`)
    }),
    '',
    ...summarise(tca).map((summary) => summaryText(summary, colors)),
    ...(refused > 0 ? [refusedText(refusals)] : []),
    '',
    heading('Implementation shortfall by symbol', 'bp of decision notional; + is a cost', colors),
    shortfallTable(tca.symbols, colors),
    '',
    heading('Spreads by symbol', '2 s (price - mid) in bp of mid; realised spread by time after the fill', colors),
    spreadTable(tca.symbols, colors),
    '',
    heading(
      'Fills by symbol',
      'improvement on the far touch in bp; adverse after 1 s; median times (Kaplan-Meier)',
      colors
    ),
    fillTable(tca.symbols, colors),
    '',
    heading(`Parents${shown}`, 'bp of decision notional, of VWAP', colors),
    parentTable(largest, colors),
    ''
  ].join('\n')
}

function heading(text: string, note: string, colors: Colors): string {
  return `${colors.bold(text)}  ${colors.dim(note)}`
}

function summaryText(summary: CurrencySummary, colors: Colors): string {
  const { currency, shortfall, benchmarkNotional, parents, measuredParents } = summary
  const counts = [
    counted(parents, 'parent'),
    counted(summary.orders, 'order'),
    counted(summary.fills, 'fill'),
    `${grouped(formatCents(summary.turnover))} ${currency} traded`
  ].join(' · ')
  if (measuredParents === 0) return `${counts}\nImplementation shortfall ${ABSENT} (no parent has all its benchmarks)`
  const parts = SHORTFALL_PARTS.map((part) => `${part} ${moneyText(shortfall[part])}`).join(', ')
  const bp = ratioText(moneyBasisPoints(shortfall.total, benchmarkNotional))
  const some = measuredParents < parents ? ` over the ${measuredParents} parents that have all benchmarks` : ''
  return (
    `${counts}\nImplementation shortfall ` +
    `${colors.bold(`${moneyText(shortfall.total)} ${currency}`)} = ${colors.bold(`${bp} bp`)}${some}\n  ${parts}`
  )
}

function shortfallTable(symbols: readonly SymbolCost[], colors: Colors): string {
  return table(
    ['Symbol', 'Parents', 'Ordered', 'Filled', 'Delay', 'Trading', 'Opport.', 'Fees', 'Total', 'Total money'],
    [12, 8, 12, 7, 9, 9, 9, 8, 9, 16],
    symbols.map((symbol) => {
      const { instrument, shortfall, benchmarkNotional, scale } = symbol
      const measured = symbol.measuredParents > 0
      const bp = (part: keyof typeof shortfall) => (measured ? bpText(shortfall[part], benchmarkNotional) : ABSENT)
      return [
        instrument.symbol,
        grouped(String(symbol.parents)),
        grouped(formatQuantity(instrument, quantity(symbol.quantity))),
        percentText(symbol.executed, symbol.quantity),
        ...SHORTFALL_PARTS.map(bp),
        bp('total'),
        measured ? `${amountText(shortfall.total, scale)} ${instrument.currency}` : ABSENT
      ]
    }),
    colors
  )
}

function spreadTable(symbols: readonly SymbolCost[], colors: Colors): string {
  const labels = symbols[0].spread.horizons.map(({ label }) => label)
  return table(
    ['Symbol', 'Quoted', 'Effective', ...labels, 'Left out'],
    [12, 9, 11, 10, 10, 10, 10, 10, 18],
    symbols.map(({ instrument, spread, fills }) => {
      const bp = (amount: SymbolCost['notional']) => (spread.fills > 0 ? bpText(amount, spread.midNotional) : ABSENT)
      const left = spread.horizons.map(({ measured }) => fills - measured)
      return [
        instrument.symbol,
        bp(spread.quoted).replace('+', ''),
        bp(spread.effective),
        ...spread.horizons.map((h) => (h.measured > 0 ? bpText(h.realised, h.midNotional) : ABSENT)),
        Math.max(...left) === 0 ? 'none' : `${left[0]}–${left[left.length - 1]} of ${fills}`
      ]
    }),
    colors
  )
}

function fillTable(symbols: readonly SymbolCost[], colors: Colors): string {
  const time = ({ median, censored }: CensoredTime) => [
    median === undefined ? ABSENT : duration(median),
    String(censored)
  ]
  return table(
    [
      'Symbol',
      'Orders',
      'Fills',
      'Passive',
      'E/Q',
      'Improved',
      'Adverse',
      'First fill',
      'without',
      'Completion',
      'without'
    ],
    [11, 8, 9, 8, 7, 10, 8, 12, 8, 11, 8],
    symbols.map((symbol) => [
      symbol.instrument.symbol,
      grouped(String(symbol.orders)),
      grouped(String(symbol.fills)),
      percentText(symbol.addedQty, symbol.executed),
      shareText(symbol.spread.effective, symbol.spread.quoted),
      symbol.spread.fills > 0 ? bpText(symbol.spread.improvement, symbol.spread.midNotional) : ABSENT,
      shareText(symbol.spread.horizons[SHOWN_HORIZON].adverseQty, symbol.spread.horizons[SHOWN_HORIZON].qty),
      ...time(symbol.timeToFirstFill),
      ...time(symbol.timeToCompletion)
    ]),
    colors
  )
}

function parentTable(parents: readonly Cost[], colors: Colors): string {
  return table(
    ['Parent', 'Symbol', 'Side', 'Quantity', 'Filled', 'Decision', 'Average', 'VWAP', 'Total', 'Total money'],
    [13, 10, 5, 11, 7, 11, 12, 9, 9, 13],
    parents.map((cost) => {
      const { scale, instrument, benchmarks, averagePrice, executed } = cost
      const { vwap } = benchmarks
      const vwapNotional = vwap && { numerator: times(vwap.numerator, executed), denominator: vwap.denominator }
      return [
        printable(cost.id),
        instrument.symbol,
        cost.side > 0 ? 'buy' : 'sell',
        grouped(formatQuantity(instrument, quantity(cost.quantity))),
        percentText(executed, cost.quantity),
        benchmarks.decision === undefined ? ABSENT : formatMark(benchmarks.decision, scale),
        averagePrice ? formatMarkRatio(averagePrice, scale, instrument.priceDecimals + 2) : ABSENT,
        bpText(cost.againstVwap, vwapNotional),
        bpText(cost.shortfall.total, cost.benchmarkNotional),
        amountText(cost.shortfall.total, scale)
      ]
    }),
    colors
  )
}

/** Columns that hold words; the others are numbers and stand at the right. */
const WORDS = new Set(['Symbol', 'Parent', 'Side'])

/** A table without frames, the header over one rule. `widths` sum up to at most {@link TEXT_WIDTH}. */
function table(
  head: readonly string[],
  widths: readonly number[],
  rows: readonly (readonly string[])[],
  colors: Colors
): string {
  const chars = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '' }
  const none = { 'bottom-left': '', 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '' }
  const frame = new Table({
    colWidths: [...widths],
    colAligns: head.map((name) => (WORDS.has(name) ? 'left' : 'right')),
    chars: { ...chars, ...none, right: '', 'right-mid': '', middle: '' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1, compact: true }
  })
  frame.push(head.map((name) => colors.dim(name)))
  for (const row of rows) frame.push(row.map((cell, i) => shortened(cell, widths[i] - 1)))
  return frame
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

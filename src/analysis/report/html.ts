import { type Tca } from '../tca/tca.js'
import { formatCents } from '../tca/marks.js'
import { assumptions } from './assumptions.js'
import { ABSENT, counted, grouped, moneyText, percentText, ratioText } from './figure-text.js'
import { colourKey, parentSection } from './html/parent-section.js'
import { pageHead } from './html/page-head.js'
import { symbolBars } from './html/symbol-bars.js'
import { parentTable, symbolCostTable, symbolFillTable } from './html/tables.js'
import { largestParents } from './largest-parents.js'
import { element, fragment, type Markup } from './plot/markup.js'
import { moneyBasisPoints, refusedText, summarise, type CurrencySummary } from './summary.js'
import { isoTime } from '../../base/iso-time.js'
import { clockTime } from './time-text.js'

export interface HtmlReportOptions {
  /** Parents that get pictures: those with the largest cost. */
  readonly pictured?: number
  /** Parents whose pictures are unfolded at first. */
  readonly open?: number
  /** Rows of the parents' table, those with the largest cost first. */
  readonly listed?: number
}

/** The report as one HTML file that needs nothing else: style and pictures are inside, there is no script. */
export function* htmlReport(tca: Tca, options: HtmlReportOptions = {}): Generator<string> {
  const { pictured = 25, open = 3, listed = 2000 } = options
  const { recording } = tca
  const day = isoTime(recording.start || 0, recording.facts.epoch).slice(0, 10)
  const title = `Transaction cost analysis ${day}`
  yield '<!doctype html>\n<html lang="en">\n'
  yield pageHead(title).markup
  yield '\n<body><main>\n'
  yield header(tca, title).markup
  if (tca.orders === 0) yield element('p', { class: 'none' }, 'The journal has no accepted order.').markup
  else {
    yield symbols(tca).markup
    const parents = largestParents(tca, listed)
    const shown = parents.slice(0, pictured)
    yield list(tca, parents, new Set(shown.map(({ row }) => row))).markup
    const fills = fillsByParent(tca, new Set(shown.map(({ row }) => row)))
    yield element('h2', {}, 'Parent orders in pictures', which(shown.length, tca.parents)).markup
    for (let i = 0; i < shown.length; i++)
      yield `${parentSection(shown[i], recording, fills.get(shown[i].row) ?? [], i < open).markup}\n`
  }
  yield footer().markup
  yield '\n</main></body></html>\n'
}

function header(tca: Tca, title: string): Markup {
  const { recording } = tca
  const { facts, refusals, start, end } = recording
  const refused = refusals.orders + refusals.cancels + refusals.replaces
  const summaries = summarise(tca)
  return fragment(
    element('h1', {}, title),
    Number.isNaN(start)
      ? undefined
      : element(
          'p',
          { class: 'when' },
          `${isoTime(start, facts.epoch).slice(0, 19).replace('T', ' ')} to ${clockTime(end).slice(0, 8)} venue time (UTC)`,
          recording.sessionNames.length > 0 ? `, ${recording.sessionNames.join(', ')}` : ''
        ),
    ...summaries.map((summary) => tiles(summary, tca)),
    refused > 0 ? element('p', { class: 'note' }, refusedText(refusals)) : undefined,
    element('h2', {}, 'Assumptions'),
    element(
      'div',
      { class: 'card assumptions' },
      element(
        'dl',
        { style: 'display: block' },
        assumptions(tca).map(([subject, text]) =>
          element('div', {}, element('dt', {}, subject), element('dd', {}, text))
        )
      )
    )
  )
}

function tiles(summary: CurrencySummary, tca: Tca): Markup {
  const { currency, shortfall, benchmarkNotional, measuredParents, parents } = summary
  const its = tca.symbols.filter(({ instrument }) => instrument.currency === currency)
  const measured = measuredParents > 0
  const bp = measured ? ratioText(moneyBasisPoints(shortfall.total, benchmarkNotional)) : ABSENT
  const tile = (what: string, figure: string, more: string, wide = false) =>
    element(
      'div',
      { class: wide ? 'tile wide' : 'tile' },
      element('div', { class: 'what' }, what),
      element('div', { class: 'figure' }, figure),
      element('div', { class: 'more' }, more)
    )
  const parts = `delay ${moneyText(shortfall.delay)}, trading ${moneyText(shortfall.trading)}, opportunity ${moneyText(shortfall.opportunity)}, fees ${moneyText(shortfall.fees)}`
  const sum = (of: (symbol: (typeof its)[number]) => number) => its.reduce((total, symbol) => total + of(symbol), 0)
  const some = measuredParents < parents ? ` of ${measuredParents} parents that have all benchmarks` : ''
  return element(
    'div',
    { class: 'tiles' },
    tile(
      `Implementation shortfall${some}`,
      measured ? `${moneyText(shortfall.total)} ${currency}` : ABSENT,
      measured ? parts : '',
      true
    ),
    tile('Shortfall', `${bp} bp`, 'of decision notional'),
    tile(
      'Traded',
      grouped(formatCents(summary.turnover)).replace(/\.\d+$/, ''),
      `${currency}, ${counted(summary.symbols, 'symbol')}`
    ),
    tile('Parents', grouped(String(parents)), `${counted(summary.orders, 'order')}, ${counted(summary.fills, 'fill')}`),
    tile(
      'Passive',
      percentText(
        sum(({ addedQty }) => addedQty),
        sum(({ executed }) => executed)
      ),
      'of executed quantity'
    )
  )
}

function symbols(tca: Tca): Markup {
  const key = colourKey([
    ['var(--delay)', 'delay'],
    ['var(--trading)', 'trading'],
    ['var(--opportunity)', 'opportunity'],
    ['var(--fees)', 'fees'],
    ['var(--ink)', 'total (mark)']
  ])
  const bars = symbolBars(tca.symbols)
  return fragment(
    element(
      'h2',
      {},
      'Cost by symbol',
      element('small', {}, 'implementation shortfall in bp of decision notional; right of zero, and +, is a cost')
    ),
    element('div', { class: 'card' }, bars ? key : undefined, bars, symbolCostTable(tca.symbols)),
    element(
      'h2',
      {},
      'Fills by symbol',
      element(
        'small',
        {},
        'spreads 2 s (price − mid) in bp of mid; times are medians (Kaplan-Meier), in brackets the orders that never got there'
      )
    ),
    element('div', { class: 'card' }, symbolFillTable(tca.symbols))
  )
}

function list(tca: Tca, parents: Parameters<typeof parentTable>[0], pictured: ReadonlySet<number>): Markup {
  return fragment(
    element('h2', {}, 'Parent orders', which(parents.length, tca.parents, 'costs in bp of decision notional; ')),
    element('div', { class: 'card' }, parentTable(parents, pictured))
  )
}

function which(shown: number, all: number, note = ''): Markup {
  const text =
    shown < all ? `the ${grouped(String(shown))} of ${grouped(String(all))} with the largest cost` : 'by size of cost'
  return element('small', {}, note + text)
}

function footer(): Markup {
  return element(
    'footer',
    {},
    'Implementation shortfall after Perold (1988), in the four parts of Wagner and Edwards (1993). Realised spread and price impact after Huang and Stoll (1996). Fills whose later mid was not recorded are left out of that horizon and counted.'
  )
}

/** Rows of the fills of some parents, in time order. */
function fillsByParent(tca: Tca, wanted: ReadonlySet<number>): Map<number, number[]> {
  const { fills } = tca.recording
  const found = new Map<number, number[]>()
  for (let row = 0; row < fills.length; row++) {
    const parent = tca.parentOf(fills.order[row])
    if (!wanted.has(parent)) continue
    const rows = found.get(parent)
    if (rows) rows.push(row)
    else found.set(parent, [row])
  }
  return found
}

import { formatQuantity } from '../../../exchange/instrument.js'
import { quantity } from '../../../exchange/units.js'
import { type Recording } from '../../recording/recording.js'
import { type Cost } from '../../tca/cost.js'
import { SHOWN_HORIZON } from '../../tca/horizons.js'
import { formatMark, formatMarkRatio } from '../../tca/marks.js'
import { PARTICIPATION_RATES } from '../../tca/participation-rates.js'
import { ABSENT, amountText, bpText, grouped, percentText, shareText } from '../figure-text.js'
import { element, fragment, type Markup } from '../plot/markup.js'
import { clockTime, duration } from '../time-text.js'
import { costBars } from './cost-bars.js'
import { fillDots } from './fill-dots.js'
import { horizonBars } from './horizon-bars.js'
import { PLOT_LEFT, PLOT_RIGHT, pricePlot } from './price-plot.js'
import { schedulePlot } from './schedule-plot.js'
import { participationText, vwapText } from './tables.js'
import { windowOf } from './window.js'

/** A parent with its pictures, folded to one line unless `open`. */
export function parentSection(cost: Cost, recording: Recording, fillRows: readonly number[], open: boolean): Markup {
  const { instrument, side, shortfall, benchmarkNotional, executed } = cost
  const window = windowOf(cost, recording)
  const dots = fillDots(recording, fillRows, window, PLOT_RIGHT - PLOT_LEFT)
  const sideText = side > 0 ? 'buy' : 'sell'
  const total = bpText(shortfall.total, benchmarkNotional)
  const own = side > 0 ? 'var(--buy)' : 'var(--sell)'
  return element(
    'details',
    { class: 'parent', id: `parent-${cost.row}`, open },
    element(
      'summary',
      {},
      element('span', { class: 'id' }, cost.id),
      element(
        'span',
        {},
        element('span', { class: `side ${sideText}` }, sideText),
        ` ${amount(cost, cost.quantity)} ${instrument.symbol}`
      ),
      element(
        'span',
        { class: 'when' },
        `${percentText(executed, cost.quantity)} filled, ${clockTime(cost.arrivedAt).slice(0, 8)} to ${cost.endedAt === undefined ? 'still working' : clockTime(cost.endedAt).slice(0, 8)}`
      ),
      element('span', { class: total.startsWith('+') ? 'total cost' : 'total gain' }, `${total} bp`)
    ),
    element(
      'div',
      { class: 'inside' },
      facts(cost, recording),
      element(
        'div',
        { class: 'plots' },
        element(
          'div',
          {},
          element('h3', {}, 'Price and fills'),
          key([
            ['dot', own, 'removed liquidity'],
            ['ring', own, 'added liquidity (area: quantity)'],
            ['', 'var(--band)', 'bid to ask']
          ]),
          pricePlot(cost, recording, window, dots)
        ),
        element(
          'div',
          {},
          element('h3', {}, 'Cost by component', element('small', {}, 'bp of decision notional; right is a cost')),
          costBars(cost)
        ),
        element(
          'div',
          {},
          element('h3', {}, 'Execution against schedule', element('small', {}, 'cumulative quantity')),
          schedulePlot(cost, recording, window, fillRows)
        ),
        element(
          'div',
          {},
          element('h3', {}, 'Effective spread = realised + impact', element('small', {}, 'bp of mid')),
          key([
            ['', 'var(--realised)', 'realised'],
            ['', 'var(--impact)', 'impact'],
            ['', 'var(--ink)', 'effective (line)']
          ]),
          horizonBars(cost.spread, `Realised spread and price impact of parent ${cost.id} by horizon`)
        )
      )
    )
  )
}

function amount({ instrument }: Cost, qty: number): string {
  return grouped(formatQuantity(instrument, quantity(qty)))
}

function facts(cost: Cost, recording: Recording): Markup {
  const { scale, instrument, benchmarks, averagePrice, executed, arrivedAt, firstFillAt, endedAt, spread } = cost
  const horizon = spread.horizons[SHOWN_HORIZON]
  const mark = (value: number | undefined) => (value === undefined ? ABSENT : formatMark(value, scale))
  const average = (value: Cost['averagePrice']) =>
    value ? formatMarkRatio(value, scale, instrument.priceDecimals + 3) : ABSENT
  const since = (time: number | undefined) => (time === undefined ? ABSENT : duration(time - arrivedAt))
  const rows: readonly (readonly [string, string])[] = [
    ['Shortfall', `${amountText(cost.shortfall.total, scale)} ${instrument.currency}`],
    ['Average price', average(averagePrice)],
    [`Decision (${SOURCES[benchmarks.decisionSource]})`, mark(benchmarks.decision)],
    ['Arrival', mark(benchmarks.arrival)],
    ['End', mark(benchmarks.end)],
    ['VWAP', average(benchmarks.vwap)],
    ['TWAP', average(benchmarks.twap)],
    ['Against VWAP', `${vwapText(cost)} bp`],
    ...PARTICIPATION_RATES.map((rate, i) => [`Against PWP ${rate}%`, `${participationText(cost, i)} bp`] as const),
    ['Orders, fills', `${grouped(String(cost.orders))}, ${grouped(String(cost.fills))}`],
    ['Executed', amount(cost, executed)],
    ['Participation', percentText(executed, executed + Number(cost.marketVolume))],
    ['Passive', percentText(cost.addedQty, executed)],
    ['Effective / quoted', shareText(spread.effective, spread.quoted)],
    ['Adverse after 1s', shareText(horizon.adverseQty, horizon.qty)],
    ['Reversion after 1min', reversionText(cost)],
    ['First fill', since(firstFillAt)],
    [executed === cost.quantity ? 'Completed' : 'Ended', endedAt === undefined ? 'still working' : since(endedAt)],
    ['Session', recording.sessionNames[cost.session] ?? `client ${cost.session}`]
  ]
  return element(
    'div',
    { class: 'facts' },
    rows.map(([name, value]) => element('div', {}, element('span', {}, name), value))
  )
}

/** How far the mid came back within a minute of the end, in bp of the end's. */
function reversionText({ reversion, benchmarks: { end } }: Cost): string {
  const price = reversion.find(({ label }) => label === '1min')?.price
  return price === undefined ? ABSENT : `${bpText(price, end)} bp`
}

const SOURCES = { client: 'client', request: 'mid' } as const

function key(entries: readonly (readonly [shape: string, color: string, text: string])[]): Markup {
  return element(
    'div',
    { class: 'key' },
    entries.map(([shape, color, text]) => {
      const style = shape === 'ring' ? `border-color: ${color}` : `background: ${color}`
      return element('span', {}, element('i', { class: shape, style }), text)
    })
  )
}

/** A key for colours, for pictures outside of parents. */
export function colourKey(entries: readonly (readonly [color: string, text: string])[]): Markup {
  return fragment(key(entries.map(([color, text]) => ['', color, text])))
}

import { powerOfTen } from '../base/decimal.js'
import { toUnixNanos } from '../base/time.js'
import type { Instrument } from '../exchange/instrument.js'
import { pageHead } from '../analysis/report/html/page-head.js'
import { frame, picture, xAxis, yAxis, type Frame } from '../analysis/report/plot/frame.js'
import { element, fragment, type Markup } from '../analysis/report/plot/markup.js'
import { bandPath, linePath, type Point } from '../analysis/report/plot/paths.js'
import { linearScale, niceTicks, timeTicks, type Scale } from '../analysis/report/plot/scale.js'
import { localMidnight } from '../market/local-midnight.js'
import type { DayColumns, DayWatch } from '../market/statistics/day-columns.js'
import type { InstrumentReport, TapeReport } from '../market/statistics/tape-report.js'

const PRICES = frame(1160, 320, { left: 76, right: 14, top: 10, bottom: 24 })
const BELOW = frame(1160, 120, { left: 76, right: 14, top: 8, bottom: 24 })

/** Columns of a picture, one each pixel. */
export const PICTURE_COLUMNS = PRICES.right - PRICES.left

const TAPE_STYLE = `
.band { fill: var(--band); } .mid { fill: none; stroke: var(--ink); stroke-width: 1.1; stroke-dasharray: none; }
.card h2 { margin-top: 0; } .idle { fill: var(--grid); } .phase { fill: var(--soft); font-size: 11px; }
.bought { stroke: var(--buy); } .sold { stroke: var(--sell); } .other { stroke: var(--quote); }
.line { fill: none; stroke-width: 1.2; } svg { width: 100%; height: auto; }
.axis text { fill: var(--soft); font-size: 11px; } .grid { stroke: var(--grid); } .base { stroke: var(--line); }
`

/** A tape as one page that needs nothing else: prices, volumes, spread and quantities of each instrument over its time. */
export function tapePicture(
  report: TapeReport,
  instruments: readonly Instrument[],
  watch: DayWatch,
  epoch: number
): string {
  const title = `${report.source}: ${report.instruments.map(({ symbol }) => symbol).join(', ')}`
  const time = timeScale(watch, report.timeZone, epoch)
  const page = element(
    'html',
    { lang: 'en' },
    pageHead(title, TAPE_STYLE),
    element(
      'body',
      {},
      element(
        'main',
        {},
        element('h1', {}, title),
        element(
          'p',
          { class: 'when' },
          `${report.start} to ${report.end}; ${report.rows} rows; times of ${report.timeZone}`
        ),
        instruments.map((each, no) => section(each, report.instruments[no], watch.instruments[no], time))
      )
    )
  )
  return `<!doctype html>\n${page.markup}\n`
}

/** The time of day in the market's zone, over the columns. */
function timeScale({ start, end }: DayWatch, timeZone: string, epoch: number): Scale {
  const milliseconds = Number(toUnixNanos(start, epoch) / 1_000_000n)
  const date = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(milliseconds)
  const shift = (epoch - localMidnight(date, timeZone)) * 1e9
  const [from, to] = [start + shift, Math.max(end, start + 1) + shift]
  return linearScale(from, to, PRICES.left, PRICES.right, timeTicks(from, to, 12))
}

function section(instrument: Instrument, report: InstrumentReport, columns: DayColumns, time: Scale): Markup {
  const { symbol, feed, market, currency, trades, hiddenTrades, prices } = report
  const range = prices ? `; from ${prices.low} to ${prices.high}, last ${prices.close}` : ''
  const told = `${feed.toUpperCase()}, ${market}, ${currency}; ${trades.count + hiddenTrades.count} prints of ${trades.volume} and, hidden, ${hiddenTrades.volume}${range}`
  const lots = powerOfTen(instrument.quantityScale)
  return element(
    'section',
    { class: 'card' },
    element('h2', {}, symbol, element('small', {}, told)),
    pricePanel(instrument, columns, time),
    element('h3', {}, 'Volume', element('small', {}, 'bought, sold, and hidden or without a side')),
    volumePanel(columns, time, lots),
    element('h3', {}, 'Spread', element('small', {}, 'in ticks, by the time that it stood')),
    linePanel('Spread in ticks', time, [['mid', means(columns.spread, columns.stood, instrument.tickSize)]]),
    element('h3', {}, 'Quantity at the best prices', element('small', {}, 'bid and ask, by the time that it stood')),
    linePanel('Quantities at the best prices', time, [
      ['line bought', means(columns.bidQty, columns.stood, lots)],
      ['line sold', means(columns.askQty, columns.stood, lots)]
    ])
  )
}

function pricePanel(instrument: Instrument, { lowBid, highAsk, mid, idle }: DayColumns, time: Scale): Markup {
  const unit = powerOfTen(instrument.priceScale)
  // The middle of the market, and where one side stands alone.
  const shown = [...mid, ...oneSided(lowBid, highAsk), ...oneSided(highAsk, lowBid)]
  const [low, high] = inner(shown.filter((value) => !Number.isNaN(value)).map((value) => value / unit))
  if (low === undefined || high === undefined) return element('p', { class: 'none' }, 'The tape has no quotes.')
  const pad = Math.max((high - low) * 0.08, instrument.tickSize / unit)
  const ticks = niceTicks(low - pad, high + pad, 7, instrument.tickSize / unit, instrument.priceDecimals)
  const y = linearScale(low - pad, high + pad, PRICES.bottom, PRICES.top, ticks)
  const clamped = (value: number): number => Math.min(PRICES.bottom, Math.max(PRICES.top, y.at(value / unit)))
  const bands = stretches(highAsk, lowBid).map(([from, to]) => {
    const edge = (values: Float64Array): Point[] =>
      Array.from({ length: to - from }, (_, i) => [PRICES.left + from + i, clamped(values[from + i])])
    return element('path', { class: 'band', d: bandPath(edge(highAsk), edge(lowBid)) })
  })
  return picture(
    PRICES,
    `Bid, ask and mid of ${instrument.symbol}`,
    yAxis(PRICES, y),
    xAxis(PRICES, time),
    fragment(idle.map(idleBand)),
    fragment(bands),
    fragment(lines('mid', mid, (value) => clamped(value), PRICES))
  )
}

/** A stretch without matching, named where there is room. */
function idleBand({ phase, from, to }: DayColumns['idle'][number]): Markup {
  const width = Math.max(1, to - from)
  const x = PRICES.left + from
  return fragment([
    element('rect', { class: 'idle', x, y: PRICES.top, width, height: PRICES.bottom - PRICES.top }),
    width < 6 * phase.length ? fragment([]) : element('text', { class: 'phase', x: x + 4, y: PRICES.top + 14 }, phase)
  ])
}

function oneSided(side: Float64Array, other: Float64Array): Float64Array {
  return side.map((value, i) => (Number.isNaN(other[i]) ? value : Number.NaN))
}

function volumePanel({ bought, sold, other }: DayColumns, time: Scale, lots: number): Markup {
  const most = Math.max(...bought.map((value, i) => value + sold[i] + other[i])) / lots || 1
  const y = linearScale(0, most, BELOW.bottom, BELOW.top, niceTicks(0, most, 3))
  const bars: Markup[] = []
  for (let i = 0; i < bought.length; i++) {
    let below = 0
    for (const [name, values] of [
      ['bought', bought],
      ['sold', sold],
      ['other', other]
    ] as const) {
      if (values[i] === 0) continue
      const x = BELOW.left + i + 0.5
      bars.push(element('line', { class: name, x1: x, x2: x, y1: y.at(below), y2: y.at(below + values[i] / lots) }))
      below += values[i] / lots
    }
  }
  return picture(BELOW, 'Volume', yAxis(BELOW, y), xAxis(BELOW, time), fragment(bars))
}

function linePanel(
  label: string,
  time: Scale,
  series: readonly (readonly [name: string, values: Float64Array])[]
): Markup {
  const [, high = 1] = inner(series.flatMap(([, values]) => [...values].filter((value) => !Number.isNaN(value))))
  const top = high > 0 ? high * 1.1 : 1
  const y = linearScale(0, top, BELOW.bottom, BELOW.top, niceTicks(0, top, 3))
  // In a call the book may be crossed, and the spread below nothing.
  const inPanel = (value: number): number => Math.min(BELOW.bottom, Math.max(BELOW.top, y.at(value)))
  const drawn = series.map(([name, values]) => lines(name, values, inPanel, BELOW))
  return picture(BELOW, label, yAxis(BELOW, y), xAxis(BELOW, time), fragment(drawn.flat()))
}

function means(sums: Float64Array, over: Float64Array, unit: number): Float64Array {
  return sums.map((sum, i) => (over[i] > 0 ? sum / over[i] / unit : Number.NaN))
}

/** The range of all but the most outlying values: stub quotes before the open would make a line of the day. */
function inner(values: number[]): readonly [number | undefined, number | undefined] {
  const sorted = Float64Array.from(values).sort()
  const cut = Math.floor(sorted.length / 500)
  return [sorted.at(cut), sorted.at(sorted.length - 1 - cut)]
}

function lines(name: string, values: Float64Array, y: (value: number) => number, area: Frame): Markup[] {
  return stretches(values, values).map(([from, to]) => {
    const points = Array.from({ length: to - from }, (_, i): Point => [area.left + from + i, y(values[from + i])])
    return element('path', { class: name, d: linePath(points) })
  })
}

/** Runs of columns in which both have values. */
function stretches(a: Float64Array, b: Float64Array): (readonly [from: number, to: number])[] {
  const runs: (readonly [number, number])[] = []
  let from = -1
  for (let i = 0; i <= a.length; i++) {
    const there = i < a.length && !Number.isNaN(a[i] + b[i])
    if (there && from < 0) from = i
    if (there || from < 0) continue
    runs.push([from, i])
    from = -1
  }
  return runs
}

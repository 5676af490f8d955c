import { powerOfTen } from '../../../base/decimal.js'
import { formatPrice, formatQuantity } from '../../../exchange/instrument.js'
import { price, quantity } from '../../../exchange/units.js'
import { toNumber } from '../../ratio.js'
import { type Recording } from '../../recording/recording.js'
import { type Cost } from '../../tca/cost.js'
import { formatMark, formatMarkRatio } from '../../tca/marks.js'
import { frame, picture, xAxis, yAxis } from '../plot/frame.js'
import { element, type Markup } from '../plot/markup.js'
import { bandPath, stepPath, type Point } from '../plot/paths.js'
import { quoteSteps, runs, type QuoteStep } from '../plot/quote-band.js'
import { linearScale, niceTicks, timeTicks, type Scale } from '../plot/scale.js'
import { clockTime } from '../time-text.js'
import { type FillDot } from './fill-dots.js'
import { type Window } from './window.js'

const AREA = frame(760, 300, { left: 62, right: 84, top: 10, bottom: 26 })
export const PLOT_LEFT = AREA.left
export const PLOT_RIGHT = AREA.right
export const PLOT_WIDTH = AREA.width

/** A horizontal line at a benchmark. */
interface Level {
  readonly name: string
  readonly style: string
  readonly value: number
  readonly text: string
  readonly from: number
}

/** Bid, ask and mid over a parent's life, its fills as dots sized by quantity, its benchmarks as lines. */
export function pricePlot(cost: Cost, recording: Recording, window: Window, dots: readonly FillDot[]): Markup {
  const { instrument, side, id } = cost
  const unit = powerOfTen(instrument.priceScale)
  const steps = quoteSteps(recording.quotes[instrument.no], window.from, window.to, AREA.right - AREA.left)
  const levels = benchmarkLevels(cost)
  const prices = [
    ...steps.flatMap(({ bid, ask }) => [bid / unit, ask / unit]),
    ...dots.map((dot) => dot.price / unit),
    ...levels.map(({ value }) => value)
  ].filter((value) => !Number.isNaN(value))
  if (prices.length === 0) return element('p', { class: 'none' }, 'No quotes were recorded in this stretch of time.')
  const tick = instrument.tickSize / unit
  const low = prices.reduce((a, b) => Math.min(a, b))
  const high = prices.reduce((a, b) => Math.max(a, b))
  const pad = Math.max((high - low) * 0.06, tick)
  const y = linearScale(
    low - pad,
    high + pad,
    AREA.bottom,
    AREA.top,
    niceTicks(low - pad, high + pad, 6, tick, instrument.priceDecimals)
  )
  const x = linearScale(window.from, window.to, AREA.left, AREA.right, timeTicks(window.from, window.to, 7))
  const at = (time: number, value: number): Point => [x.at(time), y.at(value / unit)]
  return picture(
    AREA,
    `Prices around parent ${id}: bid, ask, mid, fills and benchmarks`,
    yAxis(AREA, y),
    xAxis(AREA, x),
    ...market(steps, window.to, at),
    ...levels.map((level) => levelLine(level, x, y)),
    ...levelLabels(levels, y),
    element(
      'g',
      { class: side > 0 ? 'fills buy' : 'fills sell' },
      dots.map((dot) => {
        const many = dot.fills > 1 ? ` in ${dot.fills} fills` : ''
        const text =
          `${clockTime(dot.time)}  ${formatQuantity(instrument, quantity(dot.qty))} at ` +
          `${formatPrice(instrument, price(dot.price))}${many}, ${dot.added ? 'added' : 'removed'} liquidity`
        const [cx, cy] = at(dot.time, dot.price)
        return element(
          'circle',
          { class: dot.added ? 'added' : 'removed', cx, cy, r: dot.radius },
          element('title', {}, text)
        )
      })
    )
  )
}

function market(steps: readonly QuoteStep[], end: number, at: (time: number, value: number) => Point): Markup[] {
  const line = (name: string, of: (step: QuoteStep) => number) =>
    runs(steps, (step) => !Number.isNaN(of(step)), end).map(({ rows, end: until }) =>
      element('path', {
        class: name,
        d: stepPath([...rows.map((row) => at(row.time, of(row))), at(until, of(rows[rows.length - 1]))])
      })
    )
  const bands = runs(steps, ({ bid, ask }) => !Number.isNaN(bid + ask), end).map(({ rows, end: until }) => {
    const closed = [...rows, { ...rows[rows.length - 1], time: until }]
    const upper = closed.map(({ time, ask }) => at(time, ask))
    return element('path', {
      class: 'band',
      d: bandPath(
        upper,
        closed.map(({ time, bid }) => at(time, bid))
      )
    })
  })
  return [
    ...bands,
    ...line('quote', ({ bid }) => bid),
    ...line('quote', ({ ask }) => ask),
    ...line('mid', ({ bid, ask }) => (bid + ask) / 2)
  ]
}

function benchmarkLevels({ benchmarks, scale, instrument, arrivedAt }: Cost): Level[] {
  const { decision, arrival, vwap } = benchmarks
  const marks = scale.perUnit * powerOfTen(instrument.priceScale)
  const levels: Level[] = []
  if (decision !== undefined) {
    const text = formatMark(decision, scale)
    levels.push({ name: 'decision', style: 'decision', value: decision / marks, text, from: Number.NEGATIVE_INFINITY })
  }
  if (arrival !== undefined) {
    const text = formatMark(arrival, scale)
    levels.push({ name: 'arrival', style: 'arrival', value: arrival / marks, text, from: arrivedAt })
  }
  if (vwap !== undefined) {
    const text = formatMarkRatio(vwap, scale, instrument.priceDecimals + 2)
    levels.push({ name: 'VWAP', style: 'vwap', value: toNumber(vwap) / marks, text, from: arrivedAt })
  }
  return levels
}

function levelLine({ name, style, value, text, from }: Level, x: Scale, y: Scale): Markup {
  return element(
    'line',
    {
      class: `level ${style}`,
      x1: Math.max(x.at(Math.max(from, x.from)), AREA.left),
      x2: AREA.right,
      y1: y.at(value),
      y2: y.at(value)
    },
    element('title', {}, `${name} ${text}`)
  )
}

const LABEL_HEIGHT = 23

/** Names of the lines at the right edge, moved apart where they would cover each other. */
function levelLabels(levels: readonly Level[], y: Scale): Markup[] {
  const placed = [...levels].sort((a, b) => b.value - a.value).map((level) => ({ level, at: y.at(level.value) }))
  for (let i = 1; i < placed.length; i++) placed[i].at = Math.max(placed[i].at, placed[i - 1].at + LABEL_HEIGHT)
  const over = placed.length > 0 ? Math.max(placed[placed.length - 1].at + 14 - AREA.bottom, 0) : 0
  for (let i = placed.length - 1, limit = Number.POSITIVE_INFINITY; i >= 0 && over > 0; i--) {
    placed[i].at = Math.min(placed[i].at, i === placed.length - 1 ? AREA.bottom - 14 : limit - LABEL_HEIGHT)
    limit = placed[i].at
  }
  return placed.map(({ level, at }) =>
    element(
      'text',
      { class: `label ${level.style}`, x: AREA.right + 6, y: at },
      element('tspan', { class: 'name' }, level.name),
      element('tspan', { x: AREA.right + 6, dy: 11 }, level.text)
    )
  )
}

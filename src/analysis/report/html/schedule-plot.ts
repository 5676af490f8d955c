import { powerOfTen } from '../../../base/decimal.js'
import { rowsBefore, rowsUpTo } from '../../recording/column.js'
import { type Recording } from '../../recording/recording.js'
import { type Cost } from '../../tca/cost.js'
import { frame, picture, xAxis, yAxis } from '../plot/frame.js'
import { element, type Markup } from '../plot/markup.js'
import { linePath, stepPath, type Point } from '../plot/paths.js'
import { linearScale, niceTicks, timeTicks } from '../plot/scale.js'
import { grouped } from '../figure-text.js'
import { PLOT_LEFT, PLOT_RIGHT, PLOT_WIDTH } from './price-plot.js'
import { type Window } from './window.js'

const AREA = frame(PLOT_WIDTH, 190, { left: PLOT_LEFT, right: PLOT_WIDTH - PLOT_RIGHT, top: 10, bottom: 26 })

/**
 * What was executed over time, against a straight line from arrival to end (TWAP) and against the market's own volume,
 * both as if they had completed the parent.
 */
export function schedulePlot(cost: Cost, recording: Recording, window: Window, fillRows: readonly number[]): Markup {
  const { instrument, quantity, arrivedAt, measuredUntil, id } = cost
  const unit = powerOfTen(instrument.quantityScale)
  const top = quantity / unit
  const ticks = niceTicks(0, top, 4).map((tick) => ({ ...tick, label: grouped(tick.label) }))
  const y = linearScale(0, top * 1.04, AREA.bottom, AREA.top, ticks)
  const x = linearScale(window.from, window.to, AREA.left, AREA.right, timeTicks(window.from, window.to, 7))
  const at = (time: number, qty: number): Point => [x.at(time), y.at(qty / unit)]

  let executed = 0
  const steps: Point[] = [at(arrivedAt, 0)]
  const { fills } = recording
  for (const row of fillRows) steps.push(at(fills.time[row], (executed += fills.qty[row])))
  steps.push(at(measuredUntil, executed))
  const volume = volumeCurve(cost, recording)
  const lines = [
    { style: 'twap', name: 'TWAP', d: linePath([at(arrivedAt, 0), at(measuredUntil, quantity)]) },
    volume && { style: 'volume', name: 'market volume', d: linePath(volume.map(([time, qty]) => at(time, qty))) },
    { style: 'executed', name: 'executed', d: stepPath(thinned(steps)) }
  ].filter((line) => line !== undefined)
  return picture(
    AREA,
    `Executed quantity of parent ${id} over time, against TWAP and market volume`,
    yAxis(AREA, y),
    xAxis(AREA, x),
    element('line', { class: 'target', x1: AREA.left, x2: AREA.right, y1: y.at(top), y2: y.at(top) }),
    ...lines.map(({ style, d }) => element('path', { class: `schedule ${style}`, d })),
    ...lines.map(({ style, name }, i) =>
      element(
        'text',
        { class: `label ${style}`, x: AREA.right + 6, y: AREA.top + 8 + 14 * (lines.length - 1 - i) },
        name
      )
    )
  )
}

const CURVE_POINTS = 240

/** The market's cumulative volume from arrival to end, scaled to the parent's quantity; undefined where nothing printed. */
function volumeCurve(
  { instrument, arrivedAt, measuredUntil, quantity }: Cost,
  recording: Recording
): Point[] | undefined {
  const prints = recording.prints[instrument.no]
  const first = rowsBefore(prints.time, arrivedAt)
  const last = rowsUpTo(prints.time, measuredUntil)
  let total = 0
  for (let row = first; row < last; row++) total += prints.qty[row]
  if (total === 0) return undefined
  const points: Point[] = [[arrivedAt, 0]]
  const stride = (measuredUntil - arrivedAt) / CURVE_POINTS
  let sum = 0
  let next = arrivedAt + stride
  for (let row = first; row < last; row++) {
    sum += prints.qty[row]
    if (prints.time[row] < next) continue
    points.push([prints.time[row], (sum / total) * quantity])
    next = prints.time[row] + stride
  }
  points.push([measuredUntil, quantity])
  return points
}

/** Steps that a pixel can hold: of several at nearly one x only the last, highest one. */
function thinned(points: readonly Point[]): Point[] {
  return points.filter(([x], i) => i === 0 || i === points.length - 1 || points[i + 1][0] - x > 0.25)
}

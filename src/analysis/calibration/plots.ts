import { frame, picture, xAxis, yAxis, type Frame } from '../report/plot/frame.js'
import { element, fragment, type Markup } from '../report/plot/markup.js'
import { linePath, stepPath, type Point } from '../report/plot/paths.js'
import { linearScale, logScale, niceTicks, type Scale } from '../report/plot/scale.js'
import { type InstrumentCalibration } from './calibrate.js'
import { significant, timeText } from './figures.js'
import { type Propagator } from './propagator.js'
import { type Resiliency } from './resiliency.js'

const AREA = frame(560, 260, { left: 58, right: 16, top: 12, bottom: 40 })

/** Volatility by sampling interval; level where the mid is a random walk. */
export function signaturePlot({ activity, instrument }: InstrumentCalibration): Markup {
  const { signature, volatility, interval } = activity
  const values = [...signature.map((point) => point.volatility * 100), 100 * volatility.low, 100 * volatility.high]
  const [from, to] = [signature[0]?.interval ?? 1e9, signature.at(-1)?.interval ?? 1e10]
  const x = logScale(from / 1.2, to * 1.2, AREA.left, AREA.right, (ns) =>
    timeText(ns).replace('.00', '').replace('.0 ', ' ')
  )
  const y = linearAxis(Math.min(...values) * 0.9, Math.max(...values) * 1.1)
  return picture(
    AREA,
    `Volatility of ${instrument.symbol} by sampling interval`,
    yAxis(AREA, y, ' %'),
    xAxis(AREA, x),
    element('line', bar(x.at(interval), y.at(100 * volatility.low), y.at(100 * volatility.high))),
    element('path', {
      class: 'measured',
      d: linePath(signature.map((point) => [x.at(point.interval), y.at(100 * point.volatility)]))
    }),
    dots(signature.map((point) => [x.at(point.interval), y.at(100 * point.volatility)])),
    caption('sampling interval')
  )
}

/** What has not come back by a time, as measured and as fitted. */
export function resiliencyPlot({ curve }: Resiliency, symbol: string): Markup {
  const [from, to] = [curve[0]?.time ?? 1e6, curve.at(-1)?.time ?? 6e10]
  const x = logScale(from, Math.max(to, from * 10), AREA.left, AREA.right, (ns) =>
    timeText(ns).replace('.00', '').replace('.0 ', ' ')
  )
  const y = linearScale(0, 1, AREA.bottom, AREA.top, niceTicks(0, 1, 5))
  const points = (of: (point: Resiliency['curve'][number]) => number): Point[] =>
    curve.map((point) => [x.at(point.time), y.at(of(point))])
  return picture(
    AREA,
    `Swept best prices of ${symbol} that have not returned, by time`,
    yAxis(AREA, y),
    xAxis(AREA, x),
    element('path', { class: 'measured', d: stepPath(points((point) => point.missing)) }),
    element('path', { class: 'fitted', d: linePath(points((point) => point.fit)) }),
    caption('time since the price was swept away')
  )
}

/** The kernel lag by lag with its intervals, and the fit. */
export function kernelPlot(propagator: Propagator, calibration: InstrumentCalibration): Markup {
  const { kernel } = propagator
  const perMid = 1e4 / calibration.mid
  const values = kernel.flatMap(({ impact, fit }) => [impact.low, impact.high, fit]).filter(Number.isFinite)
  const y = linearAxis(Math.min(0, ...values) * perMid, Math.max(...values) * perMid * 1.05)
  const x = lagAxis(kernel)
  return picture(
    AREA,
    `Impact of a mean trade of ${calibration.instrument.symbol} after further trades`,
    yAxis(AREA, y, ' bp'),
    xAxis(AREA, x),
    fragment(
      kernel.map(({ lag, impact }) =>
        element('line', bar(x.at(lag), y.at(impact.low * perMid), y.at(impact.high * perMid)))
      )
    ),
    dots(kernel.map(({ lag, impact }) => [x.at(lag), y.at(impact.value * perMid)])),
    element('path', { class: 'fitted', d: linePath(kernel.map(({ lag, fit }) => [x.at(lag), y.at(fit * perMid)])) }),
    caption('trades of the market since')
  )
}

/** Mean move of the mid after a trade in its direction, and how persistent the direction is. */
export function responsePlot(propagator: Propagator, calibration: InstrumentCalibration): Markup {
  const { kernel } = propagator
  const perMid = 1e4 / calibration.mid
  const x = lagAxis(kernel)
  const most = Math.max(...kernel.map(({ response }) => response * perMid))
  const y = linearAxis(Math.min(0, ...kernel.map(({ response }) => response * perMid)), most * 1.05)
  const share = linearScale(0, 1, AREA.bottom, AREA.top, [])
  return picture(
    AREA,
    `Response and persistence of trades of ${calibration.instrument.symbol}`,
    yAxis(AREA, y, ' bp'),
    xAxis(AREA, x),
    element('path', {
      class: 'measured',
      d: linePath(kernel.map(({ lag, response }) => [x.at(lag), y.at(response * perMid)]))
    }),
    element('path', {
      class: 'persistence',
      d: linePath(kernel.map(({ lag, correlation }) => [x.at(lag), share.at(Math.max(0, correlation))]))
    }),
    caption('trades of the market since')
  )
}

/** What lines and colours mean. */
export function plotKey(...entries: readonly (readonly [style: string, text: string])[]): Markup {
  return element(
    'div',
    { class: 'key' },
    entries.map(([style, text]) => element('span', {}, element('i', { class: style }), text))
  )
}

export const PLOT_STYLE = `
svg .measured { fill: none; stroke: var(--trading); stroke-width: 1.6; }
svg .fitted { fill: none; stroke: var(--decision); stroke-width: 1.6; stroke-dasharray: 6 3; }
svg .persistence { fill: none; stroke: var(--vwap); stroke-width: 1.4; stroke-dasharray: 2 2.5; }
svg .interval { stroke: var(--trading); stroke-width: 3.5; opacity: .35; }
svg .point { fill: var(--trading); }
.key i.measured { background: var(--trading); } .key i.fitted { background: var(--decision); } .key i.persistence { background: var(--vwap); }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(420px, 1fr)); gap: 20px 28px; margin-top: 18px; }
pre { background: var(--page); border: 1px solid var(--line); border-radius: 6px; padding: 12px 14px; overflow: auto; font-size: 12.5px; }
`

function linearAxis(from: number, to: number): Scale {
  const wide = to > from ? to : from + 1
  return linearScale(from, wide, AREA.bottom, AREA.top, niceTicks(from, wide, 5))
}

function lagAxis(kernel: Propagator['kernel']): Scale {
  return logScale(1, Math.max(10, kernel.at(-1)?.lag ?? 10), AREA.left, AREA.right, (lag) => significant(lag, 1))
}

function bar(x: number, y1: number, y2: number) {
  return { class: 'interval', x1: x, x2: x, y1, y2 }
}

function dots(points: readonly Point[]): Markup {
  return fragment(points.map(([cx, cy]) => element('circle', { class: 'point', cx, cy, r: 2.4 })))
}

function caption(text: string, area: Frame = AREA): Markup {
  return element(
    'text',
    { x: (area.left + area.right) / 2, y: area.height - 6, 'text-anchor': 'middle', class: 'faint' },
    text
  )
}

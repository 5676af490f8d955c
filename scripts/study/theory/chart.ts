import { frame, picture, xAxis, yAxis } from '../../../src/analysis/report/plot/frame.js'
import { element, type Markup } from '../../../src/analysis/report/plot/markup.js'
import { linePath } from '../../../src/analysis/report/plot/paths.js'
import { linearScale, logScale, niceTicks, type Scale } from '../../../src/analysis/report/plot/scale.js'

const AREA = frame(560, 270, { left: 58, right: 16, top: 12, bottom: 40 })

/** Points, or a line through them. */
export interface Series {
  readonly style: 'measured' | 'other' | 'persistence' | 'fitted'
  readonly line?: boolean
  readonly points: readonly (readonly [x: number, y: number])[]
  /** Intervals of the points in y. */
  readonly bars?: readonly (readonly [low: number, high: number])[]
}

interface Axis {
  readonly log?: boolean
  readonly from?: number
  readonly caption?: string
  readonly suffix?: string
}

const DOTS = { measured: 'point', other: 'second', persistence: 'third', fitted: 'point' } as const
const BARS = { measured: 'interval', other: 'second-bar', persistence: 'interval', fitted: 'interval' } as const

/** A picture of some series with axes that hold them all. */
export function chart({
  label,
  x: xOptions,
  y: yOptions,
  series
}: {
  readonly label: string
  readonly x: Axis
  readonly y: Axis
  readonly series: readonly Series[]
}): Markup {
  const xs = series.flatMap(({ points }) => points.map(([x]) => x))
  const ys = series.flatMap(({ points, bars = [] }) => [...points.map(([, y]) => y), ...bars.flat()])
  const x = axis(xs, xOptions, AREA.left, AREA.right)
  const y = axis(ys, yOptions, AREA.bottom, AREA.top)
  return picture(
    AREA,
    label,
    yAxis(AREA, y, yOptions.suffix),
    xAxis(AREA, x),
    ...series.map(({ style, line, points, bars = [] }) =>
      line
        ? element('path', { class: style, d: linePath(points.map(([px, py]) => [x.at(px), y.at(py)])) })
        : element(
            'g',
            {},
            bars.map(([low, high], i) =>
              element('line', {
                class: BARS[style],
                x1: x.at(points[i][0]),
                x2: x.at(points[i][0]),
                y1: y.at(low),
                y2: y.at(high)
              })
            ),
            points.map(([px, py]) => element('circle', { class: DOTS[style], cx: x.at(px), cy: y.at(py), r: 2.8 }))
          )
    ),
    element(
      'text',
      { x: (AREA.left + AREA.right) / 2, y: AREA.height - 6, 'text-anchor': 'middle', class: 'faint' },
      xOptions.caption
    )
  )
}

function axis(values: readonly number[], { log, from }: Axis, start: number, end: number): Scale {
  const low = from ?? values.reduce((a, b) => Math.min(a, b))
  const high = values.reduce((a, b) => Math.max(a, b))
  if (log) return logScale(low / 1.1, high * 1.1, start, end, (value) => String(Number(value.toPrecision(3))))
  const top = high + (high - low) * 0.04
  return linearScale(low, top, start, end, niceTicks(low, top, 5))
}

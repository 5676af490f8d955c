import { element, type Markup } from './markup.js'
import { type Scale } from './scale.js'

/** The drawing area of a plot inside its picture. */
export interface Frame {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export function frame(
  width: number,
  height: number,
  margin: { left: number; right: number; top: number; bottom: number }
): Frame {
  const { left, top } = margin
  return { width, height, left, top, right: width - margin.right, bottom: height - margin.bottom }
}

/** A picture that scales with the page and tells its content to who cannot see it. */
export function picture({ width, height }: Frame, label: string, ...content: readonly (Markup | undefined)[]): Markup {
  return element(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label, preserveAspectRatio: 'xMidYMid meet' },
    ...content
  )
}

/** Horizontal grid lines with their labels at the left. */
export function yAxis(area: Frame, y: Scale, suffix = ''): Markup {
  return element(
    'g',
    { class: 'axis' },
    y.ticks.map(({ value, label }) => [
      element('line', { class: 'grid', x1: area.left, x2: area.right, y1: y.at(value), y2: y.at(value) }),
      element('text', { x: area.left - 6, y: y.at(value) + 3.5, 'text-anchor': 'end' }, label + suffix)
    ])
  )
}

/** Ticks below the plot with their labels; labels near the edges stay inside the picture. */
export function xAxis(area: Frame, x: Scale, suffix = ''): Markup {
  return element(
    'g',
    { class: 'axis' },
    element('line', { class: 'base', x1: area.left, x2: area.right, y1: area.bottom, y2: area.bottom }),
    x.ticks.map(({ value, label }) => [
      element('line', { class: 'base', x1: x.at(value), x2: x.at(value), y1: area.bottom, y2: area.bottom + 4 }),
      element('text', { x: x.at(value), y: area.bottom + 16, 'text-anchor': 'middle' }, label + suffix)
    ])
  )
}

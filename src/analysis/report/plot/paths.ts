import { decimal } from './markup.js'

export type Point = readonly [x: number, y: number]

/** A path through points. */
export function linePath(points: readonly Point[]): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${decimal(x)} ${decimal(y)}`).join('')
}

/** A path that holds each value until the next: a quote stands until it changes. */
export function stepPath(points: readonly Point[]): string {
  return points.map(([x, y], i) => (i === 0 ? `M${decimal(x)} ${decimal(y)}` : `H${decimal(x)}V${decimal(y)}`)).join('')
}

/** The closed area between two step lines with the same x. */
export function bandPath(upper: readonly Point[], lower: readonly Point[]): string {
  let path = stepPath(upper)
  for (let i = lower.length - 1; i >= 0; i--) {
    const [x, y] = lower[i]
    path += i === lower.length - 1 ? `V${decimal(y)}` : `H${decimal(lower[i + 1][0])}V${decimal(y)}H${decimal(x)}`
  }
  return `${path}Z`
}

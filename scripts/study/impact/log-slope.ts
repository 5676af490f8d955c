/** The exponent of y ~ x^exponent by least squares in logarithms, with its 95 % interval. */
export function logSlope(points: readonly (readonly [x: number, y: number])[]): {
  readonly slope: number
  readonly low: number
  readonly high: number
  readonly at: (x: number) => number
} {
  const logs = points.filter(([x, y]) => x > 0 && y > 0).map(([x, y]) => [Math.log(x), Math.log(y)] as const)
  const n = logs.length
  const [mx, my] = [0, 1].map((i) => logs.reduce((sum, point) => sum + point[i], 0) / n)
  const sxx = logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0)
  const slope = logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / sxx
  const residual = logs.reduce((sum, [x, y]) => sum + (y - my - slope * (x - mx)) ** 2, 0)
  const error = Math.sqrt(residual / (n - 2) / sxx)
  return {
    slope,
    low: slope - 1.96 * error,
    high: slope + 1.96 * error,
    at: (x) => Math.exp(my + slope * (Math.log(x) - mx))
  }
}

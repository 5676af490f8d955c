/** G0, l0 and beta of G0 (1 + (l / l0)^2)^(-beta/2). */
export interface KernelFit {
  readonly size: number
  readonly scale: number
  readonly decay: number
}

const SCALES = Array.from({ length: 41 }, (_, i) => 0.5 * 10 ** ((i * 2.6) / 40))
const DECAYS = Array.from({ length: 76 }, (_, i) => i * 0.02)

/** Least squares over a grid of l0 and beta, G0 by regression at each; NaN where the values are not finite. */
export function fitKernel(lags: readonly number[], values: readonly number[]): KernelFit {
  let best: KernelFit = { size: Number.NaN, scale: Number.NaN, decay: Number.NaN }
  let least = Number.POSITIVE_INFINITY
  const logs = lags.map(() => 0)
  for (const scale of SCALES) {
    lags.forEach((lag, i) => (logs[i] = Math.log(1 + (lag / scale) ** 2)))
    for (const decay of DECAYS) {
      let [shapes, products, squares] = [0, 0, 0]
      for (let i = 0; i < lags.length; i++) {
        const shape = Math.exp((-decay / 2) * logs[i])
        shapes += shape * shape
        products += shape * values[i]
        squares += values[i] * values[i]
      }
      const size = products / shapes
      const error = squares - size * products
      if (error < least) {
        least = error
        best = { size, scale, decay }
      }
    }
  }
  return best
}

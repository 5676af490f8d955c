/**
 * Solves the symmetric Toeplitz system T x = b with T[i][j] = t[|i - j|] by Levinson's recursion, in n^2 steps.
 * @returns NaN throughout where a leading minor is not positive.
 */
export function solveToeplitz(t: Float64Array, b: Float64Array): Float64Array {
  const n = b.length
  const x = new Float64Array(n)
  if (n === 0) return x
  let forward = new Float64Array(n)
  let error = t[0]
  if (!(error > 0)) return x.fill(Number.NaN)
  forward[0] = 1
  x[0] = b[0] / t[0]
  for (let k = 1; k < n; k++) {
    // The reflection of the predictor of order k - 1.
    let gap = 0
    for (let i = 0; i < k; i++) gap += forward[i] * t[k - i]
    const reflection = -gap / error
    const next = new Float64Array(n)
    for (let i = 0; i <= k; i++) next[i] = forward[i] + reflection * forward[k - i]
    error *= 1 - reflection * reflection
    if (!(error > 0)) return x.fill(Number.NaN)
    forward = next
    let rest = b[k]
    for (let i = 0; i < k; i++) rest -= x[i] * t[k - i]
    const step = rest / error
    for (let i = 0; i <= k; i++) x[i] += step * forward[k - i]
  }
  return x
}

import { bootstrapAll, type Estimate } from './bootstrap.js'
import { type Depletions } from './depletions.js'

/** Whether and how fast prices that trades swept away come back (exchange/models/README, refill). */
export interface Resiliency {
  readonly depletions: number
  /** r: the part of depletions that returns at all. */
  readonly probability: Estimate
  /** h in ns: time in which half of those that return have returned. */
  readonly halfLife: Estimate
  /** Part that has not returned by a time (Kaplan and Meier 1958), and what the fit says. */
  readonly curve: readonly { readonly time: number; readonly missing: number; readonly fit: number }[]
}

/** Fewer depletions than this are not worth an estimate. */
const FEWEST = 20
const CURVE_POINTS = 60

/**
 * Fits P(not back by t) = 1 - r + r 2^(-t/h) to depletions, some of which were watched in vain: a cure model, by maximum
 * likelihood through EM (Dempster, Laird, Rubin 1977).
 */
export function measureResiliency(depletions: Depletions, seed: number): Resiliency | undefined {
  if (depletions.length < FEWEST) return undefined
  const { wait, returned } = depletions
  const [probability, halfLife] = bootstrapAll('resiliency', seed, depletions.length, (units) =>
    fit(wait, returned, units)
  )
  return {
    depletions: depletions.length,
    probability,
    halfLife,
    curve: survival(wait, returned, probability.value, halfLife.value)
  }
}

function fit(wait: Float64Array, returned: Float64Array, units: Int32Array): [probability: number, halfLife: number] {
  let count = 0
  let sum = 0
  const censored: number[] = []
  for (const unit of units) {
    if (returned[unit] === 1) {
      count++
      sum += wait[unit]
    } else censored.push(wait[unit])
  }
  if (count === 0) return [0, Number.NaN]
  let r = count / units.length
  let rate = count / sum
  for (let step = 0; step < 500; step++) {
    let pending = 0
    let exposure = 0
    for (const time of censored) {
      const alive = r * Math.exp(-rate * time)
      const weight = alive / (1 - r + alive)
      pending += weight
      exposure += weight * time
    }
    const nextR = Math.min(1, (count + pending) / units.length)
    const nextRate = count / (sum + exposure)
    const settled = Math.abs(nextR - r) < 1e-9 && Math.abs(nextRate / rate - 1) < 1e-9
    r = nextR
    rate = nextRate
    if (settled) break
  }
  return [r, Math.LN2 / rate]
}

/** The Kaplan-Meier curve at times that are even in their logarithm. */
function survival(wait: Float64Array, returned: Float64Array, r: number, halfLife: number): Resiliency['curve'] {
  const order = Array.from(wait, (_, i) => i).sort((a, b) => wait[a] - wait[b])
  const steps: { readonly time: number; readonly missing: number }[] = []
  let missing = 1
  order.forEach((row, i) => {
    if (returned[row] === 0) return
    missing *= 1 - 1 / (order.length - i)
    steps.push({ time: wait[row], missing })
  })
  if (steps.length === 0) return []
  const from = Math.max(1, steps[Math.floor(steps.length / 100)].time)
  const to = wait[order[order.length - 1]]
  let row = 0
  return Array.from({ length: CURVE_POINTS + 1 }, (_, i) => {
    const time = from * (to / from) ** (i / CURVE_POINTS)
    while (row + 1 < steps.length && steps[row + 1].time <= time) row++
    return { time, missing: steps[row].time <= time ? steps[row].missing : 1, fit: 1 - r + r * 2 ** (-time / halfLife) }
  })
}

/** Maximum-likelihood estimates of a Hawkes process with an exponential kernel. */
export interface HawkesFit {
  readonly rate: number
  readonly branching: number
  readonly decay: number
}

/**
 * Fits mu, n and beta to arrival times (seconds, from 0 to `end`) by expectation and maximisation over who brought about whom
 * (Veen & Schoenberg 2008). With an exponential kernel the sums over ancestors are recursions: R is the sum of e^(-beta dt)
 * over all earlier events, D the sum of dt e^(-beta dt).
 */
export function fitHawkes(times: readonly number[], end: number, rounds = 400): HawkesFit {
  let rate = times.length / end / 2
  let branching = 0.5
  let decay = times.length / end
  for (let round = 0; round < rounds; round++) {
    let immigrants = 0
    let children = 0
    let childDelay = 0
    let r = 0
    let d = 0
    for (let i = 0; i < times.length; i++) {
      if (i > 0) {
        const dt = times[i] - times[i - 1]
        const fade = Math.exp(-decay * dt)
        d = fade * (d + dt * (r + 1))
        r = fade * (r + 1)
      }
      const kernel = branching * decay
      const intensity = rate + kernel * r
      immigrants += rate / intensity
      children += (kernel * r) / intensity
      childDelay += (kernel * d) / intensity
    }
    rate = immigrants / end
    branching = children / times.length
    decay = children / childDelay
  }
  return { rate, branching, decay }
}

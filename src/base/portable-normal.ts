import { portableExp, portableLog } from './portable-math.js'

/** A polynomial by Horner's rule, coefficients from the highest power down. */
function polynomial(x: number, coefficients: readonly number[]): number {
  let sum = 0
  for (const coefficient of coefficients) sum = sum * x + coefficient
  return sum
}

const CENTRE = [
  2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
  1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.387132872796366608
]
const CENTRE_BELOW = [
  5.226495278852854561e3, 2.8729085735721942674e4, 3.930789580009271061e4, 2.1213794301586595867e4,
  5.3941960214247511077e3, 6.871870074920579083e2, 4.2313330701600911252e1, 1
]
const MIDDLE = [
  7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.4178072517745061177e-1, 1.27045825245236838258,
  3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734
]
const MIDDLE_BELOW = [
  1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2, 1.4810397642748007459e-1,
  6.8976733498510000455e-1, 1.6763848301838038494, 2.05319162663775882187, 1
]
const TAIL = [
  2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.2426609473880784386e-3, 2.6532189526576123093e-2,
  2.9656057182850489123e-1, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772
]
const TAIL_BELOW = [
  2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
  1.48753612908506148525e-2, 1.3692988092273580531e-1, 5.9983220655588793769e-1, 1
]

/**
 * The standard normal quantile of p in (0, 1): rational approximations by Wichura (1988), algorithm AS 241, relative
 * error about 1e-16; the logarithm is the portable one, so the same on every machine.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5
  if (q >= -0.425 && q <= 0.425) {
    const r = 0.180625 - q * q
    return (q * polynomial(r, CENTRE)) / polynomial(r, CENTRE_BELOW)
  }
  const r = Math.sqrt(-portableLog(q < 0 ? p : 1 - p))
  const size =
    r <= 5
      ? polynomial(r - 1.6, MIDDLE) / polynomial(r - 1.6, MIDDLE_BELOW)
      : polynomial(r - 5, TAIL) / polynomial(r - 5, TAIL_BELOW)
  return q < 0 ? -size : size
}

/**
 * The standard normal distribution function: the series of Marsaglia (2004) within 5 deviations, the continued fraction
 * beyond. Absolute error below 1e-14, the same on every machine.
 */
export function normalCdf(x: number): number {
  const size = x < 0 ? -x : x
  const density = portableExp(-0.5 * x * x) / 2.5066282746310002
  let upper: number
  if (size < 5) {
    let term = size
    let sum = size
    for (let k = 3; sum + term !== sum; k += 2) {
      term *= (size * size) / k
      sum += term
    }
    upper = 0.5 - sum * density
  } else {
    let fraction = size
    for (let k = 30; k >= 1; k--) fraction = size + k / fraction
    upper = density / fraction
  }
  return x < 0 ? upper : 1 - upper
}

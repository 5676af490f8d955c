/**
 * Logarithm, exponential and power from nothing but + - * / and comparisons, which IEEE 754 rounds alike everywhere.
 * Math.log, Math.exp and Math.pow may differ in the last bit between engines; a model whose result decides a fill must
 * not. Relative error below 4e-15 (portablePower: 4e-15 times 1 + |y ln x|), bit for bit the same on every machine.
 */

const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
const SQRT2 = 1.4142135623730951

const bits = new DataView(new ArrayBuffer(8))

/** 2^k, exactly, for whole k from -1022 to 1023. */
function powerOfTwo(k: number): number {
  bits.setUint32(0, (k + 1023) << 20)
  bits.setUint32(4, 0)
  return bits.getFloat64(0)
}

/** Natural logarithm of a normal number x > 0. */
export function portableLog(x: number): number {
  bits.setFloat64(0, x)
  const head = bits.getUint32(0)
  let exponent = (head >>> 20) - 1023
  bits.setUint32(0, (head & 0xfffff) | 0x3ff00000)
  let mantissa = bits.getFloat64(0)
  if (mantissa > SQRT2) {
    mantissa /= 2
    exponent++
  }
  // ln m = 2 artanh((m - 1) / (m + 1)), with a square of at most 0.0295: twelve terms reach the last bit.
  const s = (mantissa - 1) / (mantissa + 1)
  const square = s * s
  let sum = 0
  for (let k = 25; k >= 3; k -= 2) sum = (sum + 1 / k) * square
  return exponent * LN2_HIGH + (2 * s + (2 * s * sum + exponent * LN2_LOW))
}

/** e^x; 0 below -700, infinity above 700. */
export function portableExp(x: number): number {
  if (x < -700) return 0
  if (x > 700) return Number.POSITIVE_INFINITY
  const k = Math.floor(x / (LN2_HIGH + LN2_LOW) + 0.5)
  const r = x - k * LN2_HIGH - k * LN2_LOW
  let sum = 1
  for (let n = 14; n >= 1; n--) sum = 1 + (sum * r) / n
  return sum * powerOfTwo(k)
}

/** x^y for x >= 0; 0^0 is 1. */
export function portablePower(x: number, y: number): number {
  if (y === 0 || x === 1) return 1
  if (x === 0) return y > 0 ? 0 : Number.POSITIVE_INFINITY
  if (y === 1) return x
  if (y === -1) return 1 / x
  if (y === 0.5) return Math.sqrt(x)
  return portableExp(y * portableLog(x))
}

const MINUS = 45
const PLUS = 43
const ZERO = 48

/** Digits that a double always holds. */
const EXACT_DIGITS = 15

/** A decimal as read from text: `mantissa` x 10^-`decimals`, without trailing zeros. One object is used again and again. */
export class DecimalNumber {
  /** Whole; NaN for text that is no decimal. */
  mantissa = Number.NaN
  decimals = 0
  /** The text has more digits than can be held, as 0.30000000000000004 of a program that counts in doubles: 0.3 was read. */
  rounded = false
  readonly #point: number

  /** @param point what stands before the decimals */
  constructor(point: '.' | ',' = '.') {
    this.#point = point.charCodeAt(0)
  }

  /** Reads "-0.0210", "61800.20", "1e-05" from bytes [from, to). @returns whether it is a decimal. */
  read(bytes: Uint8Array, from: number, to: number): boolean {
    this.mantissa = Number.NaN
    this.rounded = false
    let at = from
    const negative = bytes[at] === MINUS
    if (negative) at++
    let value = 0
    let decimals = 0
    // Zeros behind the point count only where another digit follows.
    let zeros = 0
    let digits = 0
    let behindPoint = false
    for (; at < to; at++) {
      const digit = bytes[at] - ZERO
      if (digit >= 0 && digit <= 9) {
        digits++
        if (!behindPoint) value = value * 10 + digit
        else if (digit === 0) zeros++
        else {
          for (; zeros > 0; zeros--, decimals++) value *= 10
          value = value * 10 + digit
          decimals++
        }
      } else if (bytes[at] === this.#point && !behindPoint) behindPoint = true
      else break
    }
    if (digits === 0) return false
    if (value > Number.MAX_SAFE_INTEGER) return this.#readRounded(bytes, from, to)
    if (at < to) {
      const exponent = readExponent(bytes, at, to)
      if (Number.isNaN(exponent)) return false
      decimals -= exponent
    }
    for (; decimals < 0; decimals++) value *= 10
    if (value > Number.MAX_SAFE_INTEGER) return false
    this.mantissa = negative && value !== 0 ? -value : value
    this.decimals = value === 0 ? 0 : decimals
    return true
  }

  #readRounded(bytes: Uint8Array, from: number, to: number): boolean {
    const point = String.fromCharCode(this.#point)
    const value = Number(Buffer.from(bytes.subarray(from, to)).toString('latin1').replace(point, '.'))
    if (!Number.isFinite(value) || !this.readText(value.toPrecision(EXACT_DIGITS).replace('.', point))) return false
    this.rounded = true
    return true
  }

  readText(text: string): boolean {
    const { length } = text
    if (length > TEXT.length) return this.read(Buffer.from(text, 'latin1'), 0, length)
    for (let i = 0; i < length; i++) TEXT[i] = text.charCodeAt(i)
    return this.read(TEXT, 0, length)
  }

  /** Multiplies by another decimal: a vendor's unit such as 0.0001. */
  times({ mantissa, decimals }: DecimalNumber): void {
    this.mantissa *= mantissa
    this.decimals += decimals
    while (this.decimals > 0 && this.mantissa % 10 === 0) {
      this.mantissa /= 10
      this.decimals--
    }
  }

  /** The number as a whole one at `scale` decimals; NaN where it has more, or is too large. */
  at(scale: number): number {
    if (this.decimals > scale) return Number.NaN
    let value = this.mantissa
    for (let n = this.decimals; n < scale; n++) value *= 10
    return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : Number.NaN
  }

  /** The nearest whole number at `scale` decimals, not 0 for what is not; NaN where it is too large. */
  nearest(scale: number): number {
    const value = Math.round(this.mantissa * 10 ** (scale - this.decimals))
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return Number.NaN
    return value === 0 ? Math.sign(this.mantissa) : value
  }
}

const TEXT = new Uint8Array(64)

/** What stands behind the digits: "e-05". */
function readExponent(bytes: Uint8Array, from: number, to: number): number {
  if ((bytes[from] | 32) !== 101) return Number.NaN
  let at = from + 1
  const sign = bytes[at] === MINUS ? -1 : 1
  if (bytes[at] === MINUS || bytes[at] === PLUS) at++
  if (at >= to || to - at > 3) return Number.NaN
  let value = 0
  for (; at < to; at++) {
    const digit = bytes[at] - ZERO
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return sign * value
}

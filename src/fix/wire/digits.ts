/** Powers of ten as a table: the number of digits of a value below 2^53. */
const POWERS = Array.from({ length: 16 }, (_, n) => 10 ** n)

/** Decimal digits of a whole number from 0 to 2^53 - 1: 1 for 0. */
export function digitCount(value: number): number {
  let count = 1
  while (count < 16 && value >= POWERS[count]) count++
  return count
}

/** Writes a whole number from 0 to 2^53 - 1 as exactly `count` digits at `at`; returns the offset behind it. */
export function writeDigits(into: Uint8Array, at: number, value: number, count: number): number {
  let i = at + count
  let rest = value
  while (rest > 0x7fff_ffff) {
    const tenth = Math.floor(rest / 10)
    into[--i] = 48 + (rest - tenth * 10)
    rest = tenth
  }
  rest |= 0
  while (i > at) {
    const tenth = (rest / 10) | 0
    into[--i] = 48 + (rest - tenth * 10)
    rest = tenth
  }
  return at + count
}

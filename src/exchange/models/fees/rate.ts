/** Decimals that a rate or a volume may have. */
export const RATE_DIGITS = 12

const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{1,12}))?$/

/** A decimal as a whole number of 10^-digits, exactly; undefined where it is none or has more decimals. */
export function parseRate(text: string, digits = RATE_DIGITS): bigint | undefined {
  const match = DECIMAL.exec(text)
  if (!match) return undefined
  const fraction = match[3] ?? ''
  if (fraction.slice(digits).replace(/0/g, '') !== '') return undefined
  const units = BigInt(match[2] + fraction.slice(0, digits).padEnd(digits, '0'))
  return match[1] === '-' ? -units : units
}

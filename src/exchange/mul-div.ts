/** Products up to here divide and round down exactly in floating point: the quotient's error stays below 1 / divisor. */
const EXACT = 2 ** 52

/** floor(a * b / c) for whole numbers a, b >= 0 and c > 0, exact however large the product is. */
export function mulDivFloor(a: number, b: number, c: number): number {
  const product = a * b
  if (product <= EXACT) return Math.floor(product / c)
  return Number((BigInt(a) * BigInt(b)) / BigInt(c))
}

/**
 * floor(d * f^n / (b^n + f^n)) for whole numbers d, f, b >= 0 that are not all 0 in f and b, exact however large the
 * powers are, so that it is the same on every machine.
 */
export function powerShareFloor(d: number, f: number, b: number, n: number): number {
  if (f === 0) return 0
  if (b === 0) return d
  let front = f
  let back = b
  for (let i = 1; i < n; i++) {
    front *= f
    back *= b
  }
  const product = d * front
  if (product <= EXACT && front + back <= EXACT) return Math.floor(product / (front + back))
  const exponent = BigInt(n)
  const exactFront = BigInt(f) ** exponent
  return Number((BigInt(d) * exactFront) / (BigInt(b) ** exponent + exactFront))
}

/** floor(d * part^n / total^n), or of what that leaves of total^n; exact however large the powers are. */
function shareOfTotal(d: number, part: number, total: number, n: number, complement: boolean): number {
  if (total === 0) return 0
  let whole = total
  let some = part
  for (let i = 1; i < n; i++) {
    whole *= total
    some *= part
  }
  if (d * whole <= EXACT) return Math.floor((d * (complement ? whole - some : some)) / whole)
  const exponent = BigInt(n)
  const exactWhole = BigInt(total) ** exponent
  const exactPart = BigInt(part) ** exponent
  return Number((BigInt(d) * (complement ? exactWhole - exactPart : exactPart)) / exactWhole)
}

/** floor(d * f^n / (f + b)^n), exact; 0 where f and b are 0. */
export function frontShareFloor(d: number, f: number, b: number, n: number): number {
  return shareOfTotal(d, f, f + b, n, false)
}

/** floor(d * ((f + b)^n - b^n) / (f + b)^n), exact; 0 where f and b are 0. */
export function notBackShareFloor(d: number, f: number, b: number, n: number): number {
  return shareOfTotal(d, b, f + b, n, true)
}

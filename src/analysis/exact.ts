/**
 * Whole numbers without a largest one: a safe integer where it fits, a bigint beyond. Money is added and multiplied in
 * these, so parts of a cost add up exactly; nearly always the fast path of plain numbers is taken.
 */
export type Exact = number | bigint

function reduced(value: bigint): Exact {
  const small = Number(value)
  return Number.isSafeInteger(small) ? small : value
}

/** a x b, exactly. Both must be whole. */
export function times(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b
    if (Number.isSafeInteger(product)) return product + 0
  }
  return reduced(BigInt(a) * BigInt(b))
}

/** a + b, exactly. */
export function plus(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (Number.isSafeInteger(sum)) return sum + 0
  }
  return reduced(BigInt(a) + BigInt(b))
}

/** a - b, exactly. */
export function minus(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b
    if (Number.isSafeInteger(difference)) return difference + 0
  }
  return reduced(BigInt(a) - BigInt(b))
}

/** Half of an even number, exactly. */
export function half(a: Exact): Exact {
  return typeof a === 'number' ? a / 2 : reduced(a / 2n)
}

/** A column of exact sums, all 0 at first. */
export function exactColumn(length: number): Exact[] {
  return new Array<Exact>(length).fill(0)
}

import { type Notional } from '../event.js'

/** `sum` + price x quantity, exactly: a number while it is a safe integer, a bigint beyond. */
export function addNotional(sum: Notional, price: number, quantity: number): Notional {
  if (typeof sum === 'number') {
    const product = price * quantity
    const total = sum + product
    if (product <= Number.MAX_SAFE_INTEGER && total <= Number.MAX_SAFE_INTEGER) return total
  }
  return BigInt(sum) + BigInt(price) * BigInt(quantity)
}

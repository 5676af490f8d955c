import { crc32 } from 'node:zlib'
import { formatDecimal } from '../../base/decimal.js'
import type { Instrument } from '../../exchange/instrument.js'
import { BUY, SELL, type Side } from '../../exchange/units.js'

/** Levels a side that the checksum covers. */
const LEVELS = 10

/** A book as the checksum needs it: level n, best first; NaN where there is none. */
export interface RankedLevels {
  price(side: Side, n: number): number
  qty(side: Side, n: number): number
}

/**
 * The checksum of a book (Kraken, "Book checksum"): of the ten best asks, then bids, price and quantity with all their
 * decimals, without the point and leading zeros; CRC-32 of it all.
 */
export function krakenChecksum(book: RankedLevels, { priceScale, quantityScale }: Instrument): number {
  let text = ''
  for (const side of [SELL, BUY]) {
    for (let n = 0; n < LEVELS; n++) {
      const price = book.price(side, n)
      if (Number.isNaN(price)) break
      text += digits(price, priceScale) + digits(book.qty(side, n), quantityScale)
    }
  }
  return crc32(text)
}

function digits(value: number, scale: number): string {
  return formatDecimal(value, scale).replace('.', '').replace(/^0+/, '')
}

import { plus, times } from '../exact.js'
import { halfMid } from '../recording/quotes.js'
import { type Recording } from '../recording/recording.js'
import { ExecutionSums } from './execution-sums.js'
import { type FeeSchedule } from './fees.js'
import { HORIZONS } from './horizons.js'
import { type MarkScale } from './marks.js'
import { QuoteCursor } from './quote-cursor.js'

/**
 * Sums the fills of every order, a row per order of the recording.
 *
 * Effective spread 2 s (p - m) as in SEC Rule 605 (17 CFR 242.600), realised spread and price impact by Huang and Stoll
 * (1996): effective = realised + impact, fill by fill. A horizon behind the instrument's last recorded quote is
 * censored: it is counted and left out, on both sides of the equation.
 */
export function sumFills(
  recording: Recording,
  scales: readonly MarkScale[],
  fees: FeeSchedule | undefined
): ExecutionSums {
  const { orders, fills } = recording
  const sums = new ExecutionSums(orders.length)
  const cursors = recording.quotes.map((quotes) => HORIZONS.map(() => new QuoteCursor(quotes)))
  for (let fill = 0; fill < fills.length; fill++) {
    const order = fills.order[fill]
    const no = orders.instrument[order]
    const side = orders.side[order]
    const qty = fills.qty[fill]
    const added = fills.added[fill] === 1
    const { perHalf, perUnit, instrument } = scales[no]
    const quotes = recording.quotes[no]
    const price = fills.price[fill] * perUnit
    const charged = fees?.({ instrument, price: fills.price[fill], qty, added }) ?? fills.commission?.[fill] ?? 0
    const fee = charged === 0 ? 0 : times(charged, perUnit)
    sums.addFill(order, price, qty, added, fee)

    const row = fills.quote[fill]
    const mid = halfMid(quotes, row) * perHalf
    if (Number.isNaN(mid)) {
      for (const horizon of sums.horizons) horizon.missing[order]++
      continue
    }
    const paid = times(qty, side * (price - mid))
    sums.addSpread(order, mid, qty, paid, times(qty, (quotes.ask[row] - quotes.bid[row]) * perUnit))

    const time = fills.time[fill]
    for (let k = 0; k < HORIZONS.length; k++) {
      const horizon = sums.horizons[k]
      const until = time + HORIZONS[k].after
      if (until > quotes.lastTime) {
        horizon.censored[order]++
        continue
      }
      const later = halfMid(quotes, cursors[no][k].rowAt(until)) * perHalf
      if (Number.isNaN(later)) {
        horizon.missing[order]++
        continue
      }
      horizon.measured[order]++
      horizon.qty[order] += qty
      horizon.midNotional[order] = plus(horizon.midNotional[order], times(mid, qty))
      horizon.paid[order] = plus(horizon.paid[order], paid)
      const kept = times(side * (price - later), qty)
      horizon.kept[order] = plus(horizon.kept[order], kept)
      if (kept > 0) horizon.adverseQty[order] += qty
    }
  }
  return sums
}

import { seededRandom } from '../../../../src/base/random.js'

/**
 * Order flow without intelligence, as plainly as can be: counts of one-lot orders by price, and the time-weighted mean spread
 * in ticks. Rates are a second: `alpha` limit orders at each of `band` prices and side, `mu` market orders a side, `delta`
 * cancellations an order.
 */
export function plainSpread(
  { alpha, mu, delta, band }: { alpha: number; mu: number; delta: number; band: number },
  seed: number,
  lives: number
): number {
  const random = seededRandom(seed, 'plain')
  const middle = 10_000
  const sides = [1, -1].map((side) => ({
    side,
    best: middle - side,
    orders: [] as number[],
    at: new Map<number, number>()
  }))
  const change = (s: (typeof sides)[number], price: number, by: number): void => {
    s.at.set(price, (s.at.get(price) ?? 0) + by)
    if (by > 0) s.orders.push(price)
    else s.orders.splice(s.orders.indexOf(price), 1)
    if (by > 0 && s.side * (price - s.best) > 0) s.best = price
    while ((s.at.get(s.best) ?? 0) === 0) s.best -= s.side
  }
  for (const s of sides) {
    for (let i = 1; i <= band; i++)
      for (let k = Math.round((i * alpha) / delta) - Math.round(((i - 1) * alpha) / delta); k > 0; k--)
        change(s, middle - s.side * i, 1)
  }
  let [time, sum] = [0, 0]
  const [from, to] = [10 / delta, (10 + lives) / delta]
  while (time < to) {
    const rates = sides.flatMap(({ orders }) => [alpha * band, mu, delta * orders.length])
    const wait = random.exponential(1 / rates.reduce((all, each) => all + each, 0))
    if (time > from) sum += Math.abs(sides[0].best - sides[1].best) * wait
    time += wait
    let left = random.uniform() * rates.reduce((all, each) => all + each, 0)
    const what = rates.findIndex((each) => (left -= each) < 0)
    const s = sides[Math.floor(what / 3)]
    const other = sides[1 - Math.floor(what / 3)]
    if (what % 3 === 0) change(s, other.best - s.side * (1 + random.below(band)), 1)
    else change(s, what % 3 === 1 ? s.best : s.orders[random.below(s.orders.length)], -1)
  }
  return sum / (to - from)
}

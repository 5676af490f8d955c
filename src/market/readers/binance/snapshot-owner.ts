import type { BinanceDepth, BinanceSnapshot } from '../../vendors/binance-messages.js'
import type { LevelText } from '../../vendors/message-shape.js'

/** Updates are looked at so near to a snapshot. */
const NEIGHBOURS = 20
/** Prices of an update and of the book that it changes are within this factor. */
const NEAR = Math.LN2

/** What speaks for a snapshot and a stream of updates being of one symbol: the greater, the better, the first number first. */
type Affinity = readonly number[]

/**
 * How well a snapshot that does not name its symbol fits the updates of one. Ids alone do not tell it: those of all futures
 * are numbered together.
 * @param updates those of the symbol that wait, in order
 * @param unique there is no other choice, so that updates without prices are good enough
 * @returns undefined where the prices are others
 */
export function affinityOf(
  snapshot: BinanceSnapshot,
  updates: readonly BinanceDepth[],
  unique: boolean
): Affinity | undefined {
  const { lastUpdateId } = snapshot
  const firstNewer = updates.findIndex(({ lastId }) => lastId > lastUpdateId)
  const at = firstNewer < 0 ? updates.length : firstNewer
  const before = updates.slice(Math.max(0, at - NEIGHBOURS), at).flatMap(levelsOf)
  const around = [...before, ...updates.slice(at, at + NEIGHBOURS).flatMap(levelsOf)]
  if (distanceOf(snapshot, around) > NEAR || (around.length === 0 && !unique)) return undefined
  const levels = new Map([...snapshot.bids, ...snapshot.asks].map(([price, qty]) => [Number(price), Number(qty)]))
  const same = before.filter(([price, qty]) => (levels.get(Number(price)) ?? 0) === Number(qty)).length
  const known = around.filter(([price]) => levels.has(Number(price))).length
  const lastId = (updates[at - 1] ?? updates[at])?.lastId ?? lastUpdateId
  return [part(same, before.length), part(known, around.length), -Math.abs(lastId - lastUpdateId)]
}

/** The candidate that a snapshot and updates fit best; undefined where they fit none. */
export function bestOf<T>(candidates: Iterable<T>, affinity: (candidate: T) => Affinity | undefined): T | undefined {
  let best: T | undefined
  let most: Affinity | undefined
  for (const candidate of candidates) {
    const found = affinity(candidate)
    if (found === undefined || (most !== undefined && !exceeds(found, most))) continue
    best = candidate
    most = found
  }
  return best
}

function exceeds(a: Affinity, b: Affinity): boolean {
  const n = a.findIndex((value, i) => value !== b[i])
  return n >= 0 && a[n] > b[n]
}

function levelsOf({ bids, asks }: BinanceDepth): readonly LevelText[] {
  return [...bids, ...asks]
}

/** The logarithm of the factor between the middle of the updates' prices and of the book's; 0 where there are none. */
function distanceOf({ bids, asks }: BinanceSnapshot, levels: readonly LevelText[]): number {
  const best = [bids[0], asks[0]].filter((level) => level !== undefined).map(([price]) => Number(price))
  const prices = levels.map(([price]) => Number(price)).sort((a, b) => a - b)
  if (best.length === 0 || prices.length === 0) return 0
  const middle = best.reduce((sum, price) => sum + price, 0) / best.length
  return Math.abs(Math.log(prices[prices.length >> 1] / middle))
}

function part(count: number, of: number): number {
  return of === 0 ? 0 : count / of
}

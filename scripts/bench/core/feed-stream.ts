import { nanos } from '../../../src/base/time.js'
import { seededRandom, type Random } from '../../../src/base/random.js'
import { type MarketSink } from '../../../src/exchange/market-sink.js'
import { instrumentNo, price, quantity, type Side } from '../../../src/exchange/units.js'

/** The calls of a feed in columns, as a tape has them. */
export interface FeedStream {
  readonly length: number
  readonly kind: Uint8Array
  readonly time: Float64Array
  readonly id: Int32Array
  readonly side: Int8Array
  readonly price: Int32Array
  readonly qty: Int32Array
}

const ADD = 0
const REDUCE = 1
const REMOVE = 2
const EXECUTE = 3
const LEVEL = 4
const TRADE = 5

/** Bids stand below, offers above. */
export const FEED_MID = 10_000
const DEPTH = 40

class Columns implements FeedStream {
  readonly kind: Uint8Array
  readonly time: Float64Array
  readonly id: Int32Array
  readonly side: Int8Array
  readonly price: Int32Array
  readonly qty: Int32Array
  length = 0

  constructor(capacity: number) {
    this.kind = new Uint8Array(capacity)
    this.time = new Float64Array(capacity)
    this.id = new Int32Array(capacity)
    this.side = new Int8Array(capacity)
    this.price = new Int32Array(capacity)
    this.qty = new Int32Array(capacity)
  }

  push(kind: number, id: number, side: number, at: number, qty: number): void {
    const i = this.length++
    this.kind[i] = kind
    this.time[i] = 34_200_000_000_000 + i * 1_000
    this.id[i] = id
    this.side[i] = side
    this.price[i] = at
    this.qty[i] = qty
  }
}

/** Ticks from the middle, near ones often: as on a real book, most of what happens happens near the best price. */
function distance(random: Random): number {
  return 1 + Math.min(DEPTH - 1, Math.floor(random.exponential(6)))
}

/** L2: 80 % changes of a level (one in eight empties it), 20 % prints, each followed by the level that it leaves. */
export function levelStream(count: number): FeedStream {
  const random = seededRandom(11, 'level stream')
  const stream = new Columns(count)
  const levels = new Map<number, number>()
  const set = (side: Side, at: number, qty: number): void => {
    levels.set(at, qty)
    stream.push(LEVEL, 0, side, at, qty)
  }
  while (stream.length + 2 <= count) {
    const side: Side = random.below(2) === 0 ? 1 : -1
    if (random.below(100) < 89) {
      set(side, FEED_MID - side * distance(random), random.below(8) === 0 ? 0 : 1 + random.below(500))
      continue
    }
    for (let d = 1; d <= DEPTH; d++) {
      const at = FEED_MID - side * d
      const shown = levels.get(at) ?? 0
      if (shown === 0) continue
      const qty = 1 + random.below(Math.min(shown, 60))
      stream.push(TRADE, 0, -side, at, qty)
      set(side, at, shown - qty)
      break
    }
  }
  return stream
}

/** L3: about 45 % additions, 37 % withdrawals, 10 % reductions, 8 % executions of the order first in line. */
export function orderStream(count: number): FeedStream {
  const random = seededRandom(13, 'order stream')
  const stream = new Columns(count)
  /** Live orders by id: price and quantity; and the ids of each price in order of arrival. */
  const qtyOf: number[] = [0]
  const priceOf: number[] = [0]
  const queues = new Map<number, number[]>()
  const live: number[] = []
  const sideOf = (at: number): Side => (at < FEED_MID ? 1 : -1)
  while (stream.length < count) {
    const draw = random.below(100)
    if (draw < 45 || live.length < 200) {
      const side: Side = random.below(2) === 0 ? 1 : -1
      const at = FEED_MID - side * distance(random)
      const id = qtyOf.length
      qtyOf.push(1 + random.below(200))
      priceOf.push(at)
      live.push(id)
      const queue = queues.get(at)
      if (queue === undefined) queues.set(at, [id])
      else queue.push(id)
      stream.push(ADD, id, side, at, qtyOf[id])
    } else if (draw < 92) {
      const at = random.below(live.length)
      const id = live[at]
      if (qtyOf[id] < 2 || draw < 82) {
        live[at] = live[live.length - 1]
        live.pop()
        if (qtyOf[id] === 0) continue
        stream.push(REMOVE, id, sideOf(priceOf[id]), priceOf[id], qtyOf[id])
        qtyOf[id] = 0
      } else {
        const qty = 1 + random.below(qtyOf[id] - 1)
        stream.push(REDUCE, id, sideOf(priceOf[id]), priceOf[id], qty)
        qtyOf[id] -= qty
      }
    } else {
      const side = random.below(2) === 0 ? 1 : -1
      for (let d = 1; d <= DEPTH; d++) {
        const at = FEED_MID - side * d
        const queue = queues.get(at) ?? []
        while (queue.length > 0 && qtyOf[queue[0]] === 0) queue.shift()
        if (queue.length === 0) continue
        const id = queue[0]
        const qty = Math.min(qtyOf[id], 1 + random.below(100))
        stream.push(EXECUTE, id, side, at, qty)
        qtyOf[id] -= qty
        break
      }
    }
  }
  return stream
}

/** Feeds the calls from `from` up to `to`, each closed as an event of its own. */
export function feed(sink: MarketSink, stream: FeedStream, from: number, to: number): void {
  const no = instrumentNo(0)
  const { kind, time, id, side, price: at, qty } = stream
  for (let i = from; i < to; i++) {
    const t = nanos(time[i])
    const s = side[i] as Side
    const p = price(at[i])
    const q = quantity(qty[i])
    if (kind[i] === LEVEL) sink.level(t, no, s, p, q)
    else if (kind[i] === TRADE) sink.trade(t, no, s, p, q)
    else if (kind[i] === ADD) sink.add(t, no, id[i], s, p, q)
    else if (kind[i] === REMOVE) sink.remove(t, no, id[i])
    else if (kind[i] === EXECUTE) sink.execute(t, no, id[i], s, p, q)
    else if (kind[i] === REDUCE) sink.reduce(t, no, id[i], q)
    sink.eventEnd(t, no)
  }
}

import { type Nanos } from '../base/time.js'
import { type Book } from './book/book.js'
import { type BookSide } from './book/book-side.js'
import { type Command } from './command.js'
import { type InFlight } from './in-flight.js'
import { type Listing } from './listing.js'
import { type ClientIds } from './order/client-ids.js'
import { type FeeBook } from './models/fees/fee-book.js'
import { type LatencyModel } from './models/latency/latency-model.js'
import { type Reports } from './reports.js'

/** Everything that what happens next depends on. */
export interface ExchangeState {
  readonly time: Nanos
  readonly listings: readonly Listing[]
  readonly ids: ClientIds
  readonly lastOrderId: number
  /** How often chance gave a part of an iceberg its size. */
  readonly icebergDraws: number
  readonly reports: Reports
  readonly commands: InFlight<Command>
  readonly latency: LatencyModel
  readonly fees: FeeBook | undefined
}

/** A running 64-bit hash in two halves, over numbers and text (multiply and mix as in MurmurHash3's finaliser). */
class RunningHash {
  #low = 0x9e3779b9
  #high = 0x85ebca6b

  bits(value: number): void {
    let mixed = Math.imul(value ^ this.#low, 0xcc9e2d51)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b)
    const low = mixed ^ (mixed >>> 13)
    this.#high = (Math.imul(this.#high ^ low, 0xc2b2ae35) + 0x165667b1) | 0
    this.#low = (low ^ (this.#high >>> 16)) | 0
  }

  /** Any number: whole ones in two words, others and infinities by their text. */
  number(value: number): void {
    if (!Number.isSafeInteger(value)) {
      this.text(String(value))
      return
    }
    this.bits(value | 0)
    this.bits(Math.floor(value / 2 ** 32))
  }

  text(value: string): void {
    this.bits(value.length)
    for (let i = 0; i < value.length; i++) this.bits(value.charCodeAt(i))
  }

  /** Plain data, field by field. */
  data(value: unknown): void {
    this.text(JSON.stringify(value, inOrder) ?? '')
  }

  get hex(): string {
    return [this.#high, this.#low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
  }
}

/** Fields by their names: a command of a client and the same from a journal have them in another order. */
function inOrder(_key: string, part: unknown): unknown {
  if (typeof part === 'bigint') return `${part}n`
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
  return Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** Equal states have equal hashes, however the exchange came to them. */
export function hashState(state: ExchangeState): string {
  const hash = new RunningHash()
  hash.number(state.time)
  hash.number(state.lastOrderId)
  hash.number(state.icebergDraws)
  hash.number(state.reports.lastExecId)
  for (const underWay of [state.commands, state.reports.underWay]) {
    for (const [due, item] of underWay) {
      hash.number(due)
      hash.data(item)
    }
  }
  const commandsAreDue = state.commands.due !== Number.POSITIVE_INFINITY
  for (const [session, clOrdId, order] of state.ids) {
    hash.number(session)
    hash.text(clOrdId)
    hash.number(order === null ? 0 : order.terms.orderId)
    if (order === null || order.terms.clOrdId !== clOrdId) continue
    hash.data(order.state())
    // Only requests that were sent before a replace was accepted ask when that was.
    if (commandsAreDue) hash.number(order.replacedAt)
  }
  hash.data([state.latency.state(), state.fees?.state()])
  for (const listing of state.listings) hashMarket(hash, listing, state.time)
  return hash.hex
}

function hashMarket(hash: RunningHash, { book, feed, watch, reaction, waiting }: Listing, time: Nanos): void {
  hash.data([watch.watched, watch.told, book.consumption.draws, book.shift, reaction?.state(), feed.state()])
  hashPhase(hash, book)
  hash.data(
    waiting.inOrder().map((orders) => orders.map(({ terms, elected }) => (elected ? -terms.orderId : terms.orderId)))
  )
  for (const side of [book.bids, book.asks]) hashSide(hash, book, side, time)
}

function hashPhase(hash: RunningHash, { state, trades }: Book): void {
  hash.text(state.phase)
  for (const value of [state.lastPrice, trades.last, trades.high, trades.low]) hash.number(value)
}

/** Levels best first; in each, the queue in order: whose it is and how much. Places count by their order alone. */
function hashSide(hash: RunningHash, book: Book, side: BookSide, time: Nanos): void {
  for (let i = side.levels.length - 1; i >= 0; i--) {
    const level = side.levels.at(i)
    const { price, marketQty, consumedQty, clientQty, staying, returning } = level
    for (const value of [price, marketQty, consumedQty, clientQty, staying, returning]) hash.number(value)
    if (returning > 0) hash.number(level.returningSince)
    let feed = level.firstFeedOrder
    for (let order = level.firstOrder; ; order = order.behind) {
      for (; feed !== undefined && (order === undefined || feed.rank < order.rank); feed = feed.behind) {
        hash.number(feed.id)
        hash.number(feed.qty)
      }
      if (order === undefined) break
      hash.number(order.terms.orderId)
      hash.number(order.reserve)
      for (const value of level.queue?.standing(order.rank, time) ?? []) hash.number(value)
    }
  }
  for (let i = side.clientLevels.length - 1; i >= 0; i--) {
    for (let order = side.clientLevels.at(i).firstHidden; order !== undefined; order = order.behind)
      hash.number(order.terms.orderId)
  }
  for (const [price, qty] of [...book.growth.before(side.side)].sort(([a], [b]) => a - b)) {
    hash.number(price)
    hash.number(qty)
  }
}

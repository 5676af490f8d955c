import { BinanceDepthSync } from '../../vendors/binance-depth-sync.js'
import type { BinanceDepth, BinanceSnapshot } from '../../vendors/binance-messages.js'

/** Updates that wait for a snapshot; of more, the oldest are given up. */
const MOST_BUFFERED = 20_000

/** How far the depth stream of one symbol is joined to a snapshot. */
export class DepthBook {
  readonly symbol: string
  /** The id of the last update that was seen. */
  lastSeen = Number.NaN
  /** Nothing of the book is told with an earlier time than this. */
  time = Number.NEGATIVE_INFINITY
  /** Updates that waited and were older than the snapshot. */
  passedOver = 0
  #sync: BinanceDepthSync | undefined
  #buffered: BinanceDepth[] = []

  constructor(symbol: string) {
    this.symbol = symbol
  }

  get synced(): boolean {
    return this.#sync !== undefined
  }

  /** What becomes of an update: `wait`: it is kept for a snapshot. */
  take(depth: BinanceDepth): 'follows' | 'old' | 'gap' | 'wait' {
    this.lastSeen = depth.lastId
    if (this.#sync) return this.#sync.judge(depth)
    if (this.#buffered.length >= MOST_BUFFERED) this.#buffered.shift()
    this.#buffered.push(depth)
    return 'wait'
  }

  /** The book is lost with this update: it waits for a snapshot, as do the later ones. */
  lose(depth: BinanceDepth): void {
    this.#sync = undefined
    this.#buffered = [depth]
  }

  /** Goes on behind a gap as if there were none. */
  resume({ lastId }: BinanceDepth): void {
    this.#sync = new BinanceDepthSync(lastId)
  }

  /**
   * Joins the stream to a snapshot.
   * @returns the waiting updates that are still to be judged; undefined where the snapshot is older than the stream.
   */
  join({ lastUpdateId }: BinanceSnapshot): readonly BinanceDepth[] | undefined {
    const newer = this.#buffered.filter(({ lastId }) => lastId > lastUpdateId)
    if (newer.length > 0 && new BinanceDepthSync(lastUpdateId).judge(newer[0]) === 'gap') return undefined
    this.#sync = new BinanceDepthSync(lastUpdateId)
    this.passedOver = this.#buffered.length - newer.length
    this.#buffered = []
    return newer
  }
}

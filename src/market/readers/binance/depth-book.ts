import { BinanceDepthSync } from '../../vendors/binance-depth-sync.js'
import type { BinanceDepth, BinanceSnapshot } from '../../vendors/binance-messages.js'

/** Updates that wait for a snapshot; of more, the oldest are given up. */
const MOST_BUFFERED = 20_000

/** How far the depth stream of one symbol is joined to a snapshot. */
export class DepthBook {
  readonly symbol: string
  /** Nothing of the book is told with an earlier time than this. */
  time = Number.NEGATIVE_INFINITY
  /** Updates that wait, with those that were given up meanwhile. */
  waited = 0
  /** The last snapshot that was taken, while no update followed it. */
  freshId = Number.NaN
  /** Whether updates name their predecessors: those of futures do. */
  #named: boolean | undefined
  #sync: BinanceDepthSync | undefined
  #buffered: BinanceDepth[] = []

  constructor(symbol: string) {
    this.symbol = symbol
  }

  get synced(): boolean {
    return this.#sync !== undefined
  }

  /** Updates that wait for a snapshot. */
  get buffered(): readonly BinanceDepth[] {
    return this.#buffered
  }

  /** Whether an update is of the market that the others are of: spot and futures have the same symbols. */
  isOfSameMarket({ previousId }: BinanceDepth): boolean {
    const named = previousId !== undefined
    this.#named ??= named
    return this.#named === named
  }

  /** What becomes of an update: `wait`: it is kept for a snapshot. */
  take(depth: BinanceDepth): 'follows' | 'old' | 'gap' | 'wait' {
    if (this.#sync) {
      const judgement = this.#sync.judge(depth)
      if (judgement !== 'old') this.freshId = Number.NaN
      return judgement
    }
    if (this.#buffered.length >= 2 * MOST_BUFFERED) this.#buffered = this.#buffered.slice(MOST_BUFFERED)
    this.#buffered.push(depth)
    this.waited++
    return 'wait'
  }

  /** The book is lost with this update: it waits for a snapshot, as do the later ones. */
  lose(depth: BinanceDepth): void {
    this.#sync = undefined
    this.#buffered = [depth]
    this.waited = 1
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
    this.freshId = lastUpdateId
    this.#buffered = []
    return newer
  }
}

import { BinanceDepthSync } from './binance-depth-sync.js'
import type { BinanceDepth } from './binance-messages.js'

/** Updates kept at most; of more, the older half is forgotten. */
const MAX_KEPT = 10_000

/**
 * The latest depth updates of a stream without a gap between them, kept for a snapshot that is on its way. The newest is
 * kept always: a snapshot that does not reach the run is older than the stream, however late it comes.
 */
export class BinanceDepthRun {
  #updates: BinanceDepth[] = []
  #ids: BinanceDepthSync | undefined

  /** No update came yet. */
  get isEmpty(): boolean {
    return this.#updates.length === 0
  }

  /** Takes an update of the stream. One that came before is left out; behind a gap the run begins anew. */
  push(update: BinanceDepth): void {
    const judgement = this.#ids?.judge(update)
    if (judgement === 'old') return
    if (judgement !== 'follows') this.only(update)
    else this.#updates.push(update)
    if (this.#updates.length > MAX_KEPT) this.#updates = this.#updates.slice(MAX_KEPT / 2)
  }

  /** The run is this update alone: those before it are in a book, or of no use. */
  only(update: BinanceDepth): void {
    this.#updates = [update]
    this.#ids = new BinanceDepthSync(update.lastId, false)
  }

  /** The updates that a snapshot takes, judged by `sync`; undefined where it is older than the run. */
  behind(sync: BinanceDepthSync): readonly BinanceDepth[] | undefined {
    const following: BinanceDepth[] = []
    for (const update of this.#updates) {
      const judgement = sync.judge(update)
      if (judgement === 'gap') return undefined
      if (judgement === 'follows') following.push(update)
    }
    return following
  }
}

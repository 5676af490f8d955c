/** What a depth update is to a book that was taken from a snapshot. */
export type DepthJudgement = 'follows' | 'old' | 'gap'

/** The ids of a depth update. */
export interface DepthIds {
  readonly firstId: number
  readonly lastId: number
  readonly previousId: number | undefined
}

/**
 * Which depth updates a book takes. Start with the `lastUpdateId` of a snapshot; updates that came before it are judged
 * like later ones, so buffered updates are simply judged again. (Binance, "How to manage a local order book correctly",
 * spot and USD-M.)
 */
export class BinanceDepthSync {
  #last: number
  #first: boolean

  /** @param first the next update is the first behind a snapshot; false: `lastId` is that of an update */
  constructor(lastId: number, first = true) {
    this.#last = lastId
    this.#first = first
  }

  /** Judges an update; one that follows is taken as applied. */
  judge({ firstId, lastId, previousId }: DepthIds): DepthJudgement {
    if (lastId <= this.#last) return 'old'
    if (!this.#follows(firstId, previousId)) return 'gap'
    this.#last = lastId
    this.#first = false
    return 'follows'
  }

  /** USD-M ids have holes between updates, so there the previous update is named; spot ids have none. */
  #follows(firstId: number, previousId: number | undefined): boolean {
    if (previousId === undefined) return firstId <= this.#last + 1
    return this.#first ? previousId <= this.#last : previousId === this.#last
  }
}

import { type Level } from './level.js'

/**
 * Levels of one side in order of price, the best at the end, where nearly all changes happen: coming and going there
 * moves next to nothing.
 */
export class Ladder {
  readonly #levels: Level[] = []

  get length(): number {
    return this.#levels.length
  }

  /** The i-th level from the worst; the best is at `length - 1`. */
  at(i: number): Level {
    return this.#levels[i]
  }

  best(): Level | undefined {
    const length = this.#levels.length
    return length === 0 ? undefined : this.#levels[length - 1]
  }

  insert(level: Level): void {
    const levels = this.#levels
    const place = this.#place(level.key)
    levels.push(level)
    for (let i = levels.length - 1; i > place; i--) levels[i] = levels[i - 1]
    levels[place] = level
  }

  remove(level: Level): void {
    const levels = this.#levels
    const last = levels.length - 1
    for (let i = this.#place(level.key); i < last; i++) levels[i] = levels[i + 1]
    levels.pop()
  }

  /** The number of levels worse than `key`: a short look from the best, then by halves. */
  #place(key: number): number {
    const levels = this.#levels
    let high = levels.length
    for (let looks = 0; looks < 4; looks++) {
      if (high === 0 || levels[high - 1].key < key) return high
      high--
    }
    let low = 0
    while (low < high) {
      const middle = (low + high) >>> 1
      if (levels[middle].key < key) low = middle + 1
      else high = middle
    }
    return low
  }
}

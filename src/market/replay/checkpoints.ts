import type { Nanos } from '../../base/time.js'
import { entriesOf, type BookImage } from '../book/book-keeper.js'

/** A moment of tapes from which they can be read on. */
export interface Checkpoint {
  /** Everything up to and including this time of the tapes is read. */
  readonly time: Nanos
  /** How many instants that is, from the beginning. */
  readonly instants: number
  /** How many rows, tape by tape. */
  readonly rows: readonly number[]
  readonly books: BookImage
}

export interface CheckpointLimits {
  /** Instants between two checkpoints, at first: some hundredths of a second of reading. */
  readonly every?: number
  /** Checkpoints at most. */
  readonly most?: number
  /** Orders and quantities in all their books together, 24 bytes each; a single checkpoint may hold more. */
  readonly entries?: number
}

/**
 * Places on the way that was read, at even distances, and the place that was last gone to. There are never more than so
 * many: where they become too many, or too large, every other one is given up, and those to come are twice as far apart.
 */
export class Checkpoints {
  #every: number
  readonly #most: number
  readonly #mostEntries: number
  #kept: Checkpoint[] = []
  #entries = 0
  #last: Checkpoint | undefined

  constructor({ every = 32_768, most = 64, entries = 1 << 21 }: CheckpointLimits = {}) {
    this.#every = every
    this.#most = most
    this.#mostEntries = entries
  }

  /** The last one up to and including a time of the tapes. */
  before(time: Nanos): Checkpoint | undefined {
    const kept = this.#kept.findLast((each) => each.time <= time)
    const last = this.#last
    return last && last.time <= time && !(kept && kept.instants > last.instants) ? last : kept
  }

  /** At how many instants from the beginning the next one is wanted. */
  get due(): number {
    return (this.#kept.at(-1)?.instants ?? 0) + this.#every
  }

  /** Takes one that is due. */
  keep(checkpoint: Checkpoint): void {
    this.#kept.push(checkpoint)
    this.#entries += entriesOf(checkpoint.books)
    while (this.#kept.length > this.#most || (this.#entries > this.#mostEntries && this.#kept.length > 1)) this.#thin()
  }

  /** Somebody went there, and may want to go there again. */
  goneTo(checkpoint: Checkpoint): void {
    this.#last = checkpoint
  }

  #thin(): void {
    this.#every *= 2
    this.#kept = this.#kept.filter((_, i) => i % 2 === 1)
    this.#entries = this.#kept.reduce((sum, { books }) => sum + entriesOf(books), 0)
  }
}

import type { FileHead } from '../vendor-format.js'
import type { FeedFile } from './feed-file.js'

/** A file that waits for its time. */
export interface PlannedFile {
  readonly head: FileHead
  /** About the time of its first record. */
  readonly start: number
  readonly rank: number
}

/**
 * Several files as one, in time order; at one time by rank, then as they were given. A file is opened when its first time
 * has come, so that a year of days is not a year of open files.
 */
export class FileMerge {
  readonly #waiting: PlannedFile[]
  readonly #sequential: boolean
  readonly #open: (head: FileHead) => Promise<FeedFile>
  readonly #active: { readonly file: FeedFile; readonly rank: number }[] = []
  #current: FeedFile | undefined
  #done = 0

  /** @param sequential a file begins where the one before has ended, whatever their times are. */
  constructor(files: readonly PlannedFile[], sequential: boolean, open: (head: FileHead) => Promise<FeedFile>) {
    this.#waiting = sequential ? [...files] : [...files].sort((a, b) => a.start - b.start)
    this.#sequential = sequential
    this.#open = open
  }

  /** Bytes read, of all files. */
  get position(): number {
    return this.#active.reduce((sum, { file }) => sum + file.position, this.#done)
  }

  /** The file whose record is next, moved to that record; undefined at the end. Waits only where a file has to be read on. */
  next(): FeedFile | undefined | Promise<FeedFile | undefined> {
    const current = this.#current
    if (current === undefined || !current.next()) return this.#move()
    const best = this.#active.length === 1 ? current : this.#best()
    if (this.#waiting.length > 0 && this.#isDue((best as FeedFile).time)) return this.#admitDue()
    this.#current = best
    return best
  }

  async close(): Promise<void> {
    for (const { file } of this.#active) await file.close()
  }

  async #move(): Promise<FeedFile | undefined> {
    const current = this.#current
    if (current && !(await current.more())) {
      this.#done += current.position
      this.#active.splice(
        this.#active.findIndex(({ file }) => file === current),
        1
      )
    }
    return this.#admitDue()
  }

  async #admitDue(): Promise<FeedFile | undefined> {
    let best = this.#best()
    while (this.#waiting.length > 0 && (best === undefined || this.#isDue(best.time))) {
      await this.#admit(this.#waiting.shift() as PlannedFile)
      best = this.#best()
    }
    this.#current = best
    return best
  }

  #isDue(time: number): boolean {
    return !this.#sequential && this.#waiting[0].start <= time
  }

  async #admit({ head, rank }: PlannedFile): Promise<void> {
    const file = await this.#open(head)
    if (!file.next() && !(await file.more())) {
      this.#done += file.position
      return
    }
    const at = this.#active.findIndex((other) => other.rank > rank)
    this.#active.splice(at < 0 ? this.#active.length : at, 0, { file, rank })
  }

  #best(): FeedFile | undefined {
    let best: FeedFile | undefined
    for (const { file } of this.#active) if (best === undefined || file.time < best.time) best = file
    return best
  }
}

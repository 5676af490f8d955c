import type { Faults, FaultKind } from '../faults.js'
import type { ImportOptions, OnError } from '../import-options.js'
import type { FileHead } from '../vendor-format.js'
import type { FeedFile } from './feed-file.js'

/** What the files of one import have in common. */
export interface OpenContext {
  readonly options: ImportOptions
  readonly faults: Faults
  /** What times count from, s since 1970: 0 while the files are surveyed. */
  readonly epoch: number
  readonly counts: Map<string, number>
}

/** A vendor's format as `importFeed` reads it. */
export interface FeedFormat {
  readonly name: string
  /** Where the data comes from, in words. */
  readonly source: string
  readonly timeZone: string
  /** ISO 10383 where all of the vendor's data is of one market. */
  readonly market?: string
  /** No tick is larger: what a market's rules say, where prices do not happen to show it. */
  readonly largestTick?: string
  /** Where it differs from what is usual. */
  readonly faults?: Readonly<Partial<Record<FaultKind, OnError>>>
  /** What is told of the counts that `OpenContext.counts` collects: sentence by name. */
  readonly notes?: Readonly<Record<string, string>>
  /** What to say of files without market data, by what was counted; undefined: nothing more than that. */
  nothing?(counts: ReadonlyMap<string, number>): string | undefined
  /** Opens one file. `begin` is called before each pass over the files. */
  open(file: FileHead, context: OpenContext): Promise<FeedFile>
  begin?(): void
  /** The files are one stream in pieces, in the order of their first times: each is read when the one before has ended. */
  readonly sequential?: true
  /**
   * At the same time the file of the lower rank goes first, where files are read together: quotes before the trades that
   * meet them.
   */
  rank?(file: FileHead): number
}

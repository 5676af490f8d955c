import type { EpochSeconds, Nanos } from '../../base/time.js'
import type { FeedKind } from '../../exchange/instrument.js'

/** What to do about bad data: stop at it, leave it out and count it, or make the best of it and count it. */
export type OnError = 'stop' | 'skip' | 'repair'

/** What a person may say about vendor files; left out, the files say it or the format has a default. */
export interface ImportOptions {
  /** The symbol of files that do not say it; of files that hold several, those to read, comma-separated. */
  readonly symbol?: string | undefined
  /** YYYY-MM-DD in the market's local time. */
  readonly date?: string | undefined
  /** Minimum price increment of an order, a decimal. */
  readonly tick?: string | undefined
  readonly lot?: string | undefined
  /** Quantities of quotes are so many: 100 where they count round lots of shares. */
  readonly quoteUnit?: string | undefined
  readonly currency?: string | undefined
  readonly market?: string | undefined
  /** YAML that says what the columns of a CSV mean. */
  readonly mapping?: string | undefined
  /** IANA name of the zone of times that carry none. */
  readonly timeZone?: string | undefined
  /** What the tape tells: orders, price levels, or the best quote. Left out: all that the files tell. */
  readonly feed?: FeedKind | undefined
  /** Left out: each kind of fault has a default, which the README of the readers states. */
  readonly onError?: OnError | undefined
  /** Called now and then with bytes of the files, read and in all. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

/** What an import did. */
export interface ImportSummary {
  readonly out: string
  readonly format: string
  readonly feed: FeedKind
  readonly symbols: readonly string[]
  readonly epoch: EpochSeconds
  readonly start: Nanos
  readonly end: Nanos
  /** Events of the vendor. */
  readonly events: number
  /** Rows of the tape. */
  readonly rows: number
  /** What else is worth telling, by the reader's own names. */
  readonly counts: Readonly<Record<string, number>>
  /** What a person should know of it, in sentences. */
  readonly notes: readonly string[]
  readonly seconds: number
}

import type { EpochSeconds, Nanos } from '../../base/time.js'

/** What a person may say about vendor files; left out, the files say it or the format has a default. */
export interface ImportOptions {
  readonly symbol?: string | undefined
  /** YYYY-MM-DD in the market's local time. */
  readonly date?: string | undefined
  /** Minimum price increment of an order, a decimal. */
  readonly tick?: string | undefined
  readonly lot?: string | undefined
  readonly currency?: string | undefined
  readonly market?: string | undefined
  /** Whether the tape tells orders or price levels. */
  readonly feed?: 'l2' | 'l3' | undefined
  /** Called now and then with bytes of the files, read and in all. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

/** What an import did. */
export interface ImportSummary {
  readonly out: string
  readonly format: string
  readonly feed: 'l2' | 'l3'
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
  readonly seconds: number
}

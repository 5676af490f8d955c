import type { EpochSeconds, Nanos } from '../../base/time.js'
import { recordSource } from '../record-source.js'
import { SyntheticMarket } from './synthetic-market.js'

export interface RecordingOptions {
  readonly seed: number
  readonly epoch: EpochSeconds
  readonly start: Nanos
  readonly duration: Nanos
  readonly symbols?: readonly string[]
  readonly onProgress?: (time: Nanos) => void
}

/** Writes a stretch of the synthetic market as a tape: the same options give the same file. Returns its rows. */
export function recordSynthetic(out: string, options: RecordingOptions): number {
  const { seed, epoch, start, duration, symbols, onProgress } = options
  const market = new SyntheticMarket({ seed, epoch, start, ...(symbols ? { symbols } : {}) })
  return recordSource(out, market, { source: `synthetic, seed ${seed}`, duration, onProgress })
}

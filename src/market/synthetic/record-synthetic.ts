import { MINUTE, nanos, type EpochSeconds, type Nanos } from '../../base/time.js'
import { SCHEMA_VERSION } from '../tape/tape-metadata.js'
import { TapeWriter } from '../tape/tape-writer.js'
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
  const source = new SyntheticMarket({ seed, epoch, start, ...(symbols ? { symbols } : {}) })
  const metadata = {
    schemaVersion: SCHEMA_VERSION,
    instruments: source.instruments,
    source: `synthetic, seed ${seed}`,
    timeZone: 'America/New_York',
    createdFrom: []
  } as const
  const tape = new TapeWriter(out, metadata, epoch)
  try {
    const end = start + duration
    for (let to: number = start; ; to = Math.min(end, to + MINUTE)) {
      source.advance(nanos(to), tape)
      onProgress?.(nanos(to))
      if (to === end) break
    }
    tape.close()
    return tape.rows
  } catch (error) {
    tape.abandon()
    throw error
  }
}

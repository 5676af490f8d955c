import { MINUTE, nanos, type Nanos } from '../base/time.js'
import type { MarketSource } from './market-source.js'
import { SCHEMA_VERSION } from './tape/tape-metadata.js'
import { TapeWriter } from './tape/tape-writer.js'

export interface RecordOptions {
  /** What the tape says it comes from. */
  readonly source: string
  readonly duration: Nanos
  readonly onProgress?: ((time: Nanos) => void) | undefined
}

/** Writes a stretch of a made-up market as a tape, from its start on. Returns its rows. */
export function recordSource(
  out: string,
  market: MarketSource,
  { source, duration, onProgress }: RecordOptions
): number {
  const metadata = {
    schemaVersion: SCHEMA_VERSION,
    instruments: market.instruments,
    source,
    timeZone: 'America/New_York',
    createdFrom: []
  } as const
  const tape = new TapeWriter(out, metadata, market.epoch)
  try {
    const end = market.start + duration
    for (let to: number = market.start; ; to = Math.min(end, to + MINUTE)) {
      market.advance(nanos(to), tape)
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

import { MINUTE, nanos, type Nanos } from '../base/time.js'
import type { MarketSource, PhasePlan } from './market-source.js'
import { TapeWriter } from './tape/tape-writer.js'

export interface RecordOptions {
  /** What the tape says it comes from. */
  readonly source: string
  readonly duration: Nanos
  readonly onProgress?: ((time: Nanos) => void) | undefined
}

/** Writes a stretch of a made-up market as a tape, from its start on, with its phases. Returns the tape's rows. */
export function recordSource(
  out: string,
  market: MarketSource,
  { source, duration, onProgress }: RecordOptions
): number {
  const metadata = {
    instruments: market.instruments,
    source,
    timeZone: 'America/New_York',
    createdFrom: []
  } as const
  const tape = new TapeWriter(out, metadata, market.epoch)
  try {
    const end = market.start + duration
    const phases = market.phases?.()
    for (let to: number = market.start; ; to = Math.min(end, to + MINUTE)) {
      for (let due = phases?.due; due !== undefined && due <= to; due = phases?.due) {
        market.advance(due, tape)
        recordPhase(tape, phases?.take())
      }
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

/** A phase begins behind the facts of its time, as it does where a venue follows the market itself. */
function recordPhase(tape: TapeWriter, change: ReturnType<PhasePlan['take']>): void {
  if (change?.kind !== 'phase') return
  tape.enterPhase(change.time, change.instrument, change.phase)
  tape.eventEnd()
}

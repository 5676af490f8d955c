import type { EpochSeconds } from '../../../base/time.js'
import type { InstrumentTerms } from '../../../exchange/instrument.js'
import { join } from 'node:path'
import type { MarketSource } from '../../market-source.js'
import { MergedSource } from '../../replay/merged-source.js'
import { TapeSource } from '../../replay/tape-source.js'
import { TapeFile } from '../../tape/tape-file.js'

/** The tape of one run of a live session, counted from 1, in the directory of its recordings. */
export function runTapePath(directory: string, run: number): string {
  return join(directory, `run-${run}.arrow`)
}

/**
 * What the runs 1 to `runs` of a live session recorded, one after the other: the market that its commands met.
 * @returns undefined where there was no run yet
 * @throws UserError for a recording that is missing or is no tape
 */
export function recordedRuns(
  directory: string,
  runs: number,
  epoch: EpochSeconds,
  instruments: readonly InstrumentTerms[]
): MarketSource | undefined {
  const numbers = Uint16Array.from(instruments, (_, no) => no)
  const sources = Array.from({ length: runs }, (_, i) => {
    const tape = new TapeFile(runTapePath(directory, i + 1))
    return new TapeSource(tape, { epoch, instruments: numbers, index: i, of: runs })
  })
  const [first, ...rest] = sources
  if (first === undefined) return undefined
  return rest.length === 0 ? first : new MergedSource([first, ...rest], instruments)
}

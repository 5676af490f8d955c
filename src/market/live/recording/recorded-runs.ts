import { closeSync, existsSync, fstatSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { EpochSeconds } from '../../../base/time.js'
import type { InstrumentTerms } from '../../../exchange/instrument.js'
import type { MarketSource } from '../../market-source.js'
import { MergedSource } from '../../replay/merged-source.js'
import { TapeSource } from '../../replay/tape-source.js'
import { listMessages, rowsOf } from '../../tape/arrow-messages.js'
import { TapeFile } from '../../tape/tape-file.js'

/** The tape of one run of a live session, counted from 1, in the directory of its recordings. */
export function runTapePath(directory: string, run: number): string {
  return join(directory, `run-${run}.arrow`)
}

/**
 * What the runs 1 to `runs` of a live session recorded, one after the other: the market that its commands met.
 * @returns undefined where there was no run yet, or none that recorded anything
 * @throws UserError for a recording that is missing or is no tape
 */
export function recordedRuns(
  directory: string,
  runs: number,
  epoch: EpochSeconds,
  instruments: readonly InstrumentTerms[]
): MarketSource | undefined {
  const numbers = Uint16Array.from(instruments, (_, no) => no)
  const tapes = recordedTapes(directory, runs).map((path) => new TapeFile(path))
  const sources = tapes.map(
    (tape, i) => new TapeSource(tape, { epoch, instruments: numbers, index: i, of: tapes.length })
  )
  const [first, ...rest] = sources
  if (first === undefined) return undefined
  return rest.length === 0 ? first : new MergedSource([first, ...rest], instruments)
}

/** The instruments that the runs 1 to `runs` recorded; undefined where none recorded anything. @throws UserError */
export function recordedInstruments(directory: string, runs: number): readonly InstrumentTerms[] | undefined {
  const [first] = recordedTapes(directory, runs)
  return first === undefined ? undefined : new TapeFile(first).metadata.instruments
}

/** A run that was ended before its first fact was safe has a tape without rows. */
function recordedTapes(directory: string, runs: number): string[] {
  return Array.from({ length: runs }, (_, i) => runTapePath(directory, i + 1)).filter((path) => !isEmpty(path))
}

function isEmpty(path: string): boolean {
  if (!existsSync(path)) return false
  const fd = openSync(path, 'r')
  try {
    return rowsOf(listMessages(fd, fstatSync(fd).size, path)) === 0
  } finally {
    closeSync(fd)
  }
}

import { basename } from 'node:path'
import { MINUTE, nanos, type EpochSeconds, type Nanos } from '../../base/time.js'
import { UserError } from '../../base/user-error.js'
import { instrumentNo } from '../../exchange/units.js'
import { Selection } from '../cut/selection.js'
import { openTapes } from '../replay/open-tapes.js'
import { fileHash } from '../tape/file-hash.js'
import { TapeFile } from '../tape/tape-file.js'
import type { TapeMetadata } from '../tape/tape-metadata.js'
import { TapeWriter } from '../tape/tape-writer.js'

export interface MergeSummary {
  readonly rows: number
  readonly symbols: readonly string[]
  readonly epoch: EpochSeconds
  readonly start: Nanos
  readonly end: Nanos
}

/**
 * Writes several tapes as one, in time order: instruments side by side, days one after the other. At one time, what stands
 * on the tape named first goes first; events stay whole. Orders are numbered anew.
 * @param onProgress called now and then with the time reached, between start and end.
 * @throws UserError where tapes do not fit together: the same symbol with another tick, lot or feed.
 */
export function mergeTapes(
  paths: readonly string[],
  out: string,
  onProgress?: (time: number, start: number, end: number) => void
): MergeSummary {
  if (paths.includes(out)) throw new UserError(`${out} is one of the tapes to merge; expected another name`)
  const source = openTapes(paths)
  const end = source.end as Nanos
  const { metadata, exchangeTime } = described(paths, source.instruments)
  const writer = new TapeWriter(out, metadata, source.epoch, { exchangeTime })
  try {
    const all = new Selection(
      source.instruments.map((_, no) => instrumentNo(no)),
      writer
    )
    for (let to: number = source.start; source.nextTime() !== undefined; to = Math.min(end, to + MINUTE)) {
      source.advance(nanos(to), all)
      onProgress?.(to, source.start, end)
    }
    writer.close()
  } catch (error) {
    writer.abandon()
    throw error
  }
  const symbols = source.instruments.map(({ symbol }) => symbol)
  return { rows: writer.rows, symbols, epoch: source.epoch, start: source.start, end }
}

function described(
  paths: readonly string[],
  instruments: TapeMetadata['instruments']
): { metadata: TapeMetadata; exchangeTime: boolean } {
  const tapes = paths.map((path) => {
    const tape = new TapeFile(path)
    tape.close()
    return tape
  })
  const all = tapes.map(({ metadata }) => metadata)
  const zones = new Set(all.map(({ timeZone }) => timeZone))
  const metadata = {
    instruments,
    source: [...new Set(all.map(({ source }) => source))].join(', '),
    timeZone: zones.size === 1 ? all[0].timeZone : 'UTC',
    createdFrom: paths.map((path) => ({ file: basename(path), sha256: fileHash(path) }))
  }
  return { metadata, exchangeTime: tapes.some(({ hasExchangeTimes }) => hasExchangeTimes) }
}

import { basename } from 'node:path'
import type { EpochSeconds, Nanos } from '../../../base/time.js'
import { UserError } from '../../../base/user-error.js'
import { feedBatch } from '../../replay/feed-batch.js'
import { EVENT_END } from '../../tape/tape-action.js'
import type { TapeBatch } from '../../tape/tape-batch.js'
import { fileHash } from '../../tape/file-hash.js'
import { TapeFile } from '../../tape/tape-file.js'
import type { TapeMetadata } from '../../tape/tape-metadata.js'
import { TapeWriter } from '../../tape/tape-writer.js'
import type { FormatName } from '../format-names.js'
import type { ImportOptions, ImportSummary } from '../import-options.js'
import type { FileHead, VendorFormat } from '../vendor-format.js'
import { ParquetTape } from './parquet-tape.js'

/** Rows that are a tape's already. */
interface Rows {
  readonly metadata: TapeMetadata
  readonly epoch: EpochSeconds
  readonly hasExchangeTimes: boolean
  readonly position: number
  batches(): Iterable<TapeBatch> | AsyncIterable<TapeBatch>
  close(): void
}

const PARQUET = Buffer.from('PAR1')
const ARROW_FILE = Buffer.from('ARROW1')
const ARROW_STREAM = Buffer.from([0xff, 0xff, 0xff, 0xff])

/** A Parquet file with the columns of a tape. */
export const parquetFormat: VendorFormat = columnar('parquet', [PARQUET], 'a Parquet file', (path) =>
  ParquetTape.open(path)
)

/** An Arrow stream or file that another program wrote: checked, and written as we write tapes. */
export const arrowFormat: VendorFormat = columnar(
  'arrow',
  [ARROW_FILE, ARROW_STREAM],
  'an Arrow file',
  async (path) => {
    const file = new TapeFile(path)
    return {
      metadata: file.metadata,
      epoch: file.epoch,
      hasExchangeTimes: file.hasExchangeTimes,
      position: 0,
      batches: () => file.batches(),
      close: () => file.close()
    }
  }
)

function columnar(
  name: FormatName,
  magic: readonly Buffer[],
  kind: string,
  open: (path: string) => Promise<Rows>
): VendorFormat {
  const expects = `${kind} with the columns of a tape`
  return {
    name,
    expects,
    knows: ([file, ...others]) =>
      others.length === 0 && magic.some((each) => file.bytes.subarray(0, each.length).equals(each)),
    async import(files, out, options) {
      if (files.length !== 1) throw new UserError(`expected one file, ${expects}; tape merge puts several together`)
      const [file] = files
      if (!magic.some((each) => file.bytes.subarray(0, each.length).equals(each)) || file.path !== file.diskPath) {
        throw new UserError(`expected ${expects}, not packed`, { file: file.path })
      }
      return importRows(file, out, options, name, await open(file.path))
    }
  }
}

async function importRows(
  file: FileHead,
  out: string,
  options: ImportOptions,
  format: string,
  rows: Rows
): Promise<ImportSummary> {
  const started = process.hrtime.bigint()
  const { metadata, epoch } = rows
  const createdFrom = [{ file: basename(file.path), sha256: fileHash(file.path) }]
  const tape = new TapeWriter(out, { ...metadata, createdFrom }, epoch, { exchangeTime: rows.hasExchangeTimes })
  const numbers = Uint16Array.from(metadata.instruments, (_, no) => no)
  const renumbering = { shift: 0, instruments: numbers, idStride: 1, idOffset: 1 }
  let start: Nanos | undefined
  let end = 0 as Nanos
  let events = 0
  try {
    for await (const batch of rows.batches()) {
      feedBatch(batch, 0, batch.length, renumbering, tape)
      start ??= batch.time[0] as Nanos
      end = batch.time[batch.length - 1] as Nanos
      for (let i = 0; i < batch.length; i++) if (batch.flags[i] & EVENT_END) events++
      options.onProgress?.(rows.position, file.size)
    }
    tape.close()
  } catch (error) {
    tape.abandon()
    throw error
  } finally {
    rows.close()
  }
  return {
    out,
    format,
    feed: metadata.instruments[0].feed ?? 'l2',
    symbols: metadata.instruments.map(({ symbol }) => symbol),
    epoch,
    start: start ?? end,
    end,
    events,
    rows: tape.rows,
    counts: {},
    notes: [],
    seconds: Number(process.hrtime.bigint() - started) / 1e9
  }
}

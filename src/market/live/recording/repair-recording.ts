import { closeSync, existsSync, fstatSync, openSync, readSync, rmSync } from 'node:fs'
import { Message, type Schema } from 'apache-arrow'
import type { EpochSeconds, Nanos } from '../../../base/time.js'
import { UserError } from '../../../base/user-error.js'
import type { InstrumentNo, Price, Quantity, Side } from '../../../exchange/units.js'
import { CLEAR, HIDDEN, LEVEL, QUOTE, TRADE } from '../../tape/tape-action.js'
import { METADATA_KEY, parseMetadata, type TapeMetadata } from '../../tape/tape-metadata.js'
import { TapeWriter } from '../../tape/tape-writer.js'
import { tailPath } from './live-recorder.js'
import { readTailLog, type TailRow } from './tail-log.js'

const CONTINUATION = -1

/**
 * Completes the tape of a run that did not end by itself: its whole record batches, then the rows of its tail log. Done
 * again after a crash in the middle of it, it comes to the same. A tape that is complete is left as it is.
 * @throws UserError where there is nothing of the recording
 */
export function repairRecording(path: string, metadata: TapeMetadata, epoch: EpochSeconds): void {
  const tail = tailPath(path)
  if (existsSync(path)) {
    rmSync(tail, { force: true })
    return
  }
  if (!existsSync(`${path}.partial`) || !existsSync(tail)) {
    throw new UserError('this recording of the live market is missing: the session cannot be continued without it', {
      file: path
    })
  }
  const resume = wholeMessages(`${path}.partial`)
  const { base, rows } = readTailLog(tail)
  const tape = new TapeWriter(path, metadata, epoch, { exchangeTime: true, resume })
  for (const row of rows.slice(Math.max(0, resume.rows - base))) write(row, tape)
  tape.close()
  rmSync(tail, { force: true })
}

/** What the unfinished tape of a run says of itself; undefined where it says nothing yet. @throws UserError */
export function unfinishedMetadata(path: string): TapeMetadata | undefined {
  const partial = `${path}.partial`
  if (!existsSync(partial)) return undefined
  const fd = openSync(partial, 'r')
  try {
    const prefix = readAt(fd, 0, 8)
    const metadata = readAt(fd, 8, prefix.length === 8 ? prefix.readInt32LE(4) : 0)
    if (metadata.length === 0) return undefined
    const json = (Message.decode(metadata).header() as Schema).metadata.get(METADATA_KEY)
    return json === undefined ? undefined : parseMetadata(json, partial)
  } finally {
    closeSync(fd)
  }
}

/** How much of an unfinished tape is whole messages, and the rows in it. */
function wholeMessages(path: string): { readonly bytes: number; readonly rows: number } {
  const fd = openSync(path, 'r')
  try {
    const size = fstatSync(fd).size
    let bytes = 0
    let rows = 0
    while (bytes + 8 <= size) {
      const prefix = readAt(fd, bytes, 8)
      const metadataLength = prefix.readInt32LE(4)
      // The length is 0 in the end of stream marker, which a repair that was interrupted may have written.
      if (prefix.readInt32LE(0) !== CONTINUATION || metadataLength <= 0) break
      if (bytes + 8 + metadataLength > size) break
      const message = Message.decode(readAt(fd, bytes + 8, metadataLength))
      const end = bytes + 8 + metadataLength + message.bodyLength
      if (end > size) break
      if (message.isRecordBatch()) rows += message.header().length
      bytes = end
    }
    return { bytes, rows }
  } finally {
    closeSync(fd)
  }
}

function readAt(fd: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  return bytes.subarray(0, readSync(fd, bytes, 0, length, position))
}

function write(row: TailRow, tape: TapeWriter): void {
  const time = row.time as Nanos
  const instrument = row.instrument as InstrumentNo
  const side = row.side as Side
  const price = row.price as Price
  const qty = row.qty as Quantity
  tape.exchangeTime = row.exchangeTime
  switch (row.action) {
    case LEVEL:
      tape.level(time, instrument, side, price, qty)
      break
    case QUOTE:
      tape.quote(time, instrument, side, price, qty)
      break
    case TRADE:
      tape.trade(time, instrument, side, price, qty)
      break
    case HIDDEN:
      tape.hiddenTrade(time, instrument, side, price, qty)
      break
    case CLEAR:
      tape.clear(time, instrument)
      break
  }
  if (row.eventEnd) tape.eventEnd()
}

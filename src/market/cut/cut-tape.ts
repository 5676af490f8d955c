import { basename } from 'node:path'
import { nanos, type Nanos } from '../../base/time.js'
import { UserError } from '../../base/user-error.js'
import { instrumentNo } from '../../exchange/units.js'
import { TapeSource } from '../replay/tape-source.js'
import { fileHash } from '../tape/file-hash.js'
import { TapeFile } from '../tape/tape-file.js'
import { TapeWriter } from '../tape/tape-writer.js'
import { BookKeeper } from '../book/book-keeper.js'
import { momentOf } from './moment.js'
import { Selection } from './selection.js'

export interface CutOptions {
  /** First and last moment, as {@link momentOf} reads them; left out: where the tape starts and ends. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Left out: all. */
  readonly symbols?: readonly string[] | undefined
}

export interface CutSummary {
  readonly rows: number
  readonly start: Nanos
  readonly end: Nanos
  readonly epoch: number
}

/**
 * Writes a stretch of a tape, of some of its symbols, as a tape of its own. It opens with the whole book as it stood before
 * its first moment, orders in their queues, so it replays to the same books.
 * @throws UserError for moments and symbols that are not on the tape.
 */
export function cutTape(path: string, out: string, options: CutOptions): CutSummary {
  if (path === out) throw new UserError(`${out} is the tape to cut; expected another name`)
  const tape = new TapeFile(path)
  try {
    const [first, last] = tape.span()
    const from = options.from === undefined ? first : momentOf(options.from, tape)
    const to = options.to === undefined ? last : momentOf(options.to, tape)
    if (from > to || to < first || from > last) {
      throw new UserError('nothing of the tape lies between the two moments', { file: path })
    }
    const numbers = numbersOf(tape, options.symbols)
    const metadata = {
      ...tape.metadata,
      instruments: tape.metadata.instruments.filter((_, no) => numbers[no] !== undefined),
      createdFrom: [{ file: basename(path), sha256: fileHash(path) }]
    }
    const source = new TapeSource(tape)
    const books = new BookKeeper(tape.instruments.length)
    source.advance(nanos(from - 1), books)
    const writer = new TapeWriter(out, metadata, tape.epoch, { exchangeTime: tape.hasExchangeTimes })
    try {
      const selection = new Selection(numbers, writer)
      if (from > first) for (const { no, feed } of tape.instruments) books.tell(from, no, feed === 'l1', selection)
      source.advance(to, selection)
      if (writer.rows === 0) throw new UserError('nothing of the symbols lies between the two moments', { file: path })
      writer.close()
    } catch (error) {
      writer.abandon()
      throw error
    }
    return { rows: writer.rows, start: nanos(Math.max(from, first)), end: nanos(Math.min(to, last)), epoch: tape.epoch }
  } finally {
    tape.close()
  }
}

function numbersOf(
  { path, instruments }: TapeFile,
  symbols: CutOptions['symbols']
): (ReturnType<typeof instrumentNo> | undefined)[] {
  const unknown = symbols?.find((symbol) => !instruments.some((each) => each.symbol === symbol))
  if (unknown !== undefined) {
    const known = instruments.map(({ symbol }) => symbol).join(', ')
    throw new UserError(`there is no ${unknown} on the tape; expected some of ${known}`, { file: path })
  }
  let next = 0
  return instruments.map(({ symbol }) => (!symbols || symbols.includes(symbol) ? instrumentNo(next++) : undefined))
}

import { nanos, type Nanos } from '../../../base/time.js'
import { UserError } from '../../../base/user-error.js'
import { instrument, type InstrumentTerms } from '../../../exchange/instrument.js'
import { instrumentNo } from '../../../exchange/units.js'
import type { TapeMetadata } from '../../tape/tape-metadata.js'
import { TapeWriter } from '../../tape/tape-writer.js'
import { ByteChunks } from '../byte-chunks.js'
import { readsOn } from '../byte-reader.js'
import type { ImportOptions, ImportSummary } from '../import-options.js'
import { LineReader } from '../line-reader.js'
import { fieldError } from '../number-fields.js'
import { isDate, localMidnight } from '../../local-midnight.js'
import { BookRow } from './book-row.js'
import { EventWriter, type LobsterCounts } from './event-writer.js'
import { parseFileName } from './file-name.js'
import { EXECUTION, MessageReader, type LobsterMessage } from './message.js'
import { surveyTick } from './survey-tick.js'
import { TickGrid } from './tick-grid.js'
import { PhaseRows } from '../phase-rows.js'
import { Faults } from '../faults.js'
import { sourcesOf } from '../file-sources.js'

const TIME_ZONE = 'America/New_York'
/** Vendor prices are dollars times 10,000. */
const PRICE_SCALE = 4

/**
 * Turns a day of LOBSTER (NASDAQ) into a tape: `message` and `orderbook` line by line together, in bounded memory. Times
 * become UTC, prices stay in 1/10,000 of a dollar, as hidden orders trade inside the tick.
 * @throws UserError with file, line and column where the files are not what LOBSTER writes, or do not belong together.
 */
export async function importLobster(
  messageFile: string,
  orderbookFile: string,
  out: string,
  options: ImportOptions = {}
): Promise<ImportSummary> {
  const started = process.hrtime.bigint()
  const feed = options.feed ?? 'l3'
  if (feed === 'l1') throw new UserError('--feed l1: LOBSTER tells more; expected l3 or l2')
  const terms = describe(messageFile, feed, options.tick ?? (await surveyTick(messageFile)), options)
  const { tickSize } = instrument(instrumentNo(0), terms)
  const midnight = localMidnight(dateOf(messageFile, options), TIME_ZONE)
  const epoch = Math.floor(midnight / 86_400) * 86_400
  const offset = (midnight - epoch) * 1e9
  const files = [new ByteChunks(messageFile), new ByteChunks(orderbookFile)] as const
  const [messageLines, bookLines] = files.map((file) => new LineReader(file))
  const metadata: TapeMetadata = {
    instruments: [terms],
    source: 'LOBSTER',
    timeZone: TIME_ZONE,
    createdFrom: sourcesOf([messageFile, orderbookFile])
  }
  const faults = new Faults({ error: (problem) => new UserError(problem) }, options.onError, {
    crossed: 'stop',
    // Orders below a dollar may be finer than the tick.
    ...(options.tick === undefined && { offTick: 'skip' })
  })
  const grid = new TickGrid(tickSize, faults)
  const tape = new TapeWriter(out, metadata, epoch)
  try {
    const events = new EventWriter(tape, feed, new PhaseRows(tape, 1))
    const messages = new MessageReader(messageLines)
    let rows: BookRow | undefined
    let crossed = false
    let count = 0
    let first: Nanos | undefined
    let last = nanos(0)
    for (;;) {
      const hasMessage = messageLines.next() || (await more(messageLines))
      const hasRow = bookLines.next() || (await more(bookLines))
      if (!hasMessage || !hasRow) {
        if (hasMessage !== hasRow && !faults.has('truncated'))
          faults.repairsTold('truncated', differentLengths(messageLines, bookLines, hasMessage))
        break
      }
      let message = usable(faults, () => messages.read())
      const row = usable(faults, () => {
        rows ??= new BookRow(bookLines)
        rows.read()
        return rows
      })
      row?.keep(grid)
      let time = message === undefined ? last : nanos(message.time + offset)
      if (time < last) {
        if (!faults.repairsTold('timeBack', timeBack(messageLines, last - time))) message = undefined
        time = last
      }
      if (first === undefined) {
        if (message === undefined) continue
        first = time
        events.begin(first)
      }
      last = time
      events.write(last, message, message !== undefined && isOffTick(message), row)
      count++
      const problem = row?.crossed
      if (problem !== undefined && !crossed && !events.inCall) faults.repairsTold('crossed', problem)
      if (row !== undefined) crossed = problem !== undefined
    }
    if (first === undefined)
      throw new UserError('expected at least one message, the file is empty', { file: messageFile })
    tape.close()
    return {
      out,
      format: 'lobster',
      feed,
      symbols: [terms.symbol],
      epoch,
      start: first,
      end: last,
      events: count,
      rows: tape.rows,
      counts: { ...events.counts, ...faults.counts() },
      notes: [...notesOf(events.counts, feed), ...faults.notes()],
      seconds: Number(process.hrtime.bigint() - started) / 1e9
    }
  } catch (error) {
    tape.abandon()
    throw error
  }

  function isOffTick({ type, price }: LobsterMessage): boolean {
    return type <= EXECUTION && !grid.has(price, () => fieldError(messageLines, messageLines.from, grid.problem(price)))
  }

  async function more(lines: LineReader): Promise<boolean> {
    options.onProgress?.(files[0].position + files[1].position, files[0].size + files[1].size)
    faults.place = { error: (problem) => new UserError(problem, { file: lines.file }) }
    return readsOn(lines, faults)
  }
}

/** What a line says; undefined where it cannot be read, and may be left out. */
function usable<T>(faults: Faults, read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    faults.repairsTold('badValue', error)
    return undefined
  }
}

function timeBack(lines: LineReader, by: number): UserError {
  const problem = `time goes back by ${by} ns; expected lines in time order`
  return new UserError(problem, { file: lines.file, line: lines.line, column: 1 })
}

function notesOf({ corrections, unknownOrders, halts, crossExecutions }: LobsterCounts, feed: 'l2' | 'l3'): string[] {
  const sentences: readonly (readonly [count: number, sentence: string])[] = [
    [corrections, 'levels were corrected to the vendor’s book, as messages outside of its depth are not in the files'],
    [unknownOrders, 'cancellations and executions name orders that the files do not submit'],
    [halts, 'trading halts and resumptions became phases'],
    [crossExecutions, 'executions in auctions after halts, told as withdrawn: the cross has their volume']
  ]
  // What an order-by-order tape always has to say.
  return sentences.filter(([count], i) => count > 0 || (feed === 'l3' && i < 2)).map(([n, text]) => `${n} ${text}`)
}

function describe(messageFile: string, feed: 'l2' | 'l3', tickSize: string, options: ImportOptions): InstrumentTerms {
  const symbol = options.symbol ?? parseFileName(messageFile)?.symbol
  if (symbol === undefined) throw unnamed(messageFile, '--symbol')
  const terms: InstrumentTerms = {
    symbol,
    tickSize,
    lotSize: options.lot ?? '1',
    priceScale: PRICE_SCALE,
    quantityScale: 0,
    feed,
    currency: options.currency ?? 'USD',
    market: options.market ?? 'XNAS'
  }
  try {
    instrument(instrumentNo(0), terms)
  } catch (error) {
    throw new UserError((error as Error).message)
  }
  return terms
}

function dateOf(messageFile: string, options: ImportOptions): string {
  const date = options.date ?? parseFileName(messageFile)?.date
  if (date === undefined) throw unnamed(messageFile, '--date')
  if (!isDate(date)) throw new UserError(`expected a date YYYY-MM-DD, got "${date}"`)
  return date
}

function unnamed(file: string, option: string): UserError {
  return new UserError(
    `expected a name like SYMBOL_YYYY-MM-DD_34200000_57600000_message_10.csv, or the option ${option}`,
    { file }
  )
}

function differentLengths(messages: LineReader, rows: LineReader, moreMessages: boolean): UserError {
  const [longer, shorter] = moreMessages ? [messages, rows] : [rows, messages]
  return new UserError(
    `expected as many lines as ${shorter.file}, which ends after line ${shorter.line}: message and orderbook belong together line by line`,
    { file: longer.file, line: longer.line, column: 1 }
  )
}

import { UserError } from '../../../base/user-error.js'
import { nanos } from '../../../base/time.js'
import { instrument, type InstrumentTerms } from '../../../exchange/instrument.js'
import { instrumentNo } from '../../../exchange/units.js'
import type { TapeMetadata } from '../../tape/tape-metadata.js'
import { TapeWriter } from '../../tape/tape-writer.js'
import { Faults } from '../faults.js'
import { sourcesOf } from '../file-sources.js'
import type { ImportOptions, ImportSummary, OnError } from '../import-options.js'
import { isDate, localMidnight } from '../../local-midnight.js'
import { OrderRecorder } from '../order-recorder.js'
import { PhaseRows } from '../phase-rows.js'
import { dateOfName } from './file-date.js'
import { ItchReader } from './itch-reader.js'
import { ItchSurvey } from './itch-survey.js'
import { ItchWriter } from './itch-writer.js'
import { PRICE_SCALE } from './message.js'

const TIME_ZONE = 'America/New_York'
const LOCATES = 65_536
/** The symbol column of a tape is an int16. */
const MOST_STOCKS = 32_767
const SHOWN = 12

/**
 * Turns a day of NASDAQ TotalView-ITCH 5.0 into a tape, for the stocks that are asked for or for all. Reads the file twice:
 * first for its stocks and their ticks. Memory follows the orders that live.
 * @throws UserError where the file is damaged or not ITCH 5.0, with the message and its byte.
 */
export async function importItch(path: string, out: string, options: ImportOptions = {}): Promise<ImportSummary> {
  const started = process.hrtime.bigint()
  const feed = options.feed ?? 'l3'
  if (feed === 'l1') throw new UserError('--feed l1: ITCH tells more; expected l3 or l2', { file: path })
  const midnight = localMidnight(dateOf(path, options), TIME_ZONE)
  const epoch = Math.floor(midnight / 86_400) * 86_400

  const survey = new ItchSurvey()
  const ahead = new ItchReader(path, new Faults({ error: (problem) => new UserError(problem) }, 'skip'))
  await survey.read(ahead, () => options.onProgress?.(ahead.position, 2 * ahead.size))
  const { terms, numbers } = chooseStocks(survey, feed, options, path)

  const metadata: TapeMetadata = {
    instruments: terms,
    source: 'NASDAQ TotalView-ITCH 5.0',
    timeZone: TIME_ZONE,
    createdFrom: sourcesOf([path])
  }
  const faults = new Faults(ahead, options.onError, defaults(options))
  const reader = new ItchReader(path, faults)
  faults.place = reader
  const instruments = terms.map((each, no) => instrument(instrumentNo(no), each))
  const tape = new TapeWriter(out, metadata, epoch)
  try {
    const recorder = new OrderRecorder(tape, instruments, feed, faults)
    const phases = new PhaseRows(tape, instruments.length)
    const writer = new ItchWriter(recorder, phases, faults, numbers, (midnight - epoch) * 1e9, instruments.length)
    for (;;) {
      while (reader.next()) writer.write(reader)
      options.onProgress?.(reader.size + reader.position, 2 * reader.size)
      if (!(await reader.more())) break
      writer.write(reader)
    }
    if (tape.rows === 0) throw new UserError('the file has no orders and no trades of these stocks', { file: path })
    tape.close()
    const counts = {
      messages: reader.count,
      ...writer.counts,
      phases: phases.count,
      ordersLeft: recorder.orders.size,
      ...faults.counts()
    }
    return {
      out,
      format: 'itch',
      feed,
      symbols: terms.map(({ symbol }) => symbol),
      epoch,
      start: writer.first ?? nanos(0),
      end: nanos(tape.lastTime),
      events: writer.events,
      rows: tape.rows,
      counts,
      notes: notesOf(counts, faults),
      seconds: Number(process.hrtime.bigint() - started) / 1e9
    }
  } catch (error) {
    tape.abandon()
    throw error
  }
}

/** The tick is told from the prices: the few that are off it are orders below a dollar of a stock that trades above. */
function defaults({ tick }: ImportOptions): { readonly offTick?: OnError } {
  return tick === undefined ? { offTick: 'skip' } : {}
}

function dateOf(path: string, options: ImportOptions): string {
  const date = options.date ?? dateOfName(path)
  if (date === undefined) {
    const names = '01302020.NASDAQ_ITCH50 or S013020-v50.txt'
    throw new UserError(`expected a name with a date, such as ${names}, or the option --date`, { file: path })
  }
  if (!isDate(date)) throw new UserError(`expected a date YYYY-MM-DD, got "${date}"`)
  return date
}

function chooseStocks(
  survey: ItchSurvey,
  feed: 'l3' | 'l2',
  options: ImportOptions,
  path: string
): { terms: InstrumentTerms[]; numbers: Int32Array } {
  const all = options.symbol === undefined || options.symbol === 'all'
  const asked = all ? undefined : options.symbol.split(',').map((symbol) => symbol.trim())
  const stocks = survey.stocks(asked)
  const missing = asked?.filter((symbol) => !stocks.some(([, listed]) => listed === symbol)) ?? []
  if (missing.length > 0) {
    const { symbols } = survey
    const more = symbols.length > SHOWN ? `, ... (${symbols.length} in all)` : ''
    throw new UserError(
      `--symbol ${missing.join(',')}: not in the file, which has ${symbols.slice(0, SHOWN).join(', ')}${more}`,
      { file: path }
    )
  }
  if (stocks.length === 0) throw new UserError('the file has no orders and no trades', { file: path })
  if (stocks.length > MOST_STOCKS) throw new UserError(`--symbol: expected at most ${MOST_STOCKS} stocks`)
  const numbers = new Int32Array(LOCATES).fill(-1)
  const terms = stocks.map(([locate, symbol], no): InstrumentTerms => {
    numbers[locate] = no
    return {
      symbol,
      tickSize: survey.tickOf(locate, options),
      lotSize: options.lot ?? '1',
      priceScale: PRICE_SCALE,
      quantityScale: 0,
      feed,
      currency: options.currency ?? 'USD',
      market: options.market ?? 'XNAS'
    }
  })
  try {
    terms.forEach((each, no) => instrument(instrumentNo(no), each))
  } catch (error) {
    throw new UserError((error as Error).message)
  }
  return { terms, numbers }
}

function notesOf(counts: Readonly<Record<string, number>>, faults: Faults): string[] {
  const sentences: readonly (readonly [count: number, sentence: string])[] = [
    [counts.hiddenTrades, 'trades against hidden orders'],
    [counts.crosses, 'crosses (auctions), told as prints without aggressor'],
    [counts.notPrintable, 'executions in crosses, told as withdrawn: the cross has their volume'],
    [counts.otherPrices, 'executions at another price than the order’s'],
    [counts.brokenTrades, 'broken trades stay on the tape: it does not take back'],
    [counts.phases, 'changes of phase: halts, resumptions, the end of the system’s hours'],
    [counts.ordersLeft, 'orders stand in the books at the end']
  ]
  const told = sentences.filter(([count]) => count > 0)
  return [...told.map(([count, sentence]) => `${count} ${sentence}`), ...faults.notes()]
}

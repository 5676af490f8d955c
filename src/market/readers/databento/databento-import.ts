import { basename } from 'node:path'
import { UserError } from '../../../base/user-error.js'
import { nanos } from '../../../base/time.js'
import { instrument, type FeedKind, type Instrument } from '../../../exchange/instrument.js'
import { instrumentNo } from '../../../exchange/units.js'
import { fileHash } from '../../tape/file-hash.js'
import { SCHEMA_VERSION, type TapeMetadata } from '../../tape/tape-metadata.js'
import { TapeWriter } from '../../tape/tape-writer.js'
import { Faults } from '../faults.js'
import type { ImportOptions, ImportSummary } from '../import-options.js'
import { BarWriter } from './bar-writer.js'
import { listInstruments, needsSurvey, type InstrumentList } from './instrument-list.js'
import { InstrumentSurvey } from './instrument-survey.js'
import { LevelWriter } from './level-writer.js'
import { MboWriter } from './mbo-writer.js'
import { factsOf, isBeside, openFile, type FileFacts } from './open-file.js'
import type { Content } from './record.js'
import { RecordClock } from './record-clock.js'
import { PriceUnits, type RecordWriter } from './record-writer.js'

/** What each content tells, most first; what is asked for must be among it. */
const FEEDS: Readonly<Partial<Record<Content, readonly FeedKind[]>>> = {
  mbo: ['l3', 'l2'],
  'mbp-10': ['l2', 'l1'],
  'mbp-1': ['l1'],
  bbo: ['l1'],
  trades: ['l1'],
  ohlcv: ['l1']
}

/**
 * Turns Databento files, binary (DBN 1 to 3) or CSV, into a tape, in bounded memory. Market data of one schema, which may be
 * several files in a row (days); files of definitions beside them name the instruments and their ticks.
 * @throws UserError where a file is damaged or not what is expected, with its position.
 */
export async function importDatabento(
  paths: readonly string[],
  out: string,
  options: ImportOptions = {}
): Promise<ImportSummary> {
  const started = process.hrtime.bigint()
  const faults = new Faults({ error: (problem) => new UserError(problem) }, options.onError)
  const files = []
  for (const path of paths) files.push(await factsOf(path, new Faults(faults.place, options.onError)))
  const data = marketFiles(files)
  const content = data[0].content!
  const feed = feedOf(content, options, data[0].path)
  const progress = new Progress(options, files, data)

  const survey = new InstrumentSurvey()
  let status = 0
  for (const { path } of files.filter((file) => !data.includes(file))) {
    const file = await openFile(path, faults)
    await survey.read(file, () => progress.at(file.position))
    progress.done(file.size)
    if (file.content === 'status') status++
  }
  const knowledge = {
    dataset: data[0].dataset,
    mappings: data.flatMap(({ mappings }) => mappings),
    definitions: survey.definitions
  }
  const surveyed = needsSurvey(knowledge, options)
  for (const { path, size } of surveyed ? data : []) {
    const file = await openFile(path, new Faults(faults.place, 'skip'))
    await survey.read(file, () => progress.at(file.position))
    progress.done(size)
  }
  const list = listInstruments({ ...knowledge, survey: surveyed ? survey : undefined }, feed, options, data[0].path)
  if (!surveyed) progress.skipSurvey(data)

  const epoch = Math.min(...data.map((file) => file.epoch))
  const instruments = list.terms.map((terms, no) => instrument(instrumentNo(no), terms))
  const metadata: TapeMetadata = {
    schemaVersion: SCHEMA_VERSION,
    instruments: list.terms,
    source: `Databento${knowledge.dataset === '' ? '' : ` ${knowledge.dataset}`} ${content}`,
    timeZone: 'UTC',
    createdFrom: paths.map((file) => ({ file: basename(file), sha256: fileHash(file) }))
  }
  const tape = new TapeWriter(out, metadata, epoch)
  try {
    const units = new PriceUnits(instruments)
    const writer = writerOf(content, tape, instruments, feed, faults, units)
    const clock = new RecordClock(faults)
    const pass = { records: 0, others: 0, passedOver: 0 }
    for (const { path, size } of data) {
      const file = await openFile(path, faults)
      file.epoch = epoch
      for (;;) {
        while (file.next()) write(file.record)
        progress.at(file.position)
        if (!(await file.more())) break
        write(file.record)
      }
      progress.done(size)

      function write(record: typeof file.record): void {
        if (record.content !== content) {
          pass.others++
          return
        }
        const no = list.numbers.get(record.instrumentId)
        if (no === undefined) {
          if (list.passedOver.has(record.instrumentId)) pass.passedOver++
          else faults.repairs('unknownInstrument', () => `nothing names the instrument ${record.instrumentId}`)
          return
        }
        const time = clock.timeOf(record)
        if (Number.isNaN(time)) return
        pass.records++
        writer.write(record, nanos(time), instrumentNo(no))
      }
    }
    writer.finish()
    if (clock.first === undefined || tape.rows === 0) {
      throw new UserError('the file has no market data that a tape could tell', { file: data[0].path })
    }
    tape.close()
    const counts = {
      ...writer.counts,
      timesRaised: clock.raised,
      roundedPrints: units.rounded,
      otherRecords: pass.others,
      otherInstruments: pass.passedOver,
      ...faults.counts()
    }
    return {
      out,
      format: 'databento',
      feed,
      symbols: list.terms.map(({ symbol }) => symbol),
      epoch,
      start: clock.first,
      end: clock.last,
      events: pass.records,
      rows: tape.rows,
      counts,
      notes: notesOf(counts, list, faults, content, status),
      seconds: Number(process.hrtime.bigint() - started) / 1e9
    }
  } catch (error) {
    tape.abandon()
    throw error
  }
}

/** The files that are the market, in the order of time. */
function marketFiles(files: readonly FileFacts[]): readonly FileFacts[] {
  const data = files.filter(({ content }) => content !== undefined && !isBeside(content))
  if (data.length === 0) {
    const only = 'definition and status files describe instruments but hold no market data; give them with the data'
    const empty = files.find(({ content }) => content === undefined)
    throw new UserError(empty ? 'the file has no market data' : only, { file: (empty ?? files[0]).path })
  }
  const other = data.find(({ content }) => content !== data[0].content)
  if (other) {
    const problem = `expected files of one schema; this one is ${other.content}, another is ${data[0].content}`
    throw new UserError(problem, { file: other.path })
  }
  return data.toSorted((a, b) => a.epoch - b.epoch || a.start - b.start)
}

function feedOf(content: Content, { feed }: ImportOptions, file: string): FeedKind {
  const feeds = FEEDS[content] ?? []
  const chosen = feed ?? feeds[0]
  if (feeds.includes(chosen)) return chosen
  throw new UserError(`--feed ${chosen}: ${content} tells ${feeds.join(' or ')}`, { file })
}

function writerOf(
  content: Content,
  tape: TapeWriter,
  instruments: readonly Instrument[],
  feed: FeedKind,
  faults: Faults,
  units: PriceUnits
): RecordWriter {
  if (content === 'mbo') return new MboWriter(tape, instruments, feed === 'l2' ? 'l2' : 'l3', faults, units)
  if (content === 'ohlcv') return new BarWriter(tape, faults, units)
  return new LevelWriter(tape, instruments, feed === 'l2' ? 'l2' : 'l1', faults, units)
}

/** What a person should know beyond the figures. */
function notesOf(
  counts: Readonly<Record<string, number>>,
  list: InstrumentList,
  faults: Faults,
  content: Content,
  status: number
): string[] {
  const sentences: readonly (readonly [count: number | undefined, sentence: string])[] = [
    [counts.snapshotOrders, 'orders stood in the book at the start (snapshot)'],
    [counts.modifiedUnknown, 'modifications of unknown orders were taken as new orders, as the vendor says'],
    [counts.fillsOfUnknownOrders, 'fills name orders that are not in the book: taken as hidden'],
    [counts.maybeBadBook, 'records carry the vendor’s warning that the book may be wrong (MAYBE_BAD_BOOK)'],
    [counts.contractRolls, 'times a symbol went over to another contract: the book was cleared'],
    [counts.eventsWithoutLast, 'events without a LAST flag ended with their time'],
    [counts.timesRaised, 'records have an exchange time before that of the record before, and got the same time'],
    [counts.roundedPrints, 'prints are finer than the price scale and were rounded'],
    [counts.otherRecords, 'records of other kinds were passed over'],
    [counts.otherInstruments, 'records of other instruments were passed over'],
    [status, 'status files were read for nothing: a tape has no phases']
  ]
  const told = sentences.filter(([count]) => count !== undefined && count > 0)
  const prints = content === 'trades' || content === 'ohlcv'
  return [
    ...list.notes,
    ...told.map(([count, sentence]) => `${count} ${sentence}`),
    ...(prints ? ['the tape has prints and no quotes: resting orders can fill, marketable ones find nothing'] : []),
    ...faults.notes()
  ]
}

/** Bytes of all passes over the files. */
class Progress {
  readonly #onProgress: ImportOptions['onProgress']
  #total: number
  #before = 0

  constructor({ onProgress }: ImportOptions, files: readonly FileFacts[], data: readonly FileFacts[]) {
    this.#onProgress = onProgress
    this.#total = sizeOf(files) + sizeOf(data)
  }

  at(position: number): void {
    this.#onProgress?.(this.#before + position, this.#total)
  }

  done(size: number): void {
    this.#before += size
    this.at(0)
  }

  skipSurvey(data: readonly FileFacts[]): void {
    this.#before += sizeOf(data)
  }
}

function sizeOf(files: readonly FileFacts[]): number {
  return files.reduce((sum, { size }) => sum + size, 0)
}

import type { EpochSeconds } from '../../../base/time.js'
import { UserError } from '../../../base/user-error.js'
import { instrument, type FeedKind, type InstrumentTerms } from '../../../exchange/instrument.js'
import { instrumentNo } from '../../../exchange/units.js'
import type { TapeMetadata } from '../../tape/tape-metadata.js'
import { TapeWriter } from '../../tape/tape-writer.js'
import { Faults } from '../faults.js'
import { sourcesOf } from '../file-sources.js'
import type { ImportOptions, ImportSummary } from '../import-options.js'
import type { FileHead } from '../vendor-format.js'
import type { FeedFile } from './feed-file.js'
import type { FeedFormat } from './feed-format.js'
import { FeedRecorder, type RecordingTerms } from './feed-recorder.js'
import { FileMerge, type PlannedFile } from './file-merge.js'
import { Misfit } from './misfit.js'
import { Survey } from './survey.js'

/** As many facts of each file are looked at before the recording begins. */
const HEAD_FACTS = 100_000
const DAY_SECONDS = 86_400
/** Times of a survey are doubles since 1970, good to a quarter of a microsecond. */
const SLACK = 1000

interface Surveyed {
  readonly survey: Survey
  readonly files: readonly PlannedFile[]
  readonly epoch: EpochSeconds
  /** Nothing was left unread. */
  readonly complete: boolean
}

/**
 * Turns vendor files into a tape in bounded memory: a survey of their beginnings settles instruments, scales, ticks and what
 * kind of feed it is; then they are recorded, merged in time. Where something later does not fit the survey, all is surveyed
 * and the recording begins again.
 * @throws UserError with position where a file is not what the format says.
 */
export async function importFeed(
  heads: readonly FileHead[],
  out: string,
  options: ImportOptions,
  format: FeedFormat
): Promise<ImportSummary> {
  const started = process.hrtime.bigint()
  let surveyed = await surveyOf(heads, options, format, HEAD_FACTS)
  for (;;) {
    try {
      const summary = await record(heads, out, options, format, surveyed)
      return { ...summary, seconds: Number(process.hrtime.bigint() - started) / 1e9 }
    } catch (error) {
      if (!(error instanceof Misfit) || surveyed.complete) throw error
      surveyed = await surveyOf(heads, options, format, Number.POSITIVE_INFINITY)
    }
  }
}

async function surveyOf(
  heads: readonly FileHead[],
  options: ImportOptions,
  format: FeedFormat,
  facts: number
): Promise<Surveyed> {
  const survey = new Survey(wantedOf(options))
  // What is wrong with the data is said when it is recorded.
  const faults = new Faults({ error: (problem) => new UserError(problem) }, 'skip')
  const files: PlannedFile[] = []
  let earliest = Number.POSITIVE_INFINITY
  let complete = true
  const counts = new Map<string, number>()
  format.begin?.()
  for (const head of heads) {
    const file = await format.open(head, { options, faults, epoch: 0, counts })
    faults.place = file
    const limit = survey.facts + facts
    let start = Number.NaN
    while (file.next() || (await file.more())) {
      if (Number.isNaN(start)) start = file.time
      file.tell(survey)
      if (survey.facts >= limit) {
        complete = false
        break
      }
    }
    survey.end()
    await file.close()
    if (Number.isNaN(start) && !format.sequential) continue
    if (!Number.isNaN(start)) earliest = Math.min(earliest, start)
    files.push({ head, start, rank: format.rank?.(head) ?? 0 })
  }
  if (survey.instruments.length === 0) {
    await tellFaults(heads[0], options, format)
    throw new UserError(nothingProblem(survey, counts, options, format), { file: heads[0].path })
  }
  const epoch = Math.floor(earliest / 1e9 / DAY_SECONDS) * DAY_SECONDS
  const since = files.map((file) => ({ ...file, start: file.start - epoch * 1e9 - SLACK }))
  return { survey, files: since, epoch, complete }
}

function nothingProblem(
  survey: Survey,
  counts: ReadonlyMap<string, number>,
  { symbol }: ImportOptions,
  format: FeedFormat
): string {
  const others = [...survey.others].slice(0, 10).join(', ')
  if (others !== '') return `--symbol ${symbol ?? ''}: the file has ${others}`
  const more = format.nothing?.(counts)
  return `the file has no market data${more === undefined ? '' : `: ${more}`}`
}

/** Of a file in which nothing is of use: what is wrong with it. */
async function tellFaults(head: FileHead, options: ImportOptions, format: FeedFormat): Promise<void> {
  const faults = new Faults({ error: (problem) => new UserError(problem) }, options.onError, format.faults)
  format.begin?.()
  const file = await format.open(head, { options, faults, epoch: 0, counts: new Map() })
  const nobody = new Survey(new Set())
  faults.place = file
  while (file.next() || (await file.more())) file.tell(nobody)
}

async function record(
  heads: readonly FileHead[],
  out: string,
  options: ImportOptions,
  format: FeedFormat,
  { survey, files, epoch, complete }: Surveyed
): Promise<ImportSummary> {
  const faults = new Faults({ error: (problem) => new UserError(problem) }, options.onError, format.faults)
  const feed = feedOf(survey, options)
  const terms = survey.instruments.map((_, no) => checked(survey.terms(no, feed, options, format)))
  const instruments = terms.map((each, no) => instrument(instrumentNo(no), each))
  const metadata: TapeMetadata = {
    instruments: terms,
    source: format.source,
    timeZone: options.timeZone ?? format.timeZone,
    createdFrom: sourcesOf(heads.map(({ path }) => path))
  }
  const counts = new Map<string, number>()
  const tape = new TapeWriter(out, metadata, epoch)
  format.begin?.()
  const merge = new FileMerge(files, format.sequential === true, (head) =>
    format.open(head, { options, faults, epoch, counts })
  )
  let file: FeedFile | undefined
  try {
    const recording: RecordingTerms = {
      feed,
      from: fromOf(survey, feed),
      tickGiven: options.tick !== undefined,
      complete,
      feedGiven: options.feed !== undefined,
      others: survey.others
    }
    const recorder = new FeedRecorder(tape, instruments, recording, faults)
    const total = heads.reduce((sum, { size }) => sum + size, 0)
    for (let records = 0; ; records++) {
      const waiting = merge.next()
      const next = waiting instanceof Promise ? await waiting : waiting
      if (next !== file) recorder.end()
      file = next
      if (file === undefined) break
      faults.place = file
      recorder.beginRecord()
      file.tell(recorder)
      if (records % 8192 === 0) options.onProgress?.(merge.position, total)
    }
    if (recorder.first === undefined || tape.rows === 0) {
      throw new UserError(nothingProblem(survey, counts, options, format), { file: heads[0].path })
    }
    tape.close()
    for (const [name, count] of Object.entries(recorder.counts)) if (count > 0) counts.set(name, count)
    return {
      out,
      format: format.name,
      feed,
      symbols: terms.map(({ symbol }) => symbol),
      epoch,
      start: recorder.first,
      end: recorder.last,
      events: recorder.counts.events,
      rows: tape.rows,
      counts: { ...Object.fromEntries(counts), ...faults.counts() },
      notes: notesOf(terms, survey, options, format, counts, faults),
      seconds: 0
    }
  } catch (error) {
    tape.abandon()
    await merge.close()
    throw error
  }
}

function wantedOf({ symbol }: ImportOptions): ReadonlySet<string> | undefined {
  return symbol === undefined ? undefined : new Set(symbol.split(',').map((each) => each.trim()))
}

function feedOf(survey: Survey, { feed }: ImportOptions): FeedKind {
  const { feeds } = survey
  if (feed === undefined) return feeds[0]
  if (feeds.includes(feed)) return feed
  throw new UserError(`--feed ${feed}: the files tell ${feeds.join(' or ')}`)
}

function fromOf(survey: Survey, feed: FeedKind): RecordingTerms['from'] {
  if (survey.orders > 0) return 'orders'
  if (feed !== 'l1') return 'levels'
  return survey.quotes > 0 || survey.levels === 0 ? 'quotes' : 'levels'
}

function checked(terms: InstrumentTerms): InstrumentTerms {
  try {
    instrument(instrumentNo(0), terms)
  } catch (error) {
    throw new UserError((error as Error).message)
  }
  return terms
}

const NOTES: Readonly<Record<string, string>> = {
  otherInstruments: 'records are of instruments that were not asked for',
  belowFeed: 'records tell less than the tape does, and were passed over',
  phases: 'changes of phase',
  lockedEvents: 'events leave the market locked',
  crossedEvents: 'events leave the market crossed',
  rounded: 'numbers have more digits than can be held, and were rounded'
}

function notesOf(
  terms: readonly InstrumentTerms[],
  survey: Survey,
  options: ImportOptions,
  format: FeedFormat,
  counts: ReadonlyMap<string, number>,
  faults: Faults
): string[] {
  const notes: string[] = []
  if (options.tick === undefined || options.lot === undefined) {
    const told = terms.slice(0, 5).map(({ symbol, tickSize, lotSize }) => `${symbol} ${tickSize} and ${lotSize}`)
    const more = terms.length > told.length ? ', ...' : ''
    notes.push(`tick and lot as the numbers tell: ${told.join(', ')}${more} (--tick and --lot set others)`)
  }
  if (survey.orders + survey.levels + survey.quotes === 0) {
    notes.push('the tape has prints and no quotes: resting orders can fill, marketable ones find nothing')
  }
  for (const [name, sentence] of Object.entries({ ...NOTES, ...format.notes })) {
    const count = counts.get(name) ?? 0
    if (count > 0) notes.push(`${count} ${sentence}`)
  }
  return [...notes, ...faults.notes()]
}

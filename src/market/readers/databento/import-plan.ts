import { UserError } from '../../../base/user-error.js'
import type { FeedKind, Instrument } from '../../../exchange/instrument.js'
import type { TapeWriter } from '../../tape/tape-writer.js'
import type { Faults } from '../faults.js'
import type { ImportOptions } from '../import-options.js'
import { BarWriter } from './bar-writer.js'
import { LevelWriter } from './level-writer.js'
import { MboWriter } from './mbo-writer.js'
import { isBeside, type FileFacts } from './open-file.js'
import type { Content } from './record.js'
import type { PriceUnits, RecordWriter } from './record-writer.js'

/** What each content tells, most first; what is asked for must be among it. */
const FEEDS: Readonly<Partial<Record<Content, readonly FeedKind[]>>> = {
  mbo: ['l3', 'l2'],
  'mbp-10': ['l2', 'l1'],
  'mbp-1': ['l1'],
  bbo: ['l1'],
  trades: ['l1'],
  ohlcv: ['l1']
}

/** The files that are the market, in the order of time. */
export function marketFiles(files: readonly FileFacts[]): readonly FileFacts[] {
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

/** Whether a content tells what is asked for. */
export function tells(content: Content, { feed }: ImportOptions): boolean {
  return feed === undefined || FEEDS[content]?.includes(feed) === true
}

/** What the tape tells: what is asked for, else all that the content tells. */
export function feedOf(content: Content, { feed }: ImportOptions, file: string): FeedKind {
  const feeds = FEEDS[content] ?? []
  const chosen = feed ?? feeds[0]
  if (feeds.includes(chosen)) return chosen
  throw new UserError(`--feed ${chosen}: ${content} tells ${feeds.join(' or ')}`, { file })
}

export function writerOf(
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

import { writeFileSync } from 'node:fs'
import Table from 'cli-table3'
import { UserError } from '../base/user-error.js'
import { DayWatch } from '../market/statistics/day-columns.js'
import { describeTape } from '../market/statistics/describe-tape.js'
import type { InstrumentReport, TapeReport } from '../market/statistics/tape-report.js'
import { PLAIN_TABLE } from './plain-table.js'
import { progressBar, type ProgressBar } from './progress-bar.js'
import { PICTURE_COLUMNS, tapePicture } from './tape-picture.js'

export interface TapeInfoArguments {
  readonly file: string
  readonly picture: string | undefined
  readonly json: boolean
}

/** Describes the tape of the arguments on stdout. */
export function runTapeInfo({ file, picture, json }: TapeInfoArguments): void {
  let bar: ProgressBar | undefined
  try {
    let drawn: ((report: TapeReport) => string) | undefined
    const report = describeTape(
      file,
      (time, start, end) => {
        bar ??= progressBar('reading', start, end)
        bar.update(time)
      },
      picture === undefined
        ? undefined
        : (tape) => {
            const watch = new DayWatch(tape, PICTURE_COLUMNS)
            drawn = (told) => {
              watch.finish()
              return tapePicture(told, tape.instruments, watch, tape.epoch)
            }
            return watch
          }
    )
    if (picture !== undefined && drawn) writePicture(picture, drawn(report))
    bar?.stop()
    process.stdout.write(json ? `${JSON.stringify(report)}\n` : asText(report))
  } finally {
    bar?.stop()
  }
}

function writePicture(path: string, page: string): void {
  try {
    writeFileSync(path, page)
  } catch (cause) {
    throw new UserError(`cannot write: ${(cause as Error).message}`, { file: path }, { cause })
  }
}

function asText(report: TapeReport): string {
  const head = [
    `${report.file}: ${report.rows} rows, ${report.source}`,
    `from ${report.start} to ${report.end}, ${duration(report.seconds)}; local time ${report.timeZone}`,
    `sha256 ${report.sha256}`,
    ...report.createdFrom.map(({ file, sha256 }) => `made from ${file} (sha256 ${sha256})`)
  ]
  const table = new Table({ head: ['', ...report.instruments.map(({ symbol }) => symbol)], ...PLAIN_TABLE })
  for (const [name, cell] of ROWS) {
    const cells = report.instruments.map(cell)
    if (cells.some((text) => text !== '')) table.push([name, ...cells])
  }
  return `${head.join('\n')}\n${table.toString()}\n`
}

const PHASES_SHOWN = 8

const ROWS: readonly (readonly [name: string, cell: (report: InstrumentReport) => string])[] = [
  ['feed', ({ feed, market, currency }) => `${feed.toUpperCase()}, ${market}, ${currency}`],
  ['tick, lot', ({ tickSize, lotSize }) => `${tickSize}, ${lotSize}`],
  ['events', ({ events }) => String(events)],
  ['rows', ({ actions }) => lines(Object.entries(actions).map(([action, count]) => `${action} ${count}`))],
  ['trades', ({ trades }) => `${trades.count} of ${trades.volume}`],
  ['hidden trades', ({ hiddenTrades: { count, volume } }) => (count > 0 ? `${count} of ${volume}` : '')],
  ['open, high, low, close', ({ prices }) => (prices ? lines(Object.values(prices)) : '')],
  [
    'spread',
    ({ spread }) => (spread ? `mean ${spread.mean}\nmedian ${spread.median}\nfrom ${spread.min} to ${spread.max}` : '')
  ],
  ['mean best bid qty', ({ depth }) => depth.bestBidQty ?? ''],
  ['mean best ask qty', ({ depth }) => depth.bestAskQty ?? ''],
  ['mean levels a side', ({ depth }) => String(depth.levels ?? '')],
  ['one side empty', ({ oneSidedSeconds }) => (oneSidedSeconds > 0 ? duration(oneSidedSeconds) : '')],
  ['locked', ({ locked }) => `${locked.events} events${locked.seconds > 0 ? `, ${duration(locked.seconds)}` : ''}`],
  [
    'crossed',
    ({ crossed }) => `${crossed.events} events${crossed.seconds > 0 ? `, ${duration(crossed.seconds)}` : ''}`
  ],
  [
    'phases',
    ({ phaseCount, phases }) =>
      lines([
        ...phases.slice(0, PHASES_SHOWN).map(({ start, phase }) => `${phase} from ${start.slice(11, 19)}`),
        ...(phaseCount > PHASES_SHOWN ? [`and ${phaseCount - PHASES_SHOWN} more`] : [])
      ])
  ],
  [
    'gaps of a minute and more',
    ({ gapCount, gaps }) =>
      lines([
        String(gapCount),
        ...gaps.slice(0, 3).map(({ start, seconds }) => `${duration(seconds)} from ${start.slice(11, 19)}`)
      ])
  ]
]

function lines(texts: readonly string[]): string {
  return texts.join('\n')
}

/** "6:29:59.857" */
function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  const whole = Math.floor(seconds)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
}

import { UserError } from '../base/user-error.js'
import type { FeedKind } from '../exchange/instrument.js'
import { importFiles } from '../market/readers/import-files.js'
import type { ImportSummary, OnError } from '../market/readers/import-options.js'
import { isoTime } from '../market/statistics/tape-report.js'
import { progressBar, type ProgressBar } from './progress-bar.js'
import type { TapeImportArguments } from './tape-import.js'

/** Runs the import of the arguments; the summary goes to stdout. */
export async function runTapeImport(args: TapeImportArguments): Promise<void> {
  const { files, out, format, feed, symbol, date, tick, lot, currency, market, json } = args
  if (files.includes(out)) throw new UserError(`--out ${out} is one of the files to import`)
  let bar: ProgressBar | undefined
  try {
    const summary = await importFiles(files, out, format, {
      feed: feed as FeedKind | undefined,
      symbol,
      date,
      tick,
      lot,
      currency,
      market,
      mapping: args.mapping,
      timeZone: args['time-zone'],
      onError: args['on-error'] as OnError | undefined,
      onProgress(done, total) {
        bar ??= progressBar('import', 0, total)
        bar.update(done)
      }
    })
    bar?.stop()
    process.stdout.write(json ? `${JSON.stringify(asJson(summary))}\n` : asText(summary))
  } finally {
    bar?.stop()
  }
}

function asJson({ start, end, epoch, ...rest }: ImportSummary): object {
  return { ...rest, start: isoTime(start, epoch), end: isoTime(end, epoch) }
}

function asText(summary: ImportSummary): string {
  const { out, symbols, feed, events, rows, start, end, epoch, counts, seconds } = summary
  const { corrections, unknownOrders, halts } = counts
  const lines = [
    `${out}: ${symbols.join(', ')} as ${feed.toUpperCase()}, ${events} events in ${rows} rows, ${seconds.toFixed(2)} s`,
    `from ${isoTime(start, epoch)} to ${isoTime(end, epoch)}`
  ]
  if (summary.notes) lines.push(...summary.notes)
  else if (feed === 'l3') {
    lines.push(
      `${corrections} levels were corrected to the vendor’s book, as messages outside of its depth are not in the files`,
      `${unknownOrders} cancellations and executions name orders that the files do not submit`
    )
  }
  if (halts > 0) lines.push(`${halts} trading halts and resumptions have no row: a tape has no phases`)
  return `${lines.join('\n')}\n`
}

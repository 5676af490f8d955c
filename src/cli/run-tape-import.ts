import { UserError } from '../base/user-error.js'
import type { FeedKind } from '../exchange/instrument.js'
import { importFiles } from '../market/readers/import-files.js'
import type { ImportSummary, OnError } from '../market/readers/import-options.js'
import { isoTime } from '../base/iso-time.js'
import { progressBar, type ProgressBar } from './progress-bar.js'

export interface TapeImportArguments {
  readonly files: readonly string[]
  readonly out: string
  readonly format: string | undefined
  readonly feed: string | undefined
  readonly symbol: string | undefined
  readonly date: string | undefined
  readonly tick: string | undefined
  readonly lot: string | undefined
  readonly 'quote-unit': string | undefined
  readonly currency: string | undefined
  readonly market: string | undefined
  readonly mapping: string | undefined
  readonly 'time-zone': string | undefined
  readonly 'on-error': string | undefined
  readonly json: boolean
}

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
      quoteUnit: args['quote-unit'],
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

const SYMBOLS_SHOWN = 12

function asText(summary: ImportSummary): string {
  const { out, symbols, feed, events, rows, start, end, epoch, notes, seconds } = summary
  const more = symbols.length > SYMBOLS_SHOWN ? `, ... (${symbols.length} in all)` : ''
  const lines = [
    `${out}: ${symbols.slice(0, SYMBOLS_SHOWN).join(', ')}${more} as ${feed.toUpperCase()}, ${events} events in ${rows} rows, ${seconds.toFixed(2)} s`,
    `from ${isoTime(start, epoch)} to ${isoTime(end, epoch)}`,
    ...notes
  ]
  return `${lines.join('\n')}\n`
}

import { extname } from 'node:path'
import pc from 'picocolors'
import { csvReport } from '../analysis/report/csv.js'
import { htmlReport } from '../analysis/report/html.js'
import { jsonReport } from '../analysis/report/json.js'
import { textReport } from '../analysis/report/text.js'
import { readRecording } from '../analysis/recording/read-recording.js'
import { analyseCosts, type Tca } from '../analysis/tca/tca.js'
import { UserError } from '../base/user-error.js'
import { openJournalReader } from '../journal/open-journal-reader.js'
import { LineFile } from './line-file.js'
import { TCA_FORMATS, type TcaFormat } from './tca-format.js'

export interface TcaArguments {
  readonly journal: string
  readonly format: TcaFormat | undefined
  readonly out: string | undefined
  readonly 'parent-quantity': 'sum' | 'peak'
  readonly parents: number | undefined
}

/**
 * Reads a journal and writes its report.
 * @throws UserError where the journal is missing or none, the format is unknown, or the file cannot be written
 */
export function runTca(args: TcaArguments): void {
  const format = formatOf(args)
  const tca = analyseJournal(args.journal, args['parent-quantity'])
  const out = new LineFile(args.out)
  for (const piece of report(tca, format, args)) out.append(piece)
  out.close()
}

/** The costs of a journal's session. The journal is closed again: everything is in memory. */
export function analyseJournal(path: string, parentQuantity: 'sum' | 'peak' = 'sum'): Tca {
  const reader = openJournalReader(path)
  try {
    return analyseCosts(readRecording(reader), { parentQuantity })
  } finally {
    reader.close()
  }
}

function formatOf({ format, out }: TcaArguments): TcaFormat {
  if (format !== undefined) {
    if (TCA_FORMATS.includes(format)) return format
    throw new UserError(`unknown format ${String(format)}: expected ${TCA_FORMATS.join(', ')}`)
  }
  const named = out === undefined ? undefined : TCA_FORMATS.find((known) => `.${known}` === extname(out).toLowerCase())
  return named ?? 'text'
}

function report(tca: Tca, format: TcaFormat, { parents, out }: TcaArguments): Iterable<string> {
  switch (format) {
    case 'json':
      return jsonReport(tca)
    case 'csv':
      return csvReport(tca)
    case 'html':
      return htmlReport(tca, parents === undefined ? {} : { pictured: parents })
    case 'text':
      return [
        textReport(tca, {
          color: pc.isColorSupported && out === undefined,
          ...(parents === undefined ? {} : { parents })
        })
      ]
  }
}

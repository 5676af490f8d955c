import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkTape, INVARIANTS, REMARKS, type CheckReport } from '../market/check/check-tape.js'
import { fileHead } from '../market/readers/file-head.js'
import { importFiles } from '../market/readers/import-files.js'
import type { ImportSummary } from '../market/readers/import-options.js'
import { progressBar, type ProgressBar } from './progress-bar.js'

export interface TapeCheckArguments {
  readonly files: readonly string[]
  readonly format: string | undefined
  readonly mapping: string | undefined
  readonly json: boolean
}

/** Checks the files of the arguments; exit code 1 where something is wrong. */
export async function runTapeCheck(args: TapeCheckArguments): Promise<void> {
  const [file] = args.files
  const report =
    args.files.length === 1 && args.format === undefined && (await isTape(file))
      ? { check: checked(file), source: undefined }
      : await checkVendorFiles(args)
  const sound = report.check.sound && (report.source?.faults ?? 0) === 0
  process.stdout.write(args.json ? `${JSON.stringify(asJson(report, sound))}\n` : asText(report, sound))
  if (!sound) process.exitCode = 1
}

interface Report {
  readonly check: CheckReport
  readonly source: Source | undefined
}

/** What the import of vendor files found. */
interface Source {
  readonly summary: ImportSummary
  /** Records that had to be left out, or left as they were. */
  readonly faults: number
}

/** Kinds of faults, as imports count them. */
const FAULTS = [
  'truncated',
  'timeBack',
  'unknownOrder',
  'duplicateOrder',
  'excess',
  'offTick',
  'badValue',
  'crossed',
  'unknownInstrument',
  'gap'
]

async function isTape(path: string): Promise<boolean> {
  const { bytes } = await fileHead(path)
  return (bytes.length >= 4 && bytes.readInt32LE(0) === -1) || bytes.toString('latin1', 0, 6) === 'ARROW1'
}

function checked(path: string): CheckReport {
  let bar: ProgressBar | undefined
  try {
    return checkTape(path, (row, rows) => {
      bar ??= progressBar('checking', 0, rows)
      bar.update(row)
    })
  } finally {
    bar?.stop()
  }
}

/** Imports them to a tape that nobody keeps: what is wrong is left out, and counted with its place. */
async function checkVendorFiles({ files, format, mapping }: TapeCheckArguments): Promise<Report> {
  const directory = mkdtempSync(join(tmpdir(), 'paperpit-check-'))
  let bar: ProgressBar | undefined
  try {
    const out = join(directory, 'checked.arrow')
    const summary = await importFiles(files, out, format, {
      mapping,
      onError: 'skip',
      onProgress(done, total) {
        bar ??= progressBar('reading', 0, total)
        bar.update(done)
      }
    })
    bar?.stop()
    const faults = FAULTS.reduce((sum, kind) => sum + (summary.counts[kind] ?? 0), 0)
    const check = { ...checked(out), file: files.join(', ') }
    return { check, source: { summary, faults } }
  } finally {
    bar?.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

function asJson({ check, source }: Report, sound: boolean): object {
  if (source === undefined) return { ...check, sound }
  const { format, counts, notes } = source.summary
  return { ...check, sound, format, counts, notes }
}

function asText({ check, source }: Report, sound: boolean): string {
  const lines = [
    `${check.file}: ${check.rows} rows, ${check.events} events${source ? `, read as ${source.summary.format}` : ''}`
  ]
  if (source) lines.push(...(source.summary.notes ?? []))
  for (const { fault, count, places } of check.findings) {
    lines.push(`${REMARKS.has(fault) ? 'remark' : 'not so'}: ${INVARIANTS[fault]}; ${count} times`)
    lines.push(...places.map((place) => `  ${place}`), ...(count > places.length ? ['  ...'] : []))
  }
  lines.push(sound ? 'sound' : 'not sound')
  return `${lines.join('\n')}\n`
}

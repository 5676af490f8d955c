import { writeFileSync } from 'node:fs'
import type { InstrumentTerms } from '../../../src/exchange/instrument.js'
import { importFiles } from '../../../src/market/readers/import-files.js'
import type { ImportOptions, ImportSummary } from '../../../src/market/readers/import-options.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { RecordingSink, saidBy } from './recording-sink.js'

/** A tape that was made of files, and what it tells. */
export interface Imported {
  readonly summary: ImportSummary
  readonly instruments: readonly InstrumentTerms[]
  /** "1.5 level 1 100 5": ms since midnight UTC of the first day, the call, the instrument's number where there are several. */
  readonly told: readonly string[]
}

export interface Asked extends ImportOptions {
  readonly format?: string
}

/**
 * Writes files, imports them together and replays the tape.
 * @param files contents by name: a text, lines, or bytes
 */
export async function imported(
  temporary: (name: string) => string,
  files: Readonly<Record<string, string | readonly string[] | Buffer>>,
  { format, ...options }: Asked = {}
): Promise<Imported> {
  const paths = Object.entries(files).map(([name, content]) => {
    const path = temporary(name)
    writeFileSync(
      path,
      Array.isArray(content) ? content.map((line) => `${line}\n`).join('') : (content as string | Buffer)
    )
    return path
  })
  const out = temporary('out.arrow')
  const summary = await importFiles(paths, out, format, options)
  const sink = new RecordingSink()
  const source = openTapes([out])
  source.advance(source.end!, sink)
  const several = source.instruments.length > 1
  const told = sink.calls.map((call) => {
    const [name, time, no] = call
    return [time / 1e6, name, ...(several ? [no] : []), ...saidBy(call)].join(' ')
  })
  return { summary, instruments: source.instruments, told }
}

/** The message with which an import fails, without the directory of the file. */
export async function failure(...args: Parameters<typeof imported>): Promise<string> {
  try {
    await imported(...args)
  } catch (error) {
    return (error as Error).message.replaceAll(args[0]('x').slice(0, -1), '')
  }
  return 'no failure'
}

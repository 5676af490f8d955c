import { mergeTapes } from '../market/merge/merge-tapes.js'
import { isoTime } from '../base/iso-time.js'
import { progressBar, type ProgressBar } from './progress-bar.js'

export interface TapeMergeArguments {
  readonly files: readonly string[]
  readonly out: string
  readonly json: boolean
}

/** Merges the tapes of the arguments and says what became of them. */
export function runTapeMerge({ files, out, json }: TapeMergeArguments): void {
  let bar: ProgressBar | undefined
  try {
    const { rows, symbols, start, end, epoch } = mergeTapes(files, out, (time, first, last) => {
      bar ??= progressBar('merging', first, last)
      bar.update(time)
    })
    bar?.stop()
    const span = { start: isoTime(start, epoch), end: isoTime(end, epoch) }
    const told = json
      ? JSON.stringify({ out, rows, symbols, ...span })
      : `${out}: ${symbols.join(', ')}, ${rows} rows from ${span.start} to ${span.end}`
    process.stdout.write(`${told}\n`)
  } finally {
    bar?.stop()
  }
}

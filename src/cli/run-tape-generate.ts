import { parseDuration } from '../base/duration.js'
import { DAY, epochOf, nanos } from '../base/time.js'
import { UserError } from '../base/user-error.js'
import { recordSynthetic } from '../market/synthetic/record-synthetic.js'
import { isoTime } from '../market/statistics/tape-report.js'
import { progressBar } from './progress-bar.js'
import { symbolList } from './symbol-list.js'
import type { TapeGenerateArguments } from './tape-generate.js'

/** Beyond this, times since the epoch are no longer exact. */
const LONGEST = 100 * DAY

/** Writes the tape of the arguments. @throws UserError for a duration, start or seed that is none */
export function runTapeGenerate({
  out,
  symbols: list,
  duration: text,
  seed,
  start: from,
  json
}: TapeGenerateArguments): void {
  const duration = parseDuration(text)
  if (duration === undefined || duration <= 0 || duration > LONGEST) {
    throw new UserError(`--duration "${text}": expected a duration up to 100 days, such as 90s, 10m or 6.5h`)
  }
  if (!Number.isSafeInteger(seed)) throw new UserError(`--seed: expected a whole number, got ${seed}`)
  const milliseconds = Date.parse(from)
  if (Number.isNaN(milliseconds)) throw new UserError(`--start "${from}": expected a time such as 2026-01-05T14:30:00Z`)
  const epoch = epochOf(milliseconds)
  const start = nanos(Math.round((milliseconds - epoch * 1000) * 1e6))
  const symbols = list === undefined ? undefined : symbolList(list)
  const bar = progressBar('generating', start, start + duration)
  try {
    const rows = recordSynthetic(out, {
      seed,
      epoch,
      start,
      duration,
      ...(symbols ? { symbols } : {}),
      onProgress: (time) => bar.update(time)
    })
    bar.stop()
    const span = { start: isoTime(start, epoch), end: isoTime(nanos(start + duration), epoch) }
    const told = json
      ? JSON.stringify({ out, rows, seed, ...span })
      : `${out}: ${rows} rows from ${span.start} to ${span.end}`
    process.stdout.write(`${told}\n`)
  } finally {
    bar.stop()
  }
}

import { writeFileSync } from 'node:fs'
import { calibrate } from '../analysis/calibration/calibrate.js'
import { calibrationHtml } from '../analysis/calibration/calibration-html.js'
import { calibrationText } from '../analysis/calibration/calibration-text.js'
import { configSnippet } from '../analysis/calibration/config-snippet.js'
import { parseDuration } from '../base/duration.js'
import { UserError } from '../base/user-error.js'
import { instrument } from '../exchange/instrument.js'
import { instrumentNo } from '../exchange/units.js'
import { openTapes } from '../market/replay/open-tapes.js'
import { progressBar } from './progress-bar.js'

export interface CalibrateArguments {
  readonly tape: readonly string[]
  readonly day: string
  readonly exponent: number
  readonly seed: number
  readonly html: string | undefined
  readonly config: string | undefined
  readonly json: boolean
}

/**
 * Calibrates by the tapes of the arguments and writes what was found.
 * @throws UserError for a tape that cannot be read, an option that is none, or a file that cannot be written
 */
export function runCalibrate({ tape, day: dayText, exponent, seed, html, config, json }: CalibrateArguments): void {
  const day = parseDuration(dayText)
  if (day === undefined || day === 0) throw new UserError(`--day "${dayText}": expected a duration such as 6.5h or 24h`)
  if (!(exponent >= 0 && exponent <= 1)) throw new UserError(`--exponent ${exponent}: expected a number from 0 to 1`)
  const source = openTapes(tape)
  const instruments = source.instruments.map((terms, no) => instrument(instrumentNo(no), terms))
  const bar = progressBar('reading', source.start, source.end ?? source.start)
  try {
    const calibration = calibrate(source, instruments, { day, exponent, seed, onProgress: (time) => bar.update(time) })
    bar.stop()
    if (html !== undefined) write(html, calibrationHtml(calibration))
    if (config !== undefined) write(config, configSnippet(calibration))
    process.stdout.write(json ? `${JSON.stringify(calibration)}\n` : calibrationText(calibration))
  } finally {
    bar.stop()
  }
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text)
  } catch (cause) {
    throw new UserError(`cannot be written: ${(cause as Error).message}`, { file: path }, { cause })
  }
}

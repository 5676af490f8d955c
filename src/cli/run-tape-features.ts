import { createFeatureFile } from '../market/features/feature-file.js'
import { tapeFeatures } from '../market/features/tape-features.js'
import { TapeFile } from '../market/tape/tape-file.js'
import { durationOption } from './duration-option.js'
import { progressBar } from './progress-bar.js'
import type { TapeFeaturesArguments } from './tape-features.js'

/** Writes the features of the tape of the arguments and says how many rows there are. */
export function runTapeFeatures({ file, out, every, window, json }: TapeFeaturesArguments): void {
  const interval = every === 'event' ? every : durationOption('every', every)
  const back = durationOption('window', window)
  const tape = new TapeFile(file)
  try {
    const table = createFeatureFile(out, tape.instruments, tape.epoch)
    const bar = progressBar('replaying', ...tape.span())
    let rows = 0
    try {
      tapeFeatures(tape, {
        every: interval,
        window: back,
        row(features, instrument) {
          rows++
          table.row(features, instrument)
        },
        onProgress: (time) => bar.update(time)
      })
      table.close()
    } catch (error) {
      table.abandon()
      throw error
    } finally {
      bar.stop()
    }
    process.stdout.write(json ? `${JSON.stringify({ out, rows })}\n` : `${out}: ${rows} rows\n`)
  } finally {
    tape.close()
  }
}

import { existsSync } from 'node:fs'
import { UserError } from '../../base/user-error.js'
import type { JournalReader } from '../../journal/journal.js'
import { WriteLock } from '../../journal/write-lock.js'
import { runTapePath } from '../../market/live/recording/recorded-runs.js'
import { repairRecording, unfinishedMetadata } from '../../market/live/recording/repair-recording.js'

/** Where the recordings of a journal's runs lie: beside it. */
export function recordingDirectory(journal: string): string {
  return `${journal.replace(/\.db$/, '')}.live`
}

/**
 * Completes the recordings of a journal's runs that did not end by themselves, from what of them was safe.
 * @throws UserError where the venue is running that records one, or where nothing of one is there
 */
export function completeRecordings(reader: JournalReader, directory: string): void {
  const unfinished = reader.runs.map((_, i) => runTapePath(directory, i + 1)).filter((path) => !existsSync(path))
  if (unfinished.length === 0) return
  const lock = WriteLock.take(reader.path)
  if (lock === undefined) {
    throw new UserError(`${reader.path} is being written: its market can be run again when its venue has ended`)
  }
  try {
    for (const path of unfinished) {
      const metadata = unfinishedMetadata(path)
      if (metadata === undefined) throw new UserError('this recording of the live market is missing', { file: path })
      repairRecording(path, metadata, reader.facts.wallEpoch)
    }
  } finally {
    lock.release()
  }
}

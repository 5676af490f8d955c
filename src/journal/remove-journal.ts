import { existsSync, rmSync } from 'node:fs'
import { UserError } from '../base/user-error.js'
import { openJournalReader } from './open-journal-reader.js'
import { tailPath } from './turn-tail.js'
import { WriteLock } from './write-lock.js'

/**
 * Removes a journal with what stands beside it; nothing where there is none.
 * @throws UserError where the file is no journal, or is being written
 */
export function removeJournal(path: string): void {
  if (!existsSync(path)) return
  openJournalReader(path).close()
  const lock = WriteLock.take(path)
  if (lock === undefined) throw new UserError(`${path} is being written by another process`)
  for (const file of [path, `${path}-wal`, `${path}-shm`, tailPath(path)]) rmSync(file, { force: true })
  lock.release()
}

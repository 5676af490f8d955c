import { statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { nanos } from '../../src/base/time.js'
import type { Journal } from '../../src/journal/journal.js'
import { openJournal } from '../../src/journal/open-journal.js'
import { openJournalReader } from '../../src/journal/open-journal-reader.js'
import { OMS1, resend, send } from './support/messages.js'
import { FACTS } from './support/session-facts.js'
import { temporaryPath } from './support/temporary-directory.js'

const KB = 1024
const CHECKPOINTS = { pass: 64 * KB, anew: 256 * KB, most: 1024 * KB }
const T = nanos(1)

/** Commits turns of 4 KB without a pause; returns the largest size of the write-ahead log that it saw. */
function load(journal: Journal, first: number, turns: number): number {
  let largest = 0
  for (let seq = first; seq < first + turns; seq++) {
    send(journal, 0, seq, `${seq} ${'x'.repeat(4 * KB)}`)
    journal.commit(T, T)
    largest = Math.max(largest, statSync(`${journal.path}-wal`).size)
  }
  return largest
}

describe('the write-ahead log', () => {
  it('stays bounded under load without a pause, and loses nothing', () => {
    const journal = openJournal(temporaryPath(), FACTS, { checkpoints: CHECKPOINTS, deriveOnClose: 0 })
    journal.open(OMS1)
    const largest = load(journal, 1, 3_000)
    expect(largest).toBeGreaterThan(CHECKPOINTS.anew)
    expect(largest).toBeLessThan(2 * CHECKPOINTS.most)
    const sent = resend(journal, 0)
    expect(sent.map((line) => Number.parseInt(line))).toEqual(Array.from({ length: 3_000 }, (_, i) => i + 1))
    journal.close(T, T)
    expect(statSync(`${journal.path}-wal`, { throwIfNoEntry: false })).toBeUndefined()
  })

  it('stays bounded while someone reads the journal now and then', () => {
    const journal = openJournal(temporaryPath(), FACTS, { checkpoints: CHECKPOINTS, deriveOnClose: 0 })
    journal.open(OMS1)
    const reader = openJournalReader(journal.path)
    let largest = 0
    for (let part = 0; part < 5; part++) {
      largest = Math.max(largest, load(journal, part * 500 + 1, 500))
      let messages = 0
      reader.forEach({ message: () => messages++ })
      expect(messages).toBe((part + 1) * 500)
    }
    expect(largest).toBeLessThan(2 * CHECKPOINTS.most)
    reader.close()
    journal.close(T, T)
  })
})

import { copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { nanos } from '../../src/base/time.js'
import { deriveJournal } from '../../src/journal/derive-journal.js'
import type { Journal } from '../../src/journal/journal.js'
import { openJournal } from '../../src/journal/open-journal.js'
import { openJournalReader } from '../../src/journal/open-journal-reader.js'
import { tailPath } from '../../src/journal/turn-tail.js'
import { OMS1, resend, send } from './support/messages.js'
import { FACTS } from './support/session-facts.js'
import { temporaryPath } from './support/temporary-directory.js'

/** A journal with turns 1 (a session) to `last`, each of one message, none of which is a row behind turn `settled`. */
function written(path: string, last: number, settled = 1): Journal {
  const journal = openJournal(path, FACTS)
  journal.open(OMS1)
  for (let turn = 1; turn <= last; turn++) {
    if (turn > 1) send(journal, 0, turn - 1, `message of turn ${turn}`)
    journal.commit(nanos(turn), nanos(turn))
    if (turn <= settled) journal.settle(0)
  }
  return journal
}

/** What a killed writer leaves: the files as they stand while it lives. */
function leftBy(path: string): string {
  const copy = temporaryPath()
  for (const part of ['', '-wal', '-tail']) if (existsSync(path + part)) copyFileSync(path + part, copy + part)
  return copy
}

function turnsOf(path: string): number[] {
  const turns: number[] = []
  const reader = openJournalReader(path)
  reader.forEach({ turnEnd: (turn) => turns.push(turn) })
  reader.close()
  return turns
}

function rowsOf(path: string): number[] {
  const db = new Database(path, { readonly: true })
  const rows = db.prepare<[], number>('SELECT turn FROM turns ORDER BY turn').pluck().all()
  db.close()
  return rows
}

function reopened(path: string): string[] {
  const journal = openJournal(path, FACTS)
  const sent = resend(journal, 0)
  journal.close(nanos(99), nanos(99))
  return sent
}

describe('the tail of a journal', () => {
  it('holds the last turns, read and resent like rows', () => {
    const path = temporaryPath()
    const journal = written(path, 4, 2)
    expect(rowsOf(path)).toEqual([1, 2])
    expect(turnsOf(path)).toEqual([1, 2, 3, 4])
    expect(resend(journal, 0)).toEqual(['1: message of turn 2', '2: message of turn 3', '3: message of turn 4'])
    journal.settle(0)
    expect(rowsOf(path)).toEqual([1, 2, 3, 4])
    expect(resend(journal, 0, 2)).toEqual(['2: message of turn 3', '3: message of turn 4'])
    journal.close(nanos(9), nanos(9))
    expect(existsSync(tailPath(path))).toBe(false)
    expect(turnsOf(path)).toEqual([1, 2, 3, 4])
  })

  it('becomes rows by itself before it grows large', () => {
    const path = temporaryPath()
    const journal = written(path, 1)
    for (let seq = 1; seq <= 1000; seq++) {
      send(journal, 0, seq, 'x'.repeat(4096))
      journal.commit(nanos(seq), nanos(seq))
    }
    expect(statSync(tailPath(path)).size).toBeLessThan(1 << 20)
    expect(turnsOf(path)).toHaveLength(1001)
    expect(resend(journal, 0, 1, 1000)).toHaveLength(1000)
    journal.close(nanos(1001), nanos(1001))
  })

  it('takes a turn of any size, and keeps no disk for another', () => {
    const path = temporaryPath()
    const journal = written(path, 1)
    send(journal, 0, 1, 'y'.repeat(3 << 20))
    journal.commit(nanos(2), nanos(2))
    expect(resend(journal, 0)[0]).toHaveLength('1: '.length + (3 << 20))
    expect(statSync(tailPath(path)).size).toBeGreaterThan(3 << 20)
    journal.settle(0)
    expect(statSync(tailPath(path)).size).toBe(0)
    expect(resend(journal, 0)[0]).toHaveLength('1: '.length + (3 << 20))
    journal.close(nanos(3), nanos(3))
  })

  it('of a killed writer is read, and becomes rows when the journal is continued', () => {
    const path = temporaryPath()
    const journal = written(path, 5, 2)
    const left = leftBy(path)
    expect(turnsOf(left)).toEqual([1, 2, 3, 4, 5])
    expect(reopened(left)).toEqual([2, 3, 4, 5].map((turn) => `${turn - 1}: message of turn ${turn}`))
    expect(rowsOf(left)).toEqual([1, 2, 3, 4, 5])
    journal.close(nanos(9), nanos(9))
  })

  it('of a killed writer becomes rows when tables are derived', () => {
    const path = temporaryPath()
    const journal = written(path, 5, 2)
    const left = leftBy(path)
    deriveJournal(left)
    expect(existsSync(tailPath(left))).toBe(false)
    expect(rowsOf(left)).toEqual([1, 2, 3, 4, 5])
    journal.close(nanos(9), nanos(9))
  })

  it('counts as far as it is whole: wherever a write was torn, the turns before it are there', () => {
    const path = temporaryPath()
    const journal = written(path, 4, 1)
    const whole = readFileSync(tailPath(path))
    const size = whole.length / 3
    expect(Number.isInteger(size)).toBe(true)
    for (const [kept, turns] of [
      [0, [1]],
      [20, [1]],
      [size - 1, [1]],
      [size, [1, 2]],
      [size + 40, [1, 2]],
      [2 * size, [1, 2, 3]],
      [3 * size - 2, [1, 2, 3]]
    ] as const) {
      const left = leftBy(path)
      writeFileSync(tailPath(left), whole.subarray(0, kept))
      expect(turnsOf(left)).toEqual(turns)
      expect(reopened(left)).toHaveLength(turns.length - 1)
    }
    journal.close(nanos(9), nanos(9))
  })

  it('ends at a turn whose bytes are not as they were written', () => {
    const path = temporaryPath()
    const journal = written(path, 4, 1)
    const left = leftBy(path)
    const bytes = readFileSync(tailPath(left))
    bytes[Math.floor(bytes.length / 2)] ^= 1
    writeFileSync(tailPath(left), bytes)
    expect(turnsOf(left)).toEqual([1, 2])
    journal.close(nanos(9), nanos(9))
  })

  it('tells new turns from those that it held before they became rows', () => {
    const path = temporaryPath()
    const journal = written(path, 5, 1)
    const before = readFileSync(tailPath(path))
    journal.settle(0)
    // The old turns still stand in the file, behind the one that is written over the first of them.
    send(journal, 0, 5, 'message of turn 6')
    journal.commit(nanos(6), nanos(6))
    expect(readFileSync(tailPath(path))).toHaveLength(before.length)
    expect(turnsOf(path)).toEqual([1, 2, 3, 4, 5, 6])
    const left = leftBy(path)
    expect(reopened(left).at(-1)).toBe('5: message of turn 6')
    expect(rowsOf(left)).toEqual([1, 2, 3, 4, 5, 6])
    // Killed between becoming rows and the next turn: all that it holds is in the file already.
    const early = leftBy(path)
    writeFileSync(tailPath(early), before)
    expect(turnsOf(early)).toEqual([1, 2, 3, 4, 5])
    expect(reopened(early)).toHaveLength(4)
    expect(rowsOf(early)).toEqual([1, 2, 3, 4, 5])
    journal.close(nanos(9), nanos(9))
  })

  it('whose journal was taken away is not taken for that of a new journal in its place', () => {
    const path = temporaryPath()
    written(path, 4, 0)
    const left = leftBy(path)
    expect(existsSync(tailPath(left))).toBe(true)
    rmSync(left)
    openJournal(left, FACTS).close(nanos(9), nanos(9))
    expect(turnsOf(left)).toEqual([])
  })
})

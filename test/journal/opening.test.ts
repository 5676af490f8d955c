import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { nanos } from '../../src/base/time.js'
import { UserError } from '../../src/base/user-error.js'
import type { SessionFacts } from '../../src/journal/journal.js'
import { deriveJournal } from '../../src/journal/derive-journal.js'
import { openJournal } from '../../src/journal/open-journal.js'
import { openJournalReader } from '../../src/journal/open-journal-reader.js'
import { OMS1, send } from './support/messages.js'
import { FACTS } from './support/session-facts.js'
import { temporaryPath } from './support/temporary-directory.js'

const T = nanos(5)

function recorded(path = temporaryPath(), facts = FACTS): string {
  const journal = openJournal(path, facts)
  journal.open(OMS1)
  for (let seq = 1; seq <= 3; seq++) {
    send(journal, 0, seq)
    journal.commit(T, T)
  }
  journal.close(T, T)
  return path
}

/** The sentence that a person is told. Anything but a UserError fails. */
function refusalOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    expect(error).toBeInstanceOf(UserError)
    return (error as UserError).message
  }
  throw new Error('nothing was refused')
}

function sql(path: string, statements: string): void {
  const db = new Database(path)
  db.exec(statements)
  db.close()
}

describe('opening a journal for writing', () => {
  it('makes its directories, and leaves one file behind when closed', () => {
    const path = recorded(temporaryPath('a/b/c.journal'))
    expect(readdirSync(dirname(path))).toEqual(['c.journal'])
  })

  it('writes nothing for a turn in which nothing was recorded', () => {
    const path = temporaryPath()
    const journal = openJournal(path, FACTS)
    journal.commit(T, T)
    journal.close(T, T)
    const turns: number[] = []
    const reader = openJournalReader(path)
    reader.forEach({ turnEnd: (turn) => turns.push(turn) })
    reader.close()
    expect(turns).toEqual([])
  })

  it('refuses to continue with other facts and says which, also of a tape by its hash', () => {
    const path = recorded()
    const [aaa, bbb] = FACTS.instruments
    const other: SessionFacts = {
      ...FACTS,
      instruments: [aaa, { ...bbb, symbol: 'CCC' }],
      models: { ...FACTS.models, seed: 7 }
    }
    expect(refusalOf(() => openJournal(path, other))).toBe(
      `${path} was recorded with other settings: instruments[1].symbol is "CCC", recorded was "BBB"; ` +
        'models.seed is 7, recorded was 1'
    )
    const tape = (path: string, sha256: string): SessionFacts => ({
      ...FACTS,
      market: { kind: 'tape', files: [{ path, sha256 }] }
    })
    const onTape = recorded(temporaryPath(), tape('day.arrow', 'aa'))
    expect(refusalOf(() => openJournal(onTape, tape('day.arrow', 'bb')))).toBe(
      `${onTape} was recorded with other settings: market.files[0] is "bb", recorded was "aa"`
    )
    openJournal(onTape, tape('moved/day.arrow', 'aa')).close(T, T)
    const reader = openJournalReader(onTape)
    expect(reader.facts).toEqual(tape('moved/day.arrow', 'aa'))
    reader.close()
  })

  it('refuses a second writer, and admits it once the first is gone', () => {
    const path = temporaryPath()
    const first = openJournal(path, FACTS)
    expect(refusalOf(() => openJournal(path, FACTS))).toBe(`${path} is in use by this process`)
    first.close(T, T)
    openJournal(path, FACTS).close(T, T)
  })

  it('continues a journal of version 1, which knew no trading rules and no qualifiers', () => {
    const path = recorded()
    const { instruments } = FACTS
    const old = { ...FACTS, instruments: instruments.map((each) => ({ ...each, rules: undefined })) }
    sql(path, `UPDATE meta SET value = '${JSON.stringify(old)}' WHERE key = 'facts'`)
    sql(path, "DELETE FROM meta WHERE key = 'derived_version'")
    sql(path, 'PRAGMA user_version = 1')
    openJournal(path, FACTS).close(T, T)
    const reader = openJournalReader(path)
    expect(reader.facts).toEqual(FACTS)
    reader.close()
  })

  it('refuses a journal of a later version, and files that are none', () => {
    const later = recorded()
    sql(later, 'PRAGMA user_version = 9')
    const sentence = `${later} is a journal of version 9; this program knows versions up to 4: use a newer one`
    expect(refusalOf(() => openJournal(later, FACTS))).toBe(sentence)
    expect(refusalOf(() => openJournalReader(later))).toBe(sentence)

    const foreign = temporaryPath()
    sql(foreign, 'CREATE TABLE t (x)')
    const none = `${foreign} is a SQLite file, but no Paperpit journal`
    expect(refusalOf(() => openJournal(foreign, FACTS))).toBe(none)
    expect(refusalOf(() => openJournalReader(foreign))).toBe(none)

    const text = temporaryPath()
    writeFileSync(text, 'time,price\n'.repeat(1000))
    expect(refusalOf(() => openJournal(text, FACTS))).toBe(`${text} is no journal: not a SQLite file`)
    expect(refusalOf(() => openJournalReader(text))).toBe(`${text} is no journal: not a SQLite file`)
  })

  it('that cannot make its tables in the end says that all else is safe', () => {
    const path = temporaryPath()
    const journal = openJournal(path, FACTS)
    journal.open(OMS1)
    sql(path, 'CREATE VIEW orders AS SELECT 1')
    expect(refusalOf(() => journal.close(T, T))).toContain(`${path}: the journal is complete, but not finished: `)
    expect(refusalOf(() => deriveJournal(path))).toContain(`${path}: its tables cannot be derived: `)
    const reader = openJournalReader(path)
    expect(reader.sessionNames).toHaveLength(1)
    reader.close()
  })

  it('refuses a path that cannot be a file', () => {
    const path = temporaryPath()
    mkdirSync(path)
    expect(refusalOf(() => openJournal(path, FACTS))).toMatch(`${path}: the journal cannot be opened: `)
    expect(refusalOf(() => openJournalReader(path))).toBe(`${path} is no journal: not a file`)
    const below = `${recorded()}/x.journal`
    expect(refusalOf(() => openJournal(below, FACTS))).toMatch(`${below}: the journal cannot be opened: `)
  })
})

describe('opening a journal for reading', () => {
  it('refuses a missing file, and does not make it', () => {
    const path = temporaryPath()
    expect(refusalOf(() => openJournalReader(path))).toBe(`${path}: no such journal`)
    expect(existsSync(path)).toBe(false)
  })

  it.each([
    ['is cut short', 'UPDATE turns SET body = substr(body, 1, length(body) - 3) WHERE turn = 2', 'not as long as it says'],
    ['is empty', "UPDATE turns SET body = x'' WHERE turn = 2", 'stands in its place'],
    ['has bytes of another', 'UPDATE turns SET body = (SELECT body FROM turns WHERE turn = 1) WHERE turn = 2', 'turn 1'],
    ['is missing', 'DELETE FROM turns WHERE turn = 2', 'turn 3 stands in its place'],
    ['has a record of no kind', "UPDATE turns SET body = CAST(substr(body, 1, 33) || x'EE' || substr(body, 35) AS BLOB) WHERE turn = 2", 'kind 238']
  ])('says that a turn is damaged which %s', (_what, damage, reason) => {
    const path = recorded()
    sql(path, damage)
    const reader = openJournalReader(path)
    const sentence = refusalOf(() => reader.forEach({ message: () => {} }))
    expect(sentence).toMatch(`${path}: turn 2 of the journal is damaged: `)
    expect(sentence).toContain(reason)
    reader.close()
  })
})

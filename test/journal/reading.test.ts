import { describe, expect, it } from 'vitest'
import { nanos } from '../../src/base/time.js'
import type { Command } from '../../src/exchange/command.js'
import { instrumentNo, price, quantity, sessionNo } from '../../src/exchange/units.js'
import type { Journal, JournalVisitor } from '../../src/journal/journal.js'
import { openJournal } from '../../src/journal/open-journal.js'
import { openJournalReader } from '../../src/journal/open-journal-reader.js'
import { note, OMS1, receive, send } from './support/messages.js'
import { FACTS } from './support/session-facts.js'
import { temporaryPath } from './support/temporary-directory.js'

const CANCEL: Command = { kind: 'cancel', time: nanos(20), session: sessionNo(0), clOrdId: 'C1', origClOrdId: 'A1' }
const TOP = { bidPrice: price(100), bidQty: quantity(5), askPrice: price(101), askQty: quantity(6) }

function recordTwoTurns(journal: Journal): void {
  journal.beginRun({ startedAt: nanos(1), venueTime: nanos(2), marketShift: 3, version: '1.2.3' })
  journal.open(OMS1)
  receive(journal, 0, 1, 'logon')
  send(journal, 0, 1, 'logon back')
  journal.commit(nanos(10), nanos(11))
  note(journal, 0, 'in', 'garbled')
  journal.topOfBook(nanos(19), instrumentNo(1), TOP)
  journal.command(CANCEL)
  journal.print(nanos(21), instrumentNo(0), price(-7), quantity(8))
  note(journal, 0, 'out', 'rejected')
  journal.commit(nanos(22), nanos(21))
}

/** Every call of a reading, in words. */
function reading(path: string, only?: (keyof JournalVisitor)[]): string[] {
  const lines: string[] = []
  const all: Required<JournalVisitor> = {
    run: (run) => lines.push(`run ${JSON.stringify(run)}`),
    jump: (jump) => lines.push(`jump ${JSON.stringify(jump)}`),
    command: (command) => lines.push(`command ${JSON.stringify(command)}`),
    event: (event) => lines.push(`event ${event.execId}`),
    topOfBook: (time, instrument, top) => lines.push(`top ${time} ${instrument} ${JSON.stringify(top)}`),
    print: (time, instrument, price, qty) => lines.push(`print ${time} ${instrument} ${price} ${qty}`),
    message: ({ bytes, ...message }) => lines.push(`message ${Object.values(message).join(' ')} ${bytes.toString()}`),
    turnEnd: (turn, wall, venue) => lines.push(`turn ${turn} ${wall} ${venue}`)
  }
  const visitor = only ? Object.fromEntries(only.map((name) => [name, all[name]])) : all
  const reader = openJournalReader(path)
  reader.forEach(visitor)
  reader.close()
  return lines
}

describe('reading a journal', () => {
  it('passes by everything in the order of recording, while it is written', () => {
    const path = temporaryPath()
    const journal = openJournal(path, FACTS)
    recordTwoTurns(journal)
    expect(reading(path)).toEqual([
      'run {"run":1,"startedAt":1,"venueTime":2,"marketShift":3,"version":"1.2.3"}',
      'message 1 0 in 1 10 11 logon',
      'message 1 0 out 1 10 11 logon back',
      'turn 1 10 11',
      'message 2 0 in  22 21 garbled',
      'top 19 1 {"bidPrice":100,"bidQty":5,"askPrice":101,"askQty":6}',
      'command {"kind":"cancel","time":20,"session":0,"clOrdId":"C1","origClOrdId":"A1"}',
      'print 21 0 -7 8',
      'message 2 0 out  22 21 rejected',
      'turn 2 22 21'
    ])
    journal.close(nanos(30), nanos(30))
  })

  it('skips what is not asked for', () => {
    const path = temporaryPath()
    const journal = openJournal(path, FACTS)
    recordTwoTurns(journal)
    journal.close(nanos(30), nanos(30))
    expect(reading(path, ['print', 'turnEnd'])).toEqual(['turn 1 10 11', 'print 21 0 -7 8', 'turn 2 22 21'])
  })

  it('sees what was committed since it was opened', () => {
    const path = temporaryPath()
    const journal = openJournal(path, FACTS)
    const reader = openJournalReader(path)
    recordTwoTurns(journal)
    expect(reader.runs).toHaveLength(1)
    expect(reader.sessionNames).toEqual(['FIX.4.4:PAPERPIT->OMS1'])
    let turns = 0
    reader.forEach({ turnEnd: () => turns++ })
    expect(turns).toBe(2)
    reader.close()
    journal.close(nanos(30), nanos(30))
  })

  it('numbers runs over the lives of the writer', () => {
    const path = temporaryPath()
    for (const version of ['1', '2']) {
      const journal = openJournal(path, FACTS)
      journal.beginRun({ startedAt: nanos(1), venueTime: nanos(2), marketShift: 0, version })
      journal.close(nanos(3), nanos(3))
    }
    const reader = openJournalReader(path)
    expect(reader.runs.map(({ run, version }) => [run, version])).toEqual([
      [1, '1'],
      [2, '2']
    ])
    reader.close()
  })

  it('reads many thousands of turns of any size in their order', () => {
    const path = temporaryPath()
    const journal = openJournal(path, FACTS, { deriveOnClose: 0 })
    journal.open(OMS1)
    const texts: string[] = []
    for (let seq = 1; seq <= 20_000; seq++) {
      const text = seq % 5_000 === 0 ? 'y'.repeat(3_000_000) : `m${seq}`
      texts.push(text)
      send(journal, 0, seq, text)
      journal.commit(nanos(seq), nanos(seq))
    }
    const read: string[] = []
    const reader = openJournalReader(path)
    reader.forEach({ message: ({ bytes }) => read.push(bytes.toString()) })
    reader.close()
    journal.close(nanos(0), nanos(0))
    expect(read.length).toBe(texts.length)
    expect(read.findIndex((text, i) => text !== texts[i])).toBe(-1)
  })
})

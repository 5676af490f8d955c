import { writeSync } from 'node:fs'
import { nanos } from '../../../src/base/time.js'
import { openJournal } from '../../../src/journal/open-journal.js'
import { openJournalReader } from '../../../src/journal/open-journal-reader.js'
import { OMS1 } from './messages.js'
import { plannedTurn, stateAfter } from './plan.js'
import { FACTS } from './session-facts.js'

/*
 * A process that writes planned turns until it is killed. Behind every commit it tells the number of the turn: whatever
 * was told must be in the journal, however the process ended.
 */
const path = process.argv[2]
const journal = openJournal(path, FACTS)
let turn = 0
const reader = openJournalReader(path)
reader.forEach({ turnEnd: (last) => (turn = last) })
reader.close()
if (turn === 0) {
  journal.open(OMS1)
  journal.commit(nanos(0), nanos(0))
  turn = 1
}
const state = stateAfter(turn)
for (;;) {
  plannedTurn(++turn, state, journal)
  try {
    journal.commit(nanos(turn), nanos(turn))
  } catch (error) {
    writeSync(1, `failed: ${(error as Error).message}\n`)
    process.exit(3)
  }
  writeSync(1, `${turn}\n`)
}

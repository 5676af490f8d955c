import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/base/random.js'
import { nanos } from '../../src/base/time.js'
import { openJournal } from '../../src/journal/open-journal.js'
import { openJournalReader } from '../../src/journal/open-journal-reader.js'
import { OMS1, resend } from './support/messages.js'
import { stateAfter } from './support/plan.js'
import { FACTS } from './support/session-facts.js'
import { temporaryPath } from './support/temporary-directory.js'

const WRITER = new URL('./support/planned-writer.ts', import.meta.url).pathname

function writer(path: string, prefix = ''): ChildProcess {
  const command = `${prefix} exec "${process.execPath}" --import tsx "${WRITER}" "${path}"`
  return spawn('/bin/sh', ['-c', command], { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** Every line that the writer told, until it ended. It is killed without warning behind `lines` of them. */
async function told(process: ChildProcess, lines: number): Promise<string[]> {
  const heard: string[] = []
  const reading = createInterface(process.stdout!).on('line', (line) => {
    if (heard.push(line) === lines) process.kill('SIGKILL')
  })
  await Promise.all([once(process, 'exit'), once(reading, 'close')])
  return heard
}

/** Asserts that the journal holds exactly what the plan says after as many turns as it has. Returns how many. */
function checkAgainstPlan(path: string): number {
  let turns = 0
  const reader = openJournalReader(path)
  reader.forEach({ turnEnd: (turn) => (turns = turn) })
  reader.close()
  const journal = openJournal(path, FACTS, { deriveOnClose: 0 })
  const state = stateAfter(turns)
  expect(journal.open(OMS1)).toMatchObject({
    no: 0,
    nextSenderMsgSeqNum: state.nextSender,
    nextTargetMsgSeqNum: state.nextTarget
  })
  expect(resend(journal, 0)).toEqual([...state.sent].sort(([a], [b]) => a - b).map(([seq, text]) => `${seq}: ${text}`))
  journal.close(nanos(0), nanos(0))
  return turns
}

describe('a journal whose writer is killed', () => {
  it('holds every turn that was told, with its numbers and its bytes, over many lives', async () => {
    const path = temporaryPath()
    const random = seededRandom(20_261_120, 'moments of death')
    let survived = 0
    for (let life = 1; life <= 8; life++) {
      const heard = await told(writer(path), 1 + random.below(life % 4 === 0 ? 4_000 : 400))
      const last = Number(heard.at(-1))
      expect(heard).toEqual(heard.map((_, i) => String(last - heard.length + 1 + i)))
      // Closed cleanly in between, except before every third life, which finds what the dead one left.
      if (life % 3 === 0) continue
      survived = checkAgainstPlan(path)
      expect(survived).toBeGreaterThanOrEqual(last)
    }
    expect(survived).toBeGreaterThan(1_000)
  })

  it('can be read while the writer still lives, and its lock dies with the writer', async () => {
    const path = temporaryPath()
    const process = writer(path)
    const lines = createInterface(process.stdout!)
    await once(lines, 'line')
    const reader = openJournalReader(path)
    let turns = 0
    reader.forEach({ turnEnd: (turn) => (turns = turn) })
    expect(turns).toBeGreaterThan(1)
    expect(() => openJournal(path, FACTS)).toThrow(`${path} is in use by process ${process.pid}`)
    const gone = once(process, 'exit')
    process.kill('SIGKILL')
    await gone
    expect(checkAgainstPlan(path)).toBeGreaterThanOrEqual(turns)
    reader.close()
  })

  it('tells nothing more once the disk takes nothing more, and keeps what was told', async () => {
    const path = temporaryPath()
    // Files may not grow beyond 2 MB (4,096 blocks of 512 bytes): to the journal this is a full disk.
    const heard = await told(writer(path, 'ulimit -f 4096;'), Infinity)
    expect(heard.at(-1)).toMatch(`failed: ${path}: the journal cannot be written: `)
    const last = Number(heard.at(-2))
    expect(last).toBeGreaterThan(10)
    expect(checkAgainstPlan(path)).toBe(last)
  })
})

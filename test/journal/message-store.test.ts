import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ManualClock, nanos } from '../../src/base/time.js'
import type { Journal } from '../../src/journal/journal.js'
import { openJournal } from '../../src/journal/open-journal.js'
import { FACTS } from './support/session-facts.js'
import { OMS1, OMS2, receive, resend, send } from './support/messages.js'
import { temporaryPath } from './support/temporary-directory.js'

const T = nanos(1_000)

function open(path = temporaryPath()): Journal {
  return openJournal(path, FACTS, { clock: new ManualClock(nanos(42)), deriveOnClose: 0 })
}

function reopened(journal: Journal): Journal {
  journal.close(T, T)
  return open(journal.path)
}

describe('the journal as message store', () => {
  it('opens sessions with dense numbers, dated by the clock, and knows them again', () => {
    const journal = open()
    const fresh = { nextSenderMsgSeqNum: 1, nextTargetMsgSeqNum: 1, createdAt: 42 }
    expect(journal.open(OMS1)).toEqual({ no: 0, ...fresh })
    expect(journal.open(OMS2)).toEqual({ no: 1, ...fresh })
    send(journal, 1, 1)
    receive(journal, 1, 1)
    receive(journal, 1, 2)
    const moved = { no: 1, nextSenderMsgSeqNum: 2, nextTargetMsgSeqNum: 3, createdAt: 42 }
    expect(journal.open(OMS2)).toEqual(moved)
    const again = reopened(journal)
    expect(again.open(OMS2)).toEqual(moved)
    expect(again.open(OMS1)).toEqual({ no: 0, ...fresh })
    again.close(T, T)
  })

  it('resends from the running turn, from recent turns and from the file', () => {
    const journal = open()
    journal.open(OMS1)
    for (let seq = 1; seq <= 300; seq++) {
      send(journal, 0, seq)
      if (seq < 300) journal.commit(T, T)
    }
    const all = Array.from({ length: 300 }, (_, i) => `${i + 1}: sent ${i + 1}`)
    expect(resend(journal, 0)).toEqual(all)
    expect(resend(journal, 0, 299, 300)).toEqual(all.slice(298))
    const again = reopened(journal)
    expect(resend(again, 0, 2, 5)).toEqual(['2: sent 2', '3: sent 3', '4: sent 4', '5: sent 5'])
    expect(resend(again, 0)).toEqual(all)
    again.close(T, T)
  })

  it('keeps sessions apart that send in one turn', () => {
    const journal = open()
    journal.open(OMS1)
    journal.open(OMS2)
    send(journal, 0, 1, 'to 1')
    send(journal, 1, 1, 'to 2')
    send(journal, 0, 2, 'to 1 again')
    journal.commit(T, T)
    expect(resend(journal, 0)).toEqual(['1: to 1', '2: to 1 again'])
    expect(resend(journal, 1)).toEqual(['1: to 2'])
    journal.close(T, T)
  })

  it('never resends what was sent before a reset, not even of the same turn', () => {
    const journal = open()
    journal.open(OMS1)
    send(journal, 0, 1, 'old')
    send(journal, 0, 2, 'old')
    journal.commit(T, T)
    send(journal, 0, 3, 'old')
    journal.reset(0, nanos(77))
    expect(resend(journal, 0)).toEqual([])
    send(journal, 0, 1, 'new')
    expect(resend(journal, 0)).toEqual(['1: new'])
    const again = reopened(journal)
    expect(resend(again, 0)).toEqual(['1: new'])
    expect(again.open(OMS1)).toEqual({ no: 0, nextSenderMsgSeqNum: 2, nextTargetMsgSeqNum: 1, createdAt: 77 })
    again.close(T, T)
  })

  it('leaves out numbers that were skipped, and forgets messages whose numbers were set back', () => {
    const journal = open()
    journal.open(OMS1)
    for (const seq of [1, 2, 3, 4]) send(journal, 0, seq)
    journal.commit(T, T)
    journal.setNumbers(0, 10, 1)
    send(journal, 0, 10)
    journal.commit(T, T)
    expect(resend(journal, 0)).toEqual(['1: sent 1', '2: sent 2', '3: sent 3', '4: sent 4', '10: sent 10'])
    journal.setNumbers(0, 3, 8)
    send(journal, 0, 3, 'anew')
    expect(resend(journal, 0)).toEqual(['1: sent 1', '2: sent 2', '3: anew'])
    const again = reopened(journal)
    expect(resend(again, 0)).toEqual(['1: sent 1', '2: sent 2', '3: anew'])
    expect(again.open(OMS1)).toMatchObject({ nextSenderMsgSeqNum: 4, nextTargetMsgSeqNum: 8 })
    again.close(T, T)
  })

  it('does what a plain table of messages would do, whatever happens in whatever turns', () => {
    const no = fc.nat(1)
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), no, count: fc.integer({ min: 1, max: 60 }) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('receive' as const), no }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('reset' as const), no }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('set' as const), no, to: fc.integer({ min: 1, max: 80 }) }) },
      { weight: 6, arbitrary: fc.record({ do: fc.constant('commit' as const) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) }
    )
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
        let journal = open()
        journal.open(OMS1)
        journal.open(OMS2)
        const plain = [new PlainStore(), new PlainStore()]
        let count = 0
        for (const step of steps) {
          switch (step.do) {
            case 'send':
              for (let i = 0; i < step.count; i++) {
                const text = `message ${++count}`
                send(journal, step.no, plain[step.no].nextSender, text)
                plain[step.no].send(text)
                if (i % 3 === 2) journal.commit(T, T)
              }
              break
            case 'receive':
              receive(journal, step.no, plain[step.no].nextTarget++)
              break
            case 'reset':
              journal.reset(step.no, T)
              plain[step.no] = new PlainStore()
              break
            case 'set':
              journal.setNumbers(step.no, step.to, 7)
              plain[step.no].set(step.to, 7)
              break
            case 'commit':
              journal.commit(T, T)
              break
            case 'reopen':
              journal = reopened(journal)
              break
          }
          plain.forEach((store, no) => {
            expect(journal.open(no === 0 ? OMS1 : OMS2)).toMatchObject({
              nextSenderMsgSeqNum: store.nextSender,
              nextTargetMsgSeqNum: store.nextTarget
            })
            expect(resend(journal, no)).toEqual(store.resend(1, Infinity))
            expect(resend(journal, no, 5, 20)).toEqual(store.resend(5, 20))
          })
        }
        journal.close(T, T)
      }),
      { numRuns: 40 }
    )
  })
})

/** What the journal must be equal to: one message per number, those at or above a number that was set back are gone. */
class PlainStore {
  nextSender = 1
  nextTarget = 1
  readonly #sent = new Map<number, string>()

  send(text: string): void {
    this.#sent.set(this.nextSender++, text)
  }

  set(nextSender: number, nextTarget: number): void {
    for (const seq of this.#sent.keys()) if (seq >= nextSender) this.#sent.delete(seq)
    this.nextSender = nextSender
    this.nextTarget = nextTarget
  }

  resend(first: number, last: number): string[] {
    return [...this.#sent]
      .filter(([seq]) => seq >= first && seq <= last)
      .sort(([a], [b]) => a - b)
      .map(([seq, text]) => `${seq}: ${text}`)
  }
}

import { describe, expect, it } from 'vitest'
import { HeldBudget } from '../../../src/fix/session/held-budget.js'
import { HeldMessages } from '../../../src/fix/session/held-messages.js'
import { type FixMessage } from '../../../src/fix/wire/fix-message.js'
import { acceptorSettings, Desk } from './desk.js'
import { fill } from './script.js'

const peer = { sender: 'OMS', target: 'PAPERPIT' }

describe('messages that wait for a gap to close', () => {
  it('are bounded in memory; those that find no room come again with the resend, so none is lost and none runs twice', () => {
    const desk = new Desk(acceptorSettings)
    desk.connect()
    const send = (text: string): void => desk.receive(fill(text, peer, desk.now))
    const order = (no: number, flag = ''): string => `35=D|34=${no}${flag}|{order A${no}}|58=${'x'.repeat(60_000)}`
    send('35=A|34=1|98=0|108=0')
    const last = 200
    for (let no = 3; no <= last; no++) send(order(no))
    expect(desk.log.filter((line) => line.startsWith('limit')).length).toBeGreaterThan(0)
    for (let no = 2; no <= last; no++) send(order(no, '|43=Y|122={10:00:00}'))
    send(order(last + 1))
    const orders = Array.from({ length: last }, (_, i) => `D A${i + 2}`)
    expect(desk.application.events).toEqual(['logon', ...orders])
  })

  it('are forgotten with the connection', () => {
    const desk = new Desk(acceptorSettings)
    desk.connect()
    const send = (text: string): void => desk.receive(fill(text, peer, desk.now))
    send('35=A|34=1|98=0|108=30')
    send('35=D|34=3|{order A3}')
    desk.disconnect()
    desk.connect()
    send('35=A|34=4|98=0|108=30')
    send('35=4|34=2|43=Y|122={10:00:00}|36=3|123=Y')
    expect(desk.application.events).toEqual(['logon', 'logout', 'logon'])
    send('35=D|34=3|43=Y|122={10:00:00}|{order A3}')
    expect(desk.application.events).toEqual(['logon', 'logout', 'logon', 'D A3'])
    expect(desk.session.status.nextTargetMsgSeqNum).toBe(5)
  })
})

describe('HeldMessages', () => {
  const message = (msgSeqNum: number, size = 60): FixMessage =>
    ({ msgSeqNum, bytes: Buffer.alloc(size), start: 0, end: size }) as unknown as FixMessage
  const numbers = (held: HeldMessages, upTo: number): number[] =>
    Array.from({ length: upTo }, (_, i) => i + 1).filter((n) => held.take(n) !== undefined)

  it('forget what lies below a number, however far apart the numbers are', () => {
    for (const steps of [[5], [2, 3, 4, 5], [4, 5], [5, 4, 5]]) {
      const held = new HeldMessages()
      for (const n of [3, 4, 5, 7, 30]) held.hold(message(n), false)
      for (const expected of steps) held.dropBelow(expected)
      expect(numbers(held, 40), steps.join(' ')).toEqual([5, 7, 30])
    }
  })

  it('hold again below a number that they had dropped below', () => {
    const held = new HeldMessages()
    for (const n of [8, 9, 10]) held.hold(message(n), false)
    held.dropBelow(9)
    held.hold(message(4), false)
    held.dropBelow(5)
    expect(numbers(held, 12)).toEqual([9, 10])
  })

  it('count what a small message costs besides its bytes', () => {
    const held = new HeldMessages()
    let n = 1
    while (held.hold(message(n), false)) n++
    expect(n).toBeLessThan(40_000)
    held.take(1)
    expect(held.hold(message(n), false)).toBe(true)
  })
})

describe('what is held in all sessions of an engine together', () => {
  const message = (msgSeqNum: number): FixMessage =>
    ({ msgSeqNum, bytes: Buffer.alloc(400), start: 0, end: 400 }) as FixMessage

  it('is bounded; room that one gives back another may take', () => {
    const budget = new HeldBudget(2_000)
    const [one, two] = [new HeldMessages(budget), new HeldMessages(budget)]
    expect([one.hold(message(5), false), one.hold(message(6), false), two.hold(message(5), false)]).toEqual([
      true,
      true,
      true
    ])
    expect(two.hold(message(6), false)).toBe(false)
    one.take(5)
    expect(two.hold(message(6), false)).toBe(true)
    one.clear()
    two.dropBelow(7)
    expect(budget.used).toBe(0)
  })
})

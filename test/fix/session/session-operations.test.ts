import { describe, expect, it } from 'vitest'
import { HOUR, nanos, SECOND } from '../../../src/base/time.js'
import { UserError } from '../../../src/base/user-error.js'
import { acceptorSettings, Desk } from './desk.js'
import { fill, show } from './script.js'

const peer = { sender: 'OMS', target: 'PAPERPIT' }

describe('a session as an operator sees it', () => {
  it('is listed with its state, numbers and times', () => {
    const desk = new Desk(acceptorSettings)
    expect(desk.engine.sessions).toEqual([])
    expect(desk.session.no).toBe(0)
    desk.connect()
    desk.receive(fill('35=A|34=1|98=0|108=30', peer, desk.now))
    desk.pass(30)
    desk.receive(fill('35=0|34=2', peer, desk.now))
    const at = nanos(10 * HOUR + 30 * SECOND)
    expect(desk.engine.sessions).toEqual([
      {
        name: 'FIX.4.4:PAPERPIT->OMS',
        state: 'loggedOn',
        nextSenderMsgSeqNum: 3,
        nextTargetMsgSeqNum: 3,
        lastSent: at,
        lastReceived: at,
        paused: false,
        waiting: 0,
        withholding: 0
      }
    ])
  })

  it('takes no next number below 1', () => {
    const desk = new Desk(acceptorSettings)
    expect(() => desk.session.setNextNumbers(0, 1)).toThrow(new UserError('a next MsgSeqNum must be 1 or above, not 0'))
    expect(() => desk.session.setNextNumbers(1, 1.5)).toThrow(UserError)
    expect(desk.session.status.nextTargetMsgSeqNum).toBe(1)
  })

  it('takes one message at a time from the application', () => {
    const { session } = new Desk(acceptorSettings)
    expect(() => session.send()).toThrow('no message is open')
    session.begin('8')
    expect(() => session.begin('8')).toThrow('a message is open already')
  })

  it('has what was sent while the peer was away on record, in the order of sending', () => {
    const desk = new Desk(acceptorSettings)
    for (const id of ['E1', 'E2']) {
      desk.session.begin('8').string(17, id)
      desk.session.send()
    }
    const stored: string[] = []
    desk.store.forEachSent(0, 1, 9, (no, bytes) => stored.push(`${no} ${show(bytes)}`))
    const bytes = (no: number, id: string): string =>
      show(fill(`35=8|34=${no}|17=${id}`, { sender: 'PAPERPIT', target: 'OMS' }, desk.now))
    expect(stored).toEqual([`1 ${bytes(1, 'E1')}`, `2 ${bytes(2, 'E2')}`])
  })
})

import { describe, expect, it } from 'vitest'
import { HOUR, nanos, SECOND } from '../../../src/base/time.js'
import { UserError } from '../../../src/base/user-error.js'
import { PAUSED_LIMIT } from '../../../src/fix/session/output-hold.js'
import { Tag } from '../../../src/fix/wire/tag.js'
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
    expect(() => desk.session.setNextNumbers(0, 1)).toThrow(
      new UserError('a next MsgSeqNum must be a whole number from 1 to 9007199254740991, not 0')
    )
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

  it('goes on by itself when more messages wait in a pause than may, and none is lost', () => {
    const desk = new Desk(acceptorSettings)
    const sink = desk.connect()
    desk.receive(fill('35=A|34=1|98=0|108=30', peer, desk.now))
    desk.session.pause()
    for (let i = 1; i < PAUSED_LIMIT; i++) {
      desk.session.begin('8').int(Tag.ExecID, i)
      desk.session.send()
    }
    desk.engine.flush()
    expect(desk.session.status).toMatchObject({ paused: true, waiting: PAUSED_LIMIT - 1, nextSenderMsgSeqNum: 2 })
    sink.sent.length = 0
    desk.session.begin('8').int(Tag.ExecID, PAUSED_LIMIT)
    desk.session.send()
    desk.engine.flush()
    expect(desk.session.status).toMatchObject({ paused: false, waiting: 0, nextSenderMsgSeqNum: PAUSED_LIMIT + 2 })
    const ids = show(Buffer.concat(sink.sent)).match(/(?<=\|17=)\d+/g)
    expect(ids).toEqual(Array.from({ length: PAUSED_LIMIT }, (_, i) => String(i + 1)))
    expect(desk.log.some((line) => line.includes('more than 10000 application messages waited'))).toBe(true)
  })

  it('writes what waited as it was written: every kind of field', () => {
    const desk = new Desk(acceptorSettings)
    const sink = desk.connect()
    desk.receive(fill('35=A|34=1|98=0|108=30', peer, desk.now))
    const report = (): void => {
      const out = desk.session.begin('8', { deliverToCompId: 'JCD' }).decimal(Tag.AvgPx, 1005, 2, 2)
      out.string(Tag.ClOrdID, 'A1').int(Tag.CumQty, 7).char(Tag.Side, 49).timestamp(Tag.TransactTime, desk.clock.now())
      out.boolean(Tag.ResetSeqNumFlag, false)
      desk.session.send()
    }
    report()
    desk.session.pause()
    report()
    desk.engine.flush()
    desk.session.resume()
    desk.engine.flush()
    const [, ...sent] = sink.sent.map((bytes) =>
      show(bytes)
        .replace(/\|34=\d\|/, '|')
        .replace(/10=\d+\|$/, '')
    )
    expect(sent).toHaveLength(2)
    expect(sent[1]).toBe(sent[0])
  })

  it('withholds no negative number of messages', () => {
    const { session } = new Desk(acceptorSettings)
    expect(() => session.withhold(-1)).toThrow(
      new UserError('a number of messages to withhold must be 0 or above, not -1')
    )
    expect(() => session.withhold(0.5)).toThrow(UserError)
  })

  it('takes one message at a time from the application in a pause too', () => {
    const { session } = new Desk(acceptorSettings)
    session.pause()
    session.begin('8')
    expect(() => session.begin('8')).toThrow('a message is open already')
  })

  it('is found by its name', () => {
    const desk = new Desk(acceptorSettings)
    const { session } = desk
    expect(desk.engine.find('FIX.4.4:PAPERPIT->OMS')).toBe(session)
    expect(desk.engine.find('FIX.4.4:PAPERPIT->SMO')).toBeUndefined()
  })
})

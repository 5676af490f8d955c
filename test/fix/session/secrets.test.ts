import { describe, expect, it } from 'vitest'
import { masked } from '../../../src/fix/session/secrets.js'
import { type MessageStore } from '../../../src/fix/session/message-store.js'
import { acceptorSettings, Desk } from './desk.js'
import { fill, show } from './script.js'

const peer = { sender: 'OMS', target: 'PAPERPIT' }

/** A store that keeps all it is given to keep. */
function recorded(desk: Desk): string[] {
  const texts: string[] = []
  const store: MessageStore = desk.store
  const keep = (bytes: Buffer, from: number, to: number): void => void texts.push(show(bytes.subarray(from, to)))
  const { received, sent } = { received: store.received.bind(store), sent: store.sent.bind(store) }
  store.received = (no, n, ...bytes) => {
    keep(...bytes)
    received(no, n, ...bytes)
  }
  store.sent = (no, n, ...bytes) => {
    keep(...bytes)
    sent(no, n, ...bytes)
  }
  store.noted = (_no, _direction, ...bytes) => keep(...bytes)
  return texts
}

describe('passwords in the message log', () => {
  it('are asterisks in the Logon that is taken; it stays a sound message', () => {
    const desk = new Desk(acceptorSettings)
    const texts = recorded(desk)
    desk.connect()
    desk.receive(fill('35=A|34=1|98=0|108=30|553=trader|554=secret|925=newer', peer, desk.now))
    expect(texts[0]).toBe(show(fill('35=A|34=1|98=0|108=30|553=trader|554=******|925=*****', peer, desk.now)))
  })

  it('are asterisks in a Logon that is refused', () => {
    const desk = new Desk(acceptorSettings)
    desk.password = 'right'
    const texts = recorded(desk)
    desk.connect()
    desk.receive(fill('35=A|34=1|98=0|108=30|554=guess', peer, desk.now))
    expect(texts[0]).toBe(show(fill('35=A|34=1|98=0|108=30|554=*****', peer, desk.now)))
    expect([...texts, ...desk.log].join()).not.toContain('guess')
  })

  it('are asterisks in messages that have no business with them, in turn, before it and garbled', () => {
    const desk = new Desk(acceptorSettings)
    const texts = recorded(desk)
    desk.connect()
    desk.receive(fill('35=A|34=1|98=0|108=30', peer, desk.now))
    desk.receive(fill('35=D|34=2|{order A1}|554=secret', peer, desk.now))
    desk.receive(fill('35=BE|34=9|923=1|924=3|553=trader|554=secret|925=secret', peer, desk.now))
    const garbled = fill('35=A|34=3|98=0|108=30|554=secret', peer, desk.now)
    garbled[garbled.length - 2] ^= 1
    desk.receive(garbled)
    expect(texts.filter((text) => text.includes('|554=******|'))).toHaveLength(3)
    expect([...texts, ...desk.log].join()).not.toContain('secret')
  })

  it('are asterisks in the Logon of an initiator, which sends them', () => {
    const desk = new Desk({
      ...acceptorSettings,
      id: { beginString: 'FIX.4.4', senderCompId: 'OMS', targetCompId: 'PAPERPIT' },
      role: 'initiator'
    })
    desk.password = 'secret'
    const texts = recorded(desk)
    const sink = desk.connect()
    expect(show(sink.sent[0])).toContain('|554=secret|')
    expect(texts).toEqual([show(fill('35=A|34=1|98=0|108=30|554=******', peer, desk.now))])
  })

  it('may stand in RawData of a Logon, with SOH inside', () => {
    const bytes = fill('35=A|34=1|95=9|96=pass{SOH}word|98=0|108=30', peer, '20261120-10:00:00.000')
    expect(show(masked(bytes, 0, bytes.length) ?? bytes)).toContain('|95=9|96=*********|98=0|108=30|10=')
    const news = fill('35=B|34=2|148=x|33=1|58=y|95=5|96=plain', peer, '20261120-10:00:00.000')
    expect(masked(news, 0, news.length)).toBeUndefined()
  })
})

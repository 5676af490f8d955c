import { afterEach, describe, expect, it } from 'vitest'
import { SECOND } from '../../../src/base/time.js'
import { UserError } from '../../../src/base/user-error.js'
import { type SessionSettings } from '../../../src/fix/session/session-settings.js'
import { type FixSession } from '../../../src/fix/session/application.js'
import { type FixMessage } from '../../../src/fix/wire/fix-message.js'
import { Tag } from '../../../src/fix/wire/tag.js'
import { RawPeer, report, TestEngine } from './tcp.js'

const running: TestEngine[] = []
const peers: RawPeer[] = []

async function start(
  settings: Partial<SessionSettings> = {},
  onMessage: (session: FixSession, message: FixMessage) => void = report
): Promise<{ venue: TestEngine; port: number }> {
  const venue = new TestEngine(settings, onMessage)
  running.push(venue)
  const { port } = await venue.engine.listen()
  return { venue, port }
}

async function peer(port: number, compId: string): Promise<RawPeer> {
  const made = await RawPeer.connect(port, compId)
  peers.push(made)
  return made
}

afterEach(async () => {
  for (const made of peers.splice(0)) made.destroy()
  for (const venue of running.splice(0)) await venue.engine.close()
})

const order = (no: number, clOrdId: string): string => `35=D|34=${no}|{order ${clOrdId}}`

describe('acceptor', () => {
  it('listens on loopback by default', async () => {
    const venue = new TestEngine()
    running.push(venue)
    expect(await venue.engine.listen()).toEqual({ host: '127.0.0.1', port: expect.any(Number) })
  })

  it('names a port that is in use', async () => {
    const { port } = await start()
    const second = new TestEngine()
    running.push(second)
    await expect(second.engine.listen('127.0.0.1', port)).rejects.toEqual(
      new UserError(`cannot listen on 127.0.0.1:${port}: port ${port} is in use`)
    )
  })

  it('names an address that is not of this machine', async () => {
    const venue = new TestEngine()
    running.push(venue)
    await expect(venue.engine.listen('192.0.2.1', 0)).rejects.toThrow('192.0.2.1 is no address of this machine')
  })

  it('serves two sessions on one port, each with its own numbers', async () => {
    const { venue, port } = await start()
    const one = await peer(port, 'ONE')
    const two = await peer(port, 'TWO')
    await one.logOn()
    await two.logOn()
    one.send(order(2, 'A1'), order(3, 'A2'))
    expect(await one.next()).toBe('35=8|34=2|49=PAPERPIT|56=ONE|11=A1')
    expect(await one.next()).toBe('35=8|34=3|49=PAPERPIT|56=ONE|11=A2')
    two.send(order(2, 'B1'))
    expect(await two.next()).toBe('35=8|34=2|49=PAPERPIT|56=TWO|11=B1')
    expect(venue.received).toEqual(['logon ONE', 'logon TWO', 'ONE D A1', 'ONE D A2', 'TWO D B1'])
    expect(
      venue.engine.sessions.map(({ name, state, nextSenderMsgSeqNum }) => [name, state, nextSenderMsgSeqNum])
    ).toEqual([
      ['FIX.4.4:PAPERPIT->ONE', 'loggedOn', 4],
      ['FIX.4.4:PAPERPIT->TWO', 'loggedOn', 3]
    ])
  })

  it('reads messages that are split anywhere', async () => {
    const { port } = await start()
    const client = await peer(port, 'OMS')
    await client.logOn()
    const bytes = Buffer.concat([client.bytes(order(2, 'A1')), client.bytes(order(3, 'A2'))])
    for (let at = 0; at < bytes.length; at += 7) {
      client.write(bytes.subarray(at, at + 7))
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(await client.next()).toBe('35=8|34=2|49=PAPERPIT|56=OMS|11=A1')
    expect(await client.next()).toBe('35=8|34=3|49=PAPERPIT|56=OMS|11=A2')
  })

  it('lets nothing go before the turn is committed', async () => {
    const { venue, port } = await start()
    const client = await peer(port, 'OMS')
    await client.logOn()
    const happened: string[] = []
    venue.commit = () => happened.push('commit')
    const sent = venue.store.sent.bind(venue.store)
    venue.store.sent = (...message) => {
      happened.push(`stored ${message[1]}`)
      sent(...message)
    }
    const flush = venue.engine.flush.bind(venue.engine)
    venue.engine.flush = () => {
      happened.push('flush')
      flush()
    }
    client.send(order(2, 'A1'), order(3, 'A2'))
    await client.next()
    await client.next()
    expect(happened).toEqual(['stored 2', 'stored 3', 'commit', 'flush'])
  })

  it('closes a connection that does not log on', async () => {
    const { venue, port } = await start()
    const client = await peer(port, 'OMS')
    client.write(Buffer.from('8=FIX.4.4\x01'))
    while (!venue.log.some((line) => line.startsWith('connected')))
      await new Promise((resolve) => setImmediate(resolve))
    venue.clock.advance(9.9 * SECOND)
    venue.engine.tick()
    expect(client.closed).toBe(false)
    venue.clock.advance(0.1 * SECOND)
    venue.engine.tick()
    expect(await client.end()).toBe('')
    expect(venue.log.at(-1)).toContain('no Logon within 10 s')
  })

  it('logs out a peer whose message is over the limit', async () => {
    const { port } = await start()
    const client = await peer(port, 'OMS')
    await client.logOn()
    client.write(Buffer.from(`8=FIX.4.4\x019=70000\x0135=D\x01${'x'.repeat(1000)}`))
    expect(await client.next()).toBe('35=5|34=2|49=PAPERPIT|56=OMS|58=Message larger than 65536 bytes')
    expect(await client.end()).toBe('')
  })

  it('answers a peer that has said all it had to say', async () => {
    const { venue, port } = await start()
    const client = await peer(port, 'OMS')
    client.send('35=A|34=1|98=0|108=30', order(2, 'A1'), '35=5|34=3')
    client.finish()
    expect(await client.next()).toBe('35=A|34=1|49=PAPERPIT|56=OMS|98=0|108=30')
    expect(await client.next()).toBe('35=8|34=2|49=PAPERPIT|56=OMS|11=A1')
    expect(await client.next()).toBe('35=5|34=3|49=PAPERPIT|56=OMS')
    expect(await client.end()).toBe('')
    expect(venue.received).toEqual(['logon OMS', 'OMS D A1', 'logout OMS'])
  })

  it('sends the reports of an order behind which the peer stops sending', async () => {
    const { venue, port } = await start()
    const client = await peer(port, 'OMS')
    client.send('35=A|34=1|98=0|108=30', order(2, 'A1'))
    client.finish()
    await client.next()
    expect(await client.next()).toBe('35=8|34=2|49=PAPERPIT|56=OMS|11=A1')
    expect(await client.end()).toBe('')
    expect(venue.received).toEqual(['logon OMS', 'OMS D A1', 'logout OMS'])
  })

  it('outlives a peer that resets its connection in the middle of a message', async () => {
    const { venue, port } = await start()
    const client = await peer(port, 'OMS')
    await client.logOn()
    client.write(client.bytes(order(2, 'A1')).subarray(0, 40))
    client.reset()
    while (!venue.received.includes('logout OMS')) await new Promise((resolve) => setImmediate(resolve))
    const again = await peer(port, 'OMS')
    again.send('35=A|34=2|98=0|108=30', order(3, 'A1'))
    expect(await again.next()).toBe('35=A|34=2|49=PAPERPIT|56=OMS|98=0|108=30')
    expect(await again.next()).toBe('35=8|34=3|49=PAPERPIT|56=OMS|11=A1')
  })

  it('sends nothing to a stranger', async () => {
    const { venue, port } = await start()
    const client = await peer(port, 'OMS')
    client.write(Buffer.from('GET / HTTP/1.1\r\n\r\n'))
    expect(await client.end()).toBe('')
    expect(venue.received).toEqual([])
  })

  it('disconnects a slow reader, keeps memory bounded, and delivers what it missed by ResendRequest', async () => {
    const filler = 'x'.repeat(1000)
    const { venue, port } = await start({ maxOutboundBytes: 200_000 }, (session, message) => {
      session
        .begin('B')
        .string(Tag.ClOrdID, message.string(Tag.ClOrdID) ?? '')
        .string(Tag.Text, filler)
      session.send()
    })
    const client = await peer(port, 'OMS')
    await client.logOn()
    client.stopReading()
    let no = 2
    while (!venue.received.includes('logout OMS')) {
      client.send(...Array.from({ length: 100 }, (_, i) => order(no + i, `A${no + i}`)))
      no += 100
      const handled = no
      while (!venue.received.includes(`OMS D A${handled - 1}`) && !venue.received.includes('logout OMS'))
        await new Promise((resolve) => setImmediate(resolve))
    }
    expect(venue.log.some((line) => line.includes('More than 200000 bytes wait to be read'))).toBe(true)
    venue.clock.advance(2 * SECOND)
    venue.engine.tick()
    client.destroy()
    const { nextSenderMsgSeqNum, nextTargetMsgSeqNum } = venue.engine.sessions[0]
    const again = await peer(port, 'OMS')
    again.send(`35=A|34=${nextTargetMsgSeqNum}|98=0|108=30`)
    expect(await again.next()).toBe(`35=A|34=${nextSenderMsgSeqNum}|49=PAPERPIT|56=OMS|98=0|108=30`)
    again.send(`35=2|34=${nextTargetMsgSeqNum + 1}|7=2|16=0`)
    for (let n = 2; n < nextSenderMsgSeqNum - 1; n++)
      expect(await again.next()).toBe(`35=B|34=${n}|43=Y|49=PAPERPIT|56=OMS|11=A${n}|58=${filler}`)
    expect(await again.next()).toBe(
      `35=4|34=${nextSenderMsgSeqNum - 1}|43=Y|49=PAPERPIT|56=OMS|36=${nextSenderMsgSeqNum + 1}|123=Y`
    )
  })

  it('answers a resend of many megabytes at the pace of the reader; new messages follow it in order', async () => {
    const filler = 'x'.repeat(10_000)
    const { venue, port } = await start({}, (session) => {
      session.begin('B').string(Tag.Text, filler)
      session.send()
    })
    const first = await peer(port, 'OMS')
    await first.logOn()
    first.destroy()
    while (!venue.received.includes('logout OMS')) await new Promise((resolve) => setImmediate(resolve))
    const session = venue.engine.find('FIX.4.4:PAPERPIT->OMS')
    for (let i = 0; i < 2000; i++) {
      session?.begin('B').string(Tag.Text, `${i}${filler}`)
      session?.send()
    }
    const client = await peer(port, 'OMS')
    client.send('35=A|34=2|98=0|108=30')
    expect(await client.next()).toBe('35=A|34=2002|49=PAPERPIT|56=OMS|98=0|108=30')
    client.stopReading()
    client.send('35=2|34=3|7=2|16=0', order(4, 'NEW'))
    while (!venue.received.includes('OMS D NEW')) await new Promise((resolve) => setImmediate(resolve))
    client.readOn()
    for (let i = 0; i < 2000; i++)
      expect(await client.next()).toBe(`35=B|34=${i + 2}|43=Y|49=PAPERPIT|56=OMS|58=${i}${filler}`)
    expect(await client.next()).toBe('35=4|34=2002|43=Y|49=PAPERPIT|56=OMS|36=2003|123=Y')
    expect(await client.next()).toBe(`35=B|34=2003|43=Y|49=PAPERPIT|56=OMS|58=${filler}`)
    client.send('35=1|34=5|112=GO')
    expect(await client.next()).toBe('35=0|34=2004|49=PAPERPIT|56=OMS|112=GO')
  })

  it('says Logout to all when it closes, and ends when they answered', async () => {
    const { venue, port } = await start()
    const one = await peer(port, 'ONE')
    const two = await peer(port, 'TWO')
    await one.logOn()
    await two.logOn()
    const closed = venue.engine.close()
    expect(await one.next()).toBe('35=5|34=2|49=PAPERPIT|56=ONE')
    expect(await two.next()).toBe('35=5|34=2|49=PAPERPIT|56=TWO')
    one.send('35=5|34=2')
    two.send('35=5|34=2')
    await closed
    expect(await one.end()).toBe('')
    expect(venue.received).toEqual(['logon ONE', 'logon TWO', 'logout ONE', 'logout TWO'])
  })

  it('closes after two seconds on a peer that does not answer its Logout', async () => {
    const { venue, port } = await start()
    const client = await peer(port, 'OMS')
    await client.logOn()
    const closed = venue.engine.close()
    expect(await client.next()).toBe('35=5|34=2|49=PAPERPIT|56=OMS')
    venue.clock.advance(2 * SECOND)
    venue.engine.tick()
    expect(await client.end()).toBe('')
    await closed
  })
})

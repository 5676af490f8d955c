import { afterEach, describe, expect, it } from 'vitest'
import { SECOND } from '../../../src/base/time.js'
import { SessionSchedule } from '../../../src/fix/session/schedule.js'
import { DEFAULT_SETTINGS, type SessionSettings } from '../../../src/fix/session/session-settings.js'
import { Tag } from '../../../src/fix/wire/tag.js'
import { report, TestEngine } from './tcp.js'

const running: TestEngine[] = []

function engine(onMessage?: ConstructorParameters<typeof TestEngine>[1]): TestEngine {
  const made = new TestEngine({}, onMessage)
  running.push(made)
  return made
}

const settings: SessionSettings = {
  ...DEFAULT_SETTINGS,
  id: { beginString: 'FIX.4.4', senderCompId: 'OMS', targetCompId: 'PAPERPIT' },
  role: 'initiator'
}

const loop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Waits for what sockets bring about, and for their closing, which Node tells one round later. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await loop()
  await loop()
  await loop()
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((made) => made.engine.close()))
})

describe('initiator', () => {
  it('logs on to an acceptor of the same engine, trades, and both log out', async () => {
    const venue = engine(report)
    const { port } = await venue.engine.listen()
    const client = engine()
    const session = client.engine.connect({ settings, host: '127.0.0.1', port })
    await until(() => session.loggedOn)
    const order = session.begin('D').string(Tag.ClOrdID, 'A1').char(Tag.OrdType, 49).char(Tag.Side, 49)
    order.string(Tag.Symbol, 'XYZ').timestamp(Tag.TransactTime, client.clock.now())
    session.send()
    await until(() => venue.received.length > 1)
    expect(venue.received).toEqual(['logon OMS', 'OMS D A1'])
    session.logout()
    await until(() => !session.connected && venue.received.length > 2)
    expect(venue.received.at(-1)).toBe('logout OMS')
  })

  it('dials inside its hours only', async () => {
    const venue = engine(report)
    const { port } = await venue.engine.listen()
    const client = engine()
    const days = ['fri'] as const
    const schedule = new SessionSchedule({
      start: '10:00:05',
      end: '12:00',
      days,
      timeZone: 'UTC',
      resetAtStart: false
    })
    const session = client.engine.connect({ settings: { ...settings, schedule }, host: '127.0.0.1', port })
    client.clock.advance(4.9 * SECOND)
    client.engine.tick()
    await loop()
    expect(session.connected).toBe(false)
    expect(venue.log).toEqual([])
    client.clock.advance(0.1 * SECOND)
    client.engine.tick()
    await until(() => session.loggedOn)
  })

  it('connects again with growing pauses, and a Logon makes them short again', async () => {
    const client = engine()
    const failures = (): number => client.log.filter((line) => line.includes('ECONNREFUSED')).length
    const closed = engine()
    const { port } = await closed.engine.listen()
    await closed.engine.close()
    const session = client.engine.connect({ settings, host: '127.0.0.1', port, reconnectAfter: 1, reconnectAtMost: 4 })
    await until(() => failures() === 1)
    for (const [pause, count] of [
      [1, 2],
      [2, 3],
      [4, 4],
      [4, 5]
    ]) {
      client.clock.advance((pause - 0.1) * SECOND)
      client.engine.tick()
      await loop()
      expect(failures()).toBe(count - 1)
      client.clock.advance(0.1 * SECOND)
      client.engine.tick()
      await until(() => failures() === count)
    }
    const venue = engine(report)
    await venue.engine.listen('127.0.0.1', port)
    client.clock.advance(4 * SECOND)
    client.engine.tick()
    await until(() => session.loggedOn)
    client.engine.tick()
    venue.engine.find('FIX.4.4:PAPERPIT->OMS')?.disconnect()
    await until(() => !session.connected)
    client.clock.advance(1 * SECOND)
    client.engine.tick()
    await until(() => session.loggedOn)
    expect(client.received).toEqual(['logon PAPERPIT', 'logout PAPERPIT', 'logon PAPERPIT'])
  })
})

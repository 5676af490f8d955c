import { spawn } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect as connectPlain } from 'node:net'
import { connect as connectTls, type ConnectionOptions } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { MINUTE, SECOND } from '../../src/base/time.js'
import { DEFAULT_SETTINGS, type SessionSettings } from '../../src/fix/session/session-settings.js'
import { sessionDirectory } from '../../src/venue/session-directory.js'
import type { SessionCredentials } from '../../src/venue/credentials/session-guard.js'
import { hashPassword } from '../../src/venue/credentials/password-hash.js'
import { DEFAULT_CONFIG, type FixConfig } from '../../src/venue/config/venue-config.js'
import { tlsMaterial } from '../../src/venue/serve/tls-material.js'
import { Authority, hasOpenssl } from '../support/certificates.js'
import { RawPeer, report, TestEngine } from '../fix/transport/tcp.js'

const passwordHash = await hashPassword('secret')
const LOGON = '35=A|34=1|98=0|108=30'
const venues: TestEngine[] = []
const peers: RawPeer[] = []

/** The FIX side of a venue with this configuration, and one named session. */
async function open(
  credentials: SessionCredentials,
  fix: Partial<FixConfig> = {}
): Promise<{ venue: TestEngine; port: number; refusals: () => string[] }> {
  const sessions = [{ senderCompId: 'PAPERPIT', targetCompId: 'OMS', credentials }]
  const config: FixConfig = { ...DEFAULT_CONFIG.fix, sessions, anyCompId: false, ...fix }
  const venue = new TestEngine({}, report, {
    directory: sessionDirectory(config),
    limits: config.limits,
    tls: config.tls && tlsMaterial(config.tls)
  })
  venues.push(venue)
  const { port } = await venue.engine.listen()
  const refusals = (): string[] =>
    venue.log.filter((line) => /Refused /.test(line)).map((line) => line.replace(/127\.0\.0\.1:\d+/g, 'PEER'))
  return { venue, port, refusals }
}

async function plain(port: number, compId = 'OMS'): Promise<RawPeer> {
  const peer = await RawPeer.connect(port, compId)
  peers.push(peer)
  return peer
}

function secure(port: number, options: ConnectionOptions): Promise<RawPeer> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ port, host: '127.0.0.1', ...options })
    socket.once('error', reject)
    socket.once('secureConnect', () => {
      const peer = new RawPeer(socket, 'OMS')
      peers.push(peer)
      resolve(peer)
    })
  })
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}

afterEach(async () => {
  for (const peer of peers.splice(0)) peer.destroy()
  for (const venue of venues.splice(0)) await venue.engine.close()
})

describe('passwords', () => {
  it('the right one logs on; an order behind the Logon waits for the verdict', async () => {
    const { port } = await open({ username: 'trader', passwordHash })
    const client = await plain(port)
    client.send(`${LOGON}|553=trader|554=secret`, '35=D|34=2|{order A1}')
    expect(await client.next()).toBe('35=A|34=1|49=PAPERPIT|56=OMS|98=0|108=30')
    expect(await client.next()).toBe('35=8|34=2|49=PAPERPIT|56=OMS|11=A1')
  })

  it('a wrong one is refused, logged, and after a few no Logon is looked at for a while', async () => {
    const limits = { ...DEFAULT_CONFIG.fix.limits, refusedLogonsPerMinute: 3 }
    const { venue, port, refusals } = await open({ username: 'trader', passwordHash }, { limits })
    for (let attempt = 1; attempt <= 3; attempt++) {
      const client = await plain(port)
      client.send(`${LOGON}|553=trader|554=guess${attempt}`)
      expect(await client.next()).toBe(`35=5|34=${attempt}|49=PAPERPIT|56=OMS|58=Wrong username or password`)
      expect(await client.end()).toBe('')
    }
    const right = await plain(port)
    right.send(`${LOGON}|553=trader|554=secret`)
    expect(await right.end()).toBe('')
    expect(refusals()).toEqual([
      ...Array.from(
        { length: 3 },
        () => 'logonRefused FIX.4.4:PAPERPIT->OMS refused: Wrong username or password (from PEER)'
      ),
      'logonRefused PEER closed: more than 3 refused Logons a minute from this address'
    ])
    venue.clock.advance(MINUTE / 3)
    const later = await plain(port)
    later.send(`${LOGON}|553=trader|554=secret`)
    expect(await later.next()).toBe('35=A|34=4|49=PAPERPIT|56=OMS|98=0|108=30')
  })
})

describe('limits', () => {
  it('an address that is not allowed is refused with a Logout', async () => {
    const { port, refusals } = await open({ addresses: ['10.0.0.0/8'] })
    const client = await plain(port)
    client.send(LOGON)
    expect(await client.next()).toBe('35=5|34=1|49=PAPERPIT|56=OMS|58=Address is not allowed')
    expect(refusals()).toEqual(['logonRefused FIX.4.4:PAPERPIT->OMS refused: Address is not allowed (from PEER)'])
  })

  it('more connections than may stand at once, or come in a minute, are closed', async () => {
    const limits = { ...DEFAULT_CONFIG.fix.limits, maxConnections: 2, connectionsPerMinute: 4 }
    const { port, refusals } = await open({}, { limits })
    for (let i = 0; i < 5; i++) await plain(port)
    await until(() => refusals().length === 3)
    expect(refusals()).toEqual([
      'connectionRefused PEER closed: more than 2 connections',
      'connectionRefused PEER closed: more than 2 connections',
      'connectionRefused PEER closed: more than 4 connections a minute from this address'
    ])
  })

  it('more Logons than may come in a minute are closed without a message', async () => {
    const limits = { ...DEFAULT_CONFIG.fix.limits, logonsPerMinute: 1 }
    const { venue, port, refusals } = await open({}, { limits })
    const first = await plain(port)
    await first.logOn()
    first.destroy()
    await until(() => venue.received.includes('logout OMS'))
    const second = await plain(port)
    second.send('35=A|34=2|98=0|108=30')
    expect(await second.end()).toBe('')
    expect(refusals()).toEqual(['logonRefused PEER closed: more than 1 Logons a minute from this address'])
  })

  it('no more sessions are opened than may be', async () => {
    const limits = { ...DEFAULT_CONFIG.fix.limits, maxSessions: 2 }
    const { port, refusals } = await open({}, { limits, anyCompId: true })
    for (const compId of ['ONE', 'TWO']) await (await plain(port, compId)).logOn()
    const third = await plain(port, 'THREE')
    third.send(LOGON)
    expect(await third.end()).toBe('')
    expect(refusals()).toEqual([
      'logonRefused FIX.4.4:PAPERPIT->THREE closed: the Logon would open more than 2 sessions'
    ])
  })

  it('the time to log on is as configured', async () => {
    const limits = { ...DEFAULT_CONFIG.fix.limits, logonTimeout: 3 }
    const { venue, port, refusals } = await open({}, { limits })
    const client = await plain(port)
    await until(() => venue.log.length === 1)
    venue.clock.advance(3 * SECOND)
    venue.engine.tick()
    expect(await client.end()).toBe('')
    expect(refusals()).toEqual(['logonRefused PEER closed: no Logon within 3 s'])
  })

  it('the engine takes the largest message that any session takes', () => {
    const named = { senderCompId: 'PAPERPIT', targetCompId: 'BIG', maxMessageSize: 1_000_000 }
    expect(sessionDirectory({ ...DEFAULT_CONFIG.fix, sessions: [named] }).maxMessageSize).toBe(1_000_000)
    expect(sessionDirectory(DEFAULT_CONFIG.fix).maxMessageSize).toBe(65_536)
  })
})

describe.skipIf(!hasOpenssl)('TLS', () => {
  const ours = hasOpenssl ? new Authority('paperpit-test-ca') : undefined
  const theirs = hasOpenssl ? new Authority('another-ca') : undefined
  const server = ours?.issue('venue') ?? { cert: '', key: '' }
  const client = ours?.issue('myoms') ?? { cert: '', key: '' }
  const stranger = theirs?.issue('myoms') ?? { cert: '', key: '' }
  const ca = ours?.cert ?? ''
  const trusting = (pair?: { cert: string; key: string }): ConnectionOptions => ({
    ca: readFileSync(ca),
    ...(pair && { cert: readFileSync(pair.cert), key: readFileSync(pair.key) })
  })
  const tls = { ...server, requireClientCertificate: false }
  const mutual = { ...server, ca, requireClientCertificate: true }

  it('a FIX session through it', async () => {
    const { port, venue } = await open({}, { tls })
    const oms = await secure(port, trusting())
    oms.send(LOGON, '35=D|34=2|{order A1}')
    expect(await oms.next()).toBe('35=A|34=1|49=PAPERPIT|56=OMS|98=0|108=30')
    expect(await oms.next()).toBe('35=8|34=2|49=PAPERPIT|56=OMS|11=A1')
    oms.send('35=5|34=3')
    expect(await oms.next()).toBe('35=5|34=3|49=PAPERPIT|56=OMS')
    expect(await oms.end()).toBe('')
    expect(venue.received).toEqual(['logon OMS', 'OMS D A1', 'logout OMS'])
  })

  it('a FIX session through openssl s_client', async () => {
    const { port } = await open({ certificates: ['CN=myoms'] }, { tls: mutual })
    const files = ['-CAfile', ca, '-cert', client.cert, '-key', client.key]
    const program = spawn('openssl', [
      's_client',
      '-quiet',
      '-verify_return_error',
      '-connect',
      `127.0.0.1:${port}`,
      ...files
    ])
    let answer = ''
    program.stdout.on('data', (chunk) => (answer += String(chunk).replaceAll('\x01', '|')))
    const bytes = (await plain(port)).bytes(LOGON)
    program.stdin.write(bytes)
    await until(() => /\|10=\d{3}\|/.test(answer))
    program.kill()
    expect(answer).toContain('|35=A|34=1|49=PAPERPIT|')
  })

  it('a FIX session of the initiator; one that does not know the authority does not log on', async () => {
    const { port } = await open({ certificates: ['CN=myoms'] }, { tls: mutual })
    const oms = new TestEngine()
    venues.push(oms)
    const settings: SessionSettings = {
      ...DEFAULT_SETTINGS,
      id: { beginString: 'FIX.4.4', senderCompId: 'OMS', targetCompId: 'PAPERPIT' },
      role: 'initiator'
    }
    const shown = { cert: readFileSync(client.cert), key: readFileSync(client.key) }
    const stray = oms.engine.connect({ settings, host: '127.0.0.1', port, tls: shown })
    await until(() => oms.log.some((line) => line.includes('connection to 127.0.0.1')))
    expect(stray.loggedOn).toBe(false)
    expect(oms.log.at(-1)).toMatch(/certificate/)
    const other = new TestEngine()
    venues.push(other)
    const session = other.engine.connect({ settings, host: '127.0.0.1', port, tls: { ...shown, ca: readFileSync(ca) } })
    await until(() => session.loggedOn)
  })

  it('a client certificate by its name and by its fingerprint', async () => {
    const sha256 = createHash('sha256')
      .update(new X509Certificate(readFileSync(client.cert)).raw)
      .digest('hex')
    for (const certificate of ['CN=myoms', `SHA256=${sha256}`]) {
      const { port } = await open({ certificates: [certificate] }, { tls: mutual })
      const oms = await secure(port, trusting(client))
      oms.send(LOGON)
      expect(await oms.next()).toBe('35=A|34=1|49=PAPERPIT|56=OMS|98=0|108=30')
    }
  })

  it('a certificate of ours that is not this session is refused with a Logout', async () => {
    const { port, refusals } = await open({ certificates: ['CN=otheroms'] }, { tls: mutual })
    const oms = await secure(port, trusting(client))
    oms.send(LOGON)
    expect(await oms.next()).toBe('35=5|34=1|49=PAPERPIT|56=OMS|58=Client certificate is not allowed')
    expect(refusals()).toEqual([
      'logonRefused FIX.4.4:PAPERPIT->OMS refused: Client certificate is not allowed (from PEER)'
    ])
  })

  it('a certificate of an unknown authority, and none at all, are closed, logged and counted', async () => {
    const limits = { ...DEFAULT_CONFIG.fix.limits, refusedLogonsPerMinute: 2 }
    const { port, refusals } = await open({}, { tls: mutual, limits })
    await (await secure(port, trusting(stranger))).end()
    await (await secure(port, trusting())).end()
    const right = await secure(port, trusting(client))
    right.send(LOGON)
    expect(await right.end()).toBe('')
    const logged = refusals()
    expect(logged[0]).toMatch(/^connectionRefused PEER closed: the client certificate is not accepted \([A-Z_]+\)$/)
    expect(logged.slice(1)).toEqual([
      'connectionRefused PEER closed: the client certificate is not accepted (none was shown)',
      'logonRefused PEER closed: more than 2 refused Logons a minute from this address'
    ])
  })

  it('plain FIX on the port is closed and logged', async () => {
    const { port, refusals } = await open({}, { tls })
    const oms = await plain(port)
    oms.send(LOGON)
    await oms.end()
    expect(refusals()).toEqual([
      expect.stringMatching(/^connectionRefused PEER closed: no TLS connection came about \(/)
    ])
  })

  it('peers that cut or garble the handshake harm nobody', async () => {
    const { venue, port, refusals } = await open({}, { tls })
    const start = venue.clock.now()
    const hello = Buffer.from('16030100c8010000c40303', 'hex')
    for (const [bytes, cut] of [
      [hello, true],
      [hello, false],
      [Buffer.alloc(0), true],
      [Buffer.alloc(300, 0x16), false],
      [Buffer.from('GET / HTTP/1.1\r\n\r\n'), true]
    ] as const) {
      const count = refusals().length
      const socket = connectPlain({ port, host: '127.0.0.1' })
      socket.on('error', () => undefined)
      await new Promise((resolve) => socket.once('connect', () => resolve(undefined)))
      await new Promise((resolve) => socket.write(bytes, resolve))
      if (cut) socket.resetAndDestroy()
      else socket.end()
      await until(() => {
        venue.clock.advance(SECOND)
        venue.engine.tick()
        return refusals().length > count
      })
    }
    expect(refusals()).toHaveLength(5)
    venue.clock.set(start)
    const oms = await secure(port, trusting())
    oms.send(LOGON)
    expect(await oms.next()).toBe('35=A|34=1|49=PAPERPIT|56=OMS|98=0|108=30')
  })

  it('a handshake that does not end is given up with the time to log on', async () => {
    const { venue, port, refusals } = await open({}, { tls })
    const socket = connectPlain({ port, host: '127.0.0.1' })
    const closed = new Promise((resolve) => socket.once('close', resolve))
    await until(() => {
      venue.clock.advance(10 * SECOND)
      venue.engine.tick()
      return refusals().length > 0
    })
    await closed
    expect(refusals()).toEqual(['connectionRefused PEER closed: no TLS connection within 10 s'])
  })

  it('key material that cannot be used is named with its file', () => {
    expect(() => tlsMaterial({ ...tls, cert: 'no-such.pem' })).toThrow(
      /^fix\.tls\.cert: no-such\.pem cannot be read: ENOENT/
    )
    expect(() => tlsMaterial({ ...tls, cert: server.key })).toThrow(
      `fix.tls.cert: ${server.key} holds no certificate in PEM`
    )
    expect(() => tlsMaterial({ ...tls, key: server.cert })).toThrow(
      `fix.tls.key: ${server.cert} holds no private key in PEM, or an encrypted one`
    )
    expect(() => tlsMaterial({ ...tls, key: client.key })).toThrow(
      `fix.tls: the key ${client.key} does not belong to the certificate ${server.cert}`
    )
    expect(() => tlsMaterial({ ...tls, ca: server.key })).toThrow(
      `fix.tls.ca: ${server.key} holds no certificate in PEM`
    )
  })
})

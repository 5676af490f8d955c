import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../../src/venue/config/load-config.js'
import { DEFAULT_CONFIG } from '../../../src/venue/config/venue-config.js'

const file = join(mkdtempSync(join(tmpdir(), 'paperpit-')), 'venue.yaml')

function load(text: string): ReturnType<typeof loadConfig> {
  writeFileSync(file, text)
  return loadConfig(file)
}

function messageOf(text: string): string {
  try {
    load(text)
  } catch (error) {
    return (error as Error).message.replace(file, 'venue.yaml')
  }
  return 'loaded'
}

describe('loadConfig', () => {
  it('is the default where nothing is said, and config/venue.yaml says the default', () => {
    expect(load('')).toEqual(DEFAULT_CONFIG)
    expect(loadConfig('config/venue.yaml')).toEqual(DEFAULT_CONFIG)
  })

  it('reads a scenario as the market, and refuses one beside another market', () => {
    expect(load('market: { scenario: calm, seed: 7 }').market).toEqual({ kind: 'scenario', scenario: 'calm', seed: 7 })
    expect(messageOf('market:\n  scenario: calm\n  synthetic: {}\n')).toBe(
      'venue.yaml:2:13 /market has a scenario and another market: one of them'
    )
    expect(messageOf('market:\n  seed: 7\n')).toBe('venue.yaml:2:9 /market/seed is of a scenario: name one')
  })

  it('reads sessions with rules of their own', () => {
    const { fix } = load(
      'fix:\n  timestampDigits: 6\n  sessions:\n    - senderCompId: PIT\n      targetCompId: OMS\n      cancelOnDisconnect: true\n'
    )
    expect(fix.rules.timestampDigits).toBe(6)
    expect(fix.sessions).toEqual([{ senderCompId: 'PIT', targetCompId: 'OMS', cancelOnDisconnect: true }])
  })

  it('reads trading rules and timetables, of all and of one instrument', () => {
    const { trading } = load(`
trading:
  collar: { percent: '5' }
  selfMatch: cancelOldest
  phases:
    timeZone: America/New_York
    days: [mon, fri]
    times:
      - { at: '09:00', phase: preOpen }
      - { at: '09:25', phase: openingAuction, randomEnd: 30s }
      - { at: '09:30', phase: continuous }
  instruments:
    AAPL: { collar: { ticks: 50 }, stopTrigger: quote }
  firms:
    - { name: ACME, sessions: [OMS1, OMS2], selfMatch: decrement }
  endOfDay: { at: '17:00', timeZone: UTC, days: [fri] }
`)
    expect(trading).toEqual({
      rules: { collar: { kind: 'percent', basisPoints: 500 }, selfMatch: 'cancelOldest' },
      phases: {
        timeZone: 'America/New_York',
        days: ['mon', 'fri'],
        entries: [
          { at: 32_400, phase: 'preOpen', randomEnd: 0 },
          { at: 33_900, phase: 'openingAuction', randomEnd: 30e9 },
          { at: 34_200, phase: 'continuous', randomEnd: 0 }
        ]
      },
      instruments: {
        AAPL: { rules: { collar: { kind: 'ticks', ticks: 50 }, stopTrigger: 'quote' }, phases: undefined }
      },
      firms: { OMS1: { id: 'ACME', mode: 'decrement' }, OMS2: { id: 'ACME', mode: 'decrement' } },
      endOfDay: { timeZone: 'UTC', days: ['fri'], at: 61_200 }
    })
  })

  it.each([
    [
      "phases: { timeZone: Mars, times: [{ at: '09:00', phase: preOpen }] }",
      'venue.yaml:2:23 /trading/phases/timeZone "Mars" is no time zone: expected an IANA name such as "America/New_York"'
    ],
    [
      "phases: { timeZone: UTC, times: [{ at: '09:00', phase: preOpen, randomEnd: 2h }, { at: '10:00', phase: continuous }] }",
      'venue.yaml:2:90 /trading/phases/times/1/at "10:00" must be later than the line before it, its random end included'
    ],
    [
      "endOfDay: { at: '17:00', timeZone: Mars }",
      'venue.yaml:2:38 /trading/endOfDay/timeZone "Mars" is no time zone: expected an IANA name such as "America/New_York"'
    ],
    ["collar: { percent: '0' }", 'venue.yaml:2:22 /trading/collar/percent must be more than 0'],
    [
      'firms: [{ name: A, sessions: [X], selfMatch: decrement }, { name: B, sessions: [X], selfMatch: decrement }]',
      'venue.yaml:2:83 /trading/firms/1/sessions/0 "X" is in a firm already'
    ]
  ])('names the place of a fault in trading: %s', (line, message) => {
    expect(messageOf(`trading:\n  ${line}\n`)).toBe(message)
  })

  it('reads latencies as durations', () => {
    const { models } = load('models:\n  latency:\n    inbound: 250us\n    outbound: 1.5ms\n')
    expect(models.latency).toEqual({ kind: 'constant', inbound: 250_000, outbound: 1_500_000 })
  })

  it.each([
    ['fix:\n  prt: 1\n', /^venue\.yaml:2:3 \/fix\/prt is no key here; known are host, port, /],
    ['fix:\n  port: "x"\n', /^venue\.yaml:2:9 \/fix\/port must be integer$/],
    ['fix:\n  port: 70000\n', /^venue\.yaml:2:9 \/fix\/port must be <= 65535$/],
    [
      'models:\n  preset: foo\n',
      /^venue\.yaml:2:11 \/models\/preset must be one of observer, consume, consume\+refill, impact$/
    ],
    [
      'models:\n  latency:\n    inbound: "5"\n',
      /^venue\.yaml:3:14 \/models\/latency\/inbound must be a duration such as/
    ],
    [
      'fix:\n  sessions:\n    - senderCompId: A\n',
      /^venue\.yaml:3:7 \/fix\/sessions\/0 must have required properties targetCompId$/
    ],
    ['a: [\n', /^venue\.yaml:2:1 /],
    ['market:\n  synthetic: {}\n  tapes: [a.arrow]\n', /^venue\.yaml \/market has both synthetic and tapes/]
  ])('names position and expectation of a fault: %j', (text, message) => {
    expect(messageOf(text)).toMatch(message)
  })

  it('says that a file cannot be read', () => {
    expect(() => loadConfig('no-such.yaml')).toThrow(/^no-such\.yaml cannot be read: ENOENT/)
  })
})

describe('the fix section', () => {
  const hash = `$scrypt$ln=15,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`

  it('reads who may log on, when, and by which rules', () => {
    const { fix } = load(`
fix:
  limits: {refusedLogonsPerMinute: 5}
  tls: {cert: a.pem, key: b.pem, ca: c.pem, requireClientCertificate: true}
  sessions:
    - senderCompId: PIT
      targetCompId: OMS
      ackMode: pending
      minHeartBtInt: 5
      dictionary: desk.xml
      schedule: {start: 08:00, end: 17:30:00, days: [mon, fri], timeZone: Europe/London}
      username: trader
      passwordHash: ${hash}
      addresses: [10.0.0.0/8, "2001:db8::/32"]
      certificates: [CN=oms]
`)
    expect(fix.limits).toEqual({ ...DEFAULT_CONFIG.fix.limits, refusedLogonsPerMinute: 5 })
    expect(fix.tls).toEqual({ cert: 'a.pem', key: 'b.pem', ca: 'c.pem', requireClientCertificate: true })
    expect(fix.sessions).toEqual([
      {
        senderCompId: 'PIT',
        targetCompId: 'OMS',
        ackMode: 'pending',
        minHeartBtInt: 5,
        dictionary: 'desk.xml',
        schedule: {
          start: '08:00',
          end: '17:30:00',
          days: ['mon', 'fri'],
          timeZone: 'Europe/London',
          resetAtStart: false
        },
        credentials: {
          username: 'trader',
          passwordHash: hash,
          addresses: ['10.0.0.0/8', '2001:db8::/32'],
          certificates: ['CN=oms']
        }
      }
    ])
  })

  const session = 'fix:\n  sessions:\n    - senderCompId: A\n      targetCompId: B\n'

  it.each([
    [`${session}      passwordHash: secret\n`, /^venue\.yaml:5:21 \/fix\/sessions\/0\/passwordHash must be a hash as/],
    [`${session}      addresses: [10.0.0.0/8, 10.0.0.0/33]\n`, /^venue\.yaml:5:31 .* must be an address or a network/],
    [`${session}      certificates: [oms]\n`, /^venue\.yaml:5:22 .* must be a common name such as "CN=oms1" or a fing/],
    [`${session}      certificates: [CN=oms]\n`, /^venue\.yaml:5:21 .* needs fix\.tls with a ca/],
    [
      `${session}    - senderCompId: A\n      targetCompId: B\n`,
      /^venue\.yaml:5:7 .* is the session A to B once more$/
    ],
    [
      `${session}      maxHeartBtInt: 5\n      minHeartBtInt: 6\n`,
      /^venue\.yaml:5:22 .* must not be below minHeartBtInt/
    ],
    [
      'fix:\n  schedule: {start: "8", end: 17:00, timeZone: UTC}\n',
      /^venue\.yaml:2:21 \/fix\/schedule\/start must be a time of day such as "08:00" or "17:30:00"$/
    ],
    [
      'fix:\n  schedule: {start: 08:00, end: 17:00, timeZone: Mars/Base}\n',
      /^venue\.yaml:2:50 .* must be a time zone such as "Europe\/London", not "Mars\/Base"$/
    ],
    ['fix:\n  schedule: {start: 08:00, end: 17:00, timeZone: UTC, days: [mo]}\n', /must be one of sun, mon, /],
    [
      'fix:\n  schedule: {start: 08:00, end: 17:00, timeZone: UTC, days: [mon, tue], endDay: fri}\n',
      /^venue\.yaml:2:81 .* needs days with the one day/
    ],
    ['fix:\n  tls: {cert: a, key: b, requireClientCertificate: true}\n', /^venue\.yaml:2:52 .* needs a ca/],
    ['fix:\n  limits: {maxConnections: 0}\n', /^venue\.yaml:2:28 .* must be >= 1$/]
  ])('names position and expectation of a fault: %j', (text, message) => {
    expect(messageOf(text)).toMatch(message)
  })
})

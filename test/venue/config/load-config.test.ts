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

  it('reads sessions with rules of their own', () => {
    const { fix } = load(
      'fix:\n  timestampDigits: 6\n  sessions:\n    - senderCompId: PIT\n      targetCompId: OMS\n      cancelOnDisconnect: true\n'
    )
    expect(fix.rules.timestampDigits).toBe(6)
    expect(fix.sessions).toEqual([{ senderCompId: 'PIT', targetCompId: 'OMS', cancelOnDisconnect: true }])
  })

  it('reads latencies as durations', () => {
    const { models } = load('models:\n  latency:\n    inbound: 250us\n    outbound: 1.5ms\n')
    expect(models.latency).toEqual({ kind: 'constant', inbound: 250_000, outbound: 1_500_000 })
  })

  it.each([
    ['fix:\n  prt: 1\n', /^venue\.yaml:2:3 \/fix\/prt is no key here; known are host, port, /],
    ['fix:\n  port: "x"\n', /^venue\.yaml:2:9 \/fix\/port must be integer$/],
    ['fix:\n  port: 70000\n', /^venue\.yaml:2:9 \/fix\/port must be <= 65535$/],
    ['models:\n  preset: foo\n', /^venue\.yaml:2:11 \/models\/preset must be one of observer, consume$/],
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

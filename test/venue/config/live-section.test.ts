import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SECOND } from '../../../src/base/time.js'
import { loadConfig } from '../../../src/venue/config/load-config.js'

const file = join(mkdtempSync(join(tmpdir(), 'paperpit-')), 'venue.yaml')
const BTC = `      instruments: [{ symbol: BTCUSDT, tickSize: '0.10', lotSize: '0.001' }]\n`

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

describe('market.live', () => {
  it('is a list of feeds with their instruments', () => {
    const { market } = load(`market:\n  live:\n    - adapter: binance-usdm\n      staleAfter: 5s\n${BTC}`)
    expect(market).toMatchObject({
      kind: 'live',
      feeds: [
        {
          adapter: 'binance-usdm',
          name: 'binance-usdm',
          onStale: 'halt',
          staleAfter: 5 * SECOND,
          instruments: [{ symbol: 'BTCUSDT', feedSymbol: 'BTCUSDT', tickSize: '0.10', lotSize: '0.001' }]
        }
      ]
    })
  })

  it.each([
    [`    - adapter: nasdaq\n${BTC}`, /^venue\.yaml:3:16 \/market\/live\/0\/adapter must be one of binance-spot, /],
    [
      `    - adapter: kraken\n      host: h\n${BTC}`,
      /^venue\.yaml:4:13 \/market\/live\/0\/host is no key of the adapter kraken$/
    ],
    [`    - adapter: kraken\n      depth: 7\n${BTC}`, /\/depth must be one of 10, 25, 100, 500, 1000$/],
    [`    - adapter: fix\n      host: h\n      port: 1\n${BTC}`, /must have senderCompId: the adapter fix needs it$/],
    [`    - adapter: tcp\n${BTC}`, /must have listen, a port to wait on, or host and port, a server to connect to$/],
    [`    - adapter: stdin\n${BTC}    - adapter: kraken\n${BTC}`, /symbol BTCUSDT is of another feed already$/],
    [
      `    - adapter: stdin\n      instruments: [{ symbol: A, tickSize: '0.015', lotSize: '1', priceScale: 2 }]\n`,
      /must have tick and lot that fit their scales: tick size "0\.015"/
    ],
    [`    - adapter: stdin\n      staleAfter: '10'\n${BTC}`, /staleAfter must be a duration such as "500ms" or "10s"$/],
    [
      `    - adapter: stdin\n      staleAfter: 10ms\n${BTC}`,
      /^venue\.yaml:4:19 \/market\/live\/0\/staleAfter must be 500ms or more$/
    ],
    [
      `    - adapter: coinbase\n      url: feed.example.com\n${BTC}`,
      /^venue\.yaml:4:12 \/market\/live\/0\/url must be a URL that begins with ws:\/\/ or wss:\/\/, without #$/
    ],
    [
      `    - adapter: binance-spot\n      snapshotUrl: 'ftp://a'\n${BTC}`,
      /snapshotUrl must be a URL that begins with http:\/\/ or https:\/\/, without #$/
    ],
    [`    - adapter: stdin\n${BTC}  tapes: [a.arrow]\n`, /\/market has both live and tapes: one of them$/],
    [`    - adapter: stdin\n${BTC}  speed: 2\n`, /\/market\/speed must be 1: a live market runs by the wall clock$/]
  ])('names position and expectation of a fault: %j', (feeds, message) => {
    expect(messageOf(`market:\n  live:\n${feeds}`)).toMatch(message)
  })
})

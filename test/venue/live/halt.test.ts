import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadConfig } from '../../../src/venue/config/load-config.js'
import { serve, type RunningVenue } from '../../../src/venue/serve/serve.js'
import { FakeLines } from '../../market/live/support/fake-lines.js'
import { RawFixClient } from '../../support/raw-fix-client.js'

const TIME = '60=20261120-10:00:00'

describe('an OMS at a venue whose market data is lost', () => {
  let directory: string
  let exchange: FakeLines
  let venue: RunningVenue
  let client: RawFixClient

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'paperpit-halt-'))
    exchange = new FakeLines()
    await exchange.start()
  })

  afterEach(async () => {
    await venue.close()
    await exchange.stop()
    rmSync(directory, { recursive: true })
  })

  async function start(onStale: string): Promise<void> {
    const file = join(directory, 'venue.yaml')
    const instrument = `{ symbol: ACME, tickSize: '0.01', lotSize: '0.001' }`
    const feed = `{ adapter: tcp, host: 127.0.0.1, port: ${exchange.port}, onStale: ${onStale}, instruments: [${instrument}] }`
    writeFileSync(
      file,
      `fix: { port: 0 }\nmarket: { live: [${feed}] }\njournal: { path: ${join(directory, 'a.db')} }\n`
    )
    venue = await serve(loadConfig(file), pino({ level: 'silent' }), (error) => {
      throw error
    })
    client = new RawFixClient('OMS', 'PAPERPIT')
    await client.logon(venue.port)
    await until('live')
  }

  async function until(state: string): Promise<void> {
    while (venue.feeds()[0].instruments[0].state !== state) await new Promise((resolve) => setTimeout(resolve, 2))
  }

  /** Sends a request and gives what the answer says of 39, 58, 102, 103 and 150. */
  async function ask(fields: string): Promise<string> {
    const from = client.received.length
    client.send(`${fields}|${TIME}`)
    const answer = await client.until(({ msgType }) => '89'.includes(msgType), from)
    return answer.body
      .split('|')
      .filter((field) => /^(39|58|102|103|150)=/.test(field))
      .join('|')
  }

  const order = (id: string, tif: string): string => `35=D|11=${id}|38=1|40=2|44=100.12|54=1|55=ACME|59=${tif}`

  it('gets orders and replaces refused, and cancels done, until the book is back', async () => {
    await start('halt')
    expect(await ask('35=D|11=REST|38=1|40=2|44=100.00|54=1|55=ACME|59=1')).toBe('39=0|150=0')
    exchange.raw('{"type":"stop","symbol":"ACME"}\n')
    await until('syncing')
    const text = '58=PP1013 no orders in "ACME": its market data is "syncing"'
    expect(await ask(order('A', '3'))).toBe(`39=8|${text}|103=2|150=8`)
    expect(await ask('35=G|11=R|41=REST|38=2|40=2|44=100.00|54=1|55=ACME')).toBe(`39=0|${text}|102=2`)
    expect(await ask('35=F|11=C|41=REST|54=1|55=ACME')).toBe('39=4|150=4')
    exchange.drop()
    await until('live')
    const from = client.received.length
    client.send(`${order('B', '3')}|${TIME}`)
    await client.until(({ body }) => body.includes('|150=F|'), from)
  })

  it('with onStale: stale has orders taken, which never fill against the old book', async () => {
    await start('stale')
    exchange.raw('{"type":"stop","symbol":"ACME"}\n')
    await until('syncing')
    expect(await ask(order('A', '1'))).toBe('39=0|150=0')
    exchange.drop()
    await until('live')
    // The book that comes back crosses the order that waited for it.
    await client.until(({ body }) => body.includes('11=A|') && body.includes('|150=F|'))
  })
})

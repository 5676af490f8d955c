import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUR, nanos, wallClock, type Clock } from '../../../src/base/time.js'
import { openJournalReader } from '../../../src/journal/open-journal-reader.js'
import { TapeFile } from '../../../src/market/tape/tape-file.js'
import { loadConfig } from '../../../src/venue/config/load-config.js'
import { checkRerun } from '../../../src/venue/rerun/check-rerun.js'
import { recordedMarket } from '../../../src/venue/rerun/recorded-market.js'
import { serve, type RunningVenue } from '../../../src/venue/serve/serve.js'
import { FakeLines } from '../../market/live/support/fake-lines.js'
import { RawFixClient, type RawMessage } from '../../support/raw-fix-client.js'
import { VenueProcess } from '../../support/venue-process.js'

const TIME = '60=20261120-10:00:00'

/** A connection to a port that will be listened on. */
async function connected(port: number): Promise<Socket> {
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    const stands = await new Promise<boolean>((told) => {
      socket.once('connect', () => told(true))
      socket.on('error', () => told(false))
    })
    if (stands) return socket
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describe('a venue whose books come live', () => {
  let directory: string
  let journal: string
  let venue: RunningVenue | undefined
  const client = (): RawFixClient => new RawFixClient('OMS', 'PAPERPIT')

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'paperpit-lost-'))
    journal = join(directory, 'a.db')
    venue = undefined
  })

  afterEach(async () => {
    await venue?.close()
    rmSync(directory, { recursive: true })
  })

  /** Writes a configuration with a feed for each text, of an instrument with the symbol in front of it. */
  function configured(feeds: Readonly<Record<string, string>>): string {
    const file = join(directory, 'venue.yaml')
    const lines = Object.entries(feeds).map(
      ([symbol, feed]) =>
        `    - { name: ${symbol}, adapter: tcp, ${feed}, instruments: [{ symbol: ${symbol}, feedSymbol: ACME, tickSize: '0.01', lotSize: '0.001' }] }\n`
    )
    writeFileSync(file, `fix: { port: 0 }\nmarket:\n  live:\n${lines.join('')}journal: { path: ${journal} }\n`)
    return file
  }

  async function start(feeds: Readonly<Record<string, string>>): Promise<RawFixClient> {
    venue = await serve(loadConfig(configured(feeds)), pino({ level: 'silent' }), (error) => {
      throw error
    })
    const oms = client()
    await oms.logon(venue.port)
    for (const n of Object.keys(feeds).keys()) await until(n, 'live')
    return oms
  }

  async function until(feed: number, state: string): Promise<void> {
    while (venue?.feeds()[feed].instruments[0].state !== state) await new Promise((resolve) => setTimeout(resolve, 2))
  }

  const fills = (oms: RawFixClient): readonly RawMessage[] =>
    oms.received.filter(({ body }) => body.includes('|150=F|'))
  const tag = ({ body }: RawMessage, number: number): string | undefined =>
    new RegExp(`(?:^|\\|)${number}=([^|]*)`).exec(body)?.[1]

  it('fills nothing against a book that is lost, neither what rests nor what comes, and what rests when it is back', async () => {
    const exchange = new FakeLines()
    await exchange.start()
    const oms = await start({ ACME: `host: 127.0.0.1, port: ${exchange.port}, onStale: stale` })
    oms.send(`35=D|11=REST|38=1|40=2|44=100.11|54=1|55=ACME|59=1|${TIME}`)
    await oms.until(({ body }) => body.includes('11=REST|') && body.includes('|39=0|'))
    // The ask comes down through the order, but a line before it is missing, and nobody answers who is asked for the book.
    exchange.mute = true
    exchange.lose([['100.09', '9']])
    exchange.change([], [['100.11', '4']])
    await until(0, 'syncing')
    exchange.trade('100.05', '50', 'sell')
    oms.send(`35=D|11=MARKET|38=1|40=1|54=1|55=ACME|59=0|${TIME}`)
    const refused = await oms.until(({ body }) => body.includes('11=MARKET|') && !body.includes('|39=0|'))
    expect([tag(refused, 39), tag(refused, 58)]).toEqual(['4', 'PP3003 no liquidity on the opposite side'])
    oms.send(`35=D|11=IOC|38=1|40=2|44=100.20|54=1|55=ACME|59=3|${TIME}`)
    await oms.until(({ body }) => body.includes('11=IOC|') && body.includes('|39=4|'))
    oms.send(`35=H|11=REST|37=${tag(await oms.until(({ body }) => body.includes('11=REST|')), 37)}|54=1|55=ACME`)
    const status = await oms.until(({ body }) => body.includes('11=REST|') && body.includes('|150=I|'))
    expect([tag(status, 39), fills(oms)]).toEqual(['0', []])
    exchange.mute = false
    exchange.push()
    await until(0, 'live')
    const fill = await oms.until(({ body }) => body.includes('|150=F|'))
    expect([tag(fill, 11), tag(fill, 31), tag(fill, 32)]).toEqual(['REST', '100.11', '1.000'])
    await exchange.stop()
  })

  it('keeps the clocks of two exchanges apart, and the session can be run again from its recording', async () => {
    const wall = wallClock(1_699_920_000)
    const off = (hours: number): Clock => ({ now: () => nanos((wall.now() % (24 * HOUR)) + hours * HOUR + 24 * HOUR) })
    const exchanges = [new FakeLines(off(-5)), new FakeLines(off(7))]
    for (const exchange of exchanges) await exchange.start()
    const [early, late] = exchanges
    const oms = await start({
      EARLY: `host: 127.0.0.1, port: ${early.port}`,
      LATE: `host: 127.0.0.1, port: ${late.port}`
    })
    const began = Date.now()
    for (let i = 0; i < 20; i++) {
      const [symbol, exchange] = i % 2 === 0 ? (['EARLY', early] as const) : (['LATE', late] as const)
      exchange.change([], [['100.11', `${2 + i}`]])
      oms.send(`35=D|11=O${i}|38=1|40=2|44=100.20|54=1|55=${symbol}|59=3|${TIME}`)
      await oms.until(({ body }) => body.includes(`11=O${i}|`) && body.includes('|150=F|'))
    }
    const times = fills(oms).map((message) => tag(message, 60) ?? '')
    const ms = times.map((text) => Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)-(.*)$/, '$1-$2-$3T$4Z')))
    expect(times).toEqual([...times].sort())
    expect(Math.min(...ms)).toBeGreaterThanOrEqual(began - 5)
    expect(Math.max(...ms)).toBeLessThanOrEqual(Date.now() + 5)
    await venue?.close()
    venue = undefined
    for (const exchange of exchanges) await exchange.stop()
    const tape = new TapeFile(join(directory, 'a.live', 'run-1.arrow'))
    const [first, last] = tape.span()
    expect(last - first).toBeLessThan(HOUR)
    const reader = openJournalReader(journal)
    expect(checkRerun(reader, await recordedMarket(reader))).toMatchObject({ difference: undefined, commands: 20 })
    reader.close()
  })

  it('can be run again after kill -9, is not while it runs, and lets its port go when it ends', async () => {
    const probe = createServer()
    await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening))
    const { port } = probe.address() as AddressInfo
    await new Promise((closed) => probe.close(closed))
    const config = configured({ ACME: `listen: ${port}` })
    const oms = client()
    for (const round of [1, 2]) {
      const process = await VenueProcess.start('--config', config)
      const feed = await connected(port)
      feed.write('{"type":"book","symbol":"ACME","bids":[["100.10","5"]],"asks":[["100.12","7"]]}\n')
      await oms.logon(process.port)
      for (let filled = false, n = 0; !filled; n++) {
        const from = oms.received.length
        oms.send(`35=D|11=R${round}-${n}|38=1|40=2|44=100.12|54=1|55=ACME|59=3|${TIME}`)
        filled = (await oms.until(({ body }) => /\|39=[248]\|/.test(body), from)).body.includes('|150=F|')
      }
      const reader = openJournalReader(journal)
      if (round === 1) await expect(recordedMarket(reader)).rejects.toThrow('is being written')
      if (round === 1) await process.kill()
      else expect(await process.stop()).toBe(0)
      await oms.ended()
      expect(checkRerun(reader, await recordedMarket(reader)).difference).toBeUndefined()
      reader.close()
      feed.destroy()
    }
  })
})

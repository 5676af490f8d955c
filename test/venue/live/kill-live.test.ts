import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src/base/random.js'
import { FakeLines } from '../../market/live/support/fake-lines.js'
import { RawFixClient, type RawMessage } from '../../support/raw-fix-client.js'
import { VenueProcess } from '../../support/venue-process.js'

const KILLS = 4
const ORDERS = 150
const directory = mkdtempSync(join(tmpdir(), 'paperpit-live-kill-'))

afterAll(() => rmSync(directory, { recursive: true }))

/** A market that moves while the event loop is free. */
function move(exchange: FakeLines, seed: string): () => void {
  const random = seededRandom(20261120, seed)
  let running = true
  const step = (): void => {
    if (!running) return
    for (let i = 0; i < 5; i++) {
      const offset = random.below(20)
      if (random.below(4) === 0) {
        const buyer = random.below(2) === 0
        exchange.trade(buyer ? '100.12' : '100.10', `${1 + random.below(3)}`, buyer ? 'buy' : 'sell')
      } else if (random.below(2) === 0) exchange.change([[(100.1 - offset / 100).toFixed(2), `${random.below(9)}`]])
      else exchange.change([], [[(100.12 + offset / 100).toFixed(2), `${random.below(9)}`]])
    }
    setTimeout(step, 1)
  }
  step()
  return () => (running = false)
}

describe('kill -9 of a venue with a live market', () => {
  it(
    `${KILLS} times: the recordings give every command the market that it met, and the session goes on live`,
    { timeout: 120_000 },
    async () => {
      const exchange = new FakeLines()
      await exchange.start()
      const config = join(directory, 'venue.yaml')
      writeFileSync(
        config,
        `market:
  live:
    - adapter: tcp
      host: 127.0.0.1
      port: ${exchange.port}
      instruments:
        - { symbol: ACME, tickSize: '0.01', lotSize: '0.001' }
journal: { path: ${join(directory, 'live.db')} }
`
      )
      const random = seededRandom(1, 'orders')
      const client = new RawFixClient('OMS', 'PAPERPIT')
      const fills = new Map<string, RawMessage>()
      let id = 0
      const order = (): string => {
        const [side, price] = random.below(2) === 0 ? ['1', 100.15] : ['2', 100.05]
        const tif = random.below(3) === 0 ? '3' : '1'
        const limit = (price - random.below(12) / 100).toFixed(2)
        return `35=D|11=K${id++}|38=${1 + random.below(4)}|40=2|44=${limit}|54=${side}|55=ACME|59=${tif}|60=20261120-10:00:00`
      }
      for (let round = 0; round <= KILLS; round++) {
        // A start runs the journal again with the recordings, and ends where that gives other events than were recorded.
        const venue = await VenueProcess.start('--config', config)
        await client.logon(venue.port)
        const stop = move(exchange, `market ${round}`)
        let from = client.received.length
        // Orders are refused until the book has come.
        for (let halted = true; halted;) {
          client.send(order())
          const answer = await client.until(({ msgType }) => msgType === '8', from)
          from = client.received.length
          halted = answer.body.includes('58=PP1013')
        }
        for (let sent = 0; sent < ORDERS; sent += 10) {
          client.sendAll(Array.from({ length: 10 }, order))
          await new Promise((resolve) => setTimeout(resolve, 3))
        }
        let reports = 0
        const wanted = 1 + random.below(ORDERS)
        await client.until(({ msgType }) => msgType === '8' && ++reports >= wanted, from)
        if (round === KILLS) expect(await venue.stop()).toBe(0)
        else await venue.kill()
        await client.ended()
        stop()
        for (const message of client.received) {
          const execId = /(?:^|\|)17=([^|]*)/.exec(message.body)?.[1]
          if (message.msgType !== '8' || !message.body.includes('|150=F|') || execId === undefined) continue
          // An execution that was told once is never told otherwise.
          const first = fills.get(execId)
          if (first) expect(message.body).toBe(first.body)
          else fills.set(execId, message)
        }
      }
      await exchange.stop()
      expect(fills.size).toBeGreaterThan(20)
      expect(readdirSync(join(directory, 'live.live')).sort()).toEqual(
        Array.from({ length: KILLS + 1 }, (_, i) => `run-${i + 1}.arrow`)
      )
    }
  )
})

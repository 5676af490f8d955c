import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/base/random.js'
import { RawFixClient, type RawMessage } from '../support/raw-fix-client.js'
import { VenueProcess } from '../support/venue-process.js'

const KILLS = 20
const BURST = 400
const directory = mkdtempSync(join(tmpdir(), 'paperpit-kill-'))

afterAll(() => rmSync(directory, { recursive: true }))

const order = (id: string): string => `35=D|11=${id}|38=100|40=2|44=10.00|54=1|55=AAPL|59=1|60=20261120-10:00:00`

describe('kill -9 in the middle of a burst of orders', () => {
  it(
    `${KILLS} times: no acknowledged order is missing, no number is used twice, a resend repeats every body`,
    { timeout: 240_000 },
    async () => {
      const random = seededRandom(20261120, 'kill')
      const journal = join(directory, 'kill.db')
      const client = new RawFixClient('OMS', 'PAPERPIT')
      /** Every message of the venue by its number, as first received. */
      const firstSeen = new Map<number, RawMessage>()
      const acknowledged: string[] = []
      let seen = 0

      const take = (): void => {
        for (; seen < client.received.length; seen++) {
          const message = client.received[seen]
          const first = firstSeen.get(message.msgSeqNum)
          if (!first) firstSeen.set(message.msgSeqNum, message)
          // A number that comes again is a resend of the same body, or the gap fill that stands for a session message.
          else if (message.msgType !== '4') {
            expect(message.possDup, message.text).toBe(true)
            expect(message.body).toBe(first.body)
          }
          if (message.msgType === '8' && !first) acknowledged.push(/(?:^|\|)11=([^|]*)/.exec(message.body)?.[1] ?? '')
        }
      }

      for (let round = 0; round < KILLS; round++) {
        const venue = await VenueProcess.start('--journal', journal)
        await client.logon(venue.port)
        const killAfter = 1 + random.below(BURST - 1)
        const from = client.received.length
        client.sendAll(Array.from({ length: BURST }, (_, i) => order(`${round}-${i}`)))
        let reports = 0
        await client.until(({ msgType }) => msgType === '8' && ++reports >= killAfter, from)
        await venue.kill()
        await client.ended()
        take()
      }

      const venue = await VenueProcess.start('--journal', journal)
      await client.logon(venue.port)
      const from = client.received.length
      client.send('35=2|7=1|16=0')
      const highest = Math.max(...firstSeen.keys())
      await client.until(({ msgSeqNum, possDup }) => possDup && msgSeqNum >= highest, from)
      const resent = new Map(client.received.slice(from).map((message) => [message.msgSeqNum, message]))
      take()
      for (const [number, first] of firstSeen) {
        if (first.msgType === '8' && number <= highest) expect(resent.get(number)?.body, `${number}`).toBe(first.body)
      }

      expect(acknowledged.length).toBeGreaterThan(KILLS)
      expect(new Set(acknowledged).size).toBe(acknowledged.length)
      for (const id of acknowledged) {
        const asked = client.received.length
        client.send(`35=H|11=${id}|54=1|55=AAPL`)
        const status = await client.until(({ body }) => body.includes('|150=I|'), asked)
        expect(status.body).toContain(`|11=${id}|`)
        expect(status.body).toContain('|39=0|')
      }
      expect(await venue.stop()).toBe(0)
    }
  )
})

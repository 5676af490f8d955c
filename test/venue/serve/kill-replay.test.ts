import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src/base/random.js'
import { RawFixClient, type RawMessage } from '../../support/raw-fix-client.js'
import { VenueProcess } from '../../support/venue-process.js'
import { temporaryDirectory } from '../../market/support/temporary.js'
import { writeSmallTape } from './support/small-tape.js'

const temporary = temporaryDirectory()
const TAPE = temporary('acme.arrow')
/** Orders that are on their way when the replay jumps. */
const BURST = 40

/** A minute with 120,000 events: a way back takes many turns. */
beforeAll(() => writeSmallTape(TAPE, 60, 2000))

function field({ text }: RawMessage, tag: number): string {
  return new RegExp(`\\|${tag}=([^|]*)`).exec(text)?.[1] ?? ''
}

const order = (id: string, type: 'limit' | 'market', tif: 0 | 1): string =>
  `35=D|11=${id}|38=1|${type === 'limit' ? '40=2|44=1.00' : '40=1'}|54=1|55=ACME|59=${tif}|60=20240510-14:00:00`

/** When the venue is killed, one after the other on one journal: on its way back, as soon as a jump is told, or a loop. */
const MOMENTS = ['way', 'jump', 'loop', 'way', 'loop'] as const

describe('kill -9 of a venue whose replay jumps', () => {
  it(`${MOMENTS.join(', ')}: what was acknowledged is there, and the replay goes on where it stood`, async () => {
    const journal = temporary('killed.db')
    const options = ['--tape', TAPE, '--console', '--journal', journal]
    const random = seededRandom(20261130, 'moments')
    const client = new RawFixClient('OMS', 'PAPERPIT')
    const report = (id: string, execType: string): Promise<RawMessage> =>
      client.until(({ body }) => body.includes(`|11=${id}|`) && body.includes(`|150=${execType}|`))
    let reached = ''
    for (const [round, moment] of MOMENTS.entries()) {
      const venue = await VenueProcess.start(...options, '--speed', moment === 'loop' ? '200' : '1')
      const status = await venue.command('status')
      // Neither earlier nor on another day than what was told last.
      expect(status.split(' ')[1].replaceAll('-', '').replace('T', '-') >= reached).toBe(true)
      await client.logon(venue.port)
      client.send(order(`take ${round}`, 'market', 0))
      expect((await report(`take ${round}`, 'F')).body).toContain('|31=100.05|')
      client.send(order(`day ${round}`, 'limit', 0))
      await report(`day ${round}`, '0')
      if (moment === 'loop') await venue.command('loop on')
      else {
        const day = status.split(' ')[1].slice(0, 10)
        await venue.command(`seek ${day}T14:00:58Z`)
        void venue.command(`seek ${day}T14:00:55Z`)
      }
      client.sendAll(Array.from({ length: BURST }, (_, i) => order(`gtc ${round}-${i}`, 'limit', 1)))
      await report(`gtc ${round}-0`, '0')
      if (moment === 'way') await new Promise((after) => setTimeout(after, random.below(50)))
      else await report(`day ${round}`, 'C')
      await venue.kill()
      await client.ended()
      for (const message of client.received)
        if (message.msgType === '8' && field(message, 60) > reached) reached = field(message, 60)
    }

    const acknowledged = new Set<string>()
    for (const message of client.received)
      if (message.body.includes('|11=gtc ') && field(message, 150) === '0') acknowledged.add(field(message, 11))
    expect(acknowledged.size).toBeGreaterThanOrEqual(MOMENTS.length)
    const venue = await VenueProcess.start(...options)
    await client.logon(venue.port)
    const from = client.received.length
    client.sendAll([...acknowledged].map((id) => `35=H|11=${id}|54=1|55=ACME`))
    let answers = 0
    await client.until(({ body }) => body.includes('|150=I|') && ++answers === acknowledged.size, from)
    const gone = client.received
      .slice(from)
      .filter((message) => field(message, 150) === 'I' && field(message, 39) !== '0')
    expect(gone.map(({ text }) => text)).toEqual([])
    expect(await venue.stop()).toBe(0)
    const check = execFileSync(process.execPath, [resolve('dist/main.js'), 'rerun', journal, '--check'])
    expect(check.toString()).toContain('the same, byte for byte')
    const info = execFileSync(process.execPath, [resolve('dist/main.js'), 'journal', 'info', journal, '--json'])
    const { jumps } = JSON.parse(info.toString()) as { jumps: number }
    expect(jumps).toBeGreaterThanOrEqual(MOMENTS.filter((moment) => moment !== 'way').length)
  })
})

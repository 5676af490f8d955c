import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RawFixClient, type RawMessage } from '../../support/raw-fix-client.js'
import { VenueProcess } from '../../support/venue-process.js'

const directory = mkdtempSync(join(tmpdir(), 'paperpit-end-of-day-'))
const at = (name: string): string => join(directory, name)

/** A limit far below the market, in force as told, on a tape that begins at 14:30 and whose day ends at 14:31. */
const order = (id: string, timeInForce: 0 | 1, time: string): string =>
  `35=D|11=${id}|38=100|40=2|44=1.00|54=1|55=AAPL|59=${timeInForce}|60=20260105-${time}`

describe('a trading day that ends while the venue serves', () => {
  beforeAll(() => {
    const generate = ['tape', 'generate', '--symbols', 'AAPL', '--duration', '3m', '--out', at('day.arrow')]
    execFileSync(process.execPath, [resolve('dist/main.js'), ...generate])
    writeFileSync(at('venue.yaml'), "trading:\n  endOfDay: { at: '14:31', timeZone: UTC }\n")
  })
  afterAll(() => rmSync(directory, { recursive: true }))

  it('expires DAY orders and frees their ids; a GTC order is there after the day and after kill -9', async () => {
    const options = ['--config', at('venue.yaml'), '--tape', at('day.arrow'), '--speed', 'lockstep']
    const session = [...options, '--journal', at('day.db')]
    const client = new RawFixClient('OMS', 'PAPERPIT')
    const said = (id: string, execType: string): Promise<RawMessage> =>
      client.until(({ body }) => body.includes(`|11=${id}|`) && body.includes(`|150=${execType}|`))
    const venue = await VenueProcess.start(...session)
    await client.logon(venue.port)
    client.send(order('DAY1', 0, '14:30:10'))
    await said('DAY1', '0')
    client.send(order('GTC1', 1, '14:30:20'))
    await said('GTC1', '0')
    client.send(order('DAY2', 0, '14:31:10'))
    expect((await said('DAY1', 'C')).body).toContain('PP3004')
    await said('DAY2', '0')
    client.send(order('GTC1', 1, '14:31:20'))
    expect((await said('GTC1', '8')).body).toContain('PP1001')
    client.send(order('DAY1', 0, '14:31:30').replace('38=100', '38=200'))
    const again = await client.until(({ body }) => body.includes('|11=DAY1|') && body.includes('|38=200|'))
    expect(again.body).toContain('|150=0|')
    await venue.kill()
    await client.ended()

    const second = await VenueProcess.start(...session)
    await client.logon(second.port)
    client.send('35=F|11=C1|41=GTC1|54=1|55=AAPL|60=20260105-14:31:40')
    await said('C1', '4')
    expect(await second.stop()).toBe(0)
  })
})

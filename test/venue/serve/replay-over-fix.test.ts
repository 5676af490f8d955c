import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { RawFixClient, type RawMessage } from '../../support/raw-fix-client.js'
import { VenueProcess } from '../../support/venue-process.js'
import { temporaryDirectory } from '../../market/support/temporary.js'
import { writeSmallTape } from './support/small-tape.js'

const temporary = temporaryDirectory()
const TAPE = temporary('acme.arrow')

beforeAll(() => writeSmallTape(TAPE, 9, 2))

function paperpit(...args: readonly string[]): string {
  return execFileSync(process.execPath, [resolve('dist/main.js'), ...args], { encoding: 'utf8' })
}

/** A client with orders for ACME: 5 to buy at a limit, day or GTC. */
class Desk {
  readonly client = new RawFixClient('OMS', 'PAPERPIT')

  send(id: string, tif: 'day' | 'gtc', limit: string, time: string): void {
    this.client.send(`35=D|11=${id}|38=5|40=2|44=${limit}|54=1|55=ACME|59=${tif === 'day' ? 0 : 1}|60=${time}`)
  }

  /** The report of an order with this ExecType (150). */
  report(id: string, execType: string): Promise<RawMessage> {
    return this.client.until(({ body }) => body.includes(`|11=${id}|`) && body.includes(`|150=${execType}|`))
  }

  /** Its TransactTime (60). */
  async at(id: string, execType: string): Promise<string> {
    return /\|60=([^|]*)/.exec((await this.report(id, execType)).body)?.[1] ?? ''
  }
}

interface OrderCost {
  readonly id: string
}

/** What is said of orders in the end, from the journal alone. */
function inTheEnd(journal: string): { readonly check: string; readonly costs: OrderCost[] } {
  const tca = JSON.parse(paperpit('tca', journal, '--format', 'json')) as { orders: OrderCost[] }
  return { check: paperpit('rerun', journal, '--check').replace(/.*?: /, ''), costs: tca.orders }
}

describe('a replay with controls behind a FIX session', () => {
  it('in lockstep: orders rest over a seek back, DAY orders expire, fills and times are of the day after', async () => {
    const journal = temporary('lockstep.db')
    const options = ['--tape', TAPE, '--speed', 'lockstep', '--console', '--journal', journal]
    const venue = await VenueProcess.start(...options)
    const desk = new Desk()
    await desk.client.logon(venue.port)
    desk.send('DAY', 'day', '100.00', '20240510-14:00:02.000')
    desk.send('GTC', 'gtc', '100.00', '20240510-14:00:02.500')
    expect([await desk.at('DAY', '0'), await desk.at('GTC', '0')]).toEqual([
      '20240510-14:00:02.000',
      '20240510-14:00:02.500'
    ])
    expect(await venue.command('seek 2024-05-10T14:00:01Z')).toBe('lockstep 2024-05-11T14:00:01.000000000Z')
    expect((await desk.report('DAY', 'C')).body).toContain('|58=PP3004')
    expect(await desk.at('DAY', 'C')).toBe('20240510-14:00:02.500')
    // Times of the day that is left move nothing, nor does one that venue time cannot come to.
    desk.send('YESTERDAY', 'day', '99.00', '20240510-14:00:08.000')
    desk.send('NEVER', 'day', '99.00', '20991231-00:00:00.000')
    expect([await desk.at('YESTERDAY', '0'), await desk.at('NEVER', '0')]).toEqual([
      '20240511-14:00:01.000',
      '20240511-14:00:01.000'
    ])
    desk.send('BEHIND', 'day', '100.00', '20240511-14:00:03.000')
    expect(await desk.at('BEHIND', '0')).toBe('20240511-14:00:03.000')
    expect(await venue.command('step 3s')).toBe('paused 2024-05-11T14:00:06.000000000Z')
    // The tape's first order is told again and stays in front of the client's; the one behind both is executed at 6 s.
    expect([await desk.at('GTC', 'F'), await desk.at('BEHIND', 'F')]).toEqual([
      '20240511-14:00:06.000',
      '20240511-14:00:06.000'
    ])
    expect(await venue.command('seek 2024-05-10T14:00:01Z')).toBe(
      'error: the present pass over the market began later than that'
    )
    expect(await venue.stop()).toBe(0)
    const { check, costs } = inTheEnd(journal)
    expect(check).toMatch(/^\d+ commands run again, \d+ events, \d+ quotes and \d+ prints: the same, byte for byte/)
    expect(costs.map(({ id }) => id)).toEqual(['DAY', 'GTC', 'YESTERDAY', 'NEVER', 'BEHIND'])
    expect(costs[1]).toMatchObject({
      ...{ executed: '5', arrivedAt: '2024-05-10T14:00:02.500000000Z', firstFillAt: '2024-05-11T14:00:06.000000000Z' },
      ...{ averagePrice: '100.00000000', benchmarks: { arrival: '100.025', end: '100.025' } }
    })
  })

  it('in a loop: day after day, a GTC order stays, market orders meet the day that it is', async () => {
    const journal = temporary('loop.db')
    const venue = await VenueProcess.start('--tape', TAPE, '--speed', '40', '--loop', '--console', '--journal', journal)
    const desk = new Desk()
    await desk.client.logon(venue.port)
    desk.send('GTC', 'gtc', '1.00', '20240510-14:00:00.000')
    await desk.report('GTC', '0')
    const days: string[] = []
    for (let pass = 1; pass <= 3; pass++) {
      desk.send(`DAY${pass}`, 'day', '1.00', '20240510-14:00:00.000')
      const taken = await desk.at(`DAY${pass}`, '0')
      const expired = await desk.at(`DAY${pass}`, 'C')
      expect(expired.slice(0, 8)).toBe(taken.slice(0, 8))
      days.push(taken.slice(0, 8))
    }
    expect(days.map((day) => Number(day) - Number(days[0]))).toEqual([0, 1, 2])
    desk.send('TAKE', 'day', '100.05', '20240510-14:00:00.000')
    expect(Number((await desk.at('TAKE', 'F')).slice(0, 8))).toBeGreaterThan(Number(days[2]))
    expect(await venue.command('loop off')).toMatch(/^(running|ended) 2024-/)
    desk.client.send('35=F|11=CANCEL|41=GTC|54=1|55=ACME|60=20240510-14:00:00.000')
    await desk.report('CANCEL', '4')
    expect(await venue.stop()).toBe(0)
    const { check, costs } = inTheEnd(journal)
    expect(check).toContain('the same, byte for byte')
    expect(costs.map(({ id }) => id)).toEqual(['GTC', 'DAY1', 'DAY2', 'DAY3', 'TAKE'])
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LossyLine } from '../support/lossy-line.js'
import { VenueProcess } from '../support/venue-process.js'
import { JspurefixClient } from './jspurefix-client.js'

const directory = mkdtempSync(join(tmpdir(), 'paperpit-jspurefix-resend-'))
let venue: VenueProcess
let line: LossyLine
let client: JspurefixClient

beforeAll(async () => {
  venue = await VenueProcess.start('--journal', join(directory, 'venue.db'))
  line = await LossyLine.open()
  line.leadTo(venue.port)
  client = new JspurefixClient()
  await client.logon(line.port, { sender: 'JSOMS', target: 'PAPERPIT', reset: true })
})

afterAll(async () => {
  line.close()
  await venue.stop()
  rmSync(directory, { recursive: true })
})

function order(clOrdId: string): void {
  client.send('D', {
    ClOrdID: clOrdId,
    Instrument: { Symbol: 'MSFT' },
    Side: '1',
    TransactTime: new Date(),
    OrderQtyData: { OrderQty: 100 },
    OrdType: '2',
    Price: 1
  })
}

/** What crossed the line from position `from` on, as `wanted` tells it. */
function crossed(from: number, wanted: RegExp): string[] {
  return line.crossed.slice(from).flatMap(({ direction, text }) => {
    const match = wanted.exec(text)
    return match ? [`${direction} ${match.slice(1).join(' ')}`] : []
  })
}

/** What a resend must repeat. */
function body(text: string): string {
  return text.replace(/^8=.*?\|35=/, '35=').replace(/\|(34|43|52|122|10)=[^|]*/g, '')
}

describe('jspurefix as the initiator, over a line that loses messages', () => {
  it('has an order acknowledged', async () => {
    order('R1')
    expect((await client.next()).fields).toMatchObject({ ClOrdID: 'R1', ExecType: '0' })
  })

  it('is asked for the order that was lost on its way, and has it executed once and in its place', async () => {
    const from = line.crossed.length
    line.loseNext('toVenue', 'D')
    order('R2')
    order('R3')
    const reports = [await client.next(), await client.next()]
    expect(reports.map(({ fields }) => fields.ClOrdID)).toEqual(['R2', 'R3'])
    expect(crossed(from, /\|35=2\|.*\|7=(\d+)\|16=(\d+)\|/)).toEqual(['toClient 3 0'])
    expect(crossed(from, /\|34=(3)\|43=(Y)\|.*\|11=(\w+)\|/)).toEqual(['toVenue 3 Y R2'])
  })

  it('asks for the report that was lost, and gets it again as it was', async () => {
    const from = line.crossed.length
    line.loseNext('toClient', '8')
    order('R4')
    order('R5')
    const reports = [await client.next(), await client.next()]
    // It hands the later one on first, since it does not hold what comes too early.
    expect(reports.map(({ fields }) => fields.ClOrdID).sort()).toEqual(['R4', 'R5'])
    expect(crossed(from, /\|35=2\|.*\|(7=\d+)\|16=(\d+)\|/)).toEqual(['toVenue 7=6 0'])
    const [lost] = line.crossed.slice(from).filter((crossing) => crossing.lost)
    const again = line.crossed.filter(({ text }) => text.includes('|34=6|43=Y|') && text.includes('|11=R4|'))
    expect(again.map(({ text }) => body(text))).toEqual([body(lost.text)])
    expect(again[0].text).toContain(`|122=${/\|52=([^|]+)\|/.exec(lost.text)?.[1]}|`)
  })

  it('goes on in sequence, and logs out', async () => {
    const from = line.crossed.length
    order('R6')
    const reports = [await client.next()]
    // What came again behind the gap may be handed on once more: jspurefix does not look at 43=Y.
    while (reports.at(-1)?.fields.ClOrdID !== 'R6') reports.push(await client.next())
    expect(crossed(from, /\|35=(2)\|/)).toEqual([])
    await client.logout()
    expect(crossed(from, /\|35=(5)\|/)).toEqual(['toVenue 5', 'toClient 5'])
  })
})

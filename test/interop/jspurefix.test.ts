import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VenueProcess } from '../support/venue-process.js'
import { JspurefixClient, type Fields, type Received } from './jspurefix-client.js'

const directory = mkdtempSync(join(tmpdir(), 'paperpit-jspurefix-'))
let venue: VenueProcess
let client: JspurefixClient

beforeAll(async () => {
  venue = await VenueProcess.start('--journal', join(directory, 'venue.db'))
  client = new JspurefixClient()
  await client.logon(venue.port, { sender: 'JSOMS', target: 'PAPERPIT', reset: true })
})

afterAll(async () => {
  await venue.stop()
  rmSync(directory, { recursive: true })
})

const order = (clOrdId: string, more: Fields): Fields => ({
  ClOrdID: clOrdId,
  Instrument: { Symbol: 'MSFT' },
  Side: '1',
  TransactTime: new Date(),
  OrderQtyData: { OrderQty: 100 },
  OrdType: '2',
  ...more
})

/** "150=F 39=2": what a report says of its order. */
const state = ({ msgType, fields }: Received): string =>
  msgType === '8' ? `150=${String(fields.ExecType)} 39=${String(fields.OrdStatus)}` : `35=${msgType}`

describe('jspurefix as the initiator, over TCP', () => {
  it('has a new order acknowledged', async () => {
    client.send('D', order('J1', { Price: 1 }))
    const report = await client.next()
    expect(state(report)).toBe('150=0 39=0')
    expect(report.fields).toMatchObject({ ClOrdID: 'J1', LeavesQty: 100, CumQty: 0 })
  })

  it('replaces it', async () => {
    client.send('G', order('J2', { OrigClOrdID: 'J1', Price: 2, OrderQtyData: { OrderQty: 150 } }))
    const report = await client.next()
    expect(state(report)).toBe('150=5 39=0')
    expect(report.fields).toMatchObject({ ClOrdID: 'J2', OrigClOrdID: 'J1', LeavesQty: 150 })
  })

  it('is told its status', async () => {
    client.send('H', { ClOrdID: 'J2', Instrument: { Symbol: 'MSFT' }, Side: '1' })
    const report = await client.next()
    expect(state(report)).toBe('150=I 39=0')
    expect(report.fields).toMatchObject({ LeavesQty: 150, Price: 2 })
  })

  it('cancels it', async () => {
    client.send('F', order('J3', { OrigClOrdID: 'J2' }))
    const report = await client.next()
    expect(state(report)).toBe('150=4 39=4')
    expect(report.fields).toMatchObject({ ClOrdID: 'J3', OrigClOrdID: 'J2', LeavesQty: 0 })
  })

  it('has a large market order filled in parts', async () => {
    const quantity = 5_000
    client.send('D', order('J4', { OrdType: '1', OrderQtyData: { OrderQty: quantity } }))
    expect(state(await client.next())).toBe('150=0 39=0')
    const states: string[] = []
    let filled = 0
    for (let leaves = quantity; leaves > 0;) {
      const report = await client.next()
      states.push(state(report))
      leaves = Number(report.fields.LeavesQty)
      filled += Number(report.fields.LastQty ?? 0)
    }
    expect(states.length).toBeGreaterThan(1)
    expect(new Set(states.slice(0, -1))).toEqual(new Set(['150=F 39=1']))
    expect(states.at(-1)).toBe('150=F 39=2')
    expect(filled).toBe(quantity)
  })

  it('has an order on an unknown symbol rejected', async () => {
    client.send('D', order('J5', { Price: 1, Instrument: { Symbol: 'NOSUCH' } }))
    const report = await client.next()
    expect(state(report)).toBe('150=8 39=8')
    expect(report.fields).toMatchObject({ OrdRejReason: 1, Text: 'PP1007 unknown symbol "NOSUCH"' })
  })

  it('has a cancel of a filled order rejected as too late', async () => {
    client.send('F', order('J6', { OrigClOrdID: 'J4' }))
    const reject = await client.next()
    expect(reject.msgType).toBe('9')
    expect(reject.fields).toMatchObject({ ClOrdID: 'J6', OrigClOrdID: 'J4', OrdStatus: '2', CxlRejReason: 0 })
  })

  it('logs out', async () => {
    await client.logout()
  })
})

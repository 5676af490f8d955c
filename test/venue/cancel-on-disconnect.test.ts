import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { RawFixClient } from '../support/raw-fix-client.js'
import { VenueProcess } from '../support/venue-process.js'

const directory = mkdtempSync(join(tmpdir(), 'paperpit-cancel-'))

afterAll(() => rmSync(directory, { recursive: true }))

describe('cancel on disconnect', () => {
  it(
    'counts a kill -9 of the venue as a disconnection; the reports come by ResendRequest',
    { timeout: 60_000 },
    async () => {
      const config = join(directory, 'venue.yaml')
      writeFileSync(config, 'fix:\n  cancelOnDisconnect: true\n  ackMode: pending\n')
      const options = ['--config', config, '--journal', join(directory, 'cancel.db')]
      const client = new RawFixClient('OMS', 'PAPERPIT')
      const venue = await VenueProcess.start(...options)
      await client.logon(venue.port)
      client.send('35=D|115=JCD|11=A1|38=100|40=2|44=10.00|54=1|55=AAPL|59=1|60=20261120-10:00:00')
      const accepted = await client.until(({ body }) => body.includes('|150=0|'))
      await venue.kill()
      await client.ended()

      const again = await VenueProcess.start(...options)
      await client.logon(again.port)
      client.send(`35=2|7=${accepted.msgSeqNum + 1}|16=0`)
      const canceled = await client.until(({ body }) => body.includes('|150=4|'))
      const orderId = /\|37=([^|]+)\|/.exec(accepted.body)?.[1]
      expect(canceled.possDup).toBe(true)
      expect(canceled.body).toContain(`|37=${orderId}|`)
      expect(canceled.body).toContain('|39=4|')
      expect(canceled.body).toMatch(/^128=JCD\|.*\|58=PP3005 session disconnected\|/)

      client.send('35=D|11=A2|38=100|40=2|44=10.00|54=1|55=AAPL|59=1|60=20261120-10:00:00')
      const next = await client.until(({ body }) => body.includes('|11=A2|') && body.includes('|150=0|'))
      const ids = client.received
        .filter(({ msgType, possDup }) => msgType === '8' && !possDup)
        .map(({ body }) => /\|17=([^|]+)\|/.exec(body)?.[1])
      expect(new Set(ids).size).toBe(ids.length)
      expect(/\|37=([^|]+)\|/.exec(next.body)?.[1]).not.toBe(orderId)
      expect(await again.stop()).toBe(0)
    }
  )
})

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { nanos } from '../../src/base/time.js'
import { runCli } from '../../src/cli/cli.js'
import type { OrderTerms } from '../../src/exchange/event.js'
import { instrumentNo, orderId, price, quantity, sessionNo } from '../../src/exchange/units.js'
import { openJournal } from '../../src/journal/open-journal.js'
import { OMS1, OMS2, receive, send } from '../journal/support/messages.js'
import { FACTS } from '../journal/support/session-facts.js'

const directory = mkdtempSync(join(tmpdir(), 'paperpit-cli-'))
const path = join(directory, 'day.db')
const MINUTE = 60_000_000_000

interface Answer {
  readonly status: number
  readonly lines: readonly string[]
  readonly errors: string
}

/** Runs a command in this process; what it would print comes back. */
async function paperpit(...args: string[]): Promise<Answer> {
  const out = join(directory, 'out.txt')
  rmSync(out, { force: true })
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const complained = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  try {
    const toFile = args[1] === 'info' ? [] : ['--out', out]
    const status = await runCli([...args, ...toFile])
    const text = existsSync(out) ? readFileSync(out, 'utf8') : printed.mock.calls.map(([text]) => String(text)).join('')
    return {
      status,
      lines: text
        .trimEnd()
        .split('\n')
        .map((line) => line.trimEnd()),
      errors: complained.mock.calls.map(([text]) => String(text)).join('')
    }
  } finally {
    printed.mockRestore()
    complained.mockRestore()
  }
}

const fix = (...fields: string[]): string => `8=FIX.4.4\x019=5\x01${fields.join('\x01')}\x0110=000\x01`

beforeAll(() => {
  const journal = openJournal(path, FACTS)
  journal.beginRun({ startedAt: nanos(0), venueTime: nanos(0), marketShift: 0, version: '1.2.3' })
  journal.open(OMS1)
  journal.open(OMS2)
  receive(journal, 0, 1, fix('35=A', '34=1'))
  send(journal, 0, 1, fix('35=A', '34=1'))
  receive(journal, 1, 1, fix('35=D', '34=1', '54=2'))
  journal.commit(nanos(MINUTE), nanos(0))
  const terms: OrderTerms = {
    orderId: orderId(1),
    session: sessionNo(0),
    instrument: instrumentNo(0),
    clOrdId: 'A1',
    side: 1,
    ordType: 'limit',
    timeInForce: 'gtc',
    orderQty: quantity(300),
    price: price(10_050),
    tags: [],
    enteredAt: nanos(5)
  }
  const event = { execId: 1, time: nanos(5), publishAt: nanos(5), terms }
  journal.event({
    kind: 'new',
    ...event,
    cumQty: quantity(0),
    leavesQty: quantity(300),
    notional: 0,
    queueAhead: undefined
  })
  journal.event({
    kind: 'trade',
    ...event,
    execId: 2,
    time: nanos(6),
    cumQty: quantity(100),
    leavesQty: quantity(200),
    notional: 100 * 10_049,
    lastQty: quantity(100),
    lastPx: price(10_049),
    liquidity: 'removed'
  })
  send(journal, 0, 2, fix('35=8', '34=2'))
  journal.close(nanos(2 * MINUTE), nanos(6))
  return () => rmSync(directory, { recursive: true, force: true })
})

describe('paperpit journal messages', () => {
  const message = (minute: number, direction: string, oms: string, text: string): string =>
    `2026-11-20T00:0${minute}:00.000000000Z ${direction.padEnd(3)} FIX.4.4:PAPERPIT->${oms} 8=FIX.4.4|9=5|${text}|10=000|`

  it('prints every message, one line each', async () => {
    expect(await paperpit('journal', 'messages', path)).toEqual({
      status: 0,
      errors: '',
      lines: [
        message(1, 'in', 'OMS1', '35=A|34=1'),
        message(1, 'out', 'OMS1', '35=A|34=1'),
        message(1, 'in', 'OMS2', '35=D|34=1|54=2'),
        message(2, 'out', 'OMS1', '35=8|34=2')
      ]
    })
  })

  it('keeps to session, type, direction, numbers and times', async () => {
    const [first, second, third, fourth] = (await paperpit('journal', 'messages', path)).lines
    const only = async (...filter: string[]): Promise<readonly string[]> =>
      (await paperpit('journal', 'messages', path, ...filter)).lines
    expect(await only('--session', 'OMS2')).toEqual([third])
    expect(await only('--type', 'A,8', '--direction', 'out')).toEqual([second, fourth])
    expect(await only('--seq', '2-')).toEqual([fourth])
    expect(await only('--to', '00:01')).toEqual([first, second, third])
    expect(await only('--from', '2026-11-20T00:01:00.000000001')).toEqual([fourth])
  })

  it('decodes fields by the venue dictionary', async () => {
    expect((await paperpit('journal', 'messages', path, '--session', 'OMS2', '--decode')).lines.slice(1)).toEqual([
      '      8 BeginString            FIX.4.4',
      '      9 BodyLength             5',
      '     35 MsgType                D',
      '     34 MsgSeqNum              1',
      '     54 Side                   2 (SELL)',
      '     10 CheckSum               000'
    ])
  })

  it('says what is wrong with a filter, and ends with 2', async () => {
    const wrong = async (...args: string[]): Promise<string> => {
      const { status, errors } = await paperpit('journal', 'messages', ...args)
      expect(status).toBe(2)
      return errors
    }
    expect(await wrong(path, '--session', 'X')).toContain('it has FIX.4.4:PAPERPIT->OMS1, FIX.4.4:PAPERPIT->OMS2')
    expect(await wrong(path, '--seq', 'x')).toContain('--seq x: expected a MsgSeqNum or a range of them')
    expect(await wrong(path, '--from', 'noon')).toContain('--from noon: expected a UTC time')
    expect(await wrong(join(directory, 'none.db'))).toContain('none.db: no such journal')
  })
})

describe('paperpit journal orders', () => {
  const order = {
    orderId: 1,
    session: 'FIX.4.4:PAPERPIT->OMS1',
    clOrdId: 'A1',
    symbol: 'AAA',
    side: 'buy',
    ordType: 'limit',
    timeInForce: 'gtc',
    orderQty: '300',
    price: '100.50',
    ordStatus: 'partiallyFilled',
    cumQty: '100',
    leavesQty: '200',
    avgPx: '100.49',
    fills: 1,
    enteredAt: '2026-11-20T00:00:00.000000005Z',
    changedAt: '2026-11-20T00:00:00.000000006Z'
  }

  it('lists orders as they stand, as JSON', async () => {
    expect(
      (await paperpit('journal', 'orders', path, '--json')).lines.map((line) => JSON.parse(line) as unknown)
    ).toEqual([order])
  })

  it('lists orders as they stand, as a table', async () => {
    const [, line] = (await paperpit('journal', 'orders', path)).lines
    expect(line.trim().split(/ +/)).toEqual([
      ...['1', order.enteredAt, order.session, 'A1', 'AAA', 'buy', 'limit', 'gtc'],
      ...['300', '100.50', 'partiallyFilled', '100', '100.49']
    ])
  })
})

describe('paperpit journal info', () => {
  it('tells what a journal holds, as JSON', async () => {
    expect(JSON.parse((await paperpit('journal', 'info', path, '--json')).lines.join('\n'))).toMatchObject({
      path,
      turns: 2,
      wallTime: { from: '2026-11-20T00:01:00.000000000Z', to: '2026-11-20T00:02:00.000000000Z' },
      runs: [{ run: 1, version: '1.2.3' }],
      sessions: [
        {
          name: 'FIX.4.4:PAPERPIT->OMS1',
          nextSenderMsgSeqNum: 3,
          nextTargetMsgSeqNum: 2,
          messagesIn: 1,
          messagesOut: 2
        },
        {
          name: 'FIX.4.4:PAPERPIT->OMS2',
          nextSenderMsgSeqNum: 1,
          nextTargetMsgSeqNum: 2,
          messagesIn: 1,
          messagesOut: 0
        }
      ],
      events: { new: 1, trade: 1 },
      symbols: ['AAA', 'BBB'],
      market: FACTS.market,
      models: FACTS.models
    })
  })

  it('makes the tables for people anew', async () => {
    expect((await paperpit('journal', 'info', path, '--derive')).status).toBe(0)
  })
})

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nanos } from '../../src/base/time.js'
import type { ExchangeEvent } from '../../src/exchange/event.js'
import { instrument } from '../../src/exchange/instrument.js'
import { createExchange } from '../../src/exchange/matching-exchange.js'
import { BUY, instrumentNo, price, quantity, SELL, sessionNo } from '../../src/exchange/units.js'
import { importLobster } from '../../src/market/readers/lobster/lobster-import.js'
import { openTapes } from '../../src/market/replay/open-tapes.js'
import { watched } from '../market/support/watched.js'
import { sharedData } from '../support/data.js'

/** A real aggressive order of the day that took more than one level, and what it got. */
interface Sweep {
  readonly msg: number
  readonly time: string
  readonly aggressor: 'BUY' | 'SELL'
  readonly qty: number
  readonly fills: readonly (readonly [price: number, qty: number])[]
}

const DAY = 'GOOG_2012-06-21_34200000_57600000'
const messages = sharedData(`lobster/${DAY}_message_10.csv.gz`)
const orderbook = sharedData(`lobster/${DAY}_orderbook_10.csv.gz`)
const golden = sharedData('golden/GOOG_real_sweeps.json')
/** 2012-06-21 00:00 in New York, ns since 1970. */
const MIDNIGHT = 1_340_251_200_000_000_000n

function unixNanos(seconds: string): bigint {
  const [whole, fraction = ''] = seconds.split('.')
  return MIDNIGHT + BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'))
}

describe.skipIf(!messages || !orderbook || !golden)('the real sweeps of GOOG, sent as market IOC orders', () => {
  const directory = mkdtempSync(join(tmpdir(), 'paperpit-sweeps-'))
  const tape = join(directory, 'goog.arrow')
  let times: readonly string[]
  let sweeps: readonly Sweep[]
  /** Sweeps whose previous message is earlier: only there does a moment 1 ns before show the book that the sweep met. */
  let alone: readonly Sweep[]

  beforeAll(async () => {
    const lines = gunzipSync(readFileSync(messages ?? ''))
      .toString('latin1')
      .split('\n')
    times = lines.map((line) => line.split(',', 1)[0])
    sweeps = JSON.parse(readFileSync(golden ?? '', 'utf8')) as readonly Sweep[]
    alone = sweeps.filter(({ msg }) => unixNanos(times[msg - 1]) < unixNanos(times[msg]))
    await importLobster(messages ?? '', orderbook ?? '', tape, {})
  })
  afterAll(() => rmSync(directory, { recursive: true }))

  it('are 246, of which 224 stand alone in their instant', () => {
    expect([sweeps.length, alone.length]).toEqual([246, 224])
  })

  it('fill through backtest at exactly the prices and quantities of the day', () => {
    const rows = alone.map(({ msg, aggressor, qty }) => {
      return `${unixNanos(times[msg]) - 1n},S${msg},new,GOOG,${aggressor.toLowerCase()},market,${qty},,ioc`
    })
    const orders = join(directory, 'orders.csv')
    const out = join(directory, 'fills.csv')
    writeFileSync(orders, ['time,clOrdId,action,symbol,side,type,qty,price,tif', ...rows].join('\n'))
    const options = ['--tape', tape, '--orders', orders, '--out', out, '--preset', 'observer', '--latency', '0']
    execFileSync(process.execPath, ['dist/main.js', 'backtest', ...options], { stdio: 'pipe' })

    const [header, ...lines] = readFileSync(out, 'utf8').trimEnd().split('\n')
    expect(header).toBe(
      'time,clOrdId,orderId,execId,execType,ordStatus,symbol,side,lastQty,lastPx,leavesQty,cumQty,avgPx,liquidity,text'
    )
    const fills = new Map<string, string[]>(alone.map(({ msg }) => [`S${msg}`, []]))
    for (const line of lines) {
      const [, clOrdId, , , execType, , , , lastQty, lastPx] = line.split(',')
      if (execType === 'trade') fills.get(clOrdId)?.push(`${lastQty} @ ${lastPx}`)
    }
    for (const { msg, fills: real } of alone) {
      expect(fills.get(`S${msg}`), `sweep ${msg}`).toEqual(real.map(([px, qty]) => `${qty} @ ${px.toFixed(2)}`))
    }
  })

  it('fill at the level of the book, all 246, each just before its own message', () => {
    const market = openTapes([tape])
    const no = instrumentNo(0)
    const trades: ExchangeEvent[] = []
    const exchange = createExchange({
      instruments: [instrument(no, market.instruments[0])],
      models: {
        preset: 'observer',
        queue: { kind: 'riskAverse' },
        latency: { kind: 'constant', inbound: nanos(0), outbound: nanos(0) },
        seed: 1
      },
      listener: { onEvent: (event) => event.kind === 'trade' && trades.push(event) }
    })
    const byMessage = new Map(sweeps.map((sweep) => [sweep.msg, sweep]))
    let message = 0
    let met = 0
    const sink = watched(exchange, (time) => {
      message++
      const sweep = byMessage.get(message)
      if (!sweep) return
      met++
      trades.length = 0
      exchange.submit({
        kind: 'new',
        time,
        session: sessionNo(0),
        clOrdId: `S${message}`,
        instrument: no,
        side: sweep.aggressor === 'BUY' ? BUY : SELL,
        ordType: 'market',
        timeInForce: 'ioc',
        orderQty: quantity(sweep.qty),
        price: price(0),
        tags: []
      })
      expect(
        trades.map((event) => (event.kind === 'trade' ? [event.lastPx, event.lastQty] : event)),
        `sweep ${message}`
      ).toEqual(sweep.fills.map(([px, qty]) => [Math.round(px * 10_000), qty]))
    })
    market.advance(market.end ?? market.start, sink)
    expect(met).toBe(246)
  })
})

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createExchange } from '../../src/exchange/matching-exchange.js'
import { BUY, SELL } from '../../src/exchange/units.js'
import { importLobster } from '../../src/market/readers/lobster/lobster-import.js'
import { openTapes } from '../../src/market/replay/open-tapes.js'
import { watched } from '../market/support/watched.js'
import { sharedData } from '../support/data.js'
import { BestQuoteFeed } from './support/best-quote-feed.js'
import { ReplayedExchange } from './support/replayed-exchange.js'

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

  it.each(['l3', 'l2', 'l1'] as const)(
    'fill at the level of the book, all 246, each just before its own message: %s',
    async (feed) => {
      const file = join(directory, `goog.${feed}.arrow`)
      await importLobster(messages ?? '', orderbook ?? '', file, { feed: feed === 'l3' ? 'l3' : 'l2' })
      const market = openTapes([file])
      const replayed = new ReplayedExchange(createExchange, market, feed)
      const told = feed === 'l1' ? new BestQuoteFeed(replayed.exchange) : replayed.exchange
      const byMessage = new Map(sweeps.map((sweep) => [sweep.msg, sweep]))
      const fills = new Map<number, readonly string[]>()
      let message = 0
      const sink = watched(told, (time) => {
        message++
        const sweep = byMessage.get(message)
        if (sweep) fills.set(message, replayed.ioc(time, sweep.aggressor === 'BUY' ? BUY : SELL, sweep.qty).fills)
      })
      market.advance(market.end ?? market.start, sink)
      // A feed of best quotes shows the first level of a sweep only.
      const shown = feed === 'l1' ? 1 : Infinity
      expect(fills).toEqual(
        new Map(
          sweeps.map(({ msg, fills: real }) => [
            msg,
            real.slice(0, shown).map(([px, qty]) => `${qty} @ ${px.toFixed(2)}`)
          ])
        )
      )
    }
  )
})

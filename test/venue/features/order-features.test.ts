import { describe, expect, it } from 'vitest'
import { HOUR, nanos, SECOND, type EpochSeconds, type Nanos } from '../../../src/base/time.js'
import { instrument } from '../../../src/exchange/instrument.js'
import { BUY, instrumentNo, price, quantity, SELL, type Side } from '../../../src/exchange/units.js'
import { openJournal } from '../../../src/journal/open-journal.js'
import { openJournalReader } from '../../../src/journal/open-journal-reader.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { TapeWriter } from '../../../src/market/tape/tape-writer.js'
import { runCli } from '../../../src/cli/cli.js'
import { backtest } from '../../../src/venue/backtest/backtest.js'
import type { OrderRow } from '../../../src/venue/backtest/order-file.js'
import { DEFAULT_CONFIG } from '../../../src/venue/config/venue-config.js'
import { FeatureStream, type FeatureUpdate } from '../../../src/venue/features/feature-stream.js'
import { orderFeatureTable } from '../../../src/venue/features/order-feature-table.js'
import { Venue } from '../../../src/venue/venue.js'
import { fileHash } from '../../../src/market/tape/file-hash.js'
import { readFileSync } from 'node:fs'
import { temporaryDirectory } from '../../market/support/temporary.js'

const EPOCH: EpochSeconds = 1_715_299_200
const TERMS = { symbol: 'ACME', tickSize: '0.01', lotSize: '1', feed: 'l2' } as const
const ACME = instrumentNo(0)
const temporary = temporaryDirectory()
const at = (second: number): Nanos => nanos(14 * HOUR + second * SECOND)

/** A bid of 30 and an ask of 10; prints of 20 and 20 at the bid in seconds 4 and 6, and a new ask between them. */
function tape(): string {
  const path = temporary('acme.arrow')
  const metadata = {
    instruments: [TERMS],
    source: 'a test',
    timeZone: 'UTC',
    createdFrom: []
  } as const
  const out = new TapeWriter(path, metadata, EPOCH)
  const level = (second: number, side: Side, units: number, qty: number): void => {
    out.level(at(second), ACME, side, price(units), quantity(qty))
    out.eventEnd()
  }
  level(1, BUY, 10_000, 30)
  level(1, SELL, 10_004, 10)
  out.trade(at(4), ACME, SELL, price(10_000), quantity(20))
  level(4, BUY, 10_000, 10)
  level(5, SELL, 10_002, 10)
  out.trade(at(6), ACME, SELL, price(10_000), quantity(20))
  level(6, BUY, 10_000, 5)
  level(9, BUY, 10_000, 50)
  out.close()
  return path
}

const order = (second: number, clOrdId: string): OrderRow =>
  ({
    line: 2,
    time: at(second),
    clOrdId,
    action: 'new',
    instrument: instrument(ACME, TERMS),
    side: BUY,
    ordType: 'limit',
    orderQty: quantity(5),
    price: price(10_000),
    timeInForce: 'day',
    tags: []
  }) as unknown as OrderRow

describe('features of a journal’s orders', () => {
  it('are those at decision and arrival, and just before each fill, with the queue ahead', async () => {
    const path = tape()
    const journal = temporary('run.db')
    const instruments = [instrument(ACME, TERMS)]
    const models = {
      ...DEFAULT_CONFIG.models,
      queue: { kind: 'riskAverse' },
      latency: { kind: 'constant', inbound: nanos(SECOND), outbound: nanos(SECOND) }
    } as const
    const market = { kind: 'tape', files: [{ path, sha256: fileHash(path) }] } as const
    const writer = openJournal(journal, { epoch: EPOCH, wallEpoch: EPOCH, instruments, models, market })
    backtest({
      ...{ epoch: EPOCH, instruments, models, market: openTapes([path]), journal: writer },
      orders: [order(2, 'A')],
      report: () => undefined
    })
    writer.close(at(9), at(9))
    const lines: string[] = []
    const reader = openJournalReader(journal)
    orderFeatureTable(reader, openTapes([path]), nanos(60 * SECOND), (line) => lines.push(line))
    reader.close()
    const [head, ...rows] = lines
    const named = rows.map((row) => {
      const cells = row.split(',')
      return Object.fromEntries(head.split(',').map((name, i) => [name, cells[i]]))
    })
    const of = ({
      time,
      moment,
      orderId,
      queueAhead,
      bidQty,
      askPrice,
      tradeFlow,
      imbalance1,
      lastQty
    }: Record<string, string>) =>
      [time.slice(17, 20), moment, orderId, queueAhead, bidQty, askPrice, tradeFlow, imbalance1, lastQty].join(' ')
    expect(named.map(of)).toEqual([
      // The order is decided on in second 2, arrives in 3 behind 30, and 20 trade in 4: 10 are ahead when 20 trade in 6.
      '02. decision 1  30 100.04 0 0.5 ',
      '03. arrival 1 30 30 100.04 0 0.5 ',
      '06. fill 1 10 10 100.02 -20 0 5'
    ])
    const out = temporary('features.csv')
    expect(await runCli(['journal', 'features', journal, '--out', out])).toBe(0)
    expect(readFileSync(out, 'utf8')).toBe(`${lines.join('\n')}\n`)
  })
})

describe('features of a running venue', () => {
  function running(): { venue: Venue; stream: FeatureStream; told: FeatureUpdate[] } {
    const instruments = [instrument(ACME, TERMS)]
    const venue = new Venue({ instruments, models: DEFAULT_CONFIG.models, market: openTapes([tape()]) })
    return { venue, stream: new FeatureStream(venue, nanos(60 * SECOND)), told: [] }
  }

  it('are told once a turn, as they are at its end, until the subscription ends', () => {
    const { venue, stream, told } = running()
    const end = stream.subscribe(['ACME'], (update) => told.push(update))
    stream.publish()
    expect(told).toEqual([])
    venue.advance(at(5))
    stream.publish()
    stream.publish()
    expect(told.map(({ symbol, features }) => [symbol, features.askPrice, features.tradeFlow])).toEqual([
      ['ACME', 10_002, -20]
    ])
    end()
    venue.advance(at(9))
    stream.publish()
    expect(told).toHaveLength(1)
    expect(() => stream.subscribe(['NONE'], () => undefined)).toThrow('there is no NONE; expected one of ACME')
  })

  it('come with the queue ahead of each working order, and cost nothing until somebody asks', () => {
    const { venue, stream } = running()
    venue.advance(at(2))
    venue.submit({
      kind: 'new',
      time: at(2),
      session: 0 as never,
      clOrdId: 'A',
      instrument: ACME,
      side: BUY,
      ordType: 'limit',
      timeInForce: 'day',
      orderQty: quantity(5),
      price: price(10_000),
      tags: []
    })
    venue.advance(at(4))
    const now = stream.now('ACME')
    expect([now.features.bidQty, now.features.tradeFlow]).toEqual([10, 0])
    expect(now.orders().map(({ order, queueAhead }) => [order.terms.clOrdId, queueAhead])).toEqual([['A', 10]])
  })
})

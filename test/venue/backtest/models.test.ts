import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { assumptions } from '../../../src/analysis/report/assumptions.js'
import { readRecording } from '../../../src/analysis/recording/read-recording.js'
import { analyseCosts } from '../../../src/analysis/tca/tca.js'
import { HOUR, nanos, SECOND } from '../../../src/base/time.js'
import { seededRandom } from '../../../src/base/random.js'
import { type ExchangeEvent } from '../../../src/exchange/event.js'
import { instrument } from '../../../src/exchange/instrument.js'
import { parseLatency } from '../../../src/exchange/models/latency/latency-text.js'
import { type LatencyDistribution, type ModelSettings } from '../../../src/exchange/models/settings.js'
import { BUY, instrumentNo, quantity, SELL } from '../../../src/exchange/units.js'
import { openJournal } from '../../../src/journal/open-journal.js'
import type { JournalReader } from '../../../src/journal/journal.js'
import { openJournalReader } from '../../../src/journal/open-journal-reader.js'
import { SyntheticMarket } from '../../../src/market/synthetic/synthetic-market.js'
import { backtest } from '../../../src/venue/backtest/backtest.js'
import { type OrderRow } from '../../../src/venue/backtest/order-file.js'
import { recover } from '../../../src/venue/recovery.js'
import { Venue } from '../../../src/venue/venue.js'

const START = nanos(14 * HOUR)
const directory = mkdtempSync(join(tmpdir(), 'paperpit-models-'))
const latency = (text: string): LatencyDistribution => parseLatency(text) as LatencyDistribution

/** Everything at once: refill, price reaction, drawn latency, fees. */
const MODELS: ModelSettings = {
  preset: 'impact',
  queue: { kind: 'log' },
  refill: { probability: 0.5, halfLife: SECOND },
  reaction: { kind: 'squareRoot', factor: 1, exponent: 0.5, decay: 0.5, scale: SECOND, permanent: 1 / 3 },
  impact: { '*': { volatility: 0.02, averageDailyVolume: 1_000_000 } },
  latency: {
    kind: 'drawn',
    new: latency('lognormal(1ms,0.5)+burst(0.8)'),
    replace: latency('1ms'),
    cancel: latency('uniform(1ms,5ms)'),
    report: latency('normal(1ms,200us)+spikes(0.1,5ms,20ms)')
  },
  fees: { '*': { basis: 'perShare', tiers: [{ from: '0', maker: '-0.01', taker: '0.02' }], minimum: '0.10' } },
  seed: 7
}

function run(name: string, models: ModelSettings) {
  const market = new SyntheticMarket({ seed: 3, epoch: 0, start: START, symbols: ['AAPL'] })
  const [terms] = market.instruments
  const aapl = instrument(instrumentNo(0), terms)
  const random = seededRandom(5, 'orders')
  const orders = Array.from({ length: 300 }, (_, i): OrderRow => {
    const side = random.below(3) === 0 ? SELL : BUY
    return {
      time: nanos(START + (i + 1) * SECOND),
      action: 'new',
      clOrdId: `o${i}`,
      origClOrdId: undefined,
      instrument: aapl,
      side,
      ordType: 'market',
      timeInForce: 'ioc',
      orderQty: quantity(1 + random.below(400)),
      price: undefined,
      tags: [],
      qualifiers: undefined
    }
  })
  const path = join(directory, `${name}.db`)
  const facts = {
    epoch: 0,
    wallEpoch: 0,
    instruments: [aapl],
    models,
    market: { kind: 'synthetic', seed: 3, start: START } as const
  }
  const journal = openJournal(path, facts, { deriveOnClose: 0 })
  const events: ExchangeEvent[] = []
  const summary = backtest({
    epoch: 0,
    instruments: [aapl],
    models,
    market,
    orders,
    journal,
    report: (event) => void events.push(event)
  })
  journal.close(START, START)
  return { path, events, summary, aapl }
}

describe('a backtest under every model at once', () => {
  afterAll(() => rmSync(directory, { recursive: true }))
  const first = run('first', MODELS)

  it('gives the same events again', () => {
    const again = run('again', MODELS)
    expect([again.events, again.summary.stateHash]).toEqual([first.events, first.summary.stateHash])
  })

  it('another seed gives other latencies', () => {
    const other = run('other', { ...MODELS, seed: 8 })
    expect(other.events.map(({ time }) => time)).not.toEqual(first.events.map(({ time }) => time))
  })

  it('the record tells the same events, and a venue that is recovered from it brings them forth again', () => {
    const reader = openJournalReader(first.path)
    const recorded: ExchangeEvent[] = []
    reader.forEach({ event: (event) => void recorded.push(event) })
    expect(recorded).toEqual(first.events)
    const market = new SyntheticMarket({ seed: 3, epoch: 0, start: START, symbols: ['AAPL'] })
    const venue = new Venue({ instruments: [first.aapl], models: reader.facts.models, market })
    expect(recover(venue, reader).events).toBe(first.events.length)
    expect(venue.exchange.stateHash()).toBe(first.summary.stateHash)
    reader.close()
  })

  it('a venue is not recovered where one event comes out otherwise', () => {
    const reader = openJournalReader(first.path)
    const { path, facts, runs, sessionNames, sessions } = reader
    const otherwise: JournalReader = {
      ...{ path, facts, runs, sessionNames, sessions },
      forEach: (visitor) =>
        reader.forEach({
          ...visitor,
          event: (event) =>
            visitor.event?.(event.execId === 5 ? { ...event, publishAt: nanos(event.publishAt + 1) } : event)
        }),
      close: () => reader.close()
    }
    const market = new SyntheticMarket({ seed: 3, epoch: 0, start: START, symbols: ['AAPL'] })
    const venue = new Venue({ instruments: [first.aapl], models: facts.models, market })
    expect(() => recover(venue, otherwise)).toThrow(/parts from it behind \d+ events: the market data or the program/)
    reader.close()
  })

  it('the commissions of the fills are the explicit cost of the analysis', () => {
    const reader = openJournalReader(first.path)
    const tca = analyseCosts(readRecording(reader))
    const charged = first.events.reduce(
      (sum, event) => sum + (event.kind === 'trade' ? Number(event.commission) : 0),
      0
    )
    const [symbol] = tca.symbols
    // In marks: two a price unit.
    expect(Number(symbol.shortfall.fees)).toBe(2 * charged)
    expect(charged).toBeGreaterThan(0)
    reader.close()
  })

  it('a report says all that was assumed', () => {
    const reader = openJournalReader(first.path)
    const said = Object.fromEntries(assumptions(analyseCosts(readRecording(reader))))
    reader.close()
    expect(said.Liquidity).toBe(
      'preset impact (what orders took stays consumed until the feed brings new quantity, and in 50 % of cases returns by ' +
        'itself, half of it every 1.00 s), seed 7. Prices react to own fills by squareRoot: others at 2 % a day, ADV 1000000.'
    )
    expect(said.Queue).toBe('log: withdrawals ahead of a resting order are estimated from its place in the queue.')
    expect(said.Latency).toBe(
      'drawn for each message, new lognormal(1ms,0.5)+burst(0.8), replace 1ms, cancel uniform(1ms,5ms), report ' +
        'normal(1ms,200us)+spikes(0.1,5ms,20ms). Messages of one session never overtake each other.'
    )
    expect(said.Fees).toBe(
      'as the venue charged them (Commission, 12). everywhere per share: maker -0.01, taker 0.02; at least 0.10 an order.'
    )
  })
})

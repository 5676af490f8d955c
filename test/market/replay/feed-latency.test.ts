import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { nanos, type Nanos } from '../../../src/base/time.js'
import { instrument } from '../../../src/exchange/instrument.js'
import { createExchange } from '../../../src/exchange/matching-exchange.js'
import { BUY, instrumentNo, price, quantity, SELL, sessionNo } from '../../../src/exchange/units.js'
import { TapeSource } from '../../../src/market/replay/tape-source.js'
import { TapeFile } from '../../../src/market/tape/tape-file.js'
import { TapeWriter } from '../../../src/market/tape/tape-writer.js'

const NO = instrumentNo(0)
const terms = { symbol: 'SYM', tickSize: '1', lotSize: '1', feed: 'l2' } as const
const directory = mkdtempSync(join(tmpdir(), 'paperpit-latency-'))
const path = join(directory, 'live.arrow')

/** Levels received at 1,000,000 ns and later, each this much after the exchange's own time; NaN where it did not say. */
function record(latencies: readonly number[]): void {
  const metadata = {
    instruments: [terms],
    source: 'test',
    timeZone: 'UTC',
    createdFrom: []
  } as const
  const tape = new TapeWriter(path, metadata, 0, { exchangeTime: true })
  latencies.forEach((latency, i) => {
    const time = nanos((i + 1) * 1_000_000)
    tape.exchangeTime = time - latency
    tape.level(time, NO, i % 2 === 0 ? BUY : SELL, price(i % 2 === 0 ? 99 : 101), quantity(10 + i))
    tape.eventEnd()
  })
  tape.close()
}

describe('the latency of a recorded feed', () => {
  afterAll(() => rmSync(directory, { recursive: true }))

  it('is told with the facts that have one, never below 0, and decides what `feed` draws', () => {
    record([200, 300, Number.NaN, -50, 700])
    const tape = new TapeFile(path)
    const reports: number[] = []
    const exchange = createExchange({
      instruments: [instrument(NO, terms)],
      models: {
        preset: 'consume',
        queue: { kind: 'riskAverse' },
        latency: {
          kind: 'drawn',
          new: { kind: 'feed', factor: 2, offset: nanos(5) },
          replace: { kind: 'constant', value: nanos(0) },
          cancel: { kind: 'constant', value: nanos(0) },
          report: { kind: 'constant', value: nanos(0) }
        },
        seed: 1
      },
      listener: { onEvent: ({ time }) => void reports.push(time % 1_000_000) }
    })
    const source = new TapeSource(tape)
    const order = (time: Nanos): void =>
      exchange.submit({
        kind: 'new',
        time,
        session: sessionNo(0),
        clOrdId: `o${time}`,
        instrument: NO,
        side: BUY,
        ordType: 'limit',
        timeInForce: 'day',
        orderQty: quantity(1),
        price: price(90),
        tags: []
      })
    for (let event = 1; event <= 5; event++) {
      source.advance(nanos(event * 1_000_000), exchange)
      order(nanos(event * 1_000_000))
    }
    exchange.advance(nanos(6_000_000))
    tape.close()
    expect(reports).toEqual([405, 605, 605, 5, 1405])
  })
})

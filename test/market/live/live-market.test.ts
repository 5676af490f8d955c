import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tableFromIPC } from 'apache-arrow'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, ManualClock, nanos } from '../../../src/base/time.js'
import { instrumentNo, price, quantity } from '../../../src/exchange/units.js'
import { LiveMarket } from '../../../src/market/live/live-market.js'
import { LiveRecorder } from '../../../src/market/live/recording/live-recorder.js'
import { RecordingSink } from '../support/recording-sink.js'
import { EPOCH } from './support/feed-bench.js'

const INSTRUMENTS = ['A', 'B'].map((symbol) => ({ symbol, tickSize: '0.01', lotSize: '1' }))

const METADATA = { instruments: INSTRUMENTS, source: 'test', timeZone: 'UTC', createdFrom: [] }

describe('a live market', () => {
  let directory: string
  let recorder: LiveRecorder
  let clock: ManualClock
  let market: LiveMarket
  let sink: RecordingSink

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'paperpit-live-'))
    clock = new ManualClock(nanos(1000))
    recorder = new LiveRecorder(join(directory, 'a.arrow'), METADATA, EPOCH)
    market = new LiveMarket({ epoch: EPOCH, instruments: INSTRUMENTS, start: nanos(1000), past: undefined })
    market.begin({ now: () => clock.now(), received: () => undefined, state: () => undefined, recorder })
    sink = new RecordingSink()
  })

  afterEach(() => {
    recorder.close()
    rmSync(directory, { recursive: true })
  })

  function receive(no: number, exchangeTime: number): void {
    const time = market.open(nanos(exchangeTime))
    market.sink.level(time, instrumentNo(no), 1, price(100), quantity(1))
    market.sink.eventEnd(time, instrumentNo(no))
    market.close()
  }

  const levels = (): (readonly [time: number, instrument: number])[] =>
    sink.calls.filter(([name]) => name === 'level').map(([, time, no]) => [time, no])

  it('begins with empty books', () => {
    market.advance(nanos(1000), sink)
    expect(sink.calls.map(([name, time, no]) => [name, time, no])).toEqual([
      ['clear', 1000, 0],
      ['eventEnd', 1000, 0],
      ['clear', 1000, 1],
      ['eventEnd', 1000, 1]
    ])
  })

  it('times facts by their receipt: feeds with clocks far apart stay in order', () => {
    receive(0, 9_999_999)
    clock.set(nanos(2000))
    receive(1, 5)
    clock.set(nanos(3000))
    receive(0, 8)
    market.advance(nanos(5000), sink)
    expect(levels()).toEqual([
      [1000, 0],
      [2000, 1],
      [3000, 0]
    ])
  })

  it('keeps no exchange’s time that no tape could hold beside that of receipt', () => {
    for (const exchangeTime of [900, -31 * DAY, 31 * DAY, 29 * DAY]) receive(0, exchangeTime)
    recorder.close()
    const times = tableFromIPC(readFileSync(join(directory, 'a.arrow'))).getChild('exchangeTime')
    const since = (at: number): unknown => {
      const time = times?.data[0].values[at] as bigint
      return times?.get(at) === null ? null : Number(time - BigInt(EPOCH) * 1_000_000_000n)
    }
    expect([2, 3, 4, 5].map(since)).toEqual([900, null, null, 29 * DAY])
    recorder = new LiveRecorder(join(directory, 'b.arrow'), METADATA, EPOCH)
  })

  it('never times a fact at or before a time that the market was advanced to: commands met it without', () => {
    clock.set(nanos(2000))
    market.advance(nanos(2000), sink)
    receive(0, 1)
    expect(market.nextTime()).toBe(2001)
    market.advance(nanos(2000), sink)
    expect(levels()).toEqual([])
    receive(1, 1)
    market.advance(nanos(2001), sink)
    receive(0, 1)
    clock.set(nanos(1500))
    receive(1, 1)
    market.advance(nanos(9000), sink)
    expect(levels()).toEqual([
      [2001, 0],
      [2001, 1],
      [2002, 0],
      [2002, 1]
    ])
  })
})

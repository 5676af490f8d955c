/**
 * How many market events a second a tape replays, in millions of rows of the tape.
 *
 * Mix: a real day of NASDAQ (LOBSTER GOOG, 2012-06-21; as orders and as levels) where the recordings are present, and half an
 * hour of the synthetic market in five symbols. Every round opens the tape and replays it from end to end: reading,
 * decoding and checking of rows are in, the operating system has the file in its cache.
 * Left out: clients' orders, journal, FIX.
 * References, in the same run: a sink that does nothing (what the tape itself costs), and the plainest replay one can write,
 * the same rows as objects in an array, handed to that sink by a loop; making the objects is not counted.
 *
 *   tsx scripts/bench/replay.ts
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HOUR, nanos, type Nanos } from '../../src/base/time.js'
import { type Instrument } from '../../src/exchange/instrument.js'
import type { MarketSink } from '../../src/exchange/market-sink.js'
import { createExchange } from '../../src/exchange/matching-exchange.js'
import { importLobster } from '../../src/market/readers/lobster/lobster-import.js'
import { openTapes } from '../../src/market/replay/open-tapes.js'
import { recordSynthetic } from '../../src/market/synthetic/record-synthetic.js'
import { TapeFile } from '../../src/market/tape/tape-file.js'
import { IdleSink, replayObjects, rowObjects } from './replay/idle-sink.js'

const ROUNDS = 11
const WARM_UP = 3
const ZERO = nanos(0)

function exchangeFor(instruments: readonly Instrument[]): MarketSink {
  return createExchange({
    instruments,
    models: {
      preset: 'consume',
      queue: { kind: 'riskAverse' },
      latency: { kind: 'constant', inbound: ZERO, outbound: ZERO },
      seed: 1
    },
    listener: { onEvent: () => undefined }
  })
}

/** Milliseconds of each round. */
function timed(round: () => void): number[] {
  const times: number[] = []
  for (let i = -WARM_UP; i < ROUNDS; i++) {
    const start = process.hrtime.bigint()
    round()
    if (i >= 0) times.push(Number(process.hrtime.bigint() - start) / 1e6)
  }
  return times.sort((a, b) => a - b)
}

function replayThrough(path: string, sink: MarketSink): void {
  const source = openTapes([path])
  source.advance(source.end as Nanos, sink)
}

function show(what: string, rows: number, times: readonly number[]): void {
  const rate = (ms: number): string => (rows / ms / 1000).toFixed(1).padStart(7)
  const [slowest, median, fastest] = [times[times.length - 1], times[times.length >> 1], times[0]]
  const whole = `${median.toFixed(0).padStart(6)} ms`
  console.log(`  ${what.padEnd(28)}${rate(slowest)}${rate(median)}${rate(fastest)}${whole}`)
}

function measure(name: string, path: string): void {
  const tape = new TapeFile(path)
  const { rows, instruments } = tape
  const objects = rowObjects(tape)
  tape.close()
  console.log(`${name}, ${rows} rows${' '.repeat(9)}M rows/s: min  median    max   whole tape`)
  const idle = new IdleSink()
  show(
    'through the exchange',
    rows,
    timed(() => replayThrough(path, exchangeFor(instruments)))
  )
  show(
    'through a sink that is idle',
    rows,
    timed(() => replayThrough(path, idle))
  )
  show(
    'a loop over row objects',
    rows,
    timed(() => replayObjects(objects, idle))
  )
  if (idle.sum === 0) throw new Error('nothing was replayed')
}

const directory = mkdtempSync(join(tmpdir(), 'paperpit-bench-'))
try {
  const data = join(process.env.PAPERPIT_DATA ?? '../shared/data', 'lobster')
  const file = (kind: string): string => join(data, `GOOG_2012-06-21_34200000_57600000_${kind}_10.csv.gz`)
  if (existsSync(file('message'))) {
    for (const feed of ['l3', 'l2'] as const) {
      const path = join(directory, `${feed}.arrow`)
      const { seconds } = await importLobster(file('message'), file('orderbook'), path, { feed })
      console.log(`imported GOOG as ${feed} in ${seconds.toFixed(2)} s`)
      measure(`GOOG ${feed}`, path)
    }
  } else console.log(`GOOG left out: ${file('message')} is not there (PAPERPIT_DATA)`)
  const path = join(directory, 'synthetic.arrow')
  recordSynthetic(path, { seed: 1, epoch: 1_767_571_200, start: nanos(14.5 * HOUR), duration: nanos(HOUR / 2) })
  measure('synthetic l2', path)
} finally {
  rmSync(directory, { recursive: true })
}

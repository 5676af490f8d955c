/**
 * What it costs to take a replay back: to a place near the end of a tape, first with no checkpoint, then to a place a second
 * before it; and what keeping checkpoints on the way forward would cost, which is why it is not done.
 *
 * Mix: two hours of the synthetic market in five symbols, and a real day of NASDAQ (LOBSTER GOOG as orders) where it is
 * present. Every round opens the tape anew. Reading, decoding and checking of rows are in; the file is in the operating
 * system's cache. Left out: telling the books to an exchange.
 * References, in the same run: the tape through an exchange on which nobody trades, and through a sink that does nothing.
 *
 *   tsx scripts/bench/seek-back.ts
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HOUR, nanos, SECOND, type Nanos } from '../../src/base/time.js'
import type { MarketSink } from '../../src/exchange/market-sink.js'
import { importLobster } from '../../src/market/readers/lobster/lobster-import.js'
import { openTapes } from '../../src/market/replay/open-tapes.js'
import { spectatorExchange } from '../../src/market/spectator-exchange.js'
import { recordSynthetic } from '../../src/market/synthetic/record-synthetic.js'
import { TapeFile } from '../../src/market/tape/tape-file.js'
import { IdleSink } from './replay/idle-sink.js'

const ROUNDS = 7
/** What a venue reads of it between two turns. */
const PIECE = 5_000

/** Milliseconds of processor time. */
function timed(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const median = (times: number[]): number => times.sort((a, b) => a - b)[times.length >> 1]

function measure(name: string, path: string): void {
  const tape = new TapeFile(path)
  const { rows, instruments } = tape
  tape.close()
  const forward = (sink: MarketSink): number =>
    timed(() => {
      const market = openTapes([path])
      market.advance(market.end as Nanos, sink)
    })
  const told = { exchange: [] as number[], idle: [] as number[], first: [] as number[], again: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    told.exchange.push(forward(spectatorExchange(instruments)))
    told.idle.push(forward(new IdleSink()))
    const market = openTapes([path])
    const back = (to: number): number =>
      timed(() => {
        const rewind = market.rewind?.(nanos(to))
        while (rewind?.work(PIECE) === false);
      })
    told.first.push(back(market.end as Nanos))
    told.again.push(back((market.end as Nanos) - SECOND))
  }
  const [exchange, idle, first, again] = [told.exchange, told.idle, told.first, told.again].map(median)
  console.log(`${name}, ${rows} rows, median of ${ROUNDS}, ms of processor time`)
  const show = (what: string, ms: number, more = ''): void =>
    console.log(`  ${what.padEnd(44)}${ms.toFixed(1).padStart(8)}${more}`)
  show('back to the end, from the beginning', first)
  show('back to a second before, from a checkpoint', again, `   ${(first / again).toFixed(0)} times less`)
  show('forward through the exchange', exchange)
  show(
    '  with books kept beside it, reckoned',
    exchange + first - idle,
    `   ${((exchange + first - idle) / exchange).toFixed(2)} times as much`
  )
}

const directory = mkdtempSync(join(tmpdir(), 'paperpit-bench-'))
try {
  const data = join(process.env.PAPERPIT_DATA ?? '../shared/data', 'lobster')
  const file = (kind: string): string => join(data, `GOOG_2012-06-21_34200000_57600000_${kind}_10.csv.gz`)
  if (existsSync(file('message'))) {
    const path = join(directory, 'goog.arrow')
    await importLobster(file('message'), file('orderbook'), path, { feed: 'l3' })
    measure('GOOG l3', path)
  } else console.log(`GOOG left out: ${file('message')} is not there (PAPERPIT_DATA)`)
  const path = join(directory, 'synthetic.arrow')
  recordSynthetic(path, { seed: 1, epoch: 1_767_571_200, start: nanos(14.5 * HOUR), duration: nanos(2 * HOUR) })
  measure('synthetic l2', path)
} finally {
  rmSync(directory, { recursive: true })
}

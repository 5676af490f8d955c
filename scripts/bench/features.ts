/**
 * What features cost beside the replay that keeps the books, in ns per event.
 *
 * Mix: a real day of NASDAQ (LOBSTER GOOG, 2012-06-21, as orders) where the recordings are present, and half an hour of the
 * synthetic market in five symbols. Every round replays the tape from end to end, reading and checking included; the three
 * kinds take turns. Counted is processor time, as other programs may run. Windows of one minute.
 * References, in the same run: the replay through the exchange alone. Left out: writing a table.
 *
 *   tsx scripts/bench/features.ts
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HOUR, MINUTE, nanos, type Nanos } from '../../src/base/time.js'
import type { MarketSink } from '../../src/exchange/market-sink.js'
import { FeatureSink } from '../../src/market/features/feature-sink.js'
import { emptyFeatures } from '../../src/market/features/features.js'
import { importLobster } from '../../src/market/readers/lobster/lobster-import.js'
import { openTapes } from '../../src/market/replay/open-tapes.js'
import { spectatorExchange } from '../../src/market/spectator-exchange.js'
import { recordSynthetic } from '../../src/market/synthetic/record-synthetic.js'
import { TapeFile } from '../../src/market/tape/tape-file.js'

const ROUNDS = 9
const WARM_UP = 2

function replay(path: string, sink: MarketSink): void {
  const source = openTapes([path])
  source.advance(source.end as Nanos, sink)
}

function measure(name: string, path: string): void {
  const { instruments } = new TapeFile(path)
  const features = emptyFeatures()
  let events = 0
  let sum = 0
  const kinds: readonly (readonly [string, () => void])[] = [
    ['the exchange alone', () => replay(path, spectatorExchange(instruments))],
    [
      'features kept',
      () => {
        const exchange = spectatorExchange(instruments)
        replay(path, new FeatureSink(exchange, exchange, { window: MINUTE }))
      }
    ],
    [
      'features kept, and read behind each event',
      () => {
        const exchange = spectatorExchange(instruments)
        events = 0
        const sink: FeatureSink = new FeatureSink(exchange, exchange, {
          window: MINUTE,
          onEvent(time, no) {
            events++
            sum += sink.read(time, no, features).bidDepth
          }
        })
        replay(path, sink)
      }
    ]
  ]
  const times = kinds.map(() => [] as number[])
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    kinds.forEach(([, run], kind) => {
      const start = process.cpuUsage()
      run()
      const { user, system } = process.cpuUsage(start)
      if (round >= 0) times[kind].push((user + system) * 1000)
    })
  }
  if (!(sum > 0)) throw new Error('no features were read')
  const perEvent = times.map((of) => of.sort((a, b) => a - b)[ROUNDS >> 1] / events)
  console.log(`${name}, ${events} events: median ns per event, and what it adds`)
  kinds.forEach(([kind], i) => {
    const added = i === 0 ? '' : `+ ${(perEvent[i] - perEvent[0]).toFixed(0)}`
    console.log(`  ${kind.padEnd(44)}${perEvent[i].toFixed(0).padStart(6)}  ${added}`)
  })
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
  recordSynthetic(path, { seed: 1, epoch: 1_767_571_200, start: nanos(14.5 * HOUR), duration: nanos(HOUR / 2) })
  measure('synthetic l2', path)
} finally {
  rmSync(directory, { recursive: true })
}

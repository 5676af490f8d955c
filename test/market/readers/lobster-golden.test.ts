import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { parseDecimal } from '../../../src/base/decimal.js'
import { toUnixNanos, type Nanos } from '../../../src/base/time.js'
import { BUY, SELL } from '../../../src/exchange/units.js'
import { importLobster } from '../../../src/market/readers/lobster/lobster-import.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { sharedData } from '../../support/data.js'
import { PlainBook } from '../support/plain-book.js'
import { temporaryDirectory } from '../support/temporary.js'

interface Probe {
  readonly e: number
  readonly ts_ns: string
  readonly bids: readonly (readonly [string, string])[]
  readonly asks: readonly (readonly [string, string])[]
}

/** Tells when each of the vendor's events is complete. */
class WatchedBook extends PlainBook {
  readonly #watch: (time: Nanos) => void

  constructor(watch: (time: Nanos) => void) {
    super()
    this.#watch = watch
  }

  override eventEnd(time: Nanos): void {
    this.#watch(time)
  }
}

const temporary = temporaryDirectory()

function linesOf(path: string): string[] {
  return gunzipSync(readFileSync(path)).toString('latin1').trimEnd().split('\n')
}

/** The columns of the vendor's row as our book writes them: absent levels filled up. */
function asRow(book: PlainBook, levels: number): string {
  const bids = book.depth(BUY, levels)
  const asks = book.depth(SELL, levels)
  const row: number[] = []
  for (let i = 0; i < levels; i++) row.push(...(asks[i] ?? [9999999999, 0]), ...(bids[i] ?? [-9999999999, 0]))
  return row.join(',')
}

function units(levels: Probe['bids']): (readonly [number, number])[] {
  return levels.map(([price, qty]) => [parseDecimal(price, 4), Number(qty)])
}

describe.each([
  ['GOOG', '57600000_{}_10', 'golden/GOOG_L10.json', 34_200_000],
  ['MSFT', '37800000_{}_50.first1000', 'golden/MSFT_L50.json', 34_200_000]
] as const)('a tape of %s', (symbol, ending, golden, from) => {
  const path = (kind: string): string | undefined =>
    sharedData(`lobster/${symbol}_2012-06-21_${from}_${ending.replace('{}', kind)}.csv.gz`)
  const [messages, orderbook, answers] = [path('message'), path('orderbook'), sharedData(golden)]
  const absent = !messages || !orderbook || !answers

  it.skipIf(absent).each(['l3', 'l2'] as const)('replays as %s to the vendor’s book after every line', async (feed) => {
    const rows = linesOf(orderbook!)
    const types = linesOf(messages!).map((line) => line.split(',')[1])
    const { events_E: events, probes } = JSON.parse(readFileSync(answers!, 'utf8')) as {
      events_E: number
      probes: Probe[]
    }
    const tape = temporary(`${symbol}.${feed}.arrow`)
    const summary = await importLobster(messages!, orderbook!, tape, { feed })
    const source = openTapes([tape])

    const levels = rows[0].split(',').length / 4
    const changes = rows.map((row, i) => i === 0 || row !== rows[i - 1])
    const different: number[] = []
    const seen: Probe[] = []
    let line = -1
    let event = -1
    const book = new WatchedBook((time) => {
      // Cancellations of what the tape does not know, outside of what the vendor shows, leave nothing to tell.
      do line++
      while (!changes[line] && ['2', '3', '7'].includes(types[line]))
      if (asRow(book, levels) !== rows[line]) different.push(line + 1)
      const probe = changes[line] ? probes.find(({ e }) => e === event + 1) : undefined
      if (changes[line]) event++
      if (probe) {
        const ts_ns = toUnixNanos(time, source.epoch).toString()
        expect([ts_ns, book.depth(BUY, 5), book.depth(SELL, 5)]).toEqual([
          probe.ts_ns,
          units(probe.bids),
          units(probe.asks)
        ])
        seen.push(probe)
      }
    })
    source.advance(source.end!, book)

    expect(different).toEqual([])
    expect(seen).toEqual(probes)
    expect([line + 1, event + 1]).toEqual([rows.length, events])
    expect(summary.events).toBe(rows.length)
    expect(source.nextTime()).toBeUndefined()
  })
})

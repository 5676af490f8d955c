/**
 * Import of NASDAQ TotalView-ITCH 5.0: bytes of the file a second, and memory, on one core.
 *
 * Mix: a generated day of about `--megabytes` (200) in `--stocks` (2,000): 44 % new orders, 42 % deletions, 8 % replacements,
 * 4 % executions, 1 % partial cancellations, 1 % hidden trades; prices near a walking middle, up to 400 orders a stock.
 * Measured from the first byte of the file to the closed tape: both passes over the file, its hash, and writing the tape; all
 * stocks on the tape, and one of them. Left out: generating the file, gzip. Reference: reading the same file in the same
 * pieces. Goal: 1 GB a minute.
 *
 * node_modules/.bin/tsx scripts/bench/itch.ts [--megabytes 200] [--stocks 2000] [--runs 3]
 */
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { seededRandom } from '../../src/base/random.js'
import { ByteChunks } from '../../src/market/readers/byte-chunks.js'
import { importItch } from '../../src/market/readers/itch/itch-import.js'
import { ItchMessages } from '../../test/market/support/itch-messages.js'

const CENT = 100
const MOST_ORDERS = 400

interface Order {
  readonly ref: number
  readonly side: 1 | -1
  shares: number
}

interface Stock {
  readonly locate: number
  readonly symbol: string
  readonly orders: Order[]
  middle: number
}

/** Writes a day with the mix above, until it has `bytes`. */
function generate(path: string, stockCount: number, bytes: number): number {
  const fd = openSync(path, 'w')
  let written = 0
  const out = new ItchMessages((piece) => (written += writeSync(fd, piece)))
  const random = seededRandom(1, 'itch')
  const stocks = Array.from({ length: stockCount }, (_, i): Stock => {
    return { locate: i + 1, symbol: `S${i}`, orders: [], middle: CENT * (1000 + random.below(20_000)) }
  })
  out.systemEvent('O')
  for (const { locate, symbol } of stocks) out.directory(locate, symbol)
  out.time = 34_200e9
  let ref = 0
  while (written < bytes) {
    out.time += 1 + random.below(2000)
    // A few stocks have most of the messages.
    const stock = stocks[Math.floor(stockCount * random.uniform() ** 3)]
    const { locate, orders } = stock
    const draw = random.below(100)
    if (orders.length < 20 || (draw < 44 && orders.length < MOST_ORDERS)) {
      if (random.below(50) === 0) stock.middle = Math.max(100 * CENT, stock.middle + CENT * (random.below(3) - 1))
      const side = random.below(2) === 0 ? 1 : -1
      const order: Order = { ref: ++ref, side, shares: 100 * (1 + random.below(5)) }
      out.add(locate, ref, side, order.shares, stock.symbol, stock.middle - side * CENT * (50 + random.below(40)))
      orders.push(order)
      continue
    }
    if (draw >= 99) {
      out.trade(locate, 100, stock.symbol, stock.middle + CENT / 2)
      continue
    }
    const at = random.below(orders.length)
    const order = orders[at]
    if (draw >= 98 && order.shares > 100) {
      out.cancel(locate, order.ref, 50)
      order.shares -= 50
      continue
    }
    orders[at] = orders[orders.length - 1]
    orders.pop()
    if (draw >= 90) {
      orders.push({ ...order, ref: ++ref })
      out.replace(locate, order.ref, ref, order.shares, stock.middle - order.side * CENT * (50 + random.below(40)))
    } else if (draw >= 86) {
      out.executed(locate, order.ref, order.shares)
    } else {
      out.delete(locate, order.ref)
    }
  }
  out.systemEvent('C')
  writeSync(fd, out.take())
  closeSync(fd)
  return out.messages
}

async function readOnly(path: string): Promise<void> {
  let sum = 0
  for await (const piece of new ByteChunks(path)) sum += piece.length
  if (sum !== statSync(path).size) throw new Error('read something else')
}

/** Runs `run` and gives seconds, and the most memory seen while it ran, in MB. */
async function measured(run: () => Promise<unknown>): Promise<{ seconds: number; memory: number }> {
  let memory = 0
  const watch = setInterval(() => (memory = Math.max(memory, process.memoryUsage().rss)), 50)
  const start = process.hrtime.bigint()
  await run()
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  clearInterval(watch)
  return { seconds, memory: Math.round(Math.max(memory, process.memoryUsage().rss) / 1e6) }
}

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '200' },
    stocks: { type: 'string', default: '2000' },
    runs: { type: 'string', default: '3' }
  }
})
const directory = mkdtempSync(join(tmpdir(), 'paperpit-bench-'))
try {
  const file = join(directory, '01302020.NASDAQ_ITCH50')
  const out = join(directory, 'day.arrow')
  const messages = generate(file, Number(values.stocks), Number(values.megabytes) * 1e6)
  const bytes = statSync(file).size
  console.log(`${(bytes / 1e6).toFixed(0)} MB, ${messages} messages, ${values.stocks} stocks`)
  const cases: readonly (readonly [name: string, run: () => Promise<unknown>])[] = [
    ['reading the file (reference)', () => readOnly(file)],
    ['import of all stocks', () => importItch(file, out)],
    ['import of one stock', () => importItch(file, out, { symbol: 'S0' })]
  ]
  for (const [name, run] of cases) {
    const runs = []
    for (let i = 0; i < Number(values.runs); i++) runs.push(await measured(run))
    const rates = runs.map(({ seconds }) => (bytes / seconds / 1e9) * 60).sort((a, b) => a - b)
    const shown = [rates[0], rates[rates.length >> 1], rates[rates.length - 1]].map((rate) => rate.toFixed(2))
    const memory = Math.max(...runs.map((each) => each.memory))
    console.log(`${name}: ${shown.join(' / ')} GB a minute (min/median/max), memory up to ${memory} MB`)
  }
} finally {
  rmSync(directory, { recursive: true, force: true })
}

/**
 * How fast vendors' files become tapes, in thousands of lines of the vendor per processor second.
 *
 * Mix: the recordings where they are present (LOBSTER GOOG, a day; Databento ARL, a day; Binance BTCUSDT, six minutes; IBM's
 * quotes and trades, a day), and a generated book of 400,000 level changes as Tardis CSV and by a mapping
 * file. Each round reads the file from disk, unpacks it, surveys it, writes the tape and checks
 * all that an import checks.
 * Reference, in the same run: the plainest importer one can write. It splits each line at commas (JSON: parses it), makes the
 * fields numbers, and writes one row to a tape of the same kind; it checks nothing and keeps no book, so what it writes is
 * no tape that replays. GOOG's reference reads the message file alone.
 *
 *   tsx scripts/bench/import.ts
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nanos } from '../../src/base/time.js'
import { instrumentNo, price, quantity } from '../../src/exchange/units.js'
import { seededRandom } from '../../src/base/random.js'
import { ByteChunks } from '../../src/market/readers/byte-chunks.js'
import { importFiles } from '../../src/market/readers/import-files.js'
import type { ImportOptions } from '../../src/market/readers/import-options.js'
import { TapeWriter } from '../../src/market/tape/tape-writer.js'

const ROUNDS = 5
const WARM_UP = 1
const GENERATED = 400_000

const directory = mkdtempSync(join(tmpdir(), 'paperpit-bench-'))
const out = join(directory, 'out.arrow')

function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Processor seconds of each round, the fastest first: other programs on the machine do not count. */
async function timed(round: () => Promise<void>): Promise<number[]> {
  const times: number[] = []
  for (let i = -WARM_UP; i < ROUNDS; i++) {
    const start = processorSeconds()
    await round()
    if (i >= 0) times.push(processorSeconds() - start)
  }
  return times.sort((a, b) => a - b)
}

/** Lines of files; each is split, made numbers, and becomes a row. */
async function plainImport(files: readonly string[]): Promise<number> {
  const instruments = [{ symbol: 'X', tickSize: '0.01', lotSize: '1', feed: 'l2' as const }]
  const metadata = { instruments, source: '', timeZone: 'UTC', createdFrom: [] }
  const tape = new TapeWriter(out, metadata, 0)
  let lines = 0
  let time = 0
  const take = (line: string): void => {
    if (line === '') return
    lines++
    if (line.includes('{')) {
      const message = JSON.parse(line.slice(line.indexOf('{'))) as { data?: { p?: string; q?: string } }
      write(Number(message.data?.p ?? 0), Number(message.data?.q ?? 0))
    } else {
      const fields = line.split(',').map(Number)
      write(fields[fields.length - 2], fields[fields.length - 1])
    }
  }
  const write = (px: number, qty: number): void => {
    tape.level(nanos(time++), instrumentNo(0), 1, price(Math.round(px * 100) || 0), quantity(Math.round(qty) || 0))
  }
  for (const file of files) {
    let rest = ''
    for await (const chunk of new ByteChunks(file)) {
      const found = (rest + chunk.toString('latin1')).split('\n')
      rest = found.pop() ?? ''
      found.forEach(take)
    }
    take(rest)
  }
  tape.close()
  return lines
}

async function measure(
  name: string,
  files: readonly string[],
  options: ImportOptions = {},
  plain = files
): Promise<void> {
  if (!files.every((file) => existsSync(file))) {
    console.log(`  ${name.padEnd(30)}left out: the recording is not there (PAPERPIT_DATA)`)
    return
  }
  let lines = 0
  const ours = await timed(async () => {
    await importFiles(files, out, undefined, options)
  })
  const reference = await timed(async () => {
    lines = await plainImport(plain)
  })
  const rate = (seconds: number): string => (lines / seconds / 1000).toFixed(0).padStart(8)
  const all = (times: readonly number[]): string =>
    [times.at(-1)!, times[times.length >> 1], times[0]].map(rate).join('')
  const ratio = reference[reference.length >> 1] / ours[ours.length >> 1]
  console.log(`  ${name.padEnd(30)}${all(ours)}  ${all(reference)}${ratio.toFixed(2).padStart(8)}`)
}

/** A book of ten levels a side whose quantities change, as Tardis writes it. */
function tardisFile(): string {
  const random = seededRandom(1, 'bench')
  const lines = ['exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount']
  for (let i = 0; i < GENERATED; i++) {
    const at = 1_723_075_200_000_000 + 100 * i
    const bid = random.uniform() < 0.5
    const px = ((bid ? 100_000 - random.below(10) * 5 : 100_005 + random.below(10) * 5) / 10).toFixed(1)
    lines.push(`deribit,BTC-PERP,${at},${at + 7},${i < 20},${bid ? 'bid' : 'ask'},${px},${1 + random.below(10_000)}`)
  }
  const path = join(directory, 'incremental.csv')
  writeFileSync(path, lines.join('\n'))
  return path
}

const MAPPING = `
rows:
  - time: { column: timestamp, format: us }
    symbol: { column: symbol }
    tells: level
    side: { column: side, buy: bid, sell: ask }
    price: { column: price }
    qty: { column: amount }
    event: { column: local_timestamp }
    snapshot: { column: is_snapshot, values: "true" }
`

try {
  const data = (name: string): string => join(process.env.PAPERPIT_DATA ?? '../shared/data', name)
  const goog = (kind: string): string => data(`lobster/GOOG_2012-06-21_34200000_57600000_${kind}_10.csv.gz`)
  console.log(`${ROUNDS} rounds, thousand lines per processor s  ours: min median max   plain: min median max   ratio`)
  await measure('LOBSTER GOOG', [goog('message'), goog('orderbook')], {}, [goog('message')])
  await measure('Databento ARL mbo', [data('databento/XNAS.ITCH_ARL_2025-07-17.mbo.csv.gz')])
  await measure('Binance BTCUSDT', [data('binance/binance-usdm_BTCUSDT_20240808T235415Z_345s.jsonl.gz')])
  await measure('Lean IBM', [data('taq/lean_IBM_20131007_quote.zip'), data('taq/lean_IBM_20131007_trade.zip')])
  const generated = tardisFile()
  await measure('Tardis, generated', [generated])
  const mapping = join(directory, 'mapping.yaml')
  writeFileSync(mapping, MAPPING)
  await measure('the same by a mapping', [generated], { mapping })
} finally {
  rmSync(directory, { recursive: true })
}

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src/base/random.js'
import { importLobster } from '../../../src/market/readers/lobster/lobster-import.js'
import { sharedData } from '../../support/data.js'

const DAY = 'GOOG_2012-06-21_34200000_57600000'
const messages = sharedData(`lobster/${DAY}_message_10.csv.gz`)
const orderbook = sharedData(`lobster/${DAY}_orderbook_10.csv.gz`)
const ORDERS = 10_000
/** 09:30 and 16:00 in New York, ns since 1970. */
const OPEN = 1_340_285_400_000_000_000n
const SPAN = 23_400

/** Orders of every kind all day long, near the market, with replaces and cancels of earlier ones. */
function orderFile(seed: number): string {
  const random = seededRandom(seed, 'orders')
  const rows = Array.from({ length: ORDERS }, (_, i) => {
    const time = OPEN + BigInt(Math.floor(random.uniform() * SPAN * 1e6)) * 1000n
    const kind = random.below(10)
    const side = random.below(2) === 0 ? 'buy' : 'sell'
    const quantity = 1 + random.below(200)
    const price = (560 + random.below(2500) / 100).toFixed(2)
    if (kind < 2) return `${time},O${i},new,GOOG,${side},market,${quantity},,ioc`
    if (kind < 8)
      return `${time},O${i},new,GOOG,${side},limit,${quantity},${price},${['day', 'gtc', 'ioc', 'fok'][random.below(4)]}`
    const target = `O${random.below(i + 1)}`
    if (kind === 8) return `${time},${target},replace,GOOG,${side},limit,${quantity},${price},`
    return `${time},${target},cancel,GOOG,${side},,,,`
  })
  return ['time,clOrdId,action,symbol,side,type,qty,price,tif', ...rows].join('\n')
}

describe.skipIf(!messages || !orderbook)('a whole day of GOOG with 10,000 requests through backtest', () => {
  const directory = mkdtempSync(join(tmpdir(), 'paperpit-day-'))
  const tape = join(directory, 'goog.arrow')

  const run = (
    name: string,
    seed: number,
    ...options: string[]
  ): { fills: string; journal: Buffer; stateHash: string } => {
    const [orders, out, journal] = ['orders.csv', 'fills.csv', 'run.db'].map((file) =>
      join(directory, `${name}-${file}`)
    )
    writeFileSync(orders, orderFile(seed))
    const args = [
      'backtest',
      '--tape',
      tape,
      '--orders',
      orders,
      '--out',
      out,
      '--journal',
      journal,
      '--json',
      ...options
    ]
    const summary = execFileSync(process.execPath, ['dist/main.js', ...args], { encoding: 'utf8' })
    const { stateHash } = JSON.parse(summary) as { stateHash: string }
    return { fills: readFileSync(out, 'utf8'), journal: readFileSync(journal), stateHash }
  }

  beforeAll(async () => {
    await importLobster(messages ?? '', orderbook ?? '', tape, {})
  })
  afterAll(() => rmSync(directory, { recursive: true }))

  it('gives the same bytes again, and others for other orders', () => {
    const first = run('first', 1)
    const again = run('again', 1)
    const other = run('other', 2)
    expect(first.fills.split('\n').length).toBeGreaterThan(ORDERS)
    expect(first.fills).toMatch(/,added,/)
    expect(first.fills).toMatch(/,removed,/)
    expect(again.fills).toBe(first.fills)
    expect(again.stateHash).toBe(first.stateHash)
    expect(again.journal.equals(first.journal)).toBe(true)
    expect(other.fills).not.toBe(first.fills)
    expect(other.stateHash).not.toBe(first.stateHash)
  })

  it('gives the same bytes for the same seed, and others for another where models draw', () => {
    const drawn = ['--preset', 'consume+refill', '--latency', 'lognormal(1ms,0.5)']
    const first = run('seed-1', 1, ...drawn, '--seed', '1')
    const again = run('seed-1-again', 1, ...drawn, '--seed', '1')
    const other = run('seed-2', 1, ...drawn, '--seed', '2')
    expect(again.fills).toBe(first.fills)
    expect(again.journal.equals(first.journal)).toBe(true)
    expect(other.fills).not.toBe(first.fills)
    const plain = run('plain-1', 1, '--seed', '1')
    expect(run('plain-2', 1, '--seed', '2').fills).toBe(plain.fills)
  })
})

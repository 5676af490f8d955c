import { readFileSync } from 'node:fs'
import { tableFromIPC } from 'apache-arrow'
import { describe, expect, it } from 'vitest'
import { HOUR, nanos, SECOND } from '../../src/base/time.js'
import { runCli } from '../../src/cli/cli.js'
import { recordSynthetic } from '../../src/market/synthetic/record-synthetic.js'
import { temporaryDirectory } from '../market/support/temporary.js'

const temporary = temporaryDirectory()

function tape(): string {
  const path = temporary('synthetic.arrow')
  recordSynthetic(path, { seed: 1, epoch: 1_767_571_200, start: nanos(15 * HOUR), duration: nanos(20 * SECOND) })
  return path
}

describe('tape features', () => {
  it('writes a row of each symbol at every interval, alike as CSV and Arrow', async () => {
    const path = tape()
    const [csv, arrow] = [temporary('features.csv'), temporary('features.arrow')]
    for (const out of [csv, arrow])
      expect(await runCli(['tape', 'features', path, '--every', '5s', '--out', out])).toBe(0)
    const [head, ...rows] = readFileSync(csv, 'utf8').trimEnd().split('\n')
    expect(head).toBe(
      'time,symbol,bidPrice,bidQty,askPrice,askQty,spread,microprice,imbalance1,imbalance5,imbalance10,bidDepth,askDepth,tradeFlow,realisedVariance'
    )
    expect(rows.map((row) => row.slice(11, 35))).toContain('15:00:05.000000000Z,AAPL')
    const table = tableFromIPC(readFileSync(arrow))
    expect(table.numRows).toBe(rows.length)
    const names = head.split(',').slice(1)
    const again = table.toArray().map((row: Record<string, unknown>) => names.map((name) => String(row[name])).join())
    expect(again).toEqual(rows.map((row) => row.slice(row.indexOf(',') + 1)))
  })

  it('writes a row behind each event, and says what is wrong with an option', async () => {
    const path = tape()
    const out = temporary('events.csv')
    expect(await runCli(['tape', 'features', path, '--every', 'event', '--out', out])).toBe(0)
    expect(readFileSync(out, 'utf8').split('\n').length).toBeGreaterThan(1000)
    expect(await runCli(['tape', 'features', path, '--every', 'often', '--out', out])).toBe(2)
  })
})

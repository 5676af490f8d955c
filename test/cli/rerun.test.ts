import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { runCli } from '../../src/cli/cli.js'

const directory = mkdtempSync(join(tmpdir(), 'paperpit-rerun-'))
const path = join(directory, 'run.db')

interface Outcome {
  readonly status: number
  readonly printed: string
}

async function paperpit(...args: string[]): Promise<Outcome> {
  const printed: string[] = []
  const take = (text: string | Uint8Array): boolean => printed.push(String(text)) > 0
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(take)
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(take)
  try {
    return { status: await runCli(args), printed: printed.join('') }
  } finally {
    out.mockRestore()
    err.mockRestore()
    process.exitCode = undefined
  }
}

/** Market orders and resting ones with replaces and cancels, over two minutes of the scenario. */
function orderFile(): string {
  const start = BigInt(Date.UTC(2026, 0, 5, 14, 30)) * 1_000_000n
  const rows = Array.from({ length: 60 }, (_, i) => {
    const time = start + BigInt(i + 1) * 1_900_000_000n
    const side = i % 2 === 0 ? 'buy' : 'sell'
    if (i % 5 === 4)
      return `${time},A${i - 1},${i % 10 === 9 ? 'cancel' : 'replace'},AAPL,${side},limit,80,${i % 2 === 0 ? '231.45' : '231.55'},,P1`
    if (i % 5 === 3) return `${time},A${i},new,AAPL,${side},limit,100,${i % 2 === 0 ? '231.45' : '231.55'},day,P1`
    return `${time},A${i},new,AAPL,${side},market,${50 + i},,ioc,P1`
  })
  return `time,clOrdId,action,symbol,side,type,qty,price,tif,ClOrdLinkID\n${rows.join('\n')}\n`
}

/** The journal under another name, with `change` made to the text of its facts. */
function tampered(name: string, change: (facts: string) => string): string {
  const copy = join(directory, name)
  const db = new Database(path)
  db.prepare('VACUUM INTO ?').run(copy)
  db.close()
  const changed = new Database(copy)
  const facts = changed.prepare<[], string>("SELECT value FROM meta WHERE key = 'facts'").pluck().get() ?? ''
  expect(change(facts)).not.toBe(facts)
  changed.prepare("UPDATE meta SET value = ? WHERE key = 'facts'").run(change(facts))
  changed.close()
  return copy
}

beforeAll(async () => {
  const orders = join(directory, 'orders.csv')
  writeFileSync(orders, orderFile())
  const market = ['--scenario', 'calm', '--duration', '2m', '--latency', 'lognormal(5ms,0.5)']
  const out = join(directory, 'fills.csv')
  const run = await paperpit('backtest', ...market, '--orders', orders, '--out', out, '--journal', path)
  expect(run).toMatchObject({ status: 0 })
  return () => rmSync(directory, { recursive: true })
})
afterEach(() => void (process.exitCode = undefined))

describe('paperpit rerun --check', () => {
  it('runs a journal again, and finds every event, quote and print as it was', async () => {
    const { status, printed } = await paperpit('rerun', path, '--check')
    expect(printed).toMatch(
      /6\d commands run again, \d{3} events, \d+ quotes and \d+ prints: the same, byte for byte\n$/
    )
    expect(status).toBe(0)
  })

  it('ends with 1 and says where a run parts from its recording, and in what', async () => {
    const other = tampered('seed.db', (facts) => facts.replace('"seed":1}', '"seed":2}'))
    const { status, printed } = await paperpit('rerun', other, '--check')
    expect(status).toBe(1)
    expect(printed).toMatch(
      /parts from the recording behind \d+ events, quotes and prints that are the same, first in /
    )
    expect(printed).toMatch(/\n {2}recorded {2}\{.*\n {2}again {5}\{/)
    const json = JSON.parse((await paperpit('rerun', other, '--check', '--json')).printed) as { same: boolean }
    expect(json).toMatchObject({ same: false, difference: { recorded: {}, again: {} } })
  })
})

describe('paperpit rerun', () => {
  it('costs the same under the same models, and otherwise under others', async () => {
    const { printed } = await paperpit('rerun', path)
    const [, recorded, again] = printed.split('\n')
    expect(again.replace('again', 'recorded').split(/ +/)).toEqual(recorded.split(/ +/))
    const other = (await paperpit('rerun', path, '--latency', '0', '--preset', 'observer')).printed.split('\n')
    expect(other[1]).toBe(recorded)
    expect(other[2]).not.toBe(again)
  })

  it('runs with seed after seed, and tells how far apart they come out', async () => {
    const { printed } = await paperpit('rerun', path, '--seeds', '3')
    expect(printed.split('\n').map((line) => line.split('  ')[0])).toEqual([
      'run',
      'recorded',
      'seed 1',
      'seed 2',
      'seed 3',
      expect.stringMatching(/^USD: mean total -?[\d.]+ bp, standard deviation [\d.]+ bp, over 3 seeds$/),
      ''
    ])
    const { runs } = JSON.parse((await paperpit('rerun', path, '--seeds', '2', '--json')).printed) as {
      runs: { models: { seed: number } }[]
    }
    expect(runs.map(({ models }) => models.seed)).toEqual([1, 1, 2])
  })

  it('refuses what does not go together, or is none', async () => {
    const refused = async (...args: string[]): Promise<string> => {
      const { status, printed } = await paperpit('rerun', ...args)
      expect(status).toBe(2)
      return printed
    }
    expect(await refused(path, '--check', '--preset', 'observer')).toContain('check')
    expect(await refused(path, '--seeds', '0')).toContain('--seeds: expected a whole number, from 1 to 1000')
    expect(await refused(path, '--tape', 'x.arrow')).toContain(
      'was not recorded against a tape: its market is scenario'
    )
    expect(await refused(join(directory, 'none.db'))).toContain('none.db: no such journal')
  })
})

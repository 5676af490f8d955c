import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, expect, it, vi } from 'vitest'
import { runCli } from '../../src/cli/cli.js'
import { temporaryDirectory } from '../market/support/temporary.js'

const temporary = temporaryDirectory()

afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = undefined
})

async function paperpit(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' }
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((written.out += String(text))))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((written.err += String(text))))
  const code = await runCli(args)
  return { code, ...written }
}

function csv(name: string, symbol: string, ...lines: string[]): string {
  const path = temporary(name)
  writeFileSync(
    path,
    ['time,symbol,bid,bidsize,ask,asksize', ...lines.map((line) => line.replace('SYM', symbol))].join('\n')
  )
  return path
}

it('imports, merges and checks', async () => {
  for (const symbol of ['A', 'B']) {
    const file = csv(`${symbol}.csv`, symbol, '1723075200.001,SYM,1.00,5,1.01,6', '1723075200.002,SYM,1.00,5,1.02,6')
    expect((await paperpit('tape', 'import', file, '--out', temporary(`${symbol}.arrow`))).code).toBe(0)
  }
  const both = temporary('both.arrow')
  const merged = await paperpit('tape', 'merge', temporary('A.arrow'), temporary('B.arrow'), '--out', both, '--json')
  expect(JSON.parse(merged.out)).toEqual({
    out: both,
    rows: 8,
    symbols: ['A', 'B'],
    start: '2024-08-08T00:00:00.001000000Z',
    end: '2024-08-08T00:00:00.002000000Z'
  })
  expect(await paperpit('tape', 'check', both)).toMatchObject({ code: 0, out: `${both}: 8 rows, 4 events\nsound\n` })
})

it('checks what a vendor sent, with the lines of its file', async () => {
  const file = csv(
    'bad.csv',
    'A',
    '1723075200.001,SYM,1.00,5,1.01,6',
    '1723075200.002,SYM,1.oo,5,1.02,6',
    '1723075200.003,SYM,1.00,5,1.02,6'
  )
  const { code, out } = await paperpit('tape', 'check', file)
  expect([code, out.includes(`${file}:3:18 expected a price, got "1.oo"`), out.endsWith('not sound\n')]).toEqual([
    1,
    true,
    true
  ])
})

it('draws a tape as a page that needs nothing else', async () => {
  const file = csv('A.csv', 'A<b>', '1723075200.001,SYM,1.00,5,1.01,6', '1723075210.002,SYM,1.00,5,1.02,6')
  await paperpit('tape', 'import', file, '--out', temporary('a.arrow'))
  const page = temporary('a.html')
  expect((await paperpit('tape', 'info', temporary('a.arrow'), '--picture', page)).code).toBe(0)
  const html = readFileSync(page, 'utf8')
  expect([html.match(/<svg/g)?.length, html.includes('A&lt;b&gt;'), /src=|href=|<script/.test(html)]).toEqual([
    4,
    true,
    false
  ])
})

import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { runCli } from '../../src/cli/cli.js'
import { temporaryDirectory } from '../market/support/temporary.js'

const temporary = temporaryDirectory()

afterEach(() => vi.restoreAllMocks())

/** Runs a command; answers its exit code and what it wrote. */
async function paperpit(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' }
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((written.out += String(text))))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((written.err += String(text))))
  const code = await runCli(args)
  return { code, ...written }
}

function lobsterFiles(): [messages: string, orderbook: string] {
  const messages = temporary('XYZ_2012-06-21_34200000_57600000_message_1.csv')
  const orderbook = temporary('XYZ_2012-06-21_34200000_57600000_orderbook_1.csv')
  writeFileSync(
    messages,
    [
      '34200.000000001,1,77,100,1000000,1',
      '34201.000000001,4,77,10,1000000,1',
      '34290,5,0,7,1000050,-1',
      '34291,7,0,0,-1,-1',
      ''
    ].join('\n')
  )
  writeFileSync(
    orderbook,
    ['1000200,5,1000000,100', '1000200,5,1000000,90', '1000200,5,1000000,90', '1000200,5,1000000,90', ''].join('\n')
  )
  return [messages, orderbook]
}

describe('paperpit tape import', () => {
  it('writes a tape and says what it did, whichever file is named first', async () => {
    const out = temporary('day.arrow')
    const [messages, orderbook] = lobsterFiles()
    const { code, out: said } = await paperpit('tape', 'import', orderbook, messages, '--out', out, '--json')
    expect(code).toBe(0)
    const { seconds, ...summary } = JSON.parse(said) as Record<string, unknown>
    expect(seconds).toBeTypeOf('number')
    expect(summary).toEqual({
      out,
      format: 'lobster',
      feed: 'l3',
      symbols: ['XYZ'],
      events: 4,
      rows: 6,
      counts: { corrections: 1, unknownOrders: 0, halts: 1, crossExecutions: 0 },
      notes: [
        '1 levels were corrected to the vendor’s book, as messages outside of its depth are not in the files',
        '0 cancellations and executions name orders that the files do not submit',
        '1 trading halts and resumptions became phases'
      ],
      start: '2012-06-21T13:30:00.000000001Z',
      end: '2012-06-21T13:31:31.000000000Z'
    })
  })

  it('answers mistakes with exit code 2 and one sentence', async () => {
    const [messages, orderbook] = lobsterFiles()
    const out = temporary('bad.arrow')
    const notes = temporary('notes.txt')
    writeFileSync(notes, 'buy low, sell high\n')
    const unknown = 'the format is not known: the first line is "34200.000000001,1,77,100,1000000,1"; expected one of: '
    const runs: (readonly [readonly string[], string])[] = [
      [
        [messages, '--out', out],
        `${messages} expected a LOBSTER day as two files, MESSAGE.csv and ORDERBOOK.csv, a tape for each day; got 1 file`
      ],
      [[notes, '--out', out], `${notes} the format is not known: there is one line alone, "buy low, sell high"`],
      [[messages, notes, '--out', out], unknown],
      [
        [messages, notes, '--out', out, '--format', 'lobster'],
        `${notes}:1:1 expected 4 columns per level (ask price,ask size,bid price,bid size), got 2 columns`
      ],
      [[messages, orderbook, '--out', messages], `--out ${messages} is one of the files to import`],
      [[messages, orderbook, '--out', temporary('no/such/place.arrow')], 'cannot write: ENOENT'],
      [[messages, orderbook, '--out', out, '--tick', 'x'], 'tick size "x" of XYZ is no positive decimal at scale 4'],
      [[messages, orderbook, '--out', out, '--date', 'today'], 'expected a date YYYY-MM-DD, got "today"']
    ]
    for (const [args, sentence] of runs) {
      const { code, err } = await paperpit('tape', 'import', ...args)
      expect([code, err.trimEnd().split('\n').length]).toEqual([2, 1])
      expect(err).toContain(sentence)
    }
  })
})

describe('paperpit tape info', () => {
  it('says what is on a tape', async () => {
    const out = temporary('day.arrow')
    await paperpit('tape', 'import', ...lobsterFiles(), '--out', out)
    const { code, out: said } = await paperpit('tape', 'info', out, '--json')
    expect(code).toBe(0)
    const { sha256, createdFrom, ...report } = JSON.parse(said) as Record<string, unknown>
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(createdFrom).toHaveLength(2)
    expect(report).toEqual({
      file: out,
      source: 'LOBSTER',
      timeZone: 'America/New_York',
      rows: 6,
      start: '2012-06-21T13:30:00.000000001Z',
      end: '2012-06-21T13:31:31.000000000Z',
      seconds: 91,
      instruments: [
        {
          symbol: 'XYZ',
          feed: 'l3',
          tickSize: '0.01',
          lotSize: '1',
          currency: 'USD',
          market: 'XNAS',
          events: 4,
          actions: { clear: 1, add: 1, level: 1, execute: 1, hidden: 1, halt: 1 },
          trades: { count: 1, volume: '10' },
          hiddenTrades: { count: 1, volume: '7' },
          prices: { open: '100.00', high: '100.005', low: '100.00', close: '100.005' },
          spread: { mean: '0.020', median: '0.02', min: '0.02', max: '0.02' },
          // 100 for a second, 90 for the other 89.
          depth: { bestBidQty: '90.1', bestAskQty: '5.0', levels: 1 },
          locked: { events: 0, seconds: 0 },
          crossed: { events: 0, seconds: 0 },
          oneSidedSeconds: 0,
          gapCount: 1,
          gaps: [{ start: '2012-06-21T13:30:01.000000001Z', seconds: 89 }],
          phaseCount: 1,
          phases: [{ start: '2012-06-21T13:31:31.000000000Z', phase: 'halt' }]
        }
      ]
    })
  })

  it('draws it as a table', async () => {
    const out = temporary('day.arrow')
    await paperpit('tape', 'import', ...lobsterFiles(), '--out', out)
    const { out: said } = await paperpit('tape', 'info', out)
    expect(said).toContain(`${out}: 6 rows, LOBSTER\nfrom 2012-06-21T13:30:00.000000001Z to`)
    expect(said.replaceAll(/ +/g, ' ')).toContain('trades 1 of 10 \nhidden trades 1 of 7 \n')
  })

  it('refuses what is no tape', async () => {
    const [messages] = lobsterFiles()
    const { code, err } = await paperpit('tape', 'info', messages)
    expect([code, err.includes(`${messages} not an Arrow IPC stream or file`)]).toEqual([2, true])
  })
})

describe('paperpit tape cut', () => {
  it('writes a stretch of a tape, by the market’s local time', async () => {
    const [day, part] = [temporary('day.arrow'), temporary('part.arrow')]
    await paperpit('tape', 'import', ...lobsterFiles(), '--out', day)
    const args = ['--from', '09:30:01', '--to', '2012-06-21T13:30:02Z', '--out', part]
    expect(await paperpit('tape', 'cut', day, ...args)).toMatchObject({
      code: 0,
      out: `${part}: 4 rows from 2012-06-21T13:30:01.000000000Z to 2012-06-21T13:30:02.000000000Z\n`
    })
    const { out } = await paperpit('tape', 'info', part, '--json')
    expect(JSON.parse(out)).toMatchObject({
      rows: 4,
      createdFrom: [{ file: 'day.arrow' }],
      instruments: [{ actions: { clear: 1, add: 1, level: 1, execute: 1 } }]
    })
  })

  it('refuses a time that is none', async () => {
    const day = temporary('day.arrow')
    await paperpit('tape', 'import', ...lobsterFiles(), '--out', day)
    const { code, err } = await paperpit('tape', 'cut', day, '--from', 'noon', '--out', temporary('never.arrow'))
    expect([code, err.includes('expected a time like 09:45:30 or 2012-06-21T13:45:00Z, got "noon"')]).toEqual([2, true])
  })
})

describe('paperpit tape generate', () => {
  it('writes the same tape for the same seed, another for another', async () => {
    const paths = ['a', 'b', 'c'].map((name) => temporary(`${name}.arrow`))
    const seeds = ['7', '7', '8']
    for (const [i, path] of paths.entries()) {
      const run = ['tape', 'generate', '--symbols', 'AAPL,XYZ', '--duration', '90s', '--seed', seeds[i], '--out', path]
      expect((await paperpit(...run)).code).toBe(0)
    }
    const [a, b, c] = paths.map((path) => readFileSync(path))
    expect([a.equals(b), a.equals(c)]).toEqual([true, false])

    const { out } = await paperpit('tape', 'info', paths[0], '--json')
    const report = JSON.parse(out) as { source: string; start: string; end: string; instruments: { symbol: string }[] }
    expect([report.source, report.start, report.instruments.map(({ symbol }) => symbol)]).toEqual([
      'synthetic, seed 7',
      '2026-01-05T14:30:00.000000000Z',
      ['AAPL', 'XYZ']
    ])
    expect(report.end > '2026-01-05T14:31:29' && report.end < '2026-01-05T14:31:30.1').toBe(true)
  })

  it.each([
    [['--duration', 'long'], '--duration "long": expected a duration up to 100 days, such as 90s, 10m or 6.5h'],
    [['--duration', '0'], '--duration "0": expected a duration up to 100 days, such as 90s, 10m or 6.5h'],
    [['--start', 'noon'], '--start "noon": expected a time such as 2026-01-05T14:30:00Z'],
    [['--seed', 'x'], '--seed: expected a whole number, got NaN'],
    [['--symbols', 'A,,B'], '--symbols "A,,B": expected different symbols, separated by commas'],
    [['--symbols', 'A,A'], '--symbols "A,A": expected different symbols, separated by commas']
  ])('refuses %s', async (args, sentence) => {
    const { code, err } = await paperpit('tape', 'generate', '--out', temporary('never.arrow'), ...args)
    expect([code, err.includes(sentence)]).toEqual([2, true])
  })
})

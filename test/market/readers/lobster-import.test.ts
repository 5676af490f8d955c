import { existsSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { toUnixNanos } from '../../../src/base/time.js'
import { UserError } from '../../../src/base/user-error.js'
import type { ImportOptions } from '../../../src/market/readers/import-options.js'
import { importFiles } from '../../../src/market/readers/import-files.js'
import { importLobster } from '../../../src/market/readers/lobster/lobster-import.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { RecordingSink, saidBy, type Call } from '../support/recording-sink.js'
import { temporaryDirectory } from '../support/temporary.js'
import { zip } from '../support/zip-file.js'

const temporary = temporaryDirectory()
const MESSAGES = 'XYZ_2012-06-21_34200000_57600000_message_2.csv'
const ORDERBOOK = 'XYZ_2012-06-21_34200000_57600000_orderbook_2.csv'
const NO_ASK = '9999999999,0'
const NO_BID = '-9999999999,0'

interface Files {
  readonly messages: readonly string[]
  readonly rows: readonly string[]
}

/** A short morning: an order is submitted, shrinks, trades and goes. */
const MORNING: Files = {
  messages: [
    '34200.000000001,1,77,100,1000000,1',
    '34200.000000002,2,77,40,1000000,1',
    '34200.5,4,77,10,1000000,1',
    '34201,5,0,7,1000050,-1',
    '34201.1,3,77,50,1000000,1'
  ],
  rows: [
    `1000200,5,1000000,100,${NO_ASK},${NO_BID}`,
    `1000200,5,1000000,60,${NO_ASK},${NO_BID}`,
    `1000200,5,1000000,50,${NO_ASK},${NO_BID}`,
    `1000200,5,1000000,50,${NO_ASK},${NO_BID}`,
    `1000200,5,${NO_BID},${NO_ASK},${NO_BID}`
  ]
}

function files({ messages, rows }: Files, names = [MESSAGES, ORDERBOOK]): [string, string] {
  const paths: [string, string] = [temporary(names[0]), temporary(names[1])]
  writeFileSync(paths[0], messages.map((line) => `${line}\n`).join(''))
  writeFileSync(paths[1], rows.map((line) => `${line}\n`).join(''))
  return paths
}

async function imported(given: Files, options: ImportOptions = {}): Promise<Call[]> {
  const out = temporary('out.arrow')
  await importLobster(...files(given), out, options)
  const sink = new RecordingSink()
  const source = openTapes([out])
  source.advance(source.end!, sink)
  return sink.calls
}

/** Calls as text, with the time after 09:30 New York. */
function told(calls: readonly Call[]): string[] {
  const open = (4 * 3600 + 34_200) * 1e9
  return calls.map((call) => [call[1] - open, call[0], ...saidBy(call)].join(' '))
}

describe('the LOBSTER import', () => {
  it('tells orders one by one, and levels that no message explains', async () => {
    expect(told(await imported(MORNING))).toEqual([
      '1 clear',
      '1 add 1 1 1000000 100',
      '1 level -1 1000200 5',
      '1 eventEnd',
      '2 reduce 1 40',
      '2 eventEnd',
      '500000000 execute 1 1 1000000 10',
      '500000000 eventEnd',
      '1000000000 hiddenTrade 1 1000050 7',
      '1000000000 eventEnd',
      '1100000000 remove 1',
      '1100000000 eventEnd'
    ])
  })

  it('tells levels and prints where an L2 tape is asked for', async () => {
    expect(told(await imported(MORNING, { feed: 'l2' }))).toEqual([
      '1 clear',
      '1 level 1 1000000 100',
      '1 level -1 1000200 5',
      '1 eventEnd',
      '2 level 1 1000000 60',
      '2 eventEnd',
      '500000000 trade -1 1000000 10',
      '500000000 level 1 1000000 50',
      '500000000 eventEnd',
      '1000000000 hiddenTrade 1 1000050 7',
      '1000000000 eventEnd',
      '1100000000 level 1 1000000 0',
      '1100000000 eventEnd'
    ])
  })

  it('corrects levels between the best and the vendor’s last, and leaves those behind it', async () => {
    const calls = await imported({
      messages: [
        '34200,1,1,10,1000000,1',
        '34200,1,2,20,1000100,1',
        '34200,1,3,30,1000200,1',
        '34200,3,3,30,1000200,1'
      ],
      rows: [
        `${NO_ASK},1000000,10,${NO_ASK},999900,5`,
        `${NO_ASK},1000100,20,${NO_ASK},1000000,10`,
        // 100.00 goes behind the second level; an order there is not told any more.
        `${NO_ASK},1000200,30,${NO_ASK},1000100,20`,
        `${NO_ASK},1000100,20,${NO_ASK},1000000,7`
      ]
    })
    expect(told(calls)).toEqual([
      '0 clear',
      '0 add 1 1 1000000 10',
      '0 level 1 999900 5',
      '0 eventEnd',
      '0 add 2 1 1000100 20',
      '0 eventEnd',
      '0 add 3 1 1000200 30',
      '0 eventEnd',
      '0 remove 3',
      '0 level 1 1000000 7',
      '0 eventEnd'
    ])
  })

  it('takes an unknown order’s cancellation off its level, and its execution as one without id', async () => {
    const calls = await imported({
      messages: ['34200,1,1,10,1000000,1', '34200,2,9,5,999900,1', '34200,4,9,5,999900,1'],
      rows: [
        `${NO_ASK},1000000,10,${NO_ASK},999900,50`,
        `${NO_ASK},1000000,10,${NO_ASK},999900,45`,
        `${NO_ASK},1000000,10,${NO_ASK},999900,40`
      ]
    })
    expect(told(calls)).toEqual([
      '0 clear',
      '0 add 1 1 1000000 10',
      '0 level 1 999900 50',
      '0 eventEnd',
      '0 level 1 999900 45',
      '0 eventEnd',
      '0 execute 0 1 999900 5',
      '0 eventEnd'
    ])
  })

  it('tells an execution of more than an order has as far as the order goes, and the rest without id', async () => {
    const calls = await imported({
      messages: ['34200,1,1,100,1000000,1', '34200,1,2,5,1000100,1', '34200,4,1,80,1000000,1'],
      rows: [
        `${NO_ASK},1000000,100,${NO_ASK},${NO_BID}`,
        // A part of order 1 went, and order 3 came, while the vendor did not look at 100.00.
        `${NO_ASK},1000100,5,${NO_ASK},1000000,60`,
        `${NO_ASK},1000100,5,${NO_ASK},1000000,10`
      ]
    })
    expect(told(calls).slice(-6)).toEqual([
      '0 level 1 1000000 60',
      '0 eventEnd',
      '0 execute 1 1 1000000 60',
      '0 execute 0 1 1000000 20',
      '0 level 1 1000000 10',
      '0 eventEnd'
    ])
  })

  it('tells a cross as a print without aggressor, and halts as phases', async () => {
    const given: Files = {
      messages: ['34200,6,-1,1000,1000000,-1', '34200,6,-1,0,0,-1', '34300,7,0,0,-1,-1', '34400,7,0,0,1,0'],
      rows: Array<string>(4).fill(`1000100,5,1000000,100,${NO_ASK},${NO_BID}`)
    }
    expect(told(await imported(given))).toEqual([
      '0 clear',
      '0 hiddenTrade 0 1000000 1000',
      '0 level 1 1000000 100',
      '0 level -1 1000100 5',
      '0 eventEnd',
      '100000000000 enterPhase halt',
      '100000000000 eventEnd',
      '200000000000 enterPhase continuous',
      '200000000000 eventEnd'
    ])
    const summary = await importLobster(...files(given), temporary('halts.arrow'))
    expect(summary.counts).toEqual({ corrections: 2, unknownOrders: 0, halts: 2, crossExecutions: 0 })
  })

  it('ends the call after a halt before the first execution of its auction, whose volume the cross tells', async () => {
    const calls = await imported({
      messages: [
        '34200,1,1,100,1000000,1',
        '34201,7,0,0,-1,-1',
        '34202,7,0,0,0,-1',
        '34203,1,2,60,999900,-1',
        '34204,4,1,60,1000000,1',
        '34204,4,2,60,999900,-1',
        '34204,6,-3,60,1000000,-1',
        '34204.5,7,0,0,1,-1',
        '34205,4,1,10,1000000,1'
      ],
      rows: [
        `${NO_ASK},1000000,100`,
        `${NO_ASK},1000000,100`,
        `${NO_ASK},1000000,100`,
        '999900,60,1000000,100',
        '999900,60,1000000,40',
        `${NO_ASK},1000000,40`,
        `${NO_ASK},1000000,40`,
        `${NO_ASK},1000000,40`,
        `${NO_ASK},1000000,30`
      ]
    })
    const s = 1e9
    expect(told(calls).filter((call) => !call.endsWith('eventEnd'))).toEqual([
      '0 clear',
      '0 add 1 1 1000000 100',
      `${s} enterPhase halt`,
      `${2 * s} enterPhase volatilityAuction`,
      `${3 * s} add 2 -1 999900 60`,
      `${4 * s - 1} enterPhase continuous`,
      `${4 * s} reduce 1 60`,
      `${4 * s} remove 2`,
      `${4 * s} hiddenTrade 0 1000000 60`,
      `${5 * s} execute 1 1 1000000 10`
    ])
  })

  it('reads gzipped files, whatever they are called, and lines that end as on Windows', async () => {
    const plain = await imported(MORNING)
    const [messages, rows] = files(MORNING)
    writeFileSync(messages, gzipSync(MORNING.messages.join('\r\n')))
    writeFileSync(rows, gzipSync(`${MORNING.rows.join('\r\n')}\r\n\r\n`))
    const out = temporary('gz.arrow')
    await importLobster(messages, rows, out)
    const sink = new RecordingSink()
    const source = openTapes([out])
    source.advance(source.end!, sink)
    expect(sink.calls).toEqual(plain)
  })

  it('takes symbol and date from the name, or from who asks; New York’s summer and winter time', async () => {
    const starts: string[] = []
    for (const date of [undefined, '2012-01-10', '2024-03-11', '2024-11-04']) {
      const out = temporary('dates.arrow')
      await importLobster(...files(MORNING), out, { date, symbol: date && 'ABC' })
      const source = openTapes([out])
      starts.push(`${source.instruments[0].symbol} ${toUnixNanos(source.start, source.epoch)}`)
    }
    expect(starts).toEqual([
      'XYZ 1340285400000000001',
      'ABC 1326205800000000001',
      'ABC 1710163800000000001',
      'ABC 1730730600000000001'
    ])
  })
})

describe('prices finer than a cent', () => {
  it('are left out where few are, level by level, and who trades with them is hidden', async () => {
    const given: Files = {
      messages: ['34200,1,1,10,1000000,1', '34200,1,2,20,999950,1', '34200,1,3,30,999900,1', '34200,4,2,20,999950,1'],
      rows: [
        `${NO_ASK},1000000,10,${NO_ASK},${NO_BID}`,
        `${NO_ASK},1000000,10,${NO_ASK},999950,20`,
        // 99.99 is behind what the vendor shows, but the order was told.
        `${NO_ASK},1000000,10,${NO_ASK},999950,20`,
        `${NO_ASK},1000000,10,${NO_ASK},999900,30`
      ]
    }
    // So that these are few.
    const more = Array.from({ length: 200 }, (_, i) => `34201,1,${10 + i},1,1000000,1`)
    const all = { messages: [...given.messages, ...more], rows: [...given.rows] }
    for (let i = 0; i < more.length; i++) all.rows.push(`${NO_ASK},1000000,${11 + i},${NO_ASK},999900,30`)
    expect(told(await imported(all)).slice(0, 8)).toEqual([
      '0 clear',
      '0 add 1 1 1000000 10',
      '0 eventEnd',
      '0 add 2 1 999900 30',
      '0 eventEnd',
      '0 hiddenTrade -1 999950 20',
      '0 eventEnd',
      '1000000000 add 3 1 1000000 1'
    ])
    const { counts, notes } = await importLobster(...files(all), temporary('fine.arrow'))
    expect(counts.offTick).toBe(1)
    expect(notes.at(-1)).toMatch(
      /^1 prices are off the tick: left out\. The first: .*price 999950 is off the tick of 100$/
    )
  })

  it('are the tick of a stock below a dollar', async () => {
    const given: Files = {
      messages: ['34200,1,1,10,5001,1', '34200,1,2,20,5002,-1'],
      rows: [`${NO_ASK},5001,10`, '5002,20,5001,10']
    }
    expect(told(await imported(given)).slice(0, 4)).toEqual([
      '0 clear',
      '0 add 1 1 5001 10',
      '0 eventEnd',
      '0 add 2 -1 5002 20'
    ])
    expect(openTapes([temporary('out.arrow')]).instruments[0].tickSize).toBe('0.0001')
  })
})

describe('a LOBSTER archive', () => {
  it('is a day with what the vendor says of it beside', async () => {
    const archive = temporary('sample.zip')
    const contents = {
      'LOBSTER_SampleFiles_ReadMe.txt': 'Sample Files Readme',
      [`sample/${ORDERBOOK}`]: MORNING.rows.join('\n'),
      [`sample/${MESSAGES}`]: MORNING.messages.join('\n')
    }
    writeFileSync(archive, zip(contents))
    const { symbols, events } = await importFiles([archive], temporary('zip.arrow'), undefined)
    expect([symbols, events]).toEqual([['XYZ'], 5])
  })

  it('of several days is told to be one day too many', async () => {
    const [messages, rows] = files(MORNING)
    const error = importFiles([messages, rows, messages, rows], temporary('out.arrow'), undefined)
    await expect(error).rejects.toThrow('MESSAGE.csv and ORDERBOOK.csv, a tape for each day; got 4 files')
  })
})

describe('a mistake in LOBSTER files is told with its place:', () => {
  const line = (at: number, text: string, of: readonly string[]): string[] =>
    of.map((each, i) => (i === at ? text : each))
  const message = (at: number, text: string): Files => ({ ...MORNING, messages: line(at, text, MORNING.messages) })
  const row = (at: number, text: string): Files => ({ ...MORNING, rows: line(at, text, MORNING.rows) })

  it.each<[string, Files, string]>([
    [
      'more messages than rows',
      { ...MORNING, rows: MORNING.rows.slice(0, 3) },
      'M:4:1 expected as many lines as B, which ends after line 3: message and orderbook belong together line by line'
    ],
    [
      'more rows than messages',
      { ...MORNING, messages: MORNING.messages.slice(0, 4) },
      'B:5:1 expected as many lines as M, which ends after line 4: message and orderbook belong together line by line'
    ],
    ['nothing at all', { messages: [], rows: [] }, 'M expected at least one message, the file is empty'],
    [
      'a missing column',
      message(1, '34200.000000002,2,77,40,1000000'),
      'M:2:32 expected the 6 columns time,type,order id,size,price,direction, the line ends after 4 of 5 whole numbers'
    ],
    [
      'a column too many',
      message(1, '34200.000000002,2,77,40,1000000,1,null'),
      'M:2:35 expected the 6 columns time,type,order id,size,price,direction, the line goes on with "null"'
    ],
    [
      'a header',
      message(0, 'time,type,order_id,size,price,direction'),
      'M:1:1 expected seconds with at most 9 decimals, got "time"'
    ],
    [
      'a field that is no number',
      message(2, '34200.5,4,77,ten,1000000,1'),
      'M:3:14 expected a whole number, got "ten"'
    ],
    ['a decimal price', message(2, '34200.5,4,77,10,100.00,1'), 'M:3:17 expected a whole number, got "100.00"'],
    [
      'time that goes back',
      message(2, '34200.000000001,4,77,10,1000000,1'),
      'M:3:1 time goes back by 1 ns; expected lines in time order'
    ],
    [
      'an unknown event type',
      message(0, '34200.000000001,8,77,100,1000000,1'),
      'M:1:17 expected an event type from 1 to 7, got 8'
    ],
    [
      'a direction that is none',
      message(0, '34200.000000001,1,77,100,1000000,0'),
      'M:1:34 expected the direction 1 (buy) or -1 (sell), got 0'
    ],
    ['a size of nothing', message(0, '34200.000000001,1,77,0,1000000,1'), 'M:1:22 expected a positive size, got 0'],
    [
      'a row of half a level',
      row(0, `1000200,5,1000000,100,${NO_ASK}`),
      'B:1:1 expected 4 columns per level (ask price,ask size,bid price,bid size), got 6 columns'
    ],
    [
      'a row with fewer levels',
      row(2, '1000200,5,1000000,50'),
      'B:3:21 expected 4 x 2 columns, the line ends after 4 of 8 whole numbers'
    ],
    ['an empty field', row(2, `1000200,,1000000,50,${NO_ASK},${NO_BID}`), 'B:3:9 expected a whole number, got ""'],
    [
      'a crossed book',
      row(1, `999900,5,1000000,60,${NO_ASK},${NO_BID}`),
      'B:2:1 the book is crossed: best ask 999900 is not above best bid 1000000'
    ],
    [
      'levels out of order',
      row(1, `1000200,5,1000000,60,1000100,5,${NO_BID}`),
      'B:2:22 expected a level behind 1000200, got 1000100'
    ]
  ])('%s', async (_name, given, expected) => {
    const [messages, rows] = files(given)
    const out = temporary('bad.arrow')
    const error: unknown = await importLobster(messages, rows, out).catch((thrown: unknown) => thrown)
    const advice = given.messages.length > 0 ? ' (--on-error skip or repair goes on)' : ''
    expect(error).toBeInstanceOf(UserError)
    expect((error as Error).message.replaceAll(messages, 'M').replaceAll(rows, 'B')).toBe(expected + advice)
    expect([existsSync(out), existsSync(`${out}.partial`)]).toEqual([false, false])
  })

  it.each<[string, Files, Record<string, number>, readonly string[]]>([
    [
      'a message that is none',
      message(1, 'garbage'),
      { badValue: 1 },
      ['1 add 1 1 1000000 100', '1 level -1 1000200 5', '1 level 1 1000000 60', '500000000 execute 1 1 1000000 10']
    ],
    [
      'a row that is none',
      row(1, '1000200'),
      { badValue: 1 },
      ['1 add 1 1 1000000 100', '1 level -1 1000200 5', '2 reduce 1 40', '500000000 execute 1 1 1000000 10']
    ],
    [
      'time that goes back',
      message(2, '34200.000000001,4,77,10,1000000,1'),
      { timeBack: 1 },
      ['1 add 1 1 1000000 100', '1 level -1 1000200 5', '2 reduce 1 40', '2 level 1 1000000 50']
    ],
    [
      'fewer rows than messages',
      { ...MORNING, rows: MORNING.rows.slice(0, 2) },
      { truncated: 1 },
      ['1 add 1 1 1000000 100', '1 level -1 1000200 5', '2 reduce 1 40']
    ]
  ])('%s is left out where that is asked for, and counted', async (_name, given, counts, expected) => {
    const calls = told(await imported(given, { onError: 'skip' })).filter((call) => !call.endsWith('eventEnd'))
    expect(calls.slice(1, 1 + expected.length)).toEqual(expected)
    const summary = await importLobster(...files(given), temporary('skipped.arrow'), { onError: 'skip' })
    expect(summary.counts).toMatchObject(counts)
    expect(summary.notes.at(-1)).toMatch(/^1 .*: left out\. The first: /)
  })

  it('a price off a tick that is asked for', async () => {
    const inRow = row(1, `1000250,5,1000000,60,${NO_ASK},${NO_BID}`)
    const inMessage = message(1, '34200.000000002,1,78,40,999950,1')
    for (const [given, expected] of [
      [inRow, 'B:2:1 price 1000250 is off the tick of 100'],
      [inMessage, 'M:2:1 price 999950 is off the tick of 100']
    ] as const) {
      const [messages, rows] = files(given)
      const error = importLobster(messages, rows, temporary('bad.arrow'), { tick: '0.01' })
      const text = await error.catch((thrown: Error) => thrown.message.replace(messages, 'M').replace(rows, 'B'))
      expect(text).toBe(`${expected} (--tick sets another tick, --on-error skip or repair goes on)`)
    }
  })

  it('a file that is not there, or is cut', async () => {
    const [messages, rows] = files(MORNING)
    const out = temporary('bad.arrow')
    await expect(importLobster(`${messages}x`, rows, out)).rejects.toThrow(/message_2.csvx cannot read: ENOENT/)
    writeFileSync(rows, gzipSync(MORNING.rows.join('\n')).subarray(0, -12))
    await expect(importLobster(messages, rows, out)).rejects.toThrow(/orderbook_2.csv cannot read: .*may be cut/)
  })

  it('files without symbol or date in their names', async () => {
    const paths = files(MORNING, ['messages.csv', 'book.csv'])
    const out = temporary('bad.arrow')
    await expect(importLobster(...paths, out)).rejects.toThrow(/or the option --symbol$/)
    await expect(importLobster(...paths, out, { symbol: 'A' })).rejects.toThrow(/or the option --date$/)
    await expect(importLobster(...paths, out, { symbol: 'A', date: '2012-02-30' })).rejects.toThrow(
      'expected a date YYYY-MM-DD, got "2012-02-30"'
    )
    await expect(importLobster(...paths, out, { symbol: 'A', date: '2012-02-29' })).resolves.toMatchObject({
      events: 5
    })
  })
})

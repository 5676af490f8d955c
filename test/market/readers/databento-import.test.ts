import { existsSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../../src/base/user-error.js'
import { importFiles } from '../../../src/market/readers/import-files.js'
import type { ImportOptions, ImportSummary } from '../../../src/market/readers/import-options.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import {
  bar,
  dbnFile,
  definition,
  LAST,
  mbo,
  mbp,
  SNAPSHOT,
  status,
  symbolMapping,
  systemMessage,
  type DbnVersion
} from '../support/dbn-file.js'
import { skippableZstd, storedZstd } from '../support/stored-zstd.js'
import { tapeCalls } from '../support/tape-calls.js'
import { temporaryDirectory } from '../support/temporary.js'
import { zip } from '../support/zip-file.js'

const temporary = temporaryDirectory()
/** 2024-05-08, the day of the files. */
const DAY_NS = 1_715_126_400_000_000_000n

/** Writes files and imports them. */
async function importBytes(
  files: readonly (Buffer | string)[],
  options: ImportOptions = {},
  names: readonly string[] = []
): Promise<ImportSummary & { readonly told: string[] }> {
  const paths = files.map((bytes, i) => {
    const path = temporary(names[i] ?? `file${i}.dbn`)
    writeFileSync(path, bytes)
    return path
  })
  const out = temporary('out.arrow')
  const summary = await importFiles(paths, out, undefined, options)
  return { ...summary, told: tapeCalls(out) }
}

async function failure(files: readonly (Buffer | string)[], options: ImportOptions = {}): Promise<string> {
  const error: unknown = await importBytes(files, options).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UserError)
  const out = temporary('out.arrow')
  expect(existsSync(`${out}.partial`)).toBe(false)
  return (error as Error).message.replaceAll(temporary('file'), 'FILE')
}

const DAY = [
  mbo(0, { time: 1, action: 'R', side: 'N', flags: 8 }),
  mbo(2n ** 63n + 1n, { time: 2, action: 'A', side: 'B', cents: 10_000, size: 5 }),
  mbo(11, { time: 3, action: 'A', side: 'A', cents: 10_100, size: 7 }),
  mbo(12, { time: 4, action: 'A', side: 'A', cents: 10_100, size: 3 }),
  // An aggressor takes all of 11 and a part of 12; 4 more were hidden.
  mbo(90, { time: 5, action: 'T', side: 'B', cents: 10_100, size: 13, flags: 0 }),
  mbo(11, { time: 5, action: 'F', side: 'A', cents: 10_100, size: 7, flags: 0 }),
  mbo(12, { time: 5, action: 'F', side: 'A', cents: 10_100, size: 2, flags: 0 }),
  mbo(11, { time: 5, action: 'C', side: 'A', cents: 10_100, size: 7, flags: 0 }),
  mbo(12, { time: 5, action: 'M', side: 'A', cents: 10_100, size: 1 }),
  mbo(2n ** 63n + 1n, { time: 6, action: 'C', side: 'B', cents: 10_000, size: 2 }),
  mbo(2n ** 63n + 1n, { time: 7, action: 'M', side: 'B', cents: 10_025, size: 3 }),
  mbo(13, { time: 8, action: 'M', side: 'B', cents: 9975, size: 1 }),
  mbo(12, { time: 9, action: 'C', side: 'A', cents: 10_100, size: 1 })
]
const DAY_TOLD = [
  '1 clear',
  '1 eventEnd',
  '2 add 1 1 1000000 5',
  '2 eventEnd',
  '3 add 2 -1 1010000 7',
  '3 eventEnd',
  '4 add 3 -1 1010000 3',
  '4 eventEnd',
  '5 execute 2 -1 1010000 7',
  '5 execute 3 -1 1010000 2',
  '5 hiddenTrade 1 1010000 4',
  '5 eventEnd',
  '6 reduce 1 2',
  '6 eventEnd',
  '7 modify 1 1 1002500 3',
  '7 eventEnd',
  '8 add 4 1 997500 1',
  '8 eventEnd',
  '9 remove 3',
  '9 eventEnd'
]
const DEFINITION = (version: DbnVersion): Buffer => dbnFile({ version, schema: 9 }, [definition(version, 'ESM4', 25)])

describe('market by order', () => {
  it.each([1, 2, 3] as const)('becomes single orders, with fills as executions: DBN %i', async (version) => {
    const summary = await importBytes([dbnFile({ version, schema: 0 }, DAY), DEFINITION(version)])
    expect(summary.told).toEqual(DAY_TOLD)
    expect(summary).toMatchObject({ format: 'databento', feed: 'l3', symbols: ['ESM4'], events: 13, rows: 11 })
    expect(summary.notes).toEqual(['1 modifications of unknown orders were taken as new orders, as the vendor says'])
    expect(openTapes([summary.out]).instruments[0]).toEqual({
      symbol: 'ESM4',
      tickSize: '0.25',
      lotSize: '1',
      priceScale: 4,
      quantityScale: 0,
      feed: 'l3',
      currency: 'EUR',
      market: 'XEUR'
    })
  })

  it('is the same packed by zstd, in several frames, or by gzip', async () => {
    const file = dbnFile({ schema: 0 }, DAY)
    const frames = [
      skippableZstd(Buffer.from('note')),
      storedZstd(file.subarray(0, 300)),
      storedZstd(file.subarray(300))
    ]
    const zstd = await importBytes([Buffer.concat(frames)], { tick: '0.25' }, ['day.dbn.zst'])
    const gzip = await importBytes([gzipSync(file)], { tick: '0.25' }, ['day.dbn.gz'])
    expect([zstd.told, gzip.told]).toEqual([DAY_TOLD, DAY_TOLD])
  })

  it('becomes price levels and prints where L2 is asked for', async () => {
    const { told } = await importBytes([dbnFile({ schema: 0 }, DAY)], { feed: 'l2', tick: '0.25' })
    expect(told.filter((call) => !call.endsWith('eventEnd'))).toEqual([
      '1 clear',
      '2 level 1 1000000 5',
      '3 level -1 1010000 7',
      '4 level -1 1010000 10',
      '5 trade 1 1010000 7',
      '5 level -1 1010000 3',
      '5 trade 1 1010000 2',
      '5 level -1 1010000 1',
      '5 hiddenTrade 1 1010000 4',
      '6 level 1 1000000 3',
      '7 level 1 1000000 0',
      '7 level 1 1002500 3',
      '8 level 1 997500 1',
      '9 level -1 1010000 0'
    ])
  })

  it('takes a trade that is flagged as the last of its event together with the fill and the cancel behind it', async () => {
    const { told } = await importBytes(
      [
        dbnFile({ schema: 0 }, [
          mbo(1, { time: 1, action: 'A', side: 'B', cents: 100, size: 5, sequence: 1 }),
          mbo(0, { time: 2, action: 'T', side: 'A', cents: 100, size: 5, sequence: 2 }),
          mbo(1, { time: 2, action: 'F', side: 'B', cents: 100, size: 5, sequence: 2 }),
          mbo(1, { time: 2, action: 'C', side: 'B', cents: 100, size: 5, sequence: 2 }),
          mbo(0, { time: 3, action: 'T', side: 'N', cents: 100.5, size: 9, sequence: 3 })
        ])
      ],
      { tick: '0.25' }
    )
    expect(told).toEqual([
      '1 add 1 1 10000 5',
      '1 eventEnd',
      '2 execute 1 1 10000 5',
      '2 eventEnd',
      '3 hiddenTrade 0 10050 9',
      '3 eventEnd'
    ])
  })

  it('gives the orders of a snapshot the time of capture, as one event', async () => {
    const { told, counts } = await importBytes(
      [
        dbnFile({ schema: 0 }, [
          mbo(0, { time: -9e9, received: 100, action: 'R', side: 'N', flags: SNAPSHOT | 8 }),
          mbo(1, { time: -9e9, received: 100, action: 'A', side: 'B', cents: 100, size: 5, flags: SNAPSHOT | 8 }),
          mbo(2, { time: -8e9, received: 100, action: 'A', side: 'A', cents: 125, size: 5, flags: SNAPSHOT | LAST }),
          mbo(3, { time: 90, received: 110, action: 'A', side: 'A', cents: 125, size: 1 })
        ])
      ],
      { tick: '0.25' }
    )
    expect(told).toEqual([
      '100 clear',
      '100 add 1 1 10000 5',
      '100 add 2 -1 12500 5',
      '100 eventEnd',
      '100 add 3 -1 12500 1',
      '100 eventEnd'
    ])
    expect(counts).toMatchObject({ snapshotOrders: 2, timesRaised: 1 })
  })

  it('keeps instruments apart, though their events run into each other and their order ids are the same', async () => {
    const file = dbnFile(
      {
        schema: 0,
        mappings: [
          ['ESM4', 7],
          ['NQM4', 8]
        ]
      },
      [
        mbo(9, { id: 8, time: 0, action: 'A', side: 'B', cents: 175, size: 9 }),
        mbo(1, { id: 7, time: 1, action: 'A', side: 'B', cents: 100, size: 1, flags: 0 }),
        mbo(1, { id: 8, time: 1, action: 'A', side: 'B', cents: 200, size: 2, flags: 0 }),
        mbo(2, { id: 7, time: 2, action: 'A', side: 'A', cents: 125, size: 3 }),
        mbo(1, { id: 8, time: 3, action: 'C', side: 'B', cents: 200, size: 2 })
      ]
    )
    expect((await importBytes([file], { tick: '0.25' })).told).toEqual([
      '0 NQM4 add 1 1 17500 9',
      '0 NQM4 eventEnd',
      '1 ESM4 add 2 1 10000 1',
      '2 ESM4 add 3 -1 12500 3',
      '2 ESM4 eventEnd',
      // An event waits for its end, as events do not run into each other on a tape.
      '2 NQM4 add 4 1 20000 2',
      '3 NQM4 remove 4',
      '3 NQM4 eventEnd'
    ])
    const one = await importBytes([file], { tick: '0.25', symbol: 'NQM4' })
    expect([one.symbols, one.counts.otherInstruments, one.told.length]).toEqual([['NQM4'], 2, 5])
    expect(await failure([file], { symbol: 'CLM4' })).toBe(
      'FILE0.dbn --symbol CLM4: not in the file, which has ESM4, NQM4'
    )
  })

  it('clears the book where a continuous symbol goes over to another contract', async () => {
    const { told, counts } = await importBytes(
      [
        dbnFile(
          {
            schema: 0,
            mappings: [
              ['ES.c.0', 7],
              ['ES.c.0', 8]
            ]
          },
          [
            mbo(1, { id: 7, time: 1, action: 'A', side: 'B', cents: 100, size: 1 }),
            mbo(1, { id: 8, time: 2, action: 'A', side: 'B', cents: 200, size: 2 })
          ]
        )
      ],
      { tick: '0.25' }
    )
    expect(told).toEqual(['1 add 1 1 10000 1', '1 eventEnd', '2 clear', '2 add 2 1 20000 2', '2 eventEnd'])
    expect(counts.contractRolls).toBe(1)
  })

  it('ends events with their time where the file has no LAST flags', async () => {
    const order = (id: number, time: number): Buffer =>
      mbo(id, { time, action: 'A', side: 'B', cents: 100, size: 1, flags: 0 })
    const { told } = await importBytes([dbnFile({ schema: 0 }, [order(1, 1), order(2, 1), order(3, 2)])], { tick: '1' })
    expect(told.filter((call) => call.endsWith('eventEnd'))).toEqual(['1 eventEnd', '2 eventEnd'])
  })
})

describe('phases', () => {
  const order = (id: number, time: number, cents = 100): Buffer =>
    mbo(id, { time, action: 'A', side: 'B', cents, size: 1 })
  const PHASES = [
    '1 add 1 1 10000 1',
    '1 enterPhase halt',
    '3 enterPhase openingAuction',
    '4 add 2 1 10000 1',
    // A nanosecond early, as the auction trades at the time of the status.
    '5 enterPhase continuous',
    '8 enterPhase volatilityAuction',
    '9 enterPhase closed'
  ]

  it('come from status files beside the data, those before the first record as they stand then', async () => {
    const records = [
      [0, 15],
      [0, 8],
      [3, 2],
      [6, 7],
      [7, 2, 'Y'],
      [8, 3],
      [9, 13]
    ] as const
    const binary = dbnFile(
      { schema: 11 },
      records.map(([time, action, isTrading]) => status(time, action, isTrading))
    )
    const csv = [
      'ts_recv,ts_event,rtype,publisher_id,instrument_id,action,reason,trading_event,is_trading,is_quoting,symbol',
      ...records.map(
        ([time, action, isTrading = '~']) =>
          `${DAY_NS + BigInt(time)},${DAY_NS + BigInt(time)},18,1,7,${action},0,0,${isTrading},~,ESM4`
      )
    ].join('\n')
    const data = dbnFile({ schema: 0 }, [order(1, 1), order(2, 4)])
    for (const file of [binary, csv]) {
      const { told, notes } = await importBytes([data, file], { tick: '1' }, ['data.dbn', 'status'])
      expect(told.filter((call) => !call.endsWith('eventEnd'))).toEqual(PHASES)
      expect(notes).toContain('5 changes of phase, as status records tell them')
    }
  })

  it.each([
    ['with Trading at its time', 5],
    ['before Trading', 7]
  ])('a call ends before its auction trades, %s', async (_name, trading) => {
    const file = dbnFile({ schema: 0xffff }, [
      order(1, 1, 100),
      status(2, 1),
      mbo(2, { time: 3, action: 'A', side: 'A', cents: 99, size: 1 }),
      ...(trading === 5 ? [status(5, 7)] : []),
      mbo(0, { time: 5, action: 'T', side: 'N', cents: 100, size: 1, flags: 0 }),
      mbo(1, { time: 5, action: 'F', side: 'B', cents: 100, size: 1, flags: 0 }),
      mbo(1, { time: 5, action: 'C', side: 'B', cents: 100, size: 1, flags: 0 }),
      mbo(2, { time: 5, action: 'C', side: 'A', cents: 99, size: 1 }),
      ...(trading === 7 ? [status(7, 7)] : []),
      order(3, 8, 98)
    ])
    const { told } = await importBytes([file], { tick: '0.01' })
    expect(told.filter((call) => !call.endsWith('eventEnd'))).toEqual([
      '1 add 1 1 10000 1',
      '2 enterPhase preOpen',
      '3 add 2 -1 9900 1',
      '4 enterPhase continuous',
      '5 execute 1 1 10000 1',
      '5 remove 2',
      '8 add 3 1 9800 1'
    ])
  })

  it('come from status records among the data', async () => {
    const file = dbnFile({ schema: 0xffff }, [status(0, 8), order(1, 1), status(3, 2), order(2, 4), status(6, 7)])
    const { told } = await importBytes([file], { tick: '1' })
    expect(told.filter((call) => !call.endsWith('eventEnd'))).toEqual(PHASES.slice(0, 5))
  })
})

describe('names and ticks', () => {
  const order = mbo(1, { time: 1, action: 'A', side: 'B', cents: 525, size: 1 })
  const other = mbo(2, { time: 2, action: 'A', side: 'B', cents: 500, size: 1 })

  it('come from symbol mapping records, as the live service writes them', async () => {
    for (const version of [1, 2] as const) {
      const file = dbnFile({ version, schema: 0xffff, mappings: [] }, [
        systemMessage(version),
        symbolMapping(version, 'ES.c.0', 'ESM4'),
        definition(version, 'ESM4', 25),
        order,
        status(2, 7)
      ])
      const { symbols, notes, counts } = await importBytes([file])
      expect([symbols, notes, counts.otherRecords]).toEqual([
        ['ES.c.0'],
        ['3 records of other kinds were passed over'],
        3
      ])
    }
  })

  it('come from mappings of ids to symbols, from definitions, or are the id', async () => {
    const byId = dbnFile({ schema: 0, mappings: [['ESM4', 7]], stypes: [0, 1] }, [order])
    expect((await importBytes([byId])).symbols).toEqual(['ESM4'])
    const nameless = dbnFile({ schema: 0, mappings: [] }, [order])
    expect((await importBytes([nameless])).symbols).toEqual(['7'])
    expect((await importBytes([nameless], { symbol: 'ESM4' })).symbols).toEqual(['ESM4'])
    expect((await importBytes([nameless, DEFINITION(3)])).symbols).toEqual(['ESM4'])
  })

  it('ticks that nobody tells are taken from the prices, with a note', async () => {
    const orders = Array.from({ length: 16 }, (_, n) =>
      mbo(n, { time: n, action: 'A', side: 'B', cents: 525 - 25 * n, size: 1 })
    )
    const { out, notes } = await importBytes([dbnFile({ schema: 0 }, orders)])
    expect(openTapes([out]).instruments[0].tickSize).toBe('0.25')
    expect(notes).toEqual([
      'the tick of ESM4 is taken to be 0.25, the largest that its prices fit; a definition file or --tick says it'
    ])
    // Of few different prices no more than their last decimal.
    const few = await importBytes([dbnFile({ schema: 0 }, [order, other])])
    expect(openTapes([few.out]).instruments[0].tickSize).toBe('0.01')
  })

  it('shares have ticks of a cent, and below a dollar of 1/10,000', async () => {
    const tickOf = async (cents: number): Promise<string> => {
      const records = [mbo(1, { publisher: 2, time: 1, action: 'A', side: 'B', cents, size: 1 })]
      const { out } = await importBytes([dbnFile({ schema: 0, dataset: 'XNAS.ITCH' }, records)])
      const { tickSize, market } = openTapes([out]).instruments[0]
      return `${tickSize} ${market}`
    }
    expect([await tickOf(1050), await tickOf(50.25)]).toEqual(['0.01 XNAS', '0.0001 XNAS'])
  })
})

describe('market by price', () => {
  it('becomes levels that change, and prints', async () => {
    const file = dbnFile({ schema: 2 }, [
      mbp(10, { time: 1, action: 'A', side: 'B', cents: 100, size: 5, flags: SNAPSHOT | LAST }, [
        [100, 5, 125, 6],
        [75, 4, undefined, 0]
      ]),
      mbp(10, { time: 2, action: 'T', side: 'B', cents: 125, size: 2, flags: 0 }, [
        [100, 5, 125, 6],
        [75, 4, undefined, 0]
      ]),
      mbp(10, { time: 2, action: 'C', side: 'A', cents: 125, size: 2 }, [
        [100, 5, 125, 4],
        [75, 4, undefined, 0]
      ]),
      mbp(10, { time: 3, action: 'T', side: 'N', cents: 112, size: 9, flags: 0 }, [
        [100, 5, 125, 4],
        [75, 4, undefined, 0]
      ]),
      mbp(10, { time: 3, action: 'C', side: 'B', cents: 100, size: 5 }, [[75, 4, 125, 4]])
    ])
    const { told, feed } = await importBytes([file], { tick: '0.25' })
    expect(feed).toBe('l2')
    expect(told).toEqual([
      '1 level 1 10000 5',
      '1 level 1 7500 4',
      '1 level -1 12500 6',
      '1 eventEnd',
      '2 trade 1 12500 2',
      '2 level -1 12500 4',
      '2 eventEnd',
      '3 hiddenTrade 0 11200 9',
      '3 level 1 10000 0',
      '3 eventEnd'
    ])
  })

  it('leaves a level that falls out of ten as it was, and learns it anew', async () => {
    const ten = (from: number, size: number): [number, number, undefined, number][] =>
      Array.from({ length: 10 }, (_, n) => [from - 25 * n, size, undefined, 0])
    const deep = ten(1000, 1)
    const file = dbnFile({ schema: 2 }, [
      mbp(10, { time: 1, action: 'A', side: 'B', cents: 1000, size: 1 }, deep),
      mbp(10, { time: 2, action: 'A', side: 'B', cents: 1025, size: 1 }, ten(1025, 1)),
      mbp(10, { time: 3, action: 'C', side: 'B', cents: 1025, size: 1 }, [...deep.slice(0, 9), [775, 8, undefined, 0]])
    ])
    const { told } = await importBytes([file], { tick: '0.25' })
    expect(told.slice(11)).toEqual([
      '2 level 1 102500 1',
      '2 eventEnd',
      '3 level 1 102500 0',
      '3 level 1 77500 8',
      '3 eventEnd'
    ])
  })

  it.each([
    [1, 1],
    [1, 0xb1],
    [3, 1]
  ])('of one level becomes quotes: schema %i, record type %i', async (schema, rtype) => {
    const file = dbnFile({ schema }, [
      mbp(1, { time: 1, action: 'A', side: 'B' }, [[100, 5, 125, 6]], rtype as 1),
      mbp(1, { time: 2, action: 'T', side: 'A', cents: 100, size: 2 }, [[100, 3, 125, 6]], rtype as 1),
      mbp(1, { time: 3, action: 'C', side: 'A' }, [[100, 3, undefined, 0]], rtype as 1)
    ])
    const { told, feed } = await importBytes([file], { tick: '0.25' })
    expect(feed).toBe('l1')
    expect(told.filter((call) => !call.endsWith('eventEnd'))).toEqual([
      '1 quote 1 10000 5',
      '1 quote -1 12500 6',
      '2 quote 1 10000 3',
      '2 trade -1 10000 2',
      '3 quote -1 0 0'
    ])
  })

  it('every second or minute becomes quotes at the end of the interval, without its last trade', async () => {
    const file = dbnFile({ schema: 18 }, [
      mbp(1, { time: 5, received: 1e9, action: '\0', side: 'B', cents: 100, size: 2 }, [[100, 5, 125, 6]], 0xc3 as 1)
    ])
    const { told } = await importBytes([file], { tick: '0.25' })
    expect(told).toEqual(['1000000000 quote 1 10000 5', '1000000000 quote -1 12500 6', '1000000000 eventEnd'])
  })
})

describe('trades and bars', () => {
  it('trades become prints; without a side they were hidden', async () => {
    const file = dbnFile({ schema: 4 }, [
      mbp(0, { time: 1, action: 'T', side: 'B', cents: 100, size: 2, flags: 0 }),
      mbp(0, { time: 1, action: 'T', side: 'N', cents: 110, size: 3, flags: 0 })
    ])
    const { told, notes } = await importBytes([file], { tick: '0.25' })
    expect(told).toEqual(['1 trade 1 10000 2', '1 eventEnd', '1 hiddenTrade 0 11000 3', '1 eventEnd'])
    expect(notes).toEqual(['the tape has prints and no quotes: resting orders can fill, marketable ones find nothing'])
  })

  it('bars become four prints each, in time order over instruments', async () => {
    const file = dbnFile(
      {
        schema: 5,
        mappings: [
          ['A', 7],
          ['B', 8]
        ]
      },
      [
        bar(0x20, 0, [100, 150, 75, 125], 11, 7),
        bar(0x20, 0, [200, 200, 200, 200], 4, 8),
        bar(0x20, 1e9, [125, 125, 125, 125], 3, 7)
      ]
    )
    expect((await importBytes([file], { tick: '0.25' })).told.filter((call) => !call.endsWith('eventEnd'))).toEqual([
      '0 A hiddenTrade 0 10000 2',
      '0 B hiddenTrade 0 20000 1',
      '333333333 A hiddenTrade 0 7500 2',
      '333333333 B hiddenTrade 0 20000 1',
      '666666666 A hiddenTrade 0 15000 2',
      '666666666 B hiddenTrade 0 20000 1',
      '999999999 A hiddenTrade 0 12500 5',
      '999999999 B hiddenTrade 0 20000 1',
      '1999999999 A hiddenTrade 0 12500 3'
    ])
  })
})

describe('several files', () => {
  it('of one schema are one tape, in the order of time', async () => {
    const day = (id: number, time: number): Buffer =>
      dbnFile({ schema: 0 }, [mbo(id, { time, action: 'A', side: 'B', cents: 100, size: 1 })])
    const { told } = await importBytes([day(2, 20), day(1, 10)], { tick: '0.25' })
    expect(told).toEqual(['10 add 1 1 10000 1', '10 eventEnd', '20 add 2 1 10000 1', '20 eventEnd'])
  })

  it('of a batch come in one archive, with what the vendor says of them', async () => {
    const archive = zip({
      'GLBX-1/manifest.json': '{}',
      'GLBX-1/metadata.json': '{}',
      'GLBX-1/a.mbo.dbn.zst': storedZstd(dbnFile({ schema: 0 }, DAY)),
      'GLBX-1/a.definition.dbn.zst': storedZstd(DEFINITION(1))
    })
    const { told } = await importBytes([archive], {}, ['batch.zip'])
    expect(told).toEqual(DAY_TOLD)
  })

  it('of different schemas, or without market data, are none', async () => {
    const trades = dbnFile({ schema: 4 }, [mbp(0, { time: 1, action: 'T', side: 'B', cents: 100, size: 2 })])
    expect(await failure([dbnFile({ schema: 0 }, DAY), trades])).toBe(
      'FILE1.dbn expected files of one schema; this one is trades, another is mbo'
    )
    expect(await failure([DEFINITION(1)])).toBe(
      'FILE0.dbn definition and status files describe instruments but hold no market data; give them with the data'
    )
    expect(await failure([dbnFile({ schema: 0 }, [])])).toBe('FILE0.dbn the file has no market data')
  })
})

describe('progress', () => {
  it('goes up to the end of all passes', async () => {
    const seen: number[] = []
    await importBytes([dbnFile({ schema: 0 }, DAY)], { onProgress: (done, total) => seen.push(done / total) })
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(seen.at(-1)).toBe(1)
  })
})

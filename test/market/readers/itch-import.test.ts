import { existsSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { HOUR } from '../../../src/base/time.js'
import { UserError } from '../../../src/base/user-error.js'
import { importFiles } from '../../../src/market/readers/import-files.js'
import type { ImportOptions, ImportSummary } from '../../../src/market/readers/import-options.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { ItchMessages } from '../support/itch-messages.js'
import { storedZstd } from '../support/stored-zstd.js'
import { tapeCalls } from '../support/tape-calls.js'
import { temporaryDirectory } from '../support/temporary.js'

const temporary = temporaryDirectory()
const NAME = '01302020.NASDAQ_ITCH50'
const OUT = 'out.arrow'
/** 09:30 in New York, in ns after midnight there. */
const OPEN = 9.5 * HOUR

/** Messages that begin with a directory of two stocks. */
function day(write: (out: ItchMessages, at: (ns: number) => void) => void): Buffer {
  const out = new ItchMessages()
  out.systemEvent('O')
  out.directory(1, 'ABC')
  out.directory(2, 'XYZ')
  write(out, (ns) => (out.time = OPEN + ns))
  return out.take()
}

async function importBytes(bytes: Buffer | string, options: ImportOptions = {}, name = NAME): Promise<ImportSummary> {
  const path = temporary(name)
  writeFileSync(path, bytes)
  return importFiles([path], temporary(OUT), undefined, options)
}

async function failure(bytes: Buffer | string, options: ImportOptions = {}, name = NAME): Promise<string> {
  const error: unknown = await importBytes(bytes, options, name).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UserError)
  expect(existsSync(temporary(`${OUT}.partial`))).toBe(false)
  return (error as Error).message.replaceAll(temporary(name), 'FILE')
}

/** Calls with the time after 09:30, without the ends of events: every message is one. */
async function told(bytes: Buffer, options: ImportOptions = {}): Promise<string[]> {
  const { out } = await importBytes(bytes, options)
  return tapeCalls(out)
    .filter((call) => !call.endsWith('eventEnd'))
    .map((call) => call.replace(/^\d+/, (time) => String(Number(time) - OPEN - 5 * HOUR)))
}

const ORDERS = day((out, at) => {
  at(1)
  out.add(1, 77, 1, 500, 'ABC', 1_000_000)
  at(2)
  out.add(1, 2 ** 40, -1, 300, 'ABC', 1_000_500, 'NITE')
  at(3)
  out.executed(1, 77, 100)
  at(4)
  out.cancel(1, 77, 150)
  at(5)
  out.replace(1, 2 ** 40, 2 ** 40 + 1, 200, 1_000_300)
  at(6)
  out.delete(1, 77)
  at(7)
  out.trade(1, 50, 'ABC', 1_000_150)
})
const ORDERS_TOLD = [
  '1 add 1 1 1000000 500',
  '2 add 2 -1 1000500 300',
  '3 execute 1 1 1000000 100',
  '4 reduce 1 150',
  '5 remove 2',
  '5 add 3 -1 1000300 200',
  '6 remove 1',
  '7 hiddenTrade 0 1000150 50'
]

describe('the ITCH import', () => {
  it('tells orders one by one; a replacement loses its place', async () => {
    expect(await told(ORDERS)).toEqual(ORDERS_TOLD)
    const summary = await importBytes(ORDERS)
    expect(summary).toMatchObject({ format: 'itch', feed: 'l3', symbols: ['ABC'], events: 8, rows: 8 })
    expect(summary.counts).toMatchObject({ messages: 10, hiddenTrades: 1, ordersLeft: 1 })
    const source = openTapes([summary.out])
    expect(source.instruments).toEqual([
      {
        symbol: 'ABC',
        tickSize: '0.01',
        lotSize: '1',
        priceScale: 4,
        quantityScale: 0,
        feed: 'l3',
        currency: 'USD',
        market: 'XNAS'
      }
    ])
  })

  it('is the same packed by gzip or zstd, and whatever the file is called', async () => {
    const date = '2020-01-30'
    for (const [bytes, name] of [
      [gzipSync(ORDERS), '01302020.NASDAQ_ITCH50.gz'],
      [storedZstd(ORDERS), 'S013020-v50.txt.zst'],
      [ORDERS, 'itch_20200130.bin']
    ] as const) {
      const { out } = await importBytes(bytes, {}, name)
      expect(tapeCalls(out)[0]).toBe(`${OPEN + 5 * HOUR + 1} add 1 1 1000000 500`)
    }
    const { epoch } = await importBytes(ORDERS, { date }, 'day.bin')
    expect(epoch).toBe(Date.UTC(2020, 0, 30) / 1000)
    expect(await failure(ORDERS, {}, 'day.bin')).toBe(
      'FILE expected a name with a date, such as 01302020.NASDAQ_ITCH50 or S013020-v50.txt, or the option --date'
    )
  })

  it('keeps the price of an execution away from the order’s, and leaves out what a cross will tell', async () => {
    const bytes = day((out, at) => {
      at(1)
      out.add(1, 1, 1, 500, 'ABC', 1_000_000)
      at(2)
      out.executedWithPrice(1, 1, 100, true, 1_000_150)
      out.executedWithPrice(1, 1, 400, false, 1_000_200)
      out.cross(1, 10_000, 'ABC', 1_000_200, 'O')
      out.cross(1, 0, 'ABC', 0, 'C')
      out.brokenTrade(1, 3)
      out.tradingAction(1, 'ABC', 'H')
    })
    expect(await told(bytes)).toEqual([
      '1 add 1 1 1000000 500',
      '2 execute 1 1 1000150 100',
      '2 remove 1',
      '2 hiddenTrade 0 1000200 10000',
      '2 enterPhase halt'
    ])
    expect((await importBytes(bytes)).notes).toEqual([
      '2 crosses (auctions), told as prints without aggressor',
      '1 executions in crosses, told as withdrawn: the cross has their volume',
      '1 executions at another price than the order’s',
      '1 broken trades stay on the tape: it does not take back',
      '1 changes of phase: halts, resumptions, the end of the system’s hours'
    ])
  })

  it('tells halts, calls and the hours of the system as phases, and what was so before the first order', async () => {
    const bytes = day((out, at) => {
      out.tradingAction(1, 'ABC', 'T')
      out.tradingAction(2, 'XYZ', 'H')
      out.systemEvent('S')
      at(1)
      out.add(1, 1, 1, 500, 'ABC', 1_000_000)
      out.add(2, 2, -1, 100, 'XYZ', 2_000_000)
      at(2)
      out.tradingAction(1, 'ABC', 'P')
      out.tradingAction(2, 'XYZ', 'Q')
      at(3)
      out.tradingAction(1, 'ABC', 'Q')
      out.add(1, 3, -1, 200, 'ABC', 990_000)
      at(9)
      out.executedWithPrice(1, 1, 200, false, 1_000_000)
      out.executedWithPrice(1, 3, 200, false, 1_000_000)
      out.cross(1, 200, 'ABC', 1_000_000, 'H')
      out.tradingAction(1, 'ABC', 'T')
      at(10)
      out.tradingAction(2, 'XYZ', 'T')
      out.systemEvent('M')
      at(11)
      out.systemEvent('E')
      out.systemEvent('C')
    })
    expect(await told(bytes)).toEqual([
      '1 ABC add 1 1 1000000 500',
      '1 XYZ enterPhase halt',
      '1 XYZ add 2 -1 2000000 100',
      '2 ABC enterPhase halt',
      '2 XYZ enterPhase openingAuction',
      '3 ABC enterPhase volatilityAuction',
      '3 ABC add 3 -1 990000 200',
      '8 ABC enterPhase continuous',
      '9 ABC reduce 1 200',
      '9 ABC remove 3',
      '9 ABC hiddenTrade 0 1000000 200',
      '10 XYZ enterPhase continuous',
      '11 ABC enterPhase closed',
      '11 XYZ enterPhase closed'
    ])
  })

  it('tells price levels where L2 is asked for', async () => {
    expect(await told(ORDERS, { feed: 'l2' })).toEqual([
      '1 level 1 1000000 500',
      '2 level -1 1000500 300',
      '3 trade -1 1000000 100',
      '3 level 1 1000000 400',
      '4 level 1 1000000 250',
      '5 level -1 1000500 0',
      '5 level -1 1000300 200',
      '6 level 1 1000000 0',
      '7 hiddenTrade 0 1000150 50'
    ])
    expect(await failure(ORDERS, { feed: 'l1' })).toBe(
      '--feed l1: ITCH tells more; expected l3 or l2'.replace(/^/, 'FILE ')
    )
  })

  it('reads all stocks that have orders or trades, or those asked for', async () => {
    const bytes = day((out, at) => {
      at(1)
      out.add(1, 1, 1, 100, 'ABC', 1_000_000)
      out.add(2, 2, 1, 100, 'XYZ', 5_001)
      out.add(3, 3, 1, 100, 'LATE', 2_000_000)
      out.directory(4, 'IDLE')
    })
    const all = await importBytes(bytes)
    expect(openTapes([all.out]).instruments.map(({ symbol, tickSize }) => `${symbol} ${tickSize}`)).toEqual([
      'ABC 0.01',
      'XYZ 0.0001',
      'LATE 0.01'
    ])
    const one = await importBytes(bytes, { symbol: 'LATE,ABC' })
    expect([one.symbols, one.rows, one.counts.otherStocks]).toEqual([['ABC', 'LATE'], 2, 3])
    expect(await failure(bytes, { symbol: 'GOOG' })).toBe(
      'FILE --symbol GOOG: not in the file, which has ABC, XYZ, LATE, IDLE'
    )
  })

  it('leaves out the few orders below a dollar of a stock that quotes in cents', async () => {
    const bytes = day((out) => {
      for (let ref = 1; ref <= 200; ref++) out.add(1, ref, 1, 100, 'ABC', 1_000_000)
      out.add(1, 201, 1, 100, 'ABC', 1)
    })
    const { counts, rows } = await importBytes(bytes)
    expect([counts.offTick, rows]).toEqual([1, 200])
    expect(await failure(bytes, { tick: '0.01' })).toMatch(
      /message 204 at byte \d+: price 0.0001 of ABC is off the tick/
    )
  })

  it('counts from New York’s midnight, in summer and in winter', async () => {
    const starts = []
    for (const date of ['2020-01-30', '2020-07-30']) {
      const { start, epoch } = await importBytes(ORDERS, { date }, 'day.bin')
      starts.push(new Date(epoch * 1000 + start / 1e6).toISOString())
    }
    expect(starts).toEqual(['2020-01-30T14:30:00.000Z', '2020-07-30T13:30:00.000Z'])
  })

  it('tells its progress over both passes', async () => {
    const seen: number[] = []
    await importBytes(ORDERS, { onProgress: (done, total) => seen.push(done / total) })
    expect([seen, seen.at(-1)]).toEqual([seen.toSorted((a, b) => a - b), 1])
  })
})

describe('bad data in ITCH stops the import with its place, or is left out or repaired, and counted:', () => {
  interface Case {
    readonly write: (out: ItchMessages, at: (ns: number) => void) => void
    /** What the default policy says; undefined: it goes on. */
    readonly stops?: string
    readonly skipped: readonly string[]
    readonly repaired: readonly string[]
    readonly counts: Readonly<Record<string, number>>
    readonly cut?: number
  }
  const FIRST = '1 add 1 1 1000000 500'
  const begin = (out: ItchMessages, at: (ns: number) => void): void => {
    at(1)
    out.add(1, 1, 1, 500, 'ABC', 1_000_000)
    at(2)
  }
  const cases: Readonly<Record<string, Case>> = {
    'a file that ends inside a message': {
      write: (out, at) => {
        begin(out, at)
        out.delete(1, 1)
      },
      cut: 5,
      stops:
        'FILE message 5 at byte 134: the file ends after 16 bytes of the message (--on-error skip or repair goes on)',
      skipped: [FIRST],
      repaired: [FIRST],
      counts: { truncated: 1 }
    },
    'time that goes back': {
      write: (out, at) => {
        begin(out, at)
        at(0)
        out.delete(1, 1)
      },
      stops: 'FILE message 5 at byte 134: time goes back by 1 ns; expected messages in time order',
      skipped: [FIRST],
      repaired: [FIRST, '1 remove 1'],
      counts: { timeBack: 1 }
    },
    'orders that are not known': {
      write: (out, at) => {
        begin(out, at)
        out.delete(1, 2)
        out.executed(1, 2, 5)
        out.cancel(1, 2, 5)
        out.replace(1, 2, 3, 5, 1_000_000)
        out.executedWithPrice(1, 2, 5, true, 1_000_000)
      },
      skipped: [FIRST],
      repaired: [FIRST],
      counts: { unknownOrder: 5 }
    },
    'an order of another stock': {
      write: (out, at) => {
        begin(out, at)
        out.add(2, 2, 1, 500, 'XYZ', 1_000_000)
        out.delete(2, 1)
      },
      skipped: ['1 ABC add 1 1 1000000 500', '2 XYZ add 2 1 1000000 500'],
      repaired: ['1 ABC add 1 1 1000000 500', '2 XYZ add 2 1 1000000 500'],
      counts: { unknownOrder: 1 }
    },
    'an order under the number of one that stands': {
      write: (out, at) => {
        begin(out, at)
        out.add(1, 1, -1, 7, 'ABC', 1_000_100)
      },
      skipped: [FIRST],
      repaired: [FIRST, '2 remove 1', '2 add 2 -1 1000100 7'],
      counts: { duplicateOrder: 1 }
    },
    'more shares executed than there are': {
      write: (out, at) => {
        begin(out, at)
        out.executed(1, 1, 501)
      },
      skipped: [FIRST],
      repaired: [FIRST, '2 execute 1 1 1000000 500'],
      counts: { excess: 1 }
    },
    'orders of no shares': {
      write: (out, at) => {
        begin(out, at)
        out.add(1, 2, 1, 0, 'ABC', 1_000_000)
      },
      stops: 'FILE message 5 at byte 134: an order needs side B or S, and shares; got side "B", 0 shares',
      skipped: [FIRST],
      repaired: [FIRST],
      counts: { badValue: 1 }
    },
    'a crossed book': {
      write: (out, at) => {
        begin(out, at)
        out.add(1, 2, -1, 100, 'ABC', 999_900)
      },
      skipped: [FIRST, '2 add 2 -1 999900 100'],
      repaired: [FIRST, '2 add 2 -1 999900 100', '2 remove 1'],
      counts: { crossed: 1 }
    }
  }

  it.each(Object.entries(cases))('%s', async (_name, { write, cut, stops, skipped, repaired, counts }) => {
    const whole = day(write)
    const bytes = whole.subarray(0, whole.length - (cut ?? 0))
    expect(await failure(bytes, { onError: 'stop' })).toMatch(/^FILE message \d+ at byte \d+: /)
    if (stops !== undefined) expect(await failure(bytes)).toContain(stops)
    else expect((await importBytes(bytes)).counts).toMatchObject(counts)
    expect(await told(bytes, { onError: 'skip' })).toEqual(skipped)
    expect(await told(bytes, { onError: 'repair' })).toEqual(repaired)
    expect((await importBytes(bytes, { onError: 'skip' })).counts).toMatchObject(counts)
  })

  it('files that are not ITCH 5.0', async () => {
    const wrong = Buffer.from(ORDERS)
    const add = 2 + 12 + 2 * 41
    wrong.writeUInt16BE(30, add)
    expect(await failure(Buffer.concat([wrong.subarray(0, add), wrong.subarray(add)]), {})).toMatch(
      /^FILE the format is not known/
    )
    const path = temporary(NAME)
    writeFileSync(path, wrong)
    await expect(importFiles([path], temporary(OUT), 'itch')).rejects.toThrow(
      /message 4 at byte 96: message "A" has 30 bytes, in ITCH 5.0 it has 36; the file is damaged or of another version/
    )
    writeFileSync(path, 'ts_recv,ts_event,rtype\n')
    await expect(importFiles([path], temporary(OUT), 'itch')).rejects.toThrow(
      /message 1 at byte 0: expected an ITCH message, with its length in two bytes before it/
    )
    expect(await failure('')).toBe('FILE the file is empty')
    expect(await failure(day(() => undefined))).toBe('FILE the file has no orders and no trades')
  })
})

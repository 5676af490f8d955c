import { existsSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../../src/base/user-error.js'
import { importFiles } from '../../../src/market/readers/import-files.js'
import type { ImportOptions, ImportSummary } from '../../../src/market/readers/import-options.js'
import { dbnFile, mbo, mbp } from '../support/dbn-file.js'
import { storedZstd } from '../support/stored-zstd.js'
import { tapeCalls } from '../support/tape-calls.js'
import { temporaryDirectory } from '../support/temporary.js'

const temporary = temporaryDirectory()
const OUT = 'out.arrow'

async function importBytes(bytes: Buffer | string, options: ImportOptions = {}): Promise<ImportSummary> {
  const path = temporary('FILE')
  writeFileSync(path, bytes)
  return importFiles([path], temporary(OUT), undefined, { tick: '0.25', ...options })
}

async function failure(bytes: Buffer | string, options: ImportOptions = {}): Promise<string> {
  const error: unknown = await importBytes(bytes, options).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UserError)
  expect(existsSync(temporary(`${OUT}.partial`))).toBe(false)
  return (error as Error).message.replaceAll(temporary('FILE'), 'FILE')
}

const add = (id: number, time: number, side = 'B', cents = 100, size = 5): Buffer =>
  mbo(id, { time, action: 'A', side, cents, size })
const cancel = (id: number, time: number, size: number): Buffer =>
  mbo(id, { time, action: 'C', side: 'B', cents: 100, size })
const file = (...records: Buffer[]): Buffer => dbnFile({ schema: 0 }, records)
/** Bytes of the head that `file` writes, and of a record. */
const [HEAD, RECORD] = [206, 56]

describe('a DBN file that cannot be read stops the import:', () => {
  const changed = (bytes: Buffer, at: number, value: number): Buffer => {
    const copy = Buffer.from(bytes)
    copy[at] = value
    return copy
  }
  it.each<[string, Buffer | string, string]>([
    ['empty', '', 'FILE the file is empty'],
    ['of a later version', changed(file(), 3, 4), 'FILE byte 0: DBN version 4 cannot be read, expected 1, 2 or 3'],
    ['cut in its head', file().subarray(0, 100), 'FILE byte 8: the file ends inside the head of DBN, 198 bytes long'],
    ['with a head of nonsense', changed(file(), 7, 99), 'FILE byte 0: a DBN head of 1660944582 bytes is not possible'],
    ['with a record of no length', changed(file(add(1, 1)), HEAD, 0), 'record 1 at byte 206: a record of 0 bytes'],
    [
      'with a record too short for its type',
      changed(file(add(1, 1)), HEAD, 8).subarray(0, HEAD + 32),
      'FILE record 1 at byte 206: a record of type 0xa0 has 32 bytes, expected 56; the file is damaged'
    ],
    ['of imbalances', dbnFile({ schema: 12 }, []), 'FILE byte 8: a file of imbalance holds nothing that a tape tells'],
    ['of an unknown schema', dbnFile({ schema: 77 }, []), 'FILE byte 8: schema 77 is not known']
  ])('%s', async (_name, bytes, expected) => {
    for (const onError of [undefined, 'skip', 'repair'] as const) {
      expect(await failure(bytes, { onError })).toContain(expected)
    }
  })
})

describe('bad data stops the import with its place, or is left out or repaired, and counted:', () => {
  interface Case {
    readonly bytes: Buffer
    /** What the default policy says; undefined: it goes on. */
    readonly stops?: string
    readonly skipped: readonly string[]
    readonly repaired: readonly string[]
    readonly counts: Readonly<Record<string, number>>
    readonly options?: ImportOptions
  }
  const cases: Readonly<Record<string, Case>> = {
    'a file that ends inside a record': {
      bytes: file(add(1, 1), add(2, 2)).subarray(0, HEAD + RECORD + 50),
      stops: 'FILE record 2 at byte 262: the file ends after 50 of the record’s 56 bytes',
      skipped: ['1 add 1 1 10000 5'],
      repaired: ['1 add 1 1 10000 5'],
      counts: { truncated: 1 }
    },
    'a capture time that goes back': {
      bytes: file(add(1, 5), add(2, 3), add(3, 6)),
      stops: 'FILE record 2 at byte 262: the time of capture goes back by 2 ns (--on-error skip or repair goes on)',
      skipped: ['5 add 1 1 10000 5', '6 add 2 1 10000 5'],
      repaired: ['5 add 1 1 10000 5', '5 add 2 1 10000 5', '6 add 3 1 10000 5'],
      counts: { timeBack: 1 }
    },
    'an exchange time far from the time of capture': {
      bytes: file(add(1, 5), mbo(2, { time: 90e9, received: 6, action: 'A', side: 'B', cents: 100, size: 5 })),
      stops: 'record 2 at byte 262: the exchange time is a minute and more after the time of capture',
      skipped: ['5 add 1 1 10000 5'],
      repaired: ['5 add 1 1 10000 5', '6 add 2 1 10000 5'],
      counts: { badValue: 1 }
    },
    'an order that is not known': {
      bytes: file(add(1, 1), cancel(9, 2, 5)),
      skipped: ['1 add 1 1 10000 5'],
      repaired: ['1 add 1 1 10000 5'],
      counts: { unknownOrder: 1 }
    },
    'an order under the id of one that stands': {
      bytes: file(add(1, 1), add(1, 2, 'B', 125, 7)),
      skipped: ['1 add 1 1 10000 5'],
      repaired: ['1 add 1 1 10000 5', '2 remove 1', '2 add 2 1 12500 7'],
      counts: { duplicateOrder: 1 }
    },
    'more withdrawn than there is': {
      bytes: file(add(1, 1), cancel(1, 2, 8)),
      skipped: ['1 add 1 1 10000 5'],
      repaired: ['1 add 1 1 10000 5', '2 remove 1'],
      counts: { excess: 1 }
    },
    'a price off the tick': {
      bytes: file(add(1, 1, 'B', 110), add(2, 2, 'A', 110)),
      stops:
        'FILE record 1 at byte 206: price 1.10 of ESM4 is off the tick of 0.25 (--tick sets another tick, --on-error skip or repair goes on)',
      skipped: [],
      repaired: ['1 add 1 1 10000 5', '2 add 2 -1 12500 5'],
      counts: { offTick: 2 }
    },
    'an order without side or size': {
      bytes: file(
        add(1, 1),
        add(2, 2, 'N'),
        add(3, 3, 'B', 100, 0),
        mbo(4, { time: 4, action: 'A', side: 'B', size: 1 })
      ),
      stops: 'record 2 at byte 262: an order needs side A or B, and a size; got action "A", side "N", size 5',
      skipped: ['1 add 1 1 10000 5'],
      repaired: ['1 add 1 1 10000 5'],
      counts: { badValue: 2, ordersWithoutPrice: 1 }
    },
    'an unknown action': {
      bytes: file(add(1, 1), mbo(4, { time: 4, action: 'Z', side: 'B', cents: 100, size: 1 })),
      stops: 'record 2 at byte 262: expected an action of A, C, M, R, T, F or N',
      skipped: ['1 add 1 1 10000 5'],
      repaired: ['1 add 1 1 10000 5'],
      counts: { badValue: 1 }
    },
    'a book that becomes crossed': {
      bytes: file(add(1, 1), add(2, 2, 'A', 125), add(3, 3, 'B', 150)),
      skipped: ['1 add 1 1 10000 5', '2 add 2 -1 12500 5', '3 add 3 1 15000 5'],
      repaired: ['1 add 1 1 10000 5', '2 add 2 -1 12500 5', '3 add 3 1 15000 5', '3 remove 2'],
      counts: { crossed: 1 }
    },
    'an instrument that nothing names': {
      bytes: file(add(1, 1), mbo(2, { id: 99, time: 2, action: 'A', side: 'B', cents: 100, size: 1 })),
      stops: 'record 2 at byte 262: nothing names the instrument 99',
      skipped: ['1 add 1 1 10000 5'],
      repaired: ['1 add 1 1 10000 5'],
      counts: { unknownInstrument: 1 }
    }
  }

  it.each(Object.entries(cases))('%s', async (_name, { bytes, stops, skipped, repaired, counts, options }) => {
    const asked = await failure(bytes, { ...options, onError: 'stop' })
    expect(asked).toMatch(/(record \d+ at byte \d+|cannot read): /)
    if (stops !== undefined) {
      expect(await failure(bytes, options)).toContain(stops)
      expect(asked).toContain(stops)
    } else {
      expect((await importBytes(bytes, options)).counts).toMatchObject(counts)
    }
    for (const [onError, calls] of [
      ['skip', skipped],
      ['repair', repaired]
    ] as const) {
      if (calls.length === 0) {
        expect(await failure(bytes, { ...options, onError })).toMatch(/no market data/)
        continue
      }
      const summary = await importBytes(bytes, { ...options, onError })
      expect(tapeCalls(summary.out).filter((call) => !call.endsWith('eventEnd'))).toEqual(calls)
      expect(summary.counts).toMatchObject(counts)
      expect(summary.notes.at(-1)).toMatch(
        /^\d+ .*: (left out|repaired|left as they are|left out, or repaired where that is possible)\. The first: .*FILE .*:/
      )
    }
  })

  it('a share’s few orders off the cent are left out, unless a tick is asked for', async () => {
    const orders = Array.from({ length: 200 }, (_, i) => add(i + 1, i + 1))
    const shares = dbnFile({ schema: 0, dataset: 'XNAS.ITCH' }, [...orders, add(201, 201, 'B', 0.01)])
    const { counts, rows } = await importBytes(shares, { tick: undefined })
    expect([counts.offTick, rows]).toEqual([1, 200])
    expect(await failure(shares, { tick: '0.01' })).toMatch(
      /record 201 at byte 11406: price 0.0001 of ESM4 is off the tick/
    )
  })

  it('a packed file that is cut', async () => {
    const orders = Array.from({ length: 4000 }, (_, i) => add(i + 1, i + 1))
    const whole = storedZstd(file(...orders))
    for (const cut of [whole.subarray(0, 150_000), gzipSync(file(...orders)).subarray(0, -20)]) {
      expect(await failure(cut)).toMatch(/cannot read: unexpected .*; the file may be cut or damaged \(--on-error/)
      const { counts, events } = await importBytes(cut, { onError: 'skip' })
      expect(counts.truncated).toBe(1)
      expect(events).toBeGreaterThan(1000)
    }
  })

  it('levels that are out of order or off the tick', async () => {
    const levels = (...given: [number, number, number, number][]): Buffer =>
      dbnFile({ schema: 2 }, [
        mbp(10, { time: 1, action: 'A', side: 'B', cents: 100, size: 5 }, [[50, 1, 75, 1]]),
        mbp(10, { time: 2, action: 'A', side: 'B', cents: 100, size: 5 }, given)
      ])
    const unsorted = levels([100, 5, 125, 5], [125, 5, 150, 5])
    expect(await failure(unsorted)).toBe(
      'FILE record 2 at byte 574: level 2 is not behind level 1 (--on-error skip or repair goes on)'
    )
    expect((await importBytes(unsorted, { onError: 'skip' })).counts.badValue).toBe(1)
    const off = levels([100, 5, 125, 5], [90, 5, 150, 5])
    expect(await failure(off)).toMatch(/record 2 at byte 574: price 0.9 of ESM4 is off the tick of 0.25/)
    const crossed = levels([100, 5, 100, 5])
    expect((await importBytes(crossed)).notes).toEqual([
      expect.stringMatching(/^1 times the book became crossed or locked: left as they are. The first: .*best ask 1.00$/)
    ])
    expect(await failure(crossed, { onError: 'stop' })).toMatch(
      /the book of ESM4 is crossed: best bid 1.00, best ask 1.00/
    )
  })
})

describe('CSV', () => {
  const HEADER =
    'ts_recv,ts_event,rtype,publisher_id,instrument_id,action,side,price,size,channel_id,order_id,flags,ts_in_delta,sequence,symbol'
  const row = (
    fields: Partial<Record<'recv' | 'event' | 'action' | 'side' | 'price' | 'size' | 'order', string>>
  ): string => {
    const { recv = '2025-07-17T08:00:00.000000002Z', event = '2025-07-17T08:00:00.000000001Z' } = fields
    const { action = 'A', side = 'B', price = '5.510000000', size = '100', order = '7' } = fields
    return `${recv},${event},160,2,1108,${action},${side},${price},${size},0,${order},128,0,1,ARL`
  }
  const csv = (...rows: string[]): string => [HEADER, ...rows, ''].join('\n')
  const tapeOf = async (text: string | Buffer, options: ImportOptions = {}): Promise<string[]> => {
    const { out } = await importBytes(text, { tick: undefined, ...options })
    return tapeCalls(out)
  }
  const TOLD = ['28800000000001 add 1 1 55100 100', '28800000000001 eventEnd']

  it('is read with decimals and ISO times, or with whole numbers for both, packed or not', async () => {
    const iso = csv(row({}))
    const whole = csv(row({ recv: '1752739200000000002', event: '1752739200000000001', price: '5510000000' }))
    const spaced = csv(
      row({ recv: '2025-07-17 08:00:00.000000002+00:00', event: '2025-07-17 08:00:00.000000001+00:00' })
    )
    const windows = iso.replaceAll('\n', '\r\n')
    const packed = [gzipSync(iso), storedZstd(Buffer.from(iso))]
    for (const text of [iso, whole, spaced, windows, ...packed]) expect(await tapeOf(text)).toEqual(TOLD)
  })

  it('finds columns by their names, and ids of 64 bits', async () => {
    const text =
      'symbol,order_id,flags,size,price,side,action,ts_event\nARL,18446744073709551615,128,100,5.51,B,A,1752739200000000001\n'
    expect(await tapeOf(text, { tick: '0.01' })).toEqual(TOLD)
  })

  it('takes symbols, ticks and markets from its rows', async () => {
    const other = row({ order: '8' }).replace('1108', '1109').replace('ARL', 'XYZ')
    const { symbols } = await importBytes(csv(row({}), other), { tick: undefined })
    expect(symbols).toEqual(['ARL', 'XYZ'])
    expect((await importBytes(csv(row({}), other), { symbol: 'XYZ', tick: '0.01' })).symbols).toEqual(['XYZ'])
  })

  it.each<[string, string, string]>([
    ['an unknown header', 'a,b,c\n1,2,3\n', 'the format is not known: the first line is "a,b,c"; expected one of: '],
    [
      'a missing column',
      csv(row({})).replace(',side', ',seite'),
      'FILE:1 expected the columns of mbo; side is missing'
    ],
    ['a row too short', csv(row({}), '2025-07-17T08:00:00Z,1'), 'FILE:3:1 expected 15 columns as in the header, got 2'],
    [
      'a price that is none',
      csv(row({}), row({ price: 'five' })),
      'FILE:3:78 expected a price with at most 9 decimals, below 9 million, got "five"'
    ],
    ['a size that is none', csv(row({ size: '-1' })), 'FILE:2:90 expected a whole number, got "-1"'],
    ['an action of two letters', csv(row({ action: 'AA' })), 'FILE:2:74 expected one letter, got "AA"'],
    ['an order id that is none', csv(row({ order: 'x' })), 'FILE:2:96 expected an order id, got "x"'],
    [
      'a time that is none',
      csv(row({ event: 'yesterday' })),
      'FILE:2:32 expected a time in UTC, as 2025-07-17T07:05:09.035793433Z or ns since 1970, got "yesterday"'
    ],
    ['a price off the tick', csv(row({ price: '5.515000000' })), 'FILE:2:1 price 5.515 of ARL is off the tick of 0.01'],
    ['a header alone', csv(), 'FILE the file has no market data']
  ])('says where %s is', async (_name, text, expected) => {
    expect(await failure(text, { tick: '0.01' })).toContain(expected)
  })

  it('leaves out rows that cannot be read where that is asked for', async () => {
    const { counts, notes } = await importBytes(csv(row({}), row({ price: 'five' }), 'x'), {
      onError: 'skip',
      tick: '0.01'
    })
    expect(counts.badValue).toBe(2)
    expect(notes[0]).toMatch(
      /^2 records have values that mean nothing: left out. The first: .*FILE:3:78 expected a price/
    )
  })
})

import { describe, expect, it } from 'vitest'
import { bar, dbnFile, LAST, mbo, mbp, SNAPSHOT, type DbnHead, type DbnTick } from '../support/dbn-file.js'
import { failure, imported, type Asked } from '../support/imported.js'
import { temporaryDirectory } from '../support/temporary.js'

const temporary = temporaryDirectory()
const TOP_OF_BOOK = 64
const BAD_RECEIVE_TIME = 8
const NONE = 2n ** 64n - 1n

/** "1 add 1 1 10000 5": ns, the call, what it says. Ends of events are "|" behind the call before. */
async function told(records: readonly Buffer[], head: Partial<DbnHead> = {}, asked: Asked = {}): Promise<string[]> {
  const file = dbnFile({ schema: 0, ...head }, records)
  return lines((await imported(temporary, { 'a.dbn': file }, { tick: '0.25', ...asked })).told)
}

function lines(told: readonly string[]): string[] {
  const texts: string[] = []
  for (const call of told) {
    const [time, ...rest] = call.split(' ')
    if (rest[0] === 'eventEnd') texts.push(`${texts.pop()} |`)
    else texts.push([Math.round(Number(time) * 1e6), ...rest].join(' '))
  }
  return texts
}

const bid = (order: number, time: number, cents: number, size: number, more: Partial<DbnTick> = {}): Buffer =>
  mbo(order, { time, action: 'A', side: 'B', cents, size, ...more })
const at = (action: string, order: number, time: number, more: Partial<DbnTick>): Buffer =>
  mbo(order, { time, action, side: 'B', cents: 100, ...more })

describe('market by order', () => {
  it('a side that comes as a whole replaces what stood there', async () => {
    const flags = TOP_OF_BOOK | LAST
    const records = [
      bid(0, 1, 100, 5, { flags }),
      mbo(0, { time: 2, action: 'A', side: 'A', cents: 125, size: 7, flags }),
      bid(0, 3, 100, 4, { flags }),
      bid(0, 4, 75, 9, { flags }),
      mbo(0, { time: 5, action: 'A', side: 'A', flags }),
      mbo(0, { time: 6, action: 'R', side: 'N' }),
      bid(0, 7, 50, 1, { flags })
    ]
    const TOLD = [
      '1 add 1 1 10000 5 |',
      '2 add 2 -1 12500 7 |',
      '3 modify 1 1 10000 4 |',
      '4 modify 1 1 7500 9 |',
      '5 remove 2 |',
      '6 clear |',
      '7 add 3 1 5000 1 |'
    ]
    expect(await told(records)).toEqual(TOLD)
  })

  it('a fill is an execution at its own price, in an auction also better than the order’s', async () => {
    const records = [
      bid(1, 1, 150, 9),
      at('T', 0, 2, { side: 'N', cents: 100, size: 9, flags: 0 }),
      at('F', 1, 2, { cents: 100, size: 4, flags: 0 }),
      at('F', 1, 2, { cents: 125, size: 1, flags: 0 }),
      at('C', 1, 2, { cents: 150, size: 7 })
    ]
    expect(await told(records)).toEqual([
      '1 add 1 1 15000 9 |',
      '2 execute 1 1 10000 4',
      '2 execute 1 1 12500 1',
      '2 reduce 1 2',
      '2 hiddenTrade 0 10000 5 |'
    ])
  })

  it('a fill that no cancel follows is a hidden print, and the order stands', async () => {
    const records = [
      bid(1, 1, 100, 9),
      at('T', 0, 2, { side: 'A', size: 4, flags: 0 }),
      at('F', 1, 2, { size: 4 }),
      at('C', 1, 3, { size: 5 }),
      at('T', 0, 4, { side: 'A', size: 4, flags: 0 }),
      at('F', 1, 4, { size: 4 })
    ]
    expect(await told(records)).toEqual([
      '1 add 1 1 10000 9 |',
      '2 hiddenTrade -1 10000 4 |',
      '3 reduce 1 5 |',
      '4 hiddenTrade -1 10000 4 |'
    ])
  })

  it('the cancel of a fill may come behind records of other instruments', async () => {
    const mappings = [
      ['A', 7],
      ['B', 8]
    ] as const
    const records = [
      bid(1, 1, 100, 9),
      at('T', 0, 2, { side: 'A', size: 4 }),
      at('F', 1, 2, { size: 4 }),
      bid(2, 2, 50, 1, { id: 8 }),
      at('C', 1, 2, { size: 4 })
    ]
    expect(await told(records, { mappings })).toEqual([
      '1 add 0 1 1 10000 9 |',
      '2 add 1 2 1 5000 1 |',
      '2 execute 0 1 1 10000 4 |'
    ])
  })

  it('an order that loses its price leaves the book', async () => {
    const records = [bid(1, 1, 100, 9), mbo(1, { time: 2, action: 'M', side: 'B', size: 9 })]
    expect(await told(records)).toEqual(['1 add 1 1 10000 9 |', '2 remove 1 |'])
  })

  it('a snapshot in the middle replaces the book', async () => {
    const old = { received: 100, flags: SNAPSHOT | BAD_RECEIVE_TIME }
    const records = [
      bid(1, 1, 100, 9),
      mbo(0, { time: 90, action: 'R', side: 'N', ...old }),
      bid(1, -5, 100, 4, old),
      bid(2, -7, 75, 3, { ...old, flags: old.flags | LAST }),
      at('C', 1, 101, { size: 4 })
    ]
    expect(await told(records)).toEqual([
      '1 add 1 1 10000 9 |',
      '100 clear',
      '100 add 2 1 10000 4',
      '100 add 3 1 7500 3 |',
      '101 remove 2 |'
    ])
  })
})

describe('market by price', () => {
  it('comes with a trade as it was before the trade', async () => {
    // The ask moved from 125 to 150 between the trades: 125 is between the quotes now.
    const records = [
      mbp(1, { time: 1, action: 'T', side: 'B', cents: 125, size: 1 }, [[100, 5, 125, 6]]),
      mbp(1, { time: 2, action: 'T', side: 'B', cents: 125, size: 2 }, [[100, 5, 150, 6]])
    ]
    expect(await told(records, { schema: 3 })).toEqual([
      '1 quote 1 10000 5',
      '1 quote -1 12500 6',
      '1 trade 1 12500 1 |',
      '2 quote -1 15000 6',
      '2 hiddenTrade 1 12500 2 |'
    ])
  })

  it('begins anew where a symbol goes over to another id', async () => {
    const ten = (from: number): [number, number, undefined, number][] =>
      Array.from({ length: 10 }, (_, n) => [from - 25 * n, 1, undefined, 0])
    const mappings = [
      ['ES.c.0', 7, 20_240_508, 20_240_509],
      ['ES.c.0', 8, 20_240_509, 20_240_510]
    ] as const
    const records = [
      mbp(10, { id: 7, time: 1, action: 'A', side: 'B' }, ten(1000)),
      mbp(10, { id: 8, time: 86_400e9, action: 'A', side: 'B' }, ten(2000))
    ]
    const calls = await told(records, { schema: 2, mappings })
    expect(calls.filter((call) => call.includes('clear') || call.endsWith('|'))).toEqual([
      '1 level 1 77500 1 |',
      '86400000000000 clear',
      '86400000000000 level 1 177500 1 |'
    ])
    expect(calls.length).toBe(21)
  })
})

describe('a file of several schemas', () => {
  const trade = mbp(0, { time: 1, action: 'T', side: 'B', cents: 100, size: 2 })
  const quote = mbp(1, { time: 2, action: 'A', side: 'B' }, [[100, 5, 125, 6]])
  const records = [trade, quote, bid(1, 3, 100, 5)]
  const live = { schema: 0xffff }

  it('is read for what tells most, or for what is asked for', async () => {
    expect(await told(records, live)).toEqual(['3 add 1 1 10000 5 |'])
    expect(await told(records, live, { feed: 'l1' })).toEqual(['2 quote 1 10000 5', '2 quote -1 12500 6 |'])
    expect(await told([trade, quote], live)).toEqual(['2 quote 1 10000 5', '2 quote -1 12500 6 |'])
    const { summary } = await imported(temporary, { 'a.dbn': dbnFile({ schema: 0xffff }, records) }, { tick: '0.25' })
    expect(summary.notes).toEqual(['2 records of other kinds were passed over'])
  })
})

describe('times', () => {
  const undefinedAt = (record: Buffer, byte: number): Buffer => {
    record.writeBigUInt64LE(NONE, byte)
    return record
  }

  it('of capture or of the exchange may be missing', async () => {
    expect(await told([undefinedAt(bid(1, 1, 100, 5), 40), bid(2, 2, 75, 5)])).toEqual([
      '1 add 1 1 10000 5 |',
      '2 add 2 1 7500 5 |'
    ])
    expect(await told([undefinedAt(bid(1, 1, 100, 5, { received: 4 }), 8)])).toEqual(['4 add 1 1 10000 5 |'])
  })

  it('of capture may go back where the vendor says that they are not exact', async () => {
    const records = [bid(1, 5, 100, 5), bid(2, 6, 75, 5, { received: 2, flags: LAST | BAD_RECEIVE_TIME })]
    expect(await told(records)).toEqual(['5 add 1 1 10000 5 |', '6 add 2 1 7500 5 |'])
  })

  it('of capture that are damaged make no later record go back', async () => {
    const records = [bid(1, 5, 100, 5), bid(2, 6, 75, 5, { received: 3600e9 }), bid(3, 7, 50, 5)]
    expect((await told(records)).length).toBe(3)
  })

  it('of more than 104 days make no tape, but for the beginning', async () => {
    const days = [0, 103, 105].map((day) => bar(0x23, day * 86_400e9, [100, 100, 100, 100], 8))
    const files = { 'a.dbn': dbnFile({ schema: 8 }, days) }
    expect(await failure(temporary, files, { tick: '0.25' })).toBe(
      'a.dbn record 3 at byte 318: the record is more than 104 days after the first, as long as a tape may be (--on-error skip or repair goes on)'
    )
    const { summary } = await imported(temporary, files, { tick: '0.25', onError: 'skip' })
    expect([summary.counts.badValue, summary.events]).toEqual([1, 2])
  })
})

describe('prices beyond what a double holds', () => {
  const big = bid(1, 1, 100, 5)
  big.writeBigInt64LE(9_007_200n * 1_000_000_000n, 24)

  it('are faults, not market orders', async () => {
    const files = { 'a.dbn': dbnFile({ schema: 0 }, [big, bid(2, 2, 100, 5)]) }
    expect(await failure(temporary, files, { tick: '0.25' })).toBe(
      'a.dbn record 1 at byte 206: the price is beyond 9,007,199, which cannot be read (--on-error skip or repair goes on)'
    )
    const { summary } = await imported(temporary, files, { tick: '0.25', onError: 'skip' })
    expect(summary.counts).toMatchObject({ badValue: 1, ordersWithoutPrice: 0 })
  })
})

describe('what CSV files write for nothing', () => {
  it.each([
    ['an empty field', '', '', ''],
    ['the largest integers', '18446744073709551615', '9223372036854775807', '0'],
    ['what data frames write', 'NaT', 'NaN', '']
  ])('%s', async (_name, time, price, size) => {
    const rows = [
      'ts_recv,ts_event,action,side,price,size,flags,bid_px_00,bid_sz_00,ask_px_00,ask_sz_00,symbol',
      `${time},1715126400000000001,A,B,1250000000,1,128,1000000000,5,1250000000,6,ES`,
      `${time},1715126400000000002,C,,${price},1,128,${price},${size},1250000000,6,ES`
    ]
    const { told } = await imported(temporary, { 'a.csv': rows }, { tick: '0.25' })
    expect(lines(told)).toEqual(['1 quote 1 10000 5', '1 quote -1 12500 6 |', '2 quote 1 0 0 |'])
  })
})

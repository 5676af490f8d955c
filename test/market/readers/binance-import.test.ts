import { describe, expect, it } from 'vitest'
import { failure, imported, type Asked, type Imported } from '../support/imported.js'
import { temporaryDirectory } from '../support/temporary.js'

const temporary = temporaryDirectory()
/** 2024-08-08T00:00:00Z in ms. */
const DAY = 1_723_075_200_000
type Levels = readonly (readonly [price: string, qty: string])[]

function line(stream: string, data: object, received?: number): string {
  const json = JSON.stringify({ stream: `btcusdt@${stream}`, data })
  return received === undefined ? json : `${BigInt(DAY + received) * 1_000_000n} ${json}`
}

/** A depth update of USD-M: ids U to u, behind pu. */
function update(at: number, [pu, U, u]: readonly [number, number, number], b: Levels, a: Levels = []): string {
  return line('depth@0ms', { e: 'depthUpdate', E: DAY + at + 1, T: DAY + at, s: 'BTCUSDT', U, u, pu, b, a })
}

function spot(at: number, [U, u]: readonly [number, number], b: Levels, a: Levels = []): string {
  return line('depth@100ms', { e: 'depthUpdate', E: DAY + at, s: 'BTCUSDT', U, u, b, a })
}

function snapshot(lastUpdateId: number, bids: Levels, asks: Levels, at?: number): string {
  return JSON.stringify({ lastUpdateId, ...(at === undefined ? {} : { E: DAY + at, T: DAY + at }), bids, asks })
}

function trade(at: number, p: string, q: string, m: boolean, more: object = { X: 'MARKET' }): string {
  return line('trade', { e: 'trade', E: DAY + at, T: DAY + at, s: 'BTCUSDT', t: at, p, q, m, ...more })
}

function read(lines: readonly string[], options: Asked = {}): Promise<Imported> {
  return imported(temporary, { 'btc.jsonl': lines }, { tick: '0.1', lot: '0.001', ...options })
}

/** Of what was told, the rows alone. */
async function rows(lines: readonly string[], options?: Asked): Promise<string[]> {
  return (await read(lines, options)).told.filter((told) => !told.includes('eventEnd'))
}

describe('a recording of Binance’s streams', () => {
  it('joins updates to the snapshot: those before it wait, older ones are left out, both are absolute quantities', async () => {
    const { told, summary } = await read([
      '{"result":null,"id":1}',
      update(10, [0, 1, 5], [['100.0', '1.000']]),
      update(20, [5, 6, 9], [['100.0', '2.000']]),
      update(30, [9, 10, 15], [['99.9', '7.000']]),
      snapshot(12, [['100.0', '3.000']], [['100.1', '4.000']], 25),
      update(40, [15, 16, 20], [['100.0', '0.000']], [['100.1', '5.000']])
    ])
    expect(told).toEqual([
      '25 clear',
      '25 level 1 1000 3000',
      '25 level -1 1001 4000',
      '25 eventEnd',
      '30 level 1 999 7000',
      '30 eventEnd',
      '40 level 1 1000 0',
      '40 level -1 1001 5000',
      '40 eventEnd'
    ])
    expect(summary.notes).toEqual([
      '2 depth updates are older than the snapshot',
      '1 messages of other kinds were passed over'
    ])
  })

  it('joins spot updates by their first id, in µs as well', async () => {
    const micros = JSON.parse(spot(0, [14, 15], [['99.9', '2']])) as { data: { E: number } }
    micros.data.E = (DAY + 31) * 1000 + 250
    expect(
      await rows([
        spot(10, [5, 9], []),
        snapshot(12, [['100.0', '3']], []),
        spot(20, [10, 13], [['100.0', '1']]),
        JSON.stringify(micros)
      ])
    ).toEqual(['10 clear', '10 level 1 1000 3000', '20 level 1 1000 1000', '31.25 level 1 999 2000'])
  })

  it('tells prints by the aggressor, and counts those that were not on the book', async () => {
    const { told, summary } = await read([
      snapshot(1, [['100.0', '3']], [['100.1', '3']], 0),
      update(1, [1, 2, 3], []),
      trade(2, '100.0', '0.5', true),
      trade(3, '100.1', '0.25', false),
      trade(4, '100.1', '9', false, { X: 'INSURANCE_FUND' }),
      trade(5, '100.1', '1', false, { M: true })
    ])
    expect(told.filter((each) => each.includes('trade'))).toEqual([
      '2 trade -1 1000 500',
      '3 trade 1 1001 250',
      '5 trade 1 1001 1000'
    ])
    expect(summary.counts.offBookTrades).toBe(1)
  })

  it('orders streams by exchange time, and keeps the order of the file at one time', async () => {
    expect(
      await rows([
        snapshot(1, [['100.0', '3']], [['100.1', '3']], 0),
        update(50, [1, 2, 3], [['100.0', '1']]),
        trade(20, '100.0', '1', true),
        trade(50, '100.0', '1', true)
      ])
    ).toEqual([
      '0 clear',
      '0 level 1 1000 3000',
      '0 level -1 1001 3000',
      '20 trade -1 1000 1000',
      '50 level 1 1000 1000',
      '50 trade -1 1000 1000'
    ])
  })

  const GAP = [
    snapshot(1, [['100.0', '3']], [['100.1', '3']], 0),
    update(10, [1, 2, 3], [['99.9', '1']]),
    update(20, [7, 8, 9], [['99.8', '1']]),
    update(30, [9, 10, 11], [['99.7', '1']]),
    snapshot(10, [['100.0', '5']], [['100.1', '5']], 25),
    update(40, [11, 12, 13], [['99.6', '1']])
  ]

  it('makes the book void at a gap, until there is a snapshot', async () => {
    expect(await rows(GAP)).toEqual([
      '0 clear',
      '0 level 1 1000 3000',
      '0 level -1 1001 3000',
      '10 level 1 999 1000',
      '20 clear',
      '25 clear',
      '25 level 1 1000 5000',
      '25 level -1 1001 5000',
      '30 level 1 997 1000',
      '40 level 1 996 1000'
    ])
  })

  it('stops at a gap, or goes on behind it, where that is asked for', async () => {
    expect(await failure(temporary, { 'gap.jsonl': GAP }, { onError: 'stop' })).toBe(
      'gap.jsonl:3:1 updates of BTCUSDT are missing before previous id 7 (--on-error skip or repair goes on)'
    )
    expect((await rows(GAP, { onError: 'repair' })).slice(3)).toEqual([
      '10 level 1 999 1000',
      '20 level 1 998 1000',
      '30 level 1 997 1000',
      '40 level 1 996 1000'
    ])
  })

  it('does not take a snapshot that is older than the updates', async () => {
    const { told, summary } = await read([
      update(10, [4, 5, 6], [['99.9', '1']]),
      snapshot(1, [['100.0', '3']], [], 0),
      snapshot(5, [['100.0', '4']], [['100.1', '1']], 9)
    ])
    expect(told.filter((each) => each.includes('level'))).toEqual([
      '9 level 1 1000 4000',
      '9 level -1 1001 1000',
      '10 level 1 999 1000'
    ])
    expect(summary.counts.snapshotsTooOld).toBe(1)
  })

  it('makes quotes of the book ticker where there are no updates, at the recorder’s time where it has none', async () => {
    const { told, summary } = await read([
      line('bookTicker', { u: 1, s: 'BTCUSDT', b: '100.0', B: '1', a: '100.1', A: '2' }, 10),
      line('bookTicker', { u: 2, s: 'BTCUSDT', b: '100.0', B: '3', a: '100.1', A: '2' }, 20)
    ])
    expect([summary.feed, told]).toEqual([
      'l1',
      [
        '10 quote 1 1000 1000',
        '10 quote -1 1001 2000',
        '10 eventEnd',
        '20 quote 1 1000 3000',
        '20 quote -1 1001 2000',
        '20 eventEnd'
      ]
    ])
  })

  it('brings the recorder’s time to the exchange’s clock where other messages tell the lag', async () => {
    const told = await rows([
      line('trade', { e: 'trade', E: DAY + 100, T: DAY + 100, s: 'BTCUSDT', t: 1, p: '100.0', q: '1', m: false }, 130),
      line('bookTicker', { u: 1, s: 'BTCUSDT', b: '100.0', B: '1', a: '100.1', A: '2' }, 150)
    ])
    expect(told).toEqual(['100 trade 1 1000 1000', '120 quote 1 1000 1000', '120 quote -1 1001 2000'])
  })

  it('replaces the best levels by a partial book', async () => {
    const book = (at: number, bids: Levels, asks: Levels): string =>
      line('depth5@100ms', {
        e: 'depthUpdate',
        E: DAY + at,
        T: DAY + at,
        s: 'BTCUSDT',
        U: at,
        u: at,
        pu: at,
        b: bids,
        a: asks
      })
    expect(
      await rows([
        book(
          1,
          [
            ['100.0', '1'],
            ['99.9', '2']
          ],
          [['100.1', '1']]
        ),
        book(
          2,
          [
            ['100.0', '1'],
            ['99.8', '2']
          ],
          [['100.2', '1']]
        )
      ])
    ).toEqual([
      '1 level 1 1000 1000',
      '1 level 1 999 2000',
      '1 level -1 1001 1000',
      '2 level 1 998 2000',
      '2 level -1 1002 1000',
      '2 level 1 999 0',
      '2 level -1 1001 0'
    ])
  })

  it('tells aggregate trades only where there are no single ones', async () => {
    const aggregate = line('aggTrade', {
      e: 'aggTrade',
      E: DAY + 5,
      T: DAY + 5,
      s: 'BTCUSDT',
      a: 1,
      p: '100.0',
      q: '2',
      f: 1,
      l: 2,
      m: true
    })
    expect(await rows([aggregate])).toEqual(['5 trade -1 1000 2000'])
    const { told, summary } = await read([
      aggregate,
      trade(5, '100.0', '1', true),
      trade(5, '100.0', '1', true, { t: 6 })
    ])
    expect([told.filter((each) => each.includes('trade')), summary.counts.aggregateTrades]).toEqual([
      ['5 trade -1 1000 1000', '5 trade -1 1000 1000'],
      1
    ])
  })

  it('keeps symbols apart, and gives bare snapshots to the one whose ids are near', async () => {
    const eth = (text: string): string => text.replaceAll('BTCUSDT', 'ETHUSDT').replaceAll('btcusdt', 'ethusdt')
    const lines = [
      update(1, [10, 11, 12], []),
      eth(update(1, [9000, 9001, 9002], [])),
      snapshot(9001, [['7.0', '1']], [], 0),
      snapshot(11, [['100.0', '1']], [], 0)
    ]
    const { told, instruments } = await read(lines, {})
    expect(instruments.map(({ symbol }) => symbol)).toEqual(['ETHUSDT', 'BTCUSDT'])
    expect(told.filter((each) => each.includes('level'))).toEqual(['0 level 0 1 70 1000', '0 level 1 1 1000 1000'])
    const one = await read(lines, { symbol: 'BTCUSDT' })
    expect(one.told.filter((each) => each.includes('level'))).toEqual(['0 level 1 1000 1000'])
  })

  it('goes on from file to file', async () => {
    const { told } = await imported(
      temporary,
      {
        'b.jsonl': [update(3000, [3, 4, 5], [['99.8', '1']])],
        'a.jsonl': [snapshot(1, [['100.0', '3']], [], 0), update(10, [1, 2, 3], [['99.9', '1']])]
      },
      { tick: '0.1', lot: '1' }
    )
    expect(told.filter((each) => each.includes('level'))).toEqual([
      '0 level 1 1000 3',
      '10 level 1 999 1',
      '3000 level 1 998 1'
    ])
  })

  it.each([
    [
      'no JSON',
      [trade(1, '100.0', '1', true), '{"e":"trade",', trade(2, '100.0', '1', true)],
      'x.jsonl:2:1 expected a message in JSON, on a line of its own'
    ],
    ['a cut file', [trade(1, '100.0', '1', true), '{"e":"trade","E":1'], 'x.jsonl:2:1 the file ends inside a message'],
    ['a wrong price', [trade(1, '1oo.0', '1', true)], 'x.jsonl:1:1 expected a price, got "1oo.0"'],
    ['a missing field', ['{"e":"trade","E":1723075200000}'], 'x.jsonl:1:1 expected t as a whole number, got nothing'],
    ['a negative quantity', [trade(1, '100.0', '-1', true)], 'x.jsonl:1:1 the quantity is negative']
  ])('says where there is %s, and can leave it out', async (_what, lines, message) => {
    expect(await failure(temporary, { 'x.jsonl': lines })).toBe(`${message} (--on-error skip or repair goes on)`)
    const skipped = await read([...lines.slice(0, -1), trade(0, '100.0', '1', true), ...lines.slice(-1)], {
      onError: 'skip'
    })
    expect(Object.keys(skipped.summary.counts).some((kind) => ['badValue', 'truncated'].includes(kind))).toBe(true)
  })

  it('takes the time of its predecessor where a message comes more than a second late', async () => {
    const { told, summary } = await read([
      trade(5000, '100.0', '1', true),
      trade(7000, '100.0', '1', true),
      trade(10, '100.0', '1', true)
    ])
    expect([told.filter((each) => each.includes('trade')), summary.counts.late]).toEqual([
      ['5000 trade -1 1000 1000', '5000 trade -1 1000 1000', '7000 trade -1 1000 1000'],
      1
    ])
  })

  describe('with snapshots that do not name their symbol', () => {
    /** A futures update of another symbol: all futures count their ids together. */
    const of = (symbol: string, text: string): string =>
      text.replaceAll('BTCUSDT', symbol).replaceAll('btcusdt', symbol.toLowerCase())
    const PEPE = snapshot(90, [['0.000009', '1']], [['0.000010', '1']], 0)
    const BTC = snapshot(91, [['60000.0', '1']], [['60000.1', '1']], 1)
    const ETH = snapshot(92, [['3000.1', '1']], [['3000.2', '1']], 2)
    const updates = [
      of('ETHUSDT', update(10, [80, 101, 110], [['3000.0', '2']])),
      of('1000PEPEUSDT', update(11, [81, 102, 111], [['0.000008', '2']])),
      update(12, [79, 103, 112], [['59999.9', '2']])
    ]

    it.each([
      ['before', [PEPE, BTC, ETH, ...updates]],
      ['behind', [...updates, of('ETHUSDT', update(13, [110, 113, 114], [])), PEPE, BTC, ETH]]
    ])('tells it by the prices: %s the updates', async (_, lines) => {
      const { told, instruments } = await read(lines, { tick: '0.000001', lot: '1' })
      const books = instruments.map(({ symbol }, no) => {
        const levels = told
          .map((each) => each.split(' '))
          .filter(([, name, at]) => name === 'level' && at === String(no))
        return [symbol, levels.map((level) => Number(level[4]) / 1e6)]
      })
      expect(Object.fromEntries(books)).toEqual({
        '1000PEPEUSDT': [0.000009, 0.00001, 0.000008],
        BTCUSDT: [60000, 60000.1, 59999.9],
        ETHUSDT: [3000.1, 3000.2, 3000]
      })
    })

    it('tells it by equal levels, where prices are alike', async () => {
      const lines = [
        update(10, [80, 101, 110], [['100.0', '7']]),
        of('BTCUSDC', update(11, [81, 102, 111], [['100.0', '8']])),
        snapshot(120, [['100.0', '8']], [], 20),
        snapshot(121, [['100.0', '7']], [], 21)
      ]
      const { told, instruments } = await read(lines, {})
      expect(instruments.map(({ symbol }) => symbol)).toEqual(['BTCUSDC', 'BTCUSDT'])
      expect(told.filter((each) => each.includes('level'))).toEqual([
        '20 level 0 1 1000 8000',
        '21 level 1 1 1000 7000'
      ])
    })

    it('takes those that are polled, without updates, for what was asked for', async () => {
      const polled = [10, 20].map(
        (at) => `${BigInt(DAY + at) * 1_000_000n} ${snapshot(at, [['100.0', String(at)]], [['100.1', '1']])}`
      )
      expect(await rows(polled, { symbol: 'X' })).toEqual([
        '10 clear',
        '10 level 1 1000 10000',
        '10 level -1 1001 1000',
        '20 level 1 1000 20000'
      ])
      expect(await failure(temporary, { 'x.jsonl': polled })).toBe(
        'x.jsonl the file has no market data: the snapshots do not name their symbol; --symbol names it'
      )
    })
  })

  it('tells a snapshot without a time when the updates have come so far: not before', async () => {
    expect(
      await rows([
        snapshot(12, [['100.0', '3']], []),
        spot(10, [5, 9], [['99.9', '1']]),
        spot(20, [10, 12], [['99.8', '1']]),
        spot(30, [13, 13], [['99.7', '1']])
      ])
    ).toEqual(['30 clear', '30 level 1 1000 3000', '30 level 1 997 1000'])
  })

  it('says that there is no snapshot', async () => {
    const lines = [update(10, [1, 2, 3], [['100.0', '1']]), update(20, [3, 4, 5], [])]
    expect(await failure(temporary, { 'x.jsonl': lines })).toContain(
      'x.jsonl the file has no market data: depth updates tell no book without a snapshot to begin with'
    )
    const { summary } = await read([...lines, trade(21, '100.0', '1', true)])
    expect([summary.feed, summary.counts.waiting]).toEqual(['l1', 2])
    expect(summary.notes).toContain('2 depth updates met no snapshot to begin a book with, and are left out')
  })

  it('does not take spot and futures of one symbol for one book', async () => {
    const lines = [
      snapshot(1, [['100.0', '3']], [['100.1', '3']], 0),
      update(10, [1, 2, 3], [['99.9', '1']]),
      spot(20, [4, 5], [['99.8', '1']])
    ]
    expect(await failure(temporary, { 'x.jsonl': lines })).toContain(
      'x.jsonl:3:1 expected all updates of BTCUSDT from one market, spot or futures (pu), got "none"'
    )
  })

  it('tells trades of recordings that overlap once', async () => {
    const trades = (...ids: number[]): string[] => ids.map((id) => trade(id, '100.0', '1', true))
    const { told, summary } = await imported(temporary, { 'a.jsonl': trades(1, 2, 4), 'b.jsonl': trades(2, 4, 5) })
    expect(told.filter((each) => each.includes('trade')).map((each) => each.split(' ')[0])).toEqual([
      '1',
      '2',
      '4',
      '5'
    ])
    expect(summary.counts.repeatedTrades).toBe(2)
  })

  const TICKER = { u: 400, s: 'BNBUSDT', b: '25.30', B: '31.2', a: '25.40', A: '40.6' }
  it.each([
    ['ISO 8601 before the message', `2024-08-08T00:00:00.0050000Z ${JSON.stringify(TICKER)}`],
    ['ISO 8601 with another zone', `2024-08-08 02:00:00.005+02:00\t${JSON.stringify(TICKER)}`],
    ['a list of time and message', JSON.stringify([DAY + 5, TICKER])],
    ['a list with ISO 8601', JSON.stringify(['2024-08-08T00:00:00.005Z', TICKER])],
    ['a list over several lines', `[\n${DAY + 5} ${JSON.stringify(TICKER)},\n]`]
  ])('has the recorder’s time for messages without one: %s', async (_, text) => {
    const { told } = await imported(temporary, { 'data.bin': `${text}\n` })
    expect(told).toEqual(['5 quote 1 253 312', '5 quote -1 254 406', '5 eventEnd'])
  })
})

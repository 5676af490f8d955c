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
    const { told, summary } = await read([aggregate, trade(5, '100.0', '1', true), trade(5, '100.0', '1', true)])
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
      'x.jsonl:2:1 expected a message in JSON'
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
})

import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { failure, imported, type Asked, type Imported } from '../support/imported.js'
import { temporaryDirectory } from '../support/temporary.js'

const temporary = temporaryDirectory()
/** 2024-08-08T00:00:00Z in s. */
const DAY = 1_723_075_200

function read(name: string, lines: readonly string[], options: Asked = {}): Promise<Imported> {
  return imported(temporary, { [name]: lines }, options)
}

function rows({ told }: Imported): string[] {
  return told.filter((each) => !each.includes('eventEnd'))
}

describe('Tardis.dev CSV', () => {
  const L2 = 'exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount'
  const at = (ms: number): string => String(DAY * 1e6 + ms * 1000)
  const level = (ms: number, local: number, snapshot: boolean, side: string, price: string, amount: string): string =>
    `deribit,BTC-PERP,${at(ms)},${at(local)},${snapshot},${side},${price},${amount}`

  it('replays incremental_book_L2: snapshots replace the book, rows of one message are one event', async () => {
    const read = await imported(
      temporary,
      {
        'book.csv.gz': gzipSync(
          [
            L2,
            level(0, 1, false, 'bid', '99', '5'),
            level(1, 2, true, 'bid', '100', '10'),
            level(1, 2, true, 'bid', '99.5', '20'),
            level(1, 2, true, 'ask', '100.5', '10'),
            level(2, 3, false, 'bid', '99.5', '0'),
            level(2, 3, false, 'ask', '101', '7'),
            level(3, 4, false, 'ask', '101', '0'),
            level(9, 9, true, 'bid', '100', '10'),
            level(9, 9, true, 'ask', '101', '1')
          ].join('\n')
        )
      },
      { tick: '0.5' }
    )
    expect([read.summary.format, read.summary.feed, read.told]).toEqual([
      'tardis',
      'l2',
      [
        '1 level 1 1000 10',
        '1 level 1 995 20',
        '1 level -1 1005 10',
        '1 eventEnd',
        '2 level 1 995 0',
        '2 level -1 1010 7',
        '2 eventEnd',
        '3 level -1 1010 0',
        '3 eventEnd',
        '9 level -1 1010 1',
        '9 level -1 1005 0',
        '9 eventEnd'
      ]
    ])
    expect(read.summary.counts.beforeSnapshot).toBe(1)
  })

  it('merges trades into the book, which goes first at one time', async () => {
    const read = await imported(
      temporary,
      {
        'trades.csv': [
          'exchange,symbol,timestamp,local_timestamp,id,side,price,amount',
          `deribit,BTC-PERP,${at(2)},${at(2)},1,sell,100,4`,
          `deribit,BTC-PERP,${at(5)},${at(5)},2,unknown,100,1`
        ],
        'book.csv': [
          L2,
          level(1, 1, true, 'bid', '100', '10'),
          level(2, 2, false, 'bid', '100', '6'),
          level(9, 9, false, 'bid', '100', '7')
        ]
      },
      { tick: '0.5' }
    )
    expect(rows(read)).toEqual([
      '1 level 1 1000 10',
      '2 level 1 1000 6',
      '2 trade -1 1000 4',
      '5 trade 0 1000 1',
      '9 level 1 1000 7'
    ])
  })

  it('tells what changed between book snapshots; behind the last level that is shown nothing is known', async () => {
    const head = ['exchange,symbol,timestamp,local_timestamp']
    for (const n of [0, 1]) head.push(`asks[${n}].price,asks[${n}].amount,bids[${n}].price,bids[${n}].amount`)
    const read2 = await read('book_snapshot_2.csv', [
      head.join(','),
      `x,BTC,${at(1)},${at(1)},101,1,100,1,102,2,99,2`,
      `x,BTC,${at(2)},${at(2)},101,1,100,1,101.5,4,99.5,3`,
      `x,BTC,${at(3)},${at(3)},103,1,100,1,,,99.5,3`
    ])
    expect(rows(read2)).toEqual([
      '1 level 1 1000 1',
      '1 level 1 990 2',
      '1 level -1 1010 1',
      '1 level -1 1020 2',
      '2 level 1 995 3',
      '2 level -1 1015 4',
      '3 level -1 1030 1',
      '3 level -1 1010 0',
      '3 level -1 1015 0',
      '3 level -1 1020 0'
    ])
  })

  it('makes quotes of quotes; an empty side is none', async () => {
    const read2 = await read('quotes.csv', [
      'exchange,symbol,timestamp,local_timestamp,ask_amount,ask_price,bid_price,bid_amount',
      `x,BTC,${at(1)},${at(1)},5,101.5,100,3`,
      `x,BTC,${at(2)},${at(2)},,,100,4`
    ])
    expect([read2.summary.feed, rows(read2)]).toEqual([
      'l1',
      ['1 quote 1 1000 3', '1 quote -1 1015 5', '2 quote 1 1000 4', '2 quote -1 0 0']
    ])
  })

  it('raises exchange times that go back, unless it is to stop', async () => {
    const lines = [L2, level(5, 5, true, 'bid', '100', '10'), level(3, 6, false, 'bid', '100', '9')]
    const raised = await read('book.csv', lines)
    expect([rows(raised), raised.summary.counts.timeBack]).toEqual([['5 level 1 100 10', '5 level 1 100 9'], 1])
    expect(await failure(temporary, { 'book.csv': lines }, { onError: 'stop' })).toBe(
      'book.csv:3:18 time goes back by 0.002 s (--on-error skip or repair goes on)'
    )
  })

  it('reads several symbols, or those that are asked for', async () => {
    const eth = (line: string): string => line.replace('BTC-PERP', 'ETH-PERP')
    const lines = [
      L2,
      level(1, 1, true, 'bid', '100', '10'),
      eth(level(1, 1, true, 'bid', '7.25', '1')),
      level(2, 2, false, 'bid', '100', '9')
    ]
    expect(rows(await read('book.csv', lines))).toEqual([
      '1 level 0 1 100 10',
      '1 level 1 1 725 1',
      '2 level 0 1 100 9'
    ])
    expect(rows(await read('book.csv', lines, { symbol: 'ETH-PERP' }))).toEqual(['1 level 1 725 1'])
    expect(await failure(temporary, { 'book.csv': lines }, { symbol: 'XRP' })).toBe(
      'book.csv --symbol XRP: the file has BTC-PERP, ETH-PERP'
    )
  })

  it('keeps exchanges apart that have the same symbol', async () => {
    const { told, instruments } = await imported(temporary, {
      'a.csv': [L2, level(1, 1, true, 'bid', '100', '1').replace(/^\w+/, 'deribit')],
      'b.csv': [L2, level(2, 2, true, 'bid', '101', '2').replace(/^\w+/, 'bybit')]
    })
    expect(instruments.map(({ symbol }) => symbol)).toEqual(['deribit:BTC-PERP', 'bybit:BTC-PERP'])
    expect(told.filter((each) => each.includes('level'))).toEqual(['1 level 0 1 100 1', '2 level 1 1 101 2'])
  })

  it('says that there is no snapshot, and that liquidations are trades', async () => {
    expect(await failure(temporary, { 'book.csv': [L2, level(1, 1, false, 'bid', '100', '1')] })).toBe(
      'book.csv the file has no market data: all rows come before the first snapshot, with which a book begins'
    )
    const trades = ['exchange,symbol,timestamp,local_timestamp,id,side,price,amount', `x,A,${at(1)},${at(1)},1,buy,1,1`]
    expect(await failure(temporary, { 'x_liquidations_2024.csv': trades })).toBe(
      'x_liquidations_2024.csv liquidations are among the trades already; expected trades'
    )
  })

  it('counts a row that goes back once, however much it tells', async () => {
    const head = 'exchange,symbol,timestamp,local_timestamp,ask_amount,ask_price,bid_price,bid_amount'
    const lines = [head, ...[5, 3, 4, 6].map((time) => `x,A,${at(time)},${at(time)},5,101.5,100,${time}`)]
    for (const [onError, events] of [
      ['repair', 4],
      ['skip', 2]
    ] as const) {
      const { summary } = await read('quotes.csv', lines, { onError })
      expect([summary.counts.timeBack, summary.events]).toEqual([2, events])
    }
  })

  it.each([
    ['a wrong side', [level(1, 1, true, 'b', '100', '1')], 'book.csv:2:57 expected the side of the level, got "b"'],
    ['a wrong price', [level(1, 1, true, 'bid', '1OO', '1')], 'book.csv:2:61 expected a price, got "1OO"'],
    [
      'a wrong time',
      ['x,B,yesterday,1,true,bid,1,1'],
      'book.csv:2:5 expected a time in us since 1970, got "yesterday"'
    ],
    [
      'a cut line',
      [level(1, 1, true, 'bid', '100', '1'), 'x,B,1723075200000000,1,fal'],
      'book.csv:3:24 expected at least 8 columns, got 5'
    ],
    ['a negative quantity', [level(1, 1, true, 'bid', '100', '-1')], 'book.csv:2:65 the quantity is negative']
  ])('says where there is %s, and leaves it out where that is asked for', async (_what, lines, message) => {
    expect(await failure(temporary, { 'book.csv': [L2, ...lines] })).toBe(
      `${message} (--on-error skip or repair goes on)`
    )
    const good = [level(0, 0, true, 'bid', '99', '1'), ...lines, level(9, 9, false, 'ask', '101', '1')]
    const skipped = await read('book.csv', [L2, ...good], { onError: 'skip' })
    expect([rows(skipped)[0], rows(skipped).at(-1), skipped.summary.counts.badValue]).toEqual([
      '0 level 1 99 1',
      '9 level -1 101 1',
      1
    ])
  })

  it('finds a crossed book, and takes the older side away where it is to repair', async () => {
    const lines = [
      L2,
      level(1, 1, true, 'bid', '100', '1'),
      level(1, 1, true, 'ask', '101', '1'),
      level(1, 1, true, 'ask', '102', '1'),
      level(2, 2, false, 'bid', '101', '3')
    ]
    const kept = await read('book.csv', lines)
    expect([rows(kept).at(-1), kept.summary.counts.crossed]).toEqual(['2 level 1 101 3', 1])
    expect(kept.summary.notes?.at(-1)?.replace(temporary('x').slice(0, -1), '')).toBe(
      '1 times the book became crossed or locked: left as they are. The first: book.csv:5:62 the book of BTC-PERP is crossed: best bid 101, best ask 101'
    )
    const repaired = await read('book.csv', lines, { onError: 'repair' })
    expect(rows(repaired).slice(-2)).toEqual(['2 level 1 101 3', '2 level -1 101 0'])
  })
})

describe('Binance’s public files', () => {
  it.each([
    [
      'without a header',
      'BTCUSDT-trades-2024-08-08.csv',
      ['1,100.10000000,0.50000000,50.05,1723075200001,True,True', '2,100.2,1,100.2,1723075200002,False,True']
    ],
    [
      'in µs',
      'BTCUSDT-trades-2025-08.csv',
      ['1,100.1,0.5,50,1723075200001000,true,true', '2,100.2,1,100,1723075200002000,false,true']
    ],
    [
      'with a header',
      'BTCUSDT-trades-2024-08-08.csv',
      [
        'id,price,qty,quote_qty,time,is_buyer_maker',
        '1,100.1,0.5,50,1723075200001,true',
        '2,100.2,1,100,1723075200002,false'
      ]
    ],
    [
      'in aggregate',
      'BTCUSDT-aggTrades-2024-08-08.csv',
      ['1,100.1,0.5,1,1,1723075200001,true,true', '2,100.2,1,2,2,1723075200002,false,true']
    ]
  ])('reads trades %s', async (_how, name, lines) => {
    const { told, summary, instruments } = await read(name, lines)
    expect([summary.format, instruments[0].symbol, told]).toEqual([
      'binance-files',
      'BTCUSDT',
      ['1 trade -1 1001 5', '1 eventEnd', '2 trade 1 1002 10', '2 eventEnd']
    ])
  })

  it('reads the book ticker, zipped', async () => {
    const read2 = await read('BTCUSDT-bookTicker-2024-08-08.csv', [
      'update_id,best_bid_price,best_bid_qty,best_ask_price,best_ask_qty,transaction_time,event_time',
      '1,100.1,3,100.2,4,1723075200001,1723075200005'
    ])
    expect(rows(read2)).toEqual(['1 quote 1 1001 3', '1 quote -1 1002 4'])
  })

  it('reads depth snapshots and updates, and finds gaps', async () => {
    const depth = (ms: number, u: number, pu: number, side: string, type: string, price: string, qty: string): string =>
      `BTCUSDT,${DAY * 1000 + ms},${u},${u},${side},${type},${price},${qty},${pu}`
    const lines = [
      'symbol,timestamp,first_update_id,last_update_id,side,update_type,price,qty,pu',
      depth(1, 10, -1, 'b', 'snap', '100', '1'),
      depth(1, 10, -1, 'a', 'snap', '101', '1'),
      depth(2, 12, 10, 'b', 'set', '100', '2'),
      depth(3, 15, 14, 'b', 'set', '99', '2'),
      depth(4, 16, 15, 'b', 'set', '98', '2'),
      depth(5, 20, -1, 'b', 'snap', '100', '3')
    ]
    const read2 = await read('BTCUSDT_T_DEPTH.csv', lines)
    expect(rows(read2)).toEqual([
      '1 level 1 100 1',
      '1 level -1 101 1',
      '2 level 1 100 2',
      '3 clear',
      '5 level 1 100 3'
    ])
    expect(await failure(temporary, { 'x.csv': lines }, { onError: 'stop' })).toBe(
      'x.csv:5:40 expected the update before to be 12, got "14" (--on-error skip or repair goes on)'
    )
  })

  const KLINE = '1723075200000,4.1,4.2,4.0,4.1,539.2,1723075259999,2240.3,13,401.8,1669.9,0'
  it.each([
    ['bookDepth', ['timestamp,percentage,depth,notional', '2024-08-08 00:00:10,-5,1,2']],
    ['klines', [KLINE]],
    ['klines', ['open_time,open,high,low,close,volume,close_time,quote_volume,count', KLINE]]
  ])('says why %s make no book', async (kind, lines) => {
    expect(await failure(temporary, { 'data.bin': lines })).toMatch(
      new RegExp(`^data.bin ${kind} (tells|are) .*; expected trades, aggTrades, bookTicker or T_DEPTH$`)
    )
  })

  it('knows files by their content, and says that the symbol is missing', async () => {
    const coinM = ['id,price,qty,base_qty,time,is_buyer_maker', '1,100.1,5,0.05,1723075200001,true']
    expect(await failure(temporary, { 'data.bin': coinM })).toBe(
      'data.bin the file does not say of which instrument it is; --symbol says it'
    )
    const { told } = await imported(temporary, { 'data.bin': coinM }, { symbol: 'BTCUSD_PERP' })
    expect(told).toEqual(['1 trade -1 1001 5', '1 eventEnd'])
    const ticker = await imported(
      temporary,
      { 'data.bin': ['3733,100.1,3,100.2,4,1723075200001,1723075200005'] },
      { symbol: 'X' }
    )
    expect(rows(ticker)).toEqual(['1 quote 1 1001 3', '1 quote -1 1002 4'])
  })

  it('does not tell the same prints twice', async () => {
    expect(
      await failure(temporary, {
        'BTCUSDT-trades-2024-08-08.csv': ['1,100.1,0.5,50.05,1723075200001,True,True'],
        'BTCUSDT-aggTrades-2024-08-08.csv': ['1,100.1,0.5,1,1,1723075200001,true,true']
      })
    ).toBe('BTCUSDT-aggTrades-2024-08-08.csv aggTrades tell the trades again that are there as well')
  })
})

describe('CSV of quotes and trades with a usual header', () => {
  it.each([
    [
      'ns since 1970',
      'ticker,sip_timestamp,bid_price,bid_size,ask_price,ask_size',
      `A,${DAY}001000000,10.01,5,10.02,6`
    ],
    ['ISO 8601', 'Symbol,Timestamp,BidPrice,BidSize,AskPrice,AskSize', 'A,2024-08-08T00:00:00.001Z,10.01,5,10.02,6'],
    [
      'New York’s time, as TAQ',
      'DATE,TIME_M,SYM_ROOT,BID,BIDSIZ,ASK,ASKSIZ',
      '2024-08-07,20:00:00.001,A,10.01,5,10.02,6'
    ],
    [
      'semicolons and quotes',
      '"symbol";"time";"bid";"bidsize";"ask";"asksize"',
      `"A";"${DAY}.001";"10.01";"5";"10.02";"6"`
    ]
  ])('reads quotes in %s', async (_how, header, line) => {
    const { told, summary } = await read('quotes.csv', [header, line])
    expect([summary.format, summary.feed, told]).toEqual([
      'nbbo',
      'l1',
      ['1 quote 1 1001 5', '1 quote -1 1002 6', '1 eventEnd']
    ])
  })

  const SHARES = 'DATE,TIME_M,BEST_BID,BEST_BIDSIZ,BEST_BIDSIZSHARES,BEST_ASK,BEST_ASKSIZ,BEST_ASKSIZSHARES'
  it.each([
    ['Dukascopy', 'Gmt time,Ask,Bid,AskVolume,BidVolume', '08.08.2024 00:00:00.001,10.02,10.01,6,5', {}],
    ['Dukascopy in Europe', 'Gmt time;Ask;Bid;AskVolume;BidVolume', '08.08.2024 00:00:00.001;10,02;10,01;6;5', {}],
    ['a zone', 'Local time,Ask,Bid,AskVolume,BidVolume', '08.08.2024 01:00:00.001 GMT+0100,10.02,10.01,6,5', {}],
    ['the United States', 'Date,Time,Bid,BidSize,Ask,AskSize', '8/7/2024,8:00:00.001 PM,10.01,5,10.02,6', {}],
    ['seconds since midnight', 'date,time_m,bid,bidsiz,ask,asksiz', '20240807,72000.001,10.01,5,10.02,6', {}],
    ['a zone in the name', 'timestamp_utc,bid,bidsize,ask,asksize', '2024-08-08T00:00:00.001,10.01,5,10.02,6', {}],
    ['--date', 'time,bid,bidsize,ask,asksize', '20:00:00.001,10.01,5,10.02,6', { date: '2024-08-07' }],
    [
      'round lots',
      'DATE,TIME_M,BEST_BID,BEST_BIDSIZ,BEST_ASK,BEST_ASKSIZ',
      '20240807,20:00:00.001,10.01,5,10.02,6',
      {}
    ],
    ['shares', SHARES, '20240807,20:00:00.001,10.01,1,5,10.02,1,6', {}]
  ])('reads quotes as written by %s', async (_how, header, line, options) => {
    const { told } = await read('data.bin', [header, line], { symbol: 'A', ...options })
    expect(told).toEqual(['1 quote 1 1001 5', '1 quote -1 1002 6', '1 eventEnd'])
  })

  it('tells round lots, and makes shares of them; a class of shares belongs to the symbol', async () => {
    const lines = [
      'DATE,TIME_M,SYM_ROOT,SYM_SUFFIX,BID,BIDSIZ,ASK,ASKSIZ',
      '20240807,20:00:00.001,BRK,A,10.01,5,10.02,6'
    ]
    const { summary, instruments } = await read('q.csv', [...lines, '20240807,20:00:00.001,BRK,B,10.01,5,10.02,6'])
    expect(instruments.map(({ symbol }) => symbol)).toEqual(['BRK.A', 'BRK.B'])
    expect(summary.notes).toContain('1 header names a size that may count round lots of 100 shares (--quote-unit 100)')
    const shares = await read('q.csv', lines, { quoteUnit: '100' })
    expect(rows(shares)).toEqual(['1 quote 1 1001 500', '1 quote -1 1002 600'])
  })

  it('takes the consolidated time, and quoted lists for what they are', async () => {
    const { told } = await read('q.csv', [
      'ticker,conditions,correction,exchange,id,participant_timestamp,price,sequence_number,sip_timestamp,size',
      `A,"12,37",0,4,1,${DAY}000000000,10.01,3,${DAY}001000000,5`
    ])
    expect(told[0]).toBe('1 trade 0 1001 5')
  })

  it('takes what programs write for nothing as a side without a price', async () => {
    const lines = ['', '0', 'NaN', 'null'].map((none, n) => `${DAY}.00${n},A,10.01,5,${none},${none}`)
    const read2 = await read('q.csv', ['time,symbol,bid,bidsize,ask,asksize', ...lines])
    expect(rows(read2).filter((each) => each.includes('quote -1'))).toEqual(
      [0, 1, 2, 3].map((n) => `${n} quote -1 0 0`)
    )
  })

  it('says that times have no date', async () => {
    expect(await failure(temporary, { 'q.csv': ['time,symbol,bid,bidsize,ask,asksize', '09:30:00,A,1,1,2,1'] })).toBe(
      'q.csv times have no date; --date says it'
    )
  })

  it('tells prints inside the spread as hidden, and those at a quote by the side that took it', async () => {
    const read2 = await imported(temporary, {
      'trades.csv': [
        'time,symbol,price,size',
        ...[100.5, 101, 100, 99, 102].map((price, n) => `${DAY}.00${n + 2},A,${price},1`)
      ],
      'quotes.csv': ['time,symbol,bid,bid_size,ask,ask_size', `${DAY}.001,A,100,5,101,5`]
    })
    expect(rows(read2).slice(2)).toEqual([
      '2 hiddenTrade 0 10050 1',
      '3 trade 1 10100 1',
      '4 trade -1 10000 1',
      '5 trade -1 9900 1',
      '6 trade 1 10200 1'
    ])
  })

  it('does not take bars or orders for trades', async () => {
    expect(await failure(temporary, { 'x.csv': ['time,order_id,price,size', '1723075200,1,2,3'] })).toContain(
      'the format is not known'
    )
  })
})

describe('what the numbers tell of an instrument', () => {
  const quotes = (prices: readonly string[]): string[] => [
    'exchange,symbol,timestamp,local_timestamp,ask_amount,ask_price,bid_price,bid_amount',
    ...prices.map((price, n) => `x,A,${DAY + n}000000,0,,,${price},1.50`)
  ]

  it('takes the decimals of few prices for the tick, and the common step of many', async () => {
    const few = await read('few.csv', quotes(['100.25', '100.50']))
    expect(few.instruments[0]).toMatchObject({ tickSize: '0.01', lotSize: '0.1', priceScale: 2, quantityScale: 1 })
    const many = await read('many.csv', quotes(Array.from({ length: 100 }, (_, n) => String(100 + n / 4))))
    expect(many.instruments[0]).toMatchObject({ tickSize: '0.25' })
  })

  it('begins again where something later does not fit what the beginning told', async () => {
    const prices = Array.from({ length: 120_000 }, (_, n) => String(100 + (n % 200) / 4))
    const { instruments, summary } = await read('long.csv', [
      ...quotes([...prices, '100.3']),
      `x,B,${DAY + 200_000}000000,0,,,7,1`
    ])
    expect(instruments.map(({ symbol, tickSize }) => [symbol, tickSize])).toEqual([
      ['A', '0.05'],
      ['B', '1']
    ])
    expect(summary.events).toBe(120_002)
  })

  it('finds prices off the tick that a person gave', async () => {
    const lines = quotes(['100.25', '100.30'])
    expect(await failure(temporary, { 'x.csv': lines }, { tick: '0.25' })).toBe(
      'x.csv:3:26 price 100.30 of A is off the tick of 0.25 (--tick sets another tick, --on-error skip or repair goes on)'
    )
    const { told } = await read('x.csv', lines, { tick: '0.25', onError: 'repair' })
    expect(told.filter((each) => each.includes('quote 1'))).toEqual(['0 quote 1 10025 15', '1000 quote 1 10025 15'])
  })
})

import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { failure, imported, type Imported } from '../support/imported.js'
import { temporaryDirectory } from '../support/temporary.js'

const temporary = temporaryDirectory()

function mapping(text: string): string {
  const path = temporary('vendor.yaml')
  writeFileSync(path, text)
  return path
}

function read(yaml: string, lines: readonly string[], name = 'data.csv'): Promise<Imported> {
  return imported(temporary, { [name]: lines }, { mapping: mapping(yaml) })
}

const ORDERS = `
source: Some vendor
timeZone: America/New_York
tick: "0.01"
market: XNAS
rows:
  - time: { column: ms, format: sinceMidnight, unit: ms, dateColumn: day }
    symbol: { column: sym }
    action: { column: what, add: N, remove: [D, X], execute: E, reduce: C, modify: U, hidden: P, ignore: S }
    side: { column: side, buy: B, sell: S }
    price: { column: px, unit: "0.0001" }
    qty: { column: lots, unit: "100" }
    orderId: { column: ref }
`
const HEADER = 'day,ms,sym,what,ref,side,px,lots'

describe('CSV by a mapping file', () => {
  it('reads phases, in a file of their own or among other rows', async () => {
    const yaml = `
tick: "0.01"
rows:
  - files: "*status*"
    time: { column: t, format: ns }
    symbol: { column: sym }
    action: { column: state, halt: [H, P], continuous: T, closed: C, ignore: X }
  - time: { column: t, format: ns }
    symbol: { column: sym }
    tells: trade
    price: { column: px }
    qty: { column: qty }
`
    const files = {
      'trades.csv': ['t,sym,px,qty', '1000000,ABC,10.00,5', '3000000,ABC,10.01,6'],
      'status.csv': ['t,sym,state', '0,ABC,H', '500000,ABC,X', '2000000,ABC,T', '2500000,ABC,T', '4000000,ABC,C']
    }
    const { told, summary } = await imported(temporary, files, { mapping: mapping(yaml) })
    expect(told.filter((each) => !each.includes('eventEnd'))).toEqual([
      '1 trade 0 1000 5',
      '1 enterPhase halt',
      '2 enterPhase continuous',
      '3 trade 0 1001 6',
      '4 enterPhase closed'
    ])
    expect(summary.notes).toContain('3 changes of phase')
  })

  it('reads orders, whose ids may be numbers or texts', async () => {
    const { told, summary, instruments } = await read(ORDERS, [
      HEADER,
      '2024-01-05,100,XYZ,N,18446744073709551615,B,1000100,1',
      '2024-01-05,200,XYZ,N,a-1,S,1000200,3',
      '2024-01-05,300,XYZ,C,a-1,,,1',
      '2024-01-05,400,XYZ,E,a-1,,1000200,1',
      '2024-01-05,500,XYZ,U,18446744073709551615,B,1000000,2',
      '2024-01-05,600,XYZ,P,,,1000150,1',
      '2024-01-05,700,XYZ,X,a-1,,,',
      '2024-01-05,800,XYZ,S,,,,'
    ])
    const since = told
      .filter((each) => !each.includes('eventEnd'))
      .map((each) => each.replace(/^\d+/, (ms) => `${Number(ms) - 5 * 3_600_000}`))
    expect([summary.format, summary.feed, instruments[0]]).toEqual([
      'csv',
      'l3',
      { symbol: 'XYZ', tickSize: '0.01', lotSize: '1', priceScale: 3, quantityScale: 0, feed: 'l3', market: 'XNAS' }
    ])
    expect(since).toEqual([
      '100 add 1 1 100010 100',
      '200 add 2 -1 100020 300',
      '300 reduce 2 100',
      '400 execute 2 -1 100020 100',
      '500 modify 1 1 100000 200',
      '600 hiddenTrade 0 100015 100',
      '700 remove 2'
    ])
  })

  it('makes an L2 tape of orders where that is asked for', async () => {
    const lines = [
      HEADER,
      '2024-01-05,100,XYZ,N,1,B,1000100,1',
      '2024-01-05,200,XYZ,N,2,B,1000100,2',
      '2024-01-05,300,XYZ,E,1,,,1'
    ]
    const { told } = await imported(temporary, { 'x.csv': lines }, { mapping: mapping(ORDERS), feed: 'l2' })
    expect(told.filter((each) => !each.includes('eventEnd')).map((each) => each.replace(/^\d+ /, ''))).toEqual([
      'level 1 10001 100',
      'level 1 10001 300',
      'trade -1 10001 100',
      'level 1 10001 200'
    ])
  })

  it('finds orders that are not in the book', async () => {
    const lines = [
      HEADER,
      '2024-01-05,100,XYZ,N,1,B,1000100,1',
      '2024-01-05,200,XYZ,D,7,,,',
      '2024-01-05,300,XYZ,C,1,,,5'
    ]
    const { summary } = await read(ORDERS, lines)
    expect(summary.counts).toMatchObject({ unknownOrder: 1, excess: 1 })
    expect(await failure(temporary, { 'x.csv': lines }, { mapping: mapping(ORDERS), onError: 'stop' })).toBe(
      'x.csv:3:1 order 7 is not in the book (--on-error skip or repair goes on)'
    )
  })

  it('reads books of several levels, in columns without a header, by a time of the day', async () => {
    const { told, instruments } = await read(
      `
timeZone: Asia/Tokyo
delimiter: tab
columns: [clock, b1, bq1, a1, aq1, b2, bq2, a2, aq2]
rows:
  - time: { column: clock, format: clock, date: "2024-01-05" }
    symbol: { is: "7203" }
    book:
      levels: 2
      first: 1
      bidPrice: { column: "b{n}" }
      bidQty: { column: "bq{n}" }
      askPrice: { column: "a{n}" }
      askQty: { column: "aq{n}" }
`,
      [
        '09:00:00.000001\t2500\t300\t2501\t100\t2499\t200\t2502\t100',
        '09:00:00.5\t2500\t300\t2501\t200\t2499\t200\t2502\t100'
      ]
    )
    expect([instruments[0].symbol, told]).toEqual([
      '7203',
      [
        '0.001 level 1 2500 300',
        '0.001 level 1 2499 200',
        '0.001 level -1 2501 100',
        '0.001 level -1 2502 100',
        '0.001 eventEnd',
        '500 level -1 2501 200',
        '500 eventEnd'
      ]
    ])
  })

  const BOTH = `
rows:
  - files: "*trades*"
    time: { column: t, format: iso }
    symbol: { column: s }
    tells: trade
    side: { column: side, buy: buy, sell: sell }
    price: { column: p }
    qty: { column: q }
  - time: { column: t, format: iso }
    symbol: { column: s }
    quote: { bidPrice: { column: b }, bidQty: { column: bq }, askPrice: { column: a }, askQty: { column: aq } }
    skip: { column: bad, values: ["1"] }
`

  it('tells files by their names', async () => {
    const { told, summary } = await imported(
      temporary,
      {
        'x-trades.csv': ['t,s,side,p,q', '2024-01-05T00:00:00.002Z,X,buy,10.5,1'],
        'x-quotes.csv': [
          't,s,b,bq,a,aq,bad',
          '"2024-01-05 01:00:00.001+01:00","X","10.4","1","10.5","2","0"',
          '20240105 00:00:00.003,X,1,1,2,1,1'
        ]
      },
      { mapping: mapping(BOTH) }
    )
    expect([summary.counts.skipped, told]).toEqual([
      1,
      ['1 quote 1 104 1', '1 quote -1 105 2', '1 eventEnd', '2 trade 1 105 1', '2 eventEnd']
    ])
  })

  it.each([
    [
      'an unknown key',
      'rows:\n  - time: { column: t, format: ns }\n    tels: trade\n',
      'vendor.yaml:3:5 /rows/0/tels is no key here'
    ],
    ['no rows', 'source: x\n', 'vendor.yaml:1:1 / must have required properties rows'],
    [
      'a wrong unit',
      'rows:\n  - time: { column: t, format: fortnights }\n',
      'vendor.yaml:2:32 /rows/0/time/format must be one of s, ms, us, ns, unix, iso, clock, sinceMidnight'
    ],
    [
      'nothing that is told',
      'rows:\n  - time: { column: t, format: ns }\n',
      'vendor.yaml:2:5 /rows/0 expected one of tells'
    ],
    [
      'a missing column',
      'rows:\n  - time: { column: t, format: ns }\n    tells: trade\n    price: { column: p }\n',
      'vendor.yaml:2:5 /rows/0 expected qty: the column of the quantity'
    ],
    [
      'a text with two meanings',
      'rows:\n  - time: { column: t, format: ns }\n    action: { column: a, add: A, remove: A }\n',
      'vendor.yaml:3:42 /rows/0/action/remove has "A", which is add already'
    ],
    [
      'a time of the day without a day',
      'rows:\n  - time: { column: t, format: clock }\n    tells: trade\n    price: { column: p }\n    qty: { column: q }\n',
      'vendor.yaml:2:11 /rows/0/time expected one of date and dateColumn'
    ],
    [
      'a zone that is none',
      'timeZone: Mars\nrows:\n  - time: { column: t, format: ns }\n    tells: trade\n',
      'vendor.yaml:1:11 /timeZone must be a name such as America/New_York'
    ]
  ])('says where a mapping has %s', async (_what, yaml, message) => {
    const found = await failure(temporary, { 'x.csv': ['t,p,q', '1,1,1'] }, { mapping: mapping(yaml) })
    expect(found.slice(0, message.length)).toBe(message)
  })

  it('says which column a file lacks', async () => {
    expect(await failure(temporary, { 'x-trades.csv': ['t,s,p,q', '1,1,1,1'] }, { mapping: mapping(BOTH) })).toContain(
      'x-trades.csv:1:1 expected a column side'
    )
  })
})

describe('what vendors write', () => {
  const yaml = (time: string, more = ''): string => `
${more}
rows:
  - time: { column: t, ${time} }
    symbol: { is: X }
    tells: trade
    price: { column: p }
    qty: { column: q }
`
  /** The time of one row, in ms after midnight UTC. */
  const timeOf = async (text: string, time: string): Promise<number> => {
    const { told } = await read(yaml(time), ['t,note,p,q', `${text},"a, ""b""",1.5,1`])
    return Number(told[0].split(' ')[0])
  }

  it.each([
    ['1700006400.123456789', 'format: s', 123.456789],
    ['1700006400123.5', 'format: ms', 123.5],
    ['2023-11-15 00:00:00.123 UTC', 'format: iso', 123],
    ['2023-11-15 01:00:00.123 GMT+0100', 'format: iso', 123],
    ['20231115-00:00:00.123', 'format: iso', 123],
    ['15.11.2023 00:00:00.123', 'format: iso', 123],
    ['15/11/2023 00:00:00.123', 'format: iso, dateOrder: dmy', 123],
    ['11/5/2023 12:00:01 AM', 'format: iso, dateOrder: mdy', 1000],
    ['11/5/2023 1:00:01 PM', 'format: iso, dateOrder: mdy', 13 * 3_600_000 + 1000],
    ['"00:00:00,123"', 'format: clock, date: "2023-11-15"', 123]
  ])('reads the time %s by %s', async (text, time, expected) => {
    expect(await timeOf(text, time)).toBe(expected)
  })

  it.each([
    '11/05/2023 00:00:00',
    '2023-02-29T00:00:00Z',
    '2023-11-15T25:00:00Z',
    '2300-01-01T00:00:00Z',
    '1969-12-31T00:00:00Z'
  ])('does not take %s for a time', async (text) => {
    const options = { mapping: mapping(yaml('format: iso')) }
    expect(await failure(temporary, { 'data.csv': ['t,p,q', `${text},1,1`] }, options)).toBe(
      `data.csv:2:1 expected a time such as 2024-05-08T13:30:00.123, got "${text}" (--on-error skip or repair goes on)`
    )
  })

  it('takes an hour that comes twice for the first, until the rows go back', async () => {
    const times = ['01:59:59', '01:00:00', '01:59:59.9', '02:00:00'].map((time) => `2024-11-03 ${time},1.5,1`)
    const { told } = await read(yaml('format: iso', 'timeZone: America/New_York'), ['t,p,q', ...times])
    const hour = 3_600_000
    expect(told.filter((each) => each.includes('trade')).map((each) => Number(each.split(' ')[0]))).toEqual([
      6 * hour - 1000,
      6 * hour,
      7 * hour - 100,
      7 * hour
    ])
  })

  it('reads decimal commas', async () => {
    const { told } = await read(yaml('format: iso', 'delimiter: ";"\ndecimal: ","'), [
      't;p;q',
      '2023-11-15T00:00:00,5Z;66,52;1,5'
    ])
    expect(told[0]).toBe('500 trade 0 6652 15')
  })

  it('reads the best price of one side a row, and sizes that no column has', async () => {
    const ticks = `
rows:
  - time: { column: t, format: ms }
    symbol: { is: VOD }
    action: { column: type, bid: [BID, BEST_BID], ask: ASK, trade: TRADE }
    price: { column: value }
    qty: { is: "100" }
`
    const { told, summary } = await read(ticks, [
      't,type,value',
      '1700006400001,BID,68.5',
      '1700006400002,ASK,68.7',
      '1700006400003,BEST_BID,68.6',
      '1700006400004,TRADE,68.7',
      '1700006400005,ASK,0'
    ])
    expect([summary.feed, told.filter((each) => !each.includes('eventEnd'))]).toEqual([
      'l1',
      ['1 quote 1 685 100', '2 quote -1 687 100', '3 quote 1 686 100', '4 trade 1 687 100', '5 quote -1 0 0']
    ])
  })

  const GOES_ON = '(--on-error skip or repair goes on)'
  it.each([
    ['data.csv:1:1 the file has two columns p, and one is meant (VENDOR)', ['t,p,p,q', '1,1,1,1']],
    ['data.csv:1:1 expected a column p (VENDOR), the file has t;p;q', ['t;p;q', '1;1;1']],
    [
      `data.csv:2:4 expected the end of the quotes on this line: line ends inside of quotes are not read ${GOES_ON}`,
      ['t,n,p,q', '1,"a', 'b",1,1']
    ],
    [`data.csv:3:1 expected a time in s since 1970, got "t" ${GOES_ON}`, ['t,p,q', '1,1,1', 't,p,q']],
    [
      `data.csv:3:12 the time is more than 104 days after the first, the most that a tape holds ${GOES_ON}`,
      ['t,p,q', '1700006400,1,1', '1710006400,1,1']
    ]
  ])('says %s', async (message, lines) => {
    const told = await failure(temporary, { 'data.csv': lines }, { mapping: mapping(yaml('format: s')) })
    expect(told.replace(/\(\S*vendor.yaml\)/, '(VENDOR)')).toBe(message)
  })

  it.each([
    ['qty: { column: q, is: "1" }', 'price: { column: p }', '/rows/0/qty expected one of column and is'],
    ['qty: {}', 'price: { column: p }', '/rows/0/qty expected one of column and is'],
    ['qty: { column: q }', 'price: { is: "1" }', '/rows/0/price expected a column: no market has one price']
  ])('refuses %s with %s', async (qty, price, problem) => {
    const text = `rows:\n  - time: { column: t, format: s }\n    tells: trade\n    ${qty}\n    ${price}\n`
    const told = await failure(temporary, { 'data.csv': ['t,p,q', '1,1,1'] }, { mapping: mapping(text) })
    expect(told).toMatch(new RegExp(`vendor.yaml:[45]:\\d+ ${problem}$`))
  })

  it('knows the names of time zones', async () => {
    expect(await failure(temporary, { 'data.csv': ['t,p,q', '1,1,1'] }, { timeZone: 'Mars/Olympus' })).toBe(
      '--time-zone "Mars/Olympus": expected a name such as America/New_York'
    )
  })
})

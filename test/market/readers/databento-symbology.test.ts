import { describe, expect, it } from 'vitest'
import { dbnFile, definition, mbo, mbp, symbolMapping, type DbnHead } from '../support/dbn-file.js'
import { failure, imported, type Asked, type Imported } from '../support/imported.js'
import { temporaryDirectory } from '../support/temporary.js'

const temporary = temporaryDirectory()
/** ns of a day: the files begin on 2024-05-08. */
const DAY = 86_400e9

const add = (order: number, time: number, id: number, cents: number, publisher?: number): Buffer =>
  mbo(order, { id, time, action: 'A', side: 'B', cents, size: 1, ...(publisher && { publisher }) })

/** What a tape of one file tells, by symbol: "AAA add ...". */
async function told(head: DbnHead, records: readonly Buffer[], asked: Asked = {}): Promise<string[]> {
  return bySymbol(await imported(temporary, { 'a.dbn': dbnFile(head, records) }, { tick: '0.01', ...asked }))
}

function bySymbol({ told, instruments }: Imported): string[] {
  return told
    .filter((call) => !call.includes('eventEnd'))
    .map((call) => {
      const [, name, ...rest] = call.split(' ')
      if (instruments.length === 1) return [instruments[0].symbol, name, ...rest].join(' ')
      return [instruments[Number(rest[0])].symbol, name, ...rest.slice(1)].join(' ')
    })
}

describe('the symbol of an instrument id', () => {
  const BOTH_DAYS = [
    ['AAA', 7, 20_240_508, 20_240_509],
    ['BBB', 8, 20_240_508, 20_240_509],
    ['BBB', 7, 20_240_509, 20_240_510],
    ['AAA', 8, 20_240_509, 20_240_510]
  ] as const
  const RECORDS = [add(1, 1, 7, 100), add(2, 2, 8, 200), add(3, DAY + 1, 7, 201), add(4, DAY + 2, 8, 101)]
  const TOLD = [
    'AAA add 1 1 10000 1',
    'BBB add 2 1 20000 1',
    'BBB clear',
    'BBB add 3 1 20100 1',
    'AAA clear',
    'AAA add 4 1 10100 1'
  ]

  it('is that of the day, in one file or in one a day', async () => {
    expect(await told({ schema: 0, mappings: BOTH_DAYS }, RECORDS)).toEqual(TOLD)
    const days = {
      'a.dbn': dbnFile({ schema: 0, mappings: BOTH_DAYS.slice(0, 2) }, RECORDS.slice(0, 2)),
      'b.dbn': dbnFile({ schema: 0, mappings: BOTH_DAYS.slice(2) }, RECORDS.slice(2))
    }
    expect(bySymbol(await imported(temporary, days, { tick: '0.01' }))).toEqual(TOLD)
    expect(await told({ schema: 0, mappings: BOTH_DAYS }, RECORDS, { symbol: 'AAA' })).toEqual([
      'AAA add 1 1 10000 1',
      'AAA clear',
      'AAA add 2 1 10100 1'
    ])
  })

  it('is what the last symbol mapping record said', async () => {
    const live: DbnHead = { version: 2, schema: 0xffff, mappings: [], stypes: [255, 0] }
    const records = [
      symbolMapping(2, 'AAA', 'AAA', 7),
      symbolMapping(2, 'BBB', 'BBB', 8),
      ...RECORDS.slice(0, 2),
      symbolMapping(2, 'BBB', 'BBB', 7),
      symbolMapping(2, 'AAA', 'AAA', 8),
      ...RECORDS.slice(2)
    ]
    expect(await told(live, records)).toEqual(TOLD)
  })

  it('is that of the row in CSV, with ids or without', async () => {
    const row = (second: string, symbol: string, id: number, order: number, price: string): string =>
      `2024-05-0${second}Z,${id},A,B,${price},1,${order},128,${symbol}`
    const rows = [
      'ts_event,instrument_id,action,side,price,size,order_id,flags,symbol',
      row('8T00:00:01', 'AAA', 7, 1, '1.00'),
      row('8T00:00:02', 'BBB', 8, 2, '2.00'),
      row('9T00:00:01', 'BBB', 7, 3, '2.01'),
      row('9T00:00:02', 'AAA', 8, 4, '1.01')
    ]
    expect(bySymbol(await imported(temporary, { 'a.csv': rows }, { tick: '0.01' }))).toEqual(TOLD)
    const withoutIds = rows.map((text) => text.split(',').toSpliced(1, 1).join(','))
    expect(bySymbol(await imported(temporary, { 'a.csv': withoutIds }, { tick: '0.01' }))).toEqual(
      TOLD.filter((call) => !call.endsWith('clear'))
    )
  })

  it('is never a parent, which stands for many: the definition or the id says it', async () => {
    const parent: DbnHead = {
      schema: 0,
      stypes: [4, 0],
      mappings: [
        ['ES.FUT', 7],
        ['ES.FUT', 8]
      ]
    }
    const records = [add(1, 1, 7, 100), add(2, 2, 8, 200)]
    expect(await told(parent, records)).toEqual(['7 add 1 1 10000 1', '8 add 2 1 20000 1'])
    const definitions = dbnFile({ schema: 9, mappings: [] }, [
      definition(1, 'ESM4', 25, 7),
      definition(1, 'ESU4', 25, 8)
    ])
    const files = { 'a.dbn': dbnFile(parent, records), 'b.dbn': definitions }
    const NAMED = ['ESM4 add 1 1 10000 1', 'ESU4 add 2 1 20000 1']
    expect(bySymbol(await imported(temporary, files))).toEqual(NAMED)
    expect(bySymbol(await imported(temporary, files, { symbol: 'ESM4' }))).toEqual(NAMED.slice(0, 1))
    const live = [symbolMapping(2, 'ES.FUT', 'ESM4', 7), symbolMapping(2, 'ES.FUT', 'ESU4', 8), ...records]
    expect(await told({ version: 2, schema: 0xffff, mappings: [] }, live)).toEqual(NAMED)
  })

  it('may be asked for by the id', async () => {
    expect(await told({ schema: 0, mappings: BOTH_DAYS.slice(0, 2) }, RECORDS.slice(0, 2), { symbol: '8' })).toEqual([
      'BBB add 1 1 20000 1'
    ])
    const nameless: DbnHead = { schema: 0, mappings: [] }
    expect(await told(nameless, RECORDS.slice(0, 2), { symbol: '8' })).toEqual(['8 add 1 1 20000 1'])
  })
})

describe('definitions', () => {
  const order = dbnFile({ schema: 0, mappings: [['AAA', 7]] }, [add(1, 1, 7, 100)])
  const defined = (...records: Buffer[]): Buffer => dbnFile({ schema: 9 }, records)

  it('of another day count by the symbol, not by the id', async () => {
    const definitions = defined(definition(1, 'BBB', 50, 7), definition(1, 'AAA', 5, 9))
    const { instruments } = await imported(temporary, { 'a.dbn': order, 'b.dbn': definitions })
    expect(instruments[0]).toMatchObject({ symbol: 'AAA', tickSize: '0.05' })
  })

  it('whose tick changes give the largest that divides all', async () => {
    const definitions = defined(definition(1, 'AAA', 1, 7), definition(1, 'AAA', 0.75, 7), definition(1, 'AAA', 1, 7))
    const { instruments, summary } = await imported(temporary, { 'a.dbn': order, 'b.dbn': definitions })
    expect(instruments[0].tickSize).toBe('0.0025')
    expect(summary.notes).toEqual(['the tick of AAA changes: 0.0025 divides all that its definitions say'])
  })

  it('an instrument without any price is no part of the tape', async () => {
    const cleared = mbo(0, { id: 8, time: 1, action: 'R', side: 'N' })
    const file = dbnFile({ schema: 0, mappings: [] }, [cleared, add(1, 2, 7, 100)])
    const { instruments, summary } = await imported(temporary, { 'a.dbn': file })
    expect([instruments.map(({ symbol }) => symbol), summary.counts.otherInstruments]).toEqual([['7'], 1])
  })
})

describe('records of several venues', () => {
  const [XNAS, XBOS, XOFF] = [66, 75, 84]
  const HEAD: DbnHead = { schema: 0, dataset: 'EQUS.ALL', mappings: [['AAA', 7]] }
  const BOOKS = [add(1, 1, 7, 100, XNAS), add(1, 2, 7, 101, XBOS), add(2, 3, 7, 99, XNAS)]

  it('are never mixed in one book', async () => {
    expect(await failure(temporary, { 'a.dbn': dbnFile(HEAD, BOOKS) }, { tick: '0.01' })).toBe(
      'a.dbn record 2 at byte 262: AAA has books of several venues, here of XBOS after XNAS, which a tape must not mix; --market names the one to read'
    )
  })

  it('are those of the venue that is asked for', async () => {
    const one = await imported(temporary, { 'a.dbn': dbnFile(HEAD, BOOKS) }, { market: 'XNAS' })
    expect(bySymbol(one)).toEqual(['AAA add 1 1 10000 1', 'AAA add 2 1 9900 1'])
    expect([one.instruments[0].market, one.summary.counts.otherVenues]).toEqual(['XNAS', 1])
    expect(await failure(temporary, { 'a.dbn': dbnFile(HEAD, BOOKS) }, { market: 'XASE' })).toBe(
      'a.dbn --market XASE: the records of AAA are of XNAS, XBOS'
    )
    // Of one venue, a market is its name.
    const named = await imported(temporary, { 'a.dbn': dbnFile(HEAD, BOOKS.slice(0, 1)) }, { market: 'XPPT' })
    expect(named.instruments[0].market).toBe('XPPT')
  })

  it('are prints of one market, and quotes of all venues are consolidated', async () => {
    const trade = (time: number, publisher: number): Buffer =>
      mbp(0, { time, publisher, action: 'T', side: 'B', cents: 100, size: 2 })
    expect(await told({ ...HEAD, schema: 4 }, [trade(1, XNAS), trade(2, XBOS)])).toEqual([
      'AAA trade 1 10000 2',
      'AAA trade 1 10000 2'
    ])
    const quote = (time: number, publisher: number, bid: number): Buffer =>
      mbp(1, { time, publisher, action: 'A', side: 'B' }, [[bid, 5, 125, 6]], 0xb1 as 1)
    expect(await told({ ...HEAD, schema: 14 }, [quote(1, XNAS, 100), quote(2, XBOS, 101)])).toEqual([
      'AAA quote 1 10000 5',
      'AAA quote -1 12500 6',
      'AAA quote 1 10100 5'
    ])
  })

  it('are hidden prints where they were made off the book', async () => {
    const off = mbo(0, { time: 2, publisher: XOFF, action: 'T', side: 'B', cents: 100, size: 9 })
    expect(await told(HEAD, [add(1, 1, 7, 100, XNAS), off, add(2, 3, 7, 99, XNAS)])).toEqual([
      'AAA add 1 1 10000 1',
      'AAA hiddenTrade 1 10000 9',
      'AAA add 2 1 9900 1'
    ])
  })
})

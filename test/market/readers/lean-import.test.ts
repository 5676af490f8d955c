import { describe, expect, it } from 'vitest'
import { nanos } from '../../../src/base/time.js'
import { importFiles } from '../../../src/market/readers/import-files.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { sharedData } from '../../support/data.js'
import { failure, imported } from '../support/imported.js'
import { RecordingSink } from '../support/recording-sink.js'
import { temporaryDirectory } from '../support/temporary.js'

const temporary = temporaryDirectory()
const QUOTES = '20131007_ibm_Quote_Tick.csv'
const TRADES = '20131007_ibm_Trade_Tick.csv'
/** 04:00 New York, summer time, in ms after midnight UTC. */
const START = 8 * 3_600_000

describe('Lean’s US quotes and trades', () => {
  it('makes one tape of both: a bid row and its ask row are one event, prints inside the spread are hidden', async () => {
    const { told, instruments, summary } = await imported(temporary, {
      [TRADES]: [
        '14400002,1800150,10,D,1,0',
        '14400003,1800200,20,P,1,0',
        '14400004,1800000,30,P,4000,0',
        '14400004,1800000,30,P,1000000,0',
        '14400005,1800000,40,P,1,1'
      ],
      [QUOTES]: [
        '14400001,1800000,100,0,0,P,1,0',
        '14400001,0,0,1800200,300,Q,1,0',
        '14400003,1800100,100,0,0,P,1,0',
        '14400003,0,0,1800200,300,Q,1,0',
        '14400003,1800200,100,0,0,P,1,0',
        '14400003,0,0,1800300,300,Q,1,1'
      ]
    })
    const since = told.map((each) => each.replace(/^\d+/, (ms) => String(Number(ms) - START)))
    expect([summary.format, instruments[0].symbol, instruments[0].priceScale]).toEqual(['lean', 'IBM', 3])
    expect(since).toEqual([
      '1 quote 1 180000 100',
      '1 quote -1 180020 300',
      '1 eventEnd',
      '2 hiddenTrade 0 180015 10',
      '2 eventEnd',
      '3 quote 1 180010 100',
      '3 quote -1 180020 300',
      '3 eventEnd',
      '3 quote 1 180020 100',
      '3 eventEnd',
      '3 trade 0 180020 20',
      '3 eventEnd',
      '4 hiddenTrade 0 180000 30',
      '4 eventEnd'
    ])
    expect(summary.counts).toMatchObject({ skipped: 2, ignored: 1, lockedEvents: 1 })
  })

  it('needs the symbol and the date where the name does not say them', async () => {
    const lines = ['14400001,1800000,100,0,0,P,1,0']
    expect(await failure(temporary, { 'x.csv': lines })).toBe(
      'x.csv expected a name like 20131007_ibm_Quote_Tick.csv, or the option --symbol'
    )
    const { told } = await imported(temporary, { 'x.csv': lines }, { symbol: 'IBM', date: '2013-12-07' })
    expect(told[0]).toBe(`${START + 3_600_001} quote 1 18000 100`)
  })

  it('reads times of later years, with parts of a millisecond', async () => {
    const { told } = await imported(temporary, {
      '20131008_bac_Quote_Tick.csv': ['14400009.367,137450,100,0,0,D,1,0', '14400009.367,0,0,137460,100,D,1,0'],
      '20131008_bac_Trade_Tick.csv': ['14400010.0004,137460,100,D,80000000,0']
    })
    expect(told.map((each) => each.split(' ').slice(0, 2))).toEqual([
      [`${START + 9.367}`, 'quote'],
      [`${START + 9.367}`, 'quote'],
      [`${START + 9.367}`, 'eventEnd'],
      [`${START + 10.0004}`, 'trade'],
      [`${START + 10.0004}`, 'eventEnd']
    ])
  })

  it.each([
    ['20140605_aapl_minute_trade.csv', '15300000,6448000,6448000,6448000,6448000,1'],
    ['20140605_aapl_minute_quote.csv', '15300000,6448000,6448000,6448000,6448000,90,6500000,6500000,6500000,6500000,1'],
    ['20140605_aapl_second_quote.csv', '15300000,,,,,0,6500000,6500000,6500000,6500000,1'],
    ['aapl.csv', '20131001 00:00,6448000,6448000,6448000,6448000,90']
  ])('refuses bars: %s', async (name, line) => {
    expect(await failure(temporary, { [name]: [line] })).toBe(
      `${name}:1:1 these are bars, which tell nothing of the book or of single trades; expected tick files`
    )
  })

  const [quotes, trades] = ['quote', 'trade'].map((kind) => sharedData(`taq/lean_IBM_20131007_${kind}.zip`))

  it.skipIf(!quotes || !trades)('gives the best bid and offer of IBM’s day, and its prints', async () => {
    const out = temporary('ibm.arrow')
    const summary = await importFiles([trades!, quotes!], out, undefined)
    const source = openTapes([out])
    const sink = new RecordingSink()
    source.advance(source.end!, sink)
    expect([summary.format, source.instruments]).toEqual([
      'lean',
      [{ symbol: 'IBM', tickSize: '0.01', lotSize: '1', priceScale: 2, quantityScale: 0, feed: 'l1' }]
    ])
    expect(summary.counts.skipped).toBe(1)

    // 09:30 to 16:00 New York.
    const open = nanos(13.5 * 3600e9)
    const close = nanos(20 * 3600e9)
    const best = { 1: Number.NaN, [-1]: Number.NaN }
    const rows = { all: 0, locked: 0, crossed: 0 }
    const prints = { inside: 0, outside: 0, all: 0 }
    for (const [name, time, , ...rest] of sink.calls) {
      const regular = time >= open && time < close
      if (name === 'quote') {
        best[rest[0] as 1 | -1] = rest[1]
        if (!regular) continue
        rows.all++
        if (best[1] === best[-1]) rows.locked++
        if (best[1] > best[-1]) rows.crossed++
      } else if (regular && (name === 'trade' || name === 'hiddenTrade')) {
        const [, price] = rest
        prints.all++
        if (price > best[1] && price < best[-1]) prints.inside++
        else if (price !== best[1] && price !== best[-1]) prints.outside++
      }
    }
    expect(rows).toEqual({ all: 107_998, locked: 648, crossed: 86 })
    const percent = (count: number): string => ((100 * count) / prints.all).toFixed(1)
    expect([percent(prints.inside), percent(prints.outside)]).toEqual(['46.5', '3.0'])
  })
})

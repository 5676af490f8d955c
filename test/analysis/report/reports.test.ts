import { describe, expect, it } from 'vitest'
import { readRecording } from '../../../src/analysis/recording/read-recording.js'
import { csvReport } from '../../../src/analysis/report/csv.js'
import { htmlReport } from '../../../src/analysis/report/html.js'
import { jsonReport } from '../../../src/analysis/report/json.js'
import { TEXT_WIDTH, textReport } from '../../../src/analysis/report/text.js'
import { analyseCosts } from '../../../src/analysis/tca/tca.js'
import { BUY } from '../../../src/exchange/units.js'
import { Tag } from '../../../src/fix/wire/tag.js'
import { fakeSession } from '../support/fake-session.js'
import { sampleSession } from '../support/sample-session.js'

const HOSTILE = '<script>alert("1")</script>&\'\u001b[31m'
const sample = (...ids: string[]) => analyseCosts(readRecording(sampleSession(...ids)))
const html = (...ids: string[]) => [...htmlReport(sample(...ids))].join('')

describe('text report', () => {
  const lines = textReport(sample(), { color: false }).split('\n')
  const behind = (start: string, count: number) => {
    const at = lines.findIndex((line) => line.startsWith(start))
    return lines.slice(at, at + count)
  }

  it('sums up each currency by itself', () => {
    expect(behind('1 parent ', 6)).toEqual([
      '1 parent · 2 orders · 2 fills · 30,004.00 USD traded',
      'Implementation shortfall +37.00 USD = +3.70 bp',
      '  delay +5.00, trading +4.00, opportunity +28.00, fees 0.00',
      '1 parent · 1 order · 1 fill · 25,000.00 EUR traded',
      'Implementation shortfall +0.25 EUR = +0.10 bp',
      '  delay 0.00, trading +0.25, opportunity 0.00, fees 0.00'
    ])
  })

  it('has a table of shortfalls by symbol', () => {
    expect(behind('Implementation shortfall by symbol', 4)).toEqual([
      'Implementation shortfall by symbol  bp of decision notional; + is a cost',
      'Symbol      Parents     Ordered Filled    Delay  Trading  Opport.    Fees    Total     Total money',
      'ACME              1       1,000    30%    +0.50    +0.40    +2.80    0.00    +3.70      +37.00 USD',
      'BTC-EUR           1       0.500   100%     0.00    +0.10     0.00    0.00    +0.10       +0.25 EUR'
    ])
  })

  it('has a table of spreads by symbol, with what was left out for want of later quotes', () => {
    expect(behind('Spreads by symbol', 4).slice(1)).toEqual([
      'Symbol        Quoted  Effective      50ms        1s       15s      1min      5min          Left out',
      'ACME            4.00      +2.67     -5.33     -5.33         –         –         –          0–2 of 2',
      'BTC-EUR         0.20      +0.20     -3.90     -3.90     -3.90         –         –          0–1 of 1'
    ])
  })

  it('has a table of the parents', () => {
    expect(behind('Parents  bp', 4).slice(1)).toEqual([
      'Parent       Symbol    Side   Quantity Filled   Decision     Average     VWAP    Total  Total money',
      'P1           ACME      buy       1,000    30%     99.995    100.0133    +0.33    +3.70       +37.00',
      'S1           BTC-EUR   sell      0.500   100%    50000.5   50000.000        –    +0.10        +0.25'
    ])
  })

  it('fits its width and keeps control characters from the terminal, whatever clients call their orders', () => {
    const session = fakeSession([
      { symbol: 'A.VERY.LONG.SYMBOL.NAME-2026-12-18', tickSize: '0.000001', lotSize: '0.00000001' }
    ])
      .quote(0, '12345.678901', '12345.678905')
      .order(1, 'a', { side: BUY, qty: '1234567.00000001', tags: [[Tag.ClOrdLinkID, HOSTILE.repeat(9)]] })
      .fill(2, 'a', '1234566', '12999.999999')
    const text = textReport(analyseCosts(readRecording(session)), { color: false })
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(TEXT_WIDTH)
    expect(text).not.toContain('\u001b')
  })

  it('shows the largest parents only, and says so', () => {
    expect(textReport(sample(), { color: false, parents: 1 })).toContain('Parents, the 1 of 2 with the largest cost')
  })
})

describe('JSON report', () => {
  const report = JSON.parse([...jsonReport(sample(HOSTILE))].join(''))

  it('says what it is, and what must be known to believe it', () => {
    expect(report).toMatchObject({ report: 'paperpit-tca', version: 1 })
    expect(report.session).toMatchObject({
      start: '2026-11-20T00:00:00.000000000Z',
      end: '2026-11-20T00:00:20.000000000Z',
      models: { preset: 'consume' },
      market: { kind: 'synthetic', seed: 7 },
      parentQuantity: 'sum',
      refused: { orders: 0, cancels: 0, replaces: 0, tooLate: 0 }
    })
    expect(Object.keys(report.session.assumptions)).toContain('Queue')
  })

  it('has a parent’s cost in money, basis points and price, decimals as strings', () => {
    expect(report.parents[0]).toMatchObject({
      id: HOSTILE,
      symbol: 'ACME',
      side: 'buy',
      quantity: '1000',
      executed: '300',
      fillRatio: '0.300000',
      passiveShare: '0.333333',
      participation: '0.375000',
      averagePrice: '100.01333333',
      timeToFirstFill: '0.000000000',
      timeToCompletion: null,
      benchmarks: { decision: '99.995', decisionSource: 'client', arrival: '100.00', end: '100.04' },
      shortfall: {
        delay: { money: '5.00', bp: '0.5000', price: '0.005000' },
        trading: { money: '4.00', bp: '0.4000', price: '0.004000' },
        opportunity: { money: '28.00', bp: '2.8001', price: '0.028000' },
        fees: { money: '0.00', bp: '0.0000', price: '0.000000' },
        total: { money: '37.00', bp: '3.7002', price: '0.037000' }
      },
      against: {
        arrival: { money: '4.00', bp: '1.3333', price: '0.013333' },
        vwap: { money: '1.000000', bp: '0.3333', price: '0.003333' },
        twap: { money: '-3.000000', bp: '-0.9998', price: '-0.010000' }
      }
    })
  })

  it('has null where nothing could be measured', () => {
    expect(report.parents[0].spread.horizons[2]).toEqual({
      after: '15s',
      measured: 0,
      censored: 2,
      missing: 0,
      effective: null,
      realised: null,
      markOut: null,
      adverseShare: null,
      impact: null
    })
  })

  it('names the parent of each order by its place', () => {
    expect(
      report.orders.map((order: { id: string; parent: number; outcome: string }) => [
        order.id,
        order.parent,
        order.outcome
      ])
    ).toEqual([
      ['a', 0, 'canceled'],
      ['b', 0, 'expired'],
      ['c', 1, 'filled']
    ])
  })
})

describe('CSV report', () => {
  const cells = (text: string) => text.split('\r\n').map((line) => line.split(','))

  it('has a row per order, empty where nothing could be measured', () => {
    const [head, ...rows] = cells([...csvReport(sample())].join(''))
    const column = (name: string) => rows.slice(0, 3).map((row) => row[head.indexOf(name)])
    expect(rows.map((row) => row.length)).toEqual([head.length, head.length, head.length, 1])
    expect(column('id')).toEqual(['a', 'b', 'c'])
    expect(column('parent')).toEqual(['P1', 'P1', 'S1'])
    expect(column('symbol')).toEqual(['ACME', 'ACME', 'BTC-EUR'])
    expect(column('executed')).toEqual(['200', '100', '0.500'])
    expect(column('total.money')).toEqual(['23.00', '12.00', '0.25'])
    expect(column('timeToCompletion')).toEqual(['', '', '0.000000000'])
    expect(column('realised.15s.bp')).toEqual(['', '', '-3.9000'])
  })

  it('quotes what clients wrote, and leaves no formula for a spreadsheet', () => {
    const [, first, , third] = [...csvReport(sample('=cmd|"/c calc",A1', '-5'))].join('').split('\r\n')
    expect(first.startsWith(`a,"'=cmd|""/c calc"",A1",`)).toBe(true)
    expect(third.startsWith('c,-5,')).toBe(true)
  })
})

describe('HTML report', () => {
  it('is one file: no script, nothing loaded from anywhere', () => {
    const page = html()
    expect(page).toMatch(/^<!doctype html>/)
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|https?:|\bon\w+=/i)
    expect([...page.matchAll(/\bhref="([^"]*)"/g)].map(([, target]) => target)).toEqual(['#parent-0', '#parent-1'])
  })

  it('shows what clients wrote as text', () => {
    const page = html(HOSTILE, '"><svg onload=x>')
    expect(page).not.toContain('<script')
    expect(page).not.toContain('<svg onload')
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;\ufffd[31m')
  })

  it('closes every element that it opens, in order', () => {
    const open: string[] = []
    for (const [, slash, name] of html()
      .replace('<!doctype html>', '')
      .matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
      if (name === 'meta') continue
      if (slash === '') open.push(name)
      else expect(open.pop()).toBe(name)
    }
    expect(open).toEqual([])
  })

  it('draws every fill of a parent as a dot that tells time, quantity, price and liquidity', () => {
    const titles = [...html().matchAll(/<circle[^>]*><title>([^<]*)<\/title>/g)].map(([, title]) => title)
    expect(titles).toEqual([
      '00:00:00.010  200 at 100.02, removed liquidity',
      '00:00:00.030  100 at 100.00, added liquidity',
      '00:00:00.040  0.500 at 50000.0, removed liquidity'
    ])
  })

  it('pictures only the largest of many parents, and lists them all', () => {
    const session = fakeSession().quote(0, '9.99', '10.01')
    for (let i = 0; i < 300; i++)
      session.order(i, `o${i}`, { side: BUY, qty: '10' }).fill(i, `o${i}`, '10', (10 + i / 100).toFixed(2))
    const page = [...htmlReport(analyseCosts(readRecording(session)))].join('')
    expect(page.match(/<details /g)?.length).toBe(25)
    expect(page.match(/<details [^>]*\bopen\b/g)?.length).toBe(3)
    expect(page.match(/<td class="word"/g)?.length).toBeGreaterThanOrEqual(3 * 300)
    expect(page).toContain('id="parent-299"')
    expect(page).not.toContain('id="parent-0"')
  })
})

import { describe, expect, it } from 'vitest'
import { readRecording } from '../../../src/analysis/recording/read-recording.js'
import { csvReport } from '../../../src/analysis/report/csv.js'
import { htmlReport } from '../../../src/analysis/report/html.js'
import { jsonReport } from '../../../src/analysis/report/json.js'
import { textReport } from '../../../src/analysis/report/text.js'
import { analyseCosts, type Tca } from '../../../src/analysis/tca/tca.js'
import { BUY, SELL } from '../../../src/exchange/units.js'
import { Tag } from '../../../src/fix/wire/tag.js'
import { fakeSession, type FakeSession } from '../support/fake-session.js'
import { inWords } from '../support/in-words.js'

const analyse = (session: FakeSession): Tca => analyseCosts(readRecording(session))
const reports = (tca: Tca): string[] => [
  textReport(tca, { color: false }),
  [...jsonReport(tca)].join(''),
  [...csvReport(tca)].join(''),
  [...htmlReport(tca)].join('')
]

describe('what the recording does not hold', () => {
  it.each([
    ['nothing at all', fakeSession()],
    ['no order', fakeSession().quote(0, '9.99', '10.01').print(1, '5', '10.00')],
    ['no quote', fakeSession().order(1, 'a', { side: BUY, qty: '10' }).fill(2, 'a', '5', '10.00')],
    [
      'one side only',
      fakeSession().quote(0, undefined, '10.01').order(1, 'a', { side: SELL, qty: '10' }).fill(2, 'a', '5', '10.00')
    ],
    [
      'an order that ended in its first instant',
      fakeSession().quote(1, '9.99', '10.01').order(1, 'a', { side: BUY, qty: '10' }).fill(1, 'a', '10', '10.01')
    ],
    ['a rejected order only', fakeSession().request(1, 'a', { side: BUY, qty: '10' }).reject(1, 'a')]
  ])('%s: every report is written, without NaN, undefined or Infinity', (_name, session) => {
    for (const text of reports(analyse(session))) {
      expect(text).not.toMatch(/NaN|undefined|Infinity|\[object/)
      expect(text.length).toBeGreaterThan(10)
    }
  })

  it('a one-sided book at arrival: no delay, no trading cost, and still a total', () => {
    const session = fakeSession()
      .quote(0, '9.99', '10.01')
      .request(1, 'a', { side: BUY, qty: '10', inbound: 4 })
      .quote(3, undefined, '10.03')
      .accept('a')
      .fill(5, 'a', '4', '10.03')
      .quote(6, '10.03', '10.05')
      .cancel(7, 'a')
    expect(inWords(analyse(session).order(0))).toMatchObject({
      decision: '10.00 request',
      arrival: '–',
      end: '10.04',
      delay: '–',
      trading: '–',
      opportunity: '–',
      total: '0.36',
      at50ms: '0 measured, 0 censored, 1 missing: 0.00 = 0.00 + 0.00'
    })
  })

  it('leaves a parent without all benchmarks out of its symbol’s shortfall, and counts it', () => {
    const session = fakeSession()
      .order(1, 'early', { side: BUY, qty: '10' })
      .fill(1, 'early', '10', '10.00')
      .quote(2, '9.99', '10.01')
      .order(3, 'late', { side: BUY, qty: '10' })
      .fill(3, 'late', '10', '10.01')
    const [symbol] = analyse(session).symbols
    expect([symbol.parents, symbol.measuredParents, symbol.quantity, symbol.measuredQuantity]).toEqual([2, 1, 20, 10])
    // Half cents: 10 x (10.01 - 10.00).
    expect(symbol.shortfall).toEqual({ delay: 0, trading: 20, opportunity: 0, fees: 0, total: 20 })
  })

  it.each(['', '.', 'abc', '1e5', '-99.95', '0', 'NaN'])('passes over the decision price "%s"', (text) => {
    const session = fakeSession()
      .quote(0, '9.99', '10.01')
      .order(1, 'a', { side: BUY, qty: '10', tags: [[Tag.DecisionPrice, text]] })
    expect(analyse(session).order(0).benchmarks).toMatchObject({ decision: 2000, decisionSource: 'request' })
  })
})

describe('decision prices finer than the tick', () => {
  const decided = (...texts: string[]) => {
    const session = fakeSession().quote(0, '9.99', '10.01')
    texts.forEach((text, i) => session.order(1, `o${i}`, { side: BUY, qty: '1000', tags: [[Tag.DecisionPrice, text]] }))
    const tca = analyse(session)
    return texts.map((_, i) => {
      const { decision, delay } = inWords(tca.order(i))
      return `${decision} delay ${delay}`
    })
  }

  it('are kept, and their costs exact', () => {
    expect(decided('9.9975', '9.99', '10.00001')).toEqual([
      '9.9975 client delay 2.50',
      '9.99 client delay 10.00',
      '10.00001 client delay -0.01'
    ])
  })

  it('are rounded to three decimals beyond the price’s', () => {
    expect(decided('9.9999949', '9.9999951')).toEqual(['9.99999 client delay 0.01', '10.00 client delay 0.00'])
  })
})

describe('fees', () => {
  it('are their own part of the shortfall', () => {
    const session = fakeSession()
      .quote(0, '9.99', '10.01')
      .order(1, 'a', { side: BUY, qty: '100' })
      .fill(1, 'a', '60', '10.01')
      .fill(2, 'a', '40', '9.99', 'added')
    // 3 cents a share to take, a rebate of 2 to add.
    const tca = analyseCosts(readRecording(session), { fees: ({ qty, added }) => (added ? -2 * qty : 3 * qty) })
    expect(inWords(tca.parent(0))).toMatchObject({ trading: '0.20', fees: '1.00', total: '1.20' })
  })
})

import { describe, expect, it } from 'vitest'
import { readRecording } from '../../../src/analysis/recording/read-recording.js'
import { analyseCosts } from '../../../src/analysis/tca/tca.js'
import { UserError } from '../../../src/base/user-error.js'
import { BUY } from '../../../src/exchange/units.js'
import { fakeSession, ms } from '../support/fake-session.js'

describe('readRecording', () => {
  it('keeps a quote row only where a price changed, and the time of the last quote', () => {
    const { quotes } = readRecording(
      fakeSession()
        .quote(1, '9.99', '10.01')
        .quote(2, '9.99', '10.01')
        .quote(3, undefined, '10.01')
        .quote(4, undefined, '10.01')
    )
    expect([...quotes[0].time]).toEqual([ms(1), ms(3)])
    expect([...quotes[0].bid]).toEqual([999, Number.NaN])
    expect([...quotes[0].ask]).toEqual([1001, 1001])
    expect(quotes[0].lastTime).toBe(ms(4))
  })

  describe('the quote before a fill', () => {
    it('is the last one recorded before it, also among quotes of the same instant', () => {
      const { fills } = readRecording(
        fakeSession()
          .quote(1, '9.99', '10.01')
          .order(5, 'a', { side: BUY, qty: '10' })
          .quote(5, '9.98', '10.00')
          .fill(5, 'a', '10', '10.00')
          .quote(5, '9.98', '10.02')
      )
      expect([...fills.quote]).toEqual([1])
    })

    it('is the last one before its time where the report left later', () => {
      const { fills, orders } = readRecording(
        fakeSession(undefined, { outbound: 3 })
          .quote(1, '9.99', '10.01')
          .quote(5, '9.98', '10.02')
          .quote(7, '9.97', '10.03')
          .order(5, 'a', { side: BUY, qty: '10' })
          .fill(5, 'a', '10', '10.01')
      )
      expect([...fills.quote]).toEqual([0])
      expect([...orders.arrivalQuote]).toEqual([0])
    })

    it('is none where none was recorded', () => {
      const { fills } = readRecording(fakeSession().order(5, 'a', { side: BUY, qty: '10' }).fill(5, 'a', '10', '10.01'))
      expect([...fills.quote]).toEqual([-1])
    })
  })

  it('takes the first quote of an instrument for its first request, which it is recorded behind', () => {
    const recording = readRecording(
      fakeSession()
        .request(5, 'a', { side: BUY, qty: '10', inbound: 2 })
        .quote(5, '9.99', '10.01')
        .quote(6, '9.98', '10.00')
        .accept('a')
    )
    expect([...recording.orders.requestQuote]).toEqual([0])
    expect([...recording.orders.arrivalQuote]).toEqual([1])
    expect([...recording.orders.requestedAt]).toEqual([ms(5)])
    expect([...recording.orders.arrivedAt]).toEqual([ms(7)])
  })

  it('does not take a quote from behind a request', () => {
    const session = fakeSession()
      .request(5, 'a', { side: BUY, qty: '10', inbound: 2 })
      .quote(6, '9.98', '10.00')
      .accept('a')
    const { benchmarks, shortfall } = analyseCosts(readRecording(session)).order(0)
    expect(benchmarks).toMatchObject({ decision: undefined, arrival: 1998, end: 1998 })
    expect(shortfall).toEqual({ delay: undefined, trading: 0, opportunity: 0, fees: 0, total: undefined })
  })

  it('counts what was refused, and the cancels that came too late', () => {
    const { orders, refusals } = readRecording(
      fakeSession()
        .request(1, 'a', { side: BUY, qty: '10' })
        .reject(1, 'a')
        .order(2, 'b', { side: BUY, qty: '10' })
        .fill(3, 'b', '10', '10.00')
        .rejectCancel(4, 'b')
    )
    expect(orders.length).toBe(1)
    expect(refusals).toEqual({ orders: 1, cancels: 1, replaces: 0, tooLate: 1 })
  })

  it('tells how orders ended', () => {
    const { orders } = readRecording(
      fakeSession()
        .order(1, 'a', { side: BUY, qty: '10' })
        .order(1, 'b', { side: BUY, qty: '10' })
        .order(1, 'c', { side: BUY, qty: '10' })
        .order(1, 'd', { side: BUY, qty: '10' })
        .fill(2, 'a', '10', '10.00')
        .cancel(3, 'b')
        .expire(4, 'c')
    )
    expect([0, 1, 2, 3].map((row) => orders.outcome(row))).toEqual(['filled', 'canceled', 'expired', 'working'])
    expect([...orders.endedAt]).toEqual([ms(2), ms(3), ms(4), Number.NaN])
  })

  it('refuses a journal in which venue time runs backwards', () => {
    const session = fakeSession().quote(5, '9.99', '10.01').quote(4, '9.98', '10.01')
    expect(() => readRecording(session)).toThrow(
      new UserError('quotes run backwards in time at 4000000 ns: the journal was not written by a venue', {
        file: 'fake.journal'
      })
    )
  })
})

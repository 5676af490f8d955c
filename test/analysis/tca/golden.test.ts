import { describe, expect, it } from 'vitest'
import { BUY, SELL } from '../../../src/exchange/units.js'
import { Tag } from '../../../src/fix/wire/tag.js'
import { readRecording } from '../../../src/analysis/recording/read-recording.js'
import { analyseCosts } from '../../../src/analysis/tca/tca.js'
import { fakeSession } from '../support/fake-session.js'
import { inWords } from '../support/in-words.js'

describe('costs worked by hand', () => {
  it('a buy with a decision price, filled by half, the rest canceled', () => {
    /*
     * X = 1000, decided at 99.95 (client). The mid is 100.02 as it reaches the exchange, 100.10 at its end.
     * Fills: 300 at 100.04 (mid 100.02), 200 at 100.03 (mid 100.04): F = 500, sum q p = 30012 + 20006 = 50018.
     *   delay        1000 (100.02 - 99.95)            =  70
     *   trading      50018 - 500 x 100.02             =   8
     *   opportunity  500 (100.10 - 100.02)            =  40
     *   total        50018 - 500 x 99.95 + 500 (100.10 - 99.95) = 43 + 75 = 118
     * VWAP of the prints from 10 to 50 ms: (10003 + 30015 + 10009) / 500 = 100.054; 50018 - 500 x 100.054 = -9
     * TWAP: 10 ms of 100.02, 20 of 100.04, 10 of 100.10: 4002 / 40 = 100.05; 50018 - 500 x 100.05 = -7
     * Effective spread: 2 (100.04 - 100.02) 300 + 2 (100.03 - 100.04) 200 = 12 - 4 = 8
     * 50 ms later: for the first fill the mid is 100.10: realised 2 (100.04 - 100.10) 300 = -36, impact
     * 2 (100.10 - 100.02) 300 = 48, together its 12. For the second the recording is over (80 ms > 70 ms).
     */
    const session = fakeSession()
      .quote(0, '99.98', '100.02')
      .quote(5, '100.00', '100.04')
      .print(8, '900', '99.00')
      .order(10, 'a', { side: BUY, qty: '1000', price: '100.04', tags: [[Tag.DecisionPrice, '99.95']] })
      .fill(10, 'a', '300', '100.04')
      .print(10, '100', '100.03')
      .quote(20, '100.02', '100.06')
      .fill(30, 'a', '200', '100.03', 'added')
      .print(30, '300', '100.05')
      .quote(40, '100.08', '100.12')
      .cancel(50, 'a')
      .print(50, '100', '100.09')
      .print(60, '900', '99.00')
      .quote(70, '100.10', '100.14')
    expect(inWords(analyseCosts(readRecording(session)).parent(0))).toEqual({
      decision: '99.95 client',
      arrival: '100.02',
      end: '100.10',
      vwap: '100.054000',
      twap: '100.050000',
      average: '100.036000',
      delay: '70.00',
      trading: '8.00',
      opportunity: '40.00',
      fees: '0.00',
      total: '118.00',
      totalBp: '11.806',
      againstVwap: '-9.00',
      againstTwap: '-7.00',
      againstPwp: '–, –',
      reversion: '50ms –, 1s –, 15s –, 1min –, 5min –',
      effective: '8.00',
      at50ms: '1 measured, 1 censored, 0 missing: 12.00 = -36.00 + 48.00'
    })
  })

  it('a sell in two children, completed, decided at the mid of its first request', () => {
    /*
     * X = F = 700. The first request comes at 10 ms, when the mid is 50.005 (50.00 / 50.01), and reaches the exchange
     * 20 ms later, when it is 49.985 (49.97 / 50.00).
     * Fills: 400 at 49.97 (mid 49.985), 300 at 49.96 (mid 49.95): sum q p = 19988 + 14988 = 34976.
     *   delay        -700 (49.985 - 50.005)     =  14
     *   trading      -(34976 - 700 x 49.985)    =  13.50
     *   opportunity  nothing is left            =   0
     *   total        -(34976 - 700 x 50.005)    =  27.50
     * Prints from 30 to 60 ms: 1000 at 49.95: VWAP 49.95; -(34976 - 34965) = -11
     * TWAP: 15 ms of 49.985, 15 of 49.95: 49.9675; -(34976 - 700 x 49.9675) = 1.25
     * Effective: -2 (49.97 - 49.985) 400 - 2 (49.96 - 49.95) 300 = 12 - 6 = 6
     * 50 ms later: at 80 ms the mid is 49.95: realised -2 (49.97 - 49.95) 400 = -16, impact 28; the second is at
     * 110 ms, as the recording ends: 49.90: realised -2 (49.96 - 49.90) 300 = -36, impact 30.
     */
    const link = [[Tag.ClOrdLinkID, 'P1']] as const
    const session = fakeSession()
      .quote(0, '50.00', '50.01')
      .request(10, 'a', { side: SELL, qty: '400', tags: link, inbound: 20 })
      .quote(25, '49.97', '50.00')
      .accept('a')
      .fill(30, 'a', '400', '49.97')
      .quote(45, '49.94', '49.96')
      .request(20, 'b', { side: SELL, qty: '300', price: '49.96', tags: link, inbound: 20 })
      .accept('b')
      .print(50, '1000', '49.95')
      .fill(60, 'b', '300', '49.96', 'added')
      .quote(110, '49.89', '49.91')
    expect(inWords(analyseCosts(readRecording(session)).parent(0))).toEqual({
      decision: '50.005 request',
      arrival: '49.985',
      end: '49.95',
      vwap: '49.950000',
      twap: '49.967500',
      average: '49.965714',
      delay: '14.00',
      trading: '13.50',
      opportunity: '0.00',
      fees: '0.00',
      total: '27.50',
      totalBp: '7.856',
      againstVwap: '-11.00',
      againstTwap: '1.25',
      againstPwp: '–, –',
      reversion: '50ms -0.05, 1s –, 15s –, 1min –, 5min –',
      effective: '6.00',
      at50ms: '2 measured, 0 censored, 0 missing: 6.00 = -52.00 + 58.00'
    })
  })

  it('a buy that never traded is all opportunity', () => {
    const session = fakeSession()
      .quote(0, '9.99', '10.01')
      .order(10, 'a', { side: BUY, qty: '100', price: '9.90', tags: [[Tag.DecisionPrice, '9.9975']] })
      .quote(20, '10.19', '10.21')
      .expire(30, 'a')
    expect(inWords(analyseCosts(readRecording(session)).order(0))).toEqual({
      decision: '9.9975 client',
      arrival: '10.00',
      end: '10.20',
      vwap: '–',
      twap: '10.100000',
      average: '–',
      delay: '0.25',
      trading: '0.00',
      opportunity: '20.00',
      fees: '0.00',
      total: '20.25',
      totalBp: '202.551',
      againstVwap: '–',
      againstTwap: '–',
      againstPwp: '–, –',
      reversion: '50ms –, 1s –, 15s –, 1min –, 5min –',
      effective: '0.00',
      at50ms: '0 measured, 0 censored, 0 missing: 0.00 = 0.00 + 0.00'
    })
  })

  it('a buy behind which the price goes back', () => {
    /*
     * 100 bought at 10.05 against 10.04 to 10.08, mid 10.06: effective 2 (10.05 - 10.06) 100 = -2, quoted 4, improvement
     * (10.08 - 10.05) 100 = 3. The mid is 10.03 from 60 ms on: mark-out (10.03 - 10.05) 100 = -2, a loss; reversion
     * 10.06 - 10.03 = 0.03.
     * PWP 10 %: the first 1,000 from 10 ms: (300 x 10.03 + 400 x 10.05 + 300 x 10.10) / 1000 = 10.059; 1005 - 1005.90
     * PWP 20 %: the first 500: (300 x 10.03 + 200 x 10.05) / 500 = 10.038; 1005 - 1003.80
     */
    const session = fakeSession()
      .quote(0, '9.98', '10.02')
      .print(5, '100', '9.00')
      .order(10, 'a', { side: BUY, qty: '100', price: '10.05' })
      .print(12, '300', '10.03')
      .print(15, '400', '10.05')
      .quote(18, '10.04', '10.08')
      .fill(20, 'a', '100', '10.05', 'added')
      .print(25, '800', '10.10')
      .quote(60, '10.01', '10.05')
      .quote(2000, '9.98', '10.00')
    const cost = analyseCosts(readRecording(session)).order(0)
    const { againstPwp, reversion, effective } = inWords(cost)
    expect({ againstPwp, reversion, effective }).toEqual({
      againstPwp: '-0.90, 1.20',
      reversion: '50ms 0.03, 1s 0.03, 15s –, 1min –, 5min –',
      effective: '-2.00'
    })
    const { improvement, quoted, horizons } = cost.spread
    // In half cents.
    expect([improvement, quoted, horizons[0].markOut, horizons[0].adverseQty]).toEqual([600, 800, -400, 100])
  })
})

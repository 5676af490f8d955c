import { describe, expect, it } from 'vitest'
import { MINUTE, nanos, SECOND } from '../../../src/base/time.js'
import { instrument } from '../../../src/exchange/instrument.js'
import { DEFAULT_REACTION } from '../../../src/exchange/models/default-settings.js'
import { createPriceReaction, reactionFault } from '../../../src/exchange/models/reaction/create-reaction.js'
import { LadderShift } from '../../../src/exchange/models/reaction/ladder-shift.js'
import { type PriceReaction } from '../../../src/exchange/models/reaction/price-reaction.js'
import { REACTION_DEFAULTS } from '../../../src/exchange/models/reaction/reaction-defaults.js'
import { type ReactionSettings } from '../../../src/exchange/models/settings.js'
import { BUY, instrumentNo, SELL, type Side } from '../../../src/exchange/units.js'

const GOOG = instrument(instrumentNo(0), { symbol: 'GOOG', tickSize: '0.01', lotSize: '1' })
/** 1 % a day, a million shares a day, at a price of 100.00. */
const PRICE = 10_000
const ADV = 1_000_000

function create(settings: ReactionSettings): PriceReaction {
  const models = {
    preset: 'impact',
    queue: { kind: 'riskAverse' },
    latency: { kind: 'constant', inbound: nanos(0), outbound: nanos(0) },
    reaction: settings,
    impact: { GOOG: { volatility: 0.01, averageDailyVolume: ADV } },
    seed: 1
  } as const
  const reaction = createPriceReaction(models, GOOG)
  if (reaction === undefined) throw new Error('no reaction')
  return reaction
}

function after(settings: ReactionSettings, fills: readonly (readonly [time: number, side: Side, qty: number])[]) {
  const reaction = create(settings)
  for (const [time, side, qty] of fills) {
    reaction.at(time)
    reaction.fill(time, side, qty, PRICE)
  }
  return reaction
}

const { squareRoot, almgren2005, obizhaevaWang, propagator } = REACTION_DEFAULTS

describe.each(Object.entries(REACTION_DEFAULTS).map(([name, settings]) => [name, settings] as const))(
  'every reaction: %s',
  (_name, settings) => {
    it('nothing moves before the first fill', () => {
      const reaction = create(settings)
      reaction.print()
      expect([reaction.at(0), reaction.at(1e15)]).toEqual([0, 0])
    })

    it('buying moves up what selling moves down', () => {
      const buy = after(settings, [[0, BUY, 10_000]])
      const sell = after(settings, [[0, SELL, 10_000]])
      for (const time of [0, SECOND, MINUTE, 1e15]) expect(sell.at(time)).toBe(-buy.at(time))
      expect(buy.at(0)).not.toBe(0)
    })

    it('more moves more, and never falls below nothing as it fades', () => {
      const moves = [1, 100, 10_000, 1_000_000].map((qty) => after(settings, [[0, BUY, qty]]).at(0))
      expect(moves).toEqual([...moves].sort((a, b) => a - b))
      expect(moves[0]).toBeGreaterThan(0)
      const one = after(settings, [[0, BUY, 10_000]])
      let last = one.at(0)
      for (let second = 1; second < 4000; second += 13) {
        for (let i = 0; i < 3; i++) one.print()
        const now = one.at(second * SECOND)
        expect(now <= last + 1e-12 && now >= 0).toBe(true)
        last = now
      }
    })

    it('a round trip at one moment leaves nothing', () => {
      const flat = after(settings, [
        [0, BUY, 5_000],
        [0, SELL, 5_000]
      ])
      for (const time of [0, SECOND, 1e13]) expect(Math.abs(flat.at(time))).toBeLessThan(1e-9)
    })

    it('how often it is asked does not change the answer, bit for bit', () => {
      const fills = Array.from({ length: 40 }, (_, i) => [i * SECOND, i % 5 === 0 ? SELL : BUY, 100 + i] as const)
      const [seldom, often] = [after(settings, fills), create(settings)]
      let next = 0
      for (let time = 0; time <= 60 * SECOND; time += SECOND / 4) {
        often.at(time)
        for (; next < fills.length && fills[next][0] <= time; next++)
          often.fill(time, fills[next][1], fills[next][2], PRICE)
        often.at(time)
      }
      expect(often.at(100 * SECOND)).toBe(seldom.at(100 * SECOND))
      expect(often.state()).toEqual(seldom.state())
    })
  }
)

describe('squareRoot', () => {
  it('is sigma P sqrt(q / ADV) at once, decays as (1 + t)^-1/2 and keeps a third', () => {
    const one = after(squareRoot, [[0, BUY, 10_000]])
    expect([0, 3, 8, 100].map((seconds) => one.at(seconds * SECOND).toFixed(9))).toEqual([
      '10.000000000',
      '5.000000000',
      '3.333333333',
      '3.333333333'
    ])
  })

  it('an order in a hundred slices moves what it moves in one', () => {
    const slices = Array.from({ length: 100 }, () => [0, BUY, 100] as const)
    expect(after(squareRoot, slices).at(0)).toBeCloseTo(after(squareRoot, [[0, BUY, 10_000]]).at(0), 9)
    const slow = Array.from({ length: 100 }, (_, i) => [i * MINUTE, BUY, 100] as const)
    expect(after(squareRoot, slow).at(200 * MINUTE)).toBeCloseTo(10 / 3, 9)
  })

  it('who is flat again leaves nothing for good, however the way there was', () => {
    const trip = [
      ...Array.from({ length: 50 }, (_, i) => [i * MINUTE, BUY, 100] as const),
      [60 * MINUTE, SELL, 5_000] as const
    ]
    expect(after(squareRoot, trip).at(90 * MINUTE)).toBe(0)
  })
})

describe('almgren2005', () => {
  it('gamma sigma (X/V)(Theta/V)^(1/4) stays, eta sigma |X/(V T)|^(3/5) lasts for the window', () => {
    const one = after(almgren2005, [[0, BUY, 10_000]])
    const permanent = 0.314 * 0.01 * PRICE * 0.01 * 200 ** 0.25
    const days = 5 / 390
    const temporary = 0.142 * 0.01 * PRICE * (0.01 / days) ** 0.6
    expect(one.at(0)).toBeCloseTo(permanent + temporary, 9)
    expect(one.at(5 * MINUTE - 1)).toBeCloseTo(permanent + temporary, 9)
    expect(one.at(5 * MINUTE)).toBeCloseTo(permanent, 9)
  })
})

describe('obizhaevaWang', () => {
  it('is linear; half of it stays, the other halves every half-life', () => {
    const one = after(obizhaevaWang, [[0, BUY, 10_000]])
    expect([0, 1, 2, 60].map((minutes) => one.at(minutes * MINUTE).toFixed(6))).toEqual([
      '10.000000',
      '7.500000',
      '6.250000',
      '5.000000'
    ])
    expect(after(obizhaevaWang, [[0, BUY, 20_000]]).at(0)).toBeCloseTo(20, 9)
  })
})

describe('propagator', () => {
  it('fades with the trades of the market, not with time', () => {
    const one = after(propagator, [[0, BUY, 10_000]])
    const start = one.at(0)
    expect(start).toBeCloseTo(0.01 * PRICE * 0.01 ** 0.6, 9)
    expect(one.at(1e15)).toBe(start)
    for (let i = 0; i < 20; i++) one.print()
    expect(one.at(1e15) / start).toBeCloseTo(2 ** -0.21, 9)
    for (let i = 20; i < 10_000; i++) one.print()
    expect(one.at(1e15)).toBe(0)
  })
})

describe('price manipulation', () => {
  const fault = (settings: ReactionSettings): string | undefined => reactionFault(settings)

  it('the defaults allow none', () => {
    for (const settings of Object.values(REACTION_DEFAULTS)) expect(fault(settings)).toBeUndefined()
    expect(REACTION_DEFAULTS.squareRoot).toEqual(DEFAULT_REACTION)
  })

  it('exponential decay with anything but linear impact is refused', () => {
    expect(fault({ ...obizhaevaWang, exponent: 0.5 })).toBe(
      'obizhaevaWang allows price manipulation, a round trip with expected profit: exponential decay goes with linear ' +
        'impact only (Gatheral 2010), and the exponent is 0.5, not 1'
    )
  })

  it.each([
    { ...squareRoot, decay: 0.4 },
    { ...squareRoot, exponent: 0.4 },
    { ...propagator, decay: 0.4 },
    { ...propagator, exponent: 0.5 }
  ])('power-law decay outside Gatheral’s conditions is refused: %j', (settings) => {
    expect(fault(settings)).toMatch(
      /^\w+ allows price manipulation, a round trip with expected profit: power-law decay/
    )
    expect(() => create(settings)).toThrow(RangeError)
  })

  it('a parameter out of its range is named', () => {
    expect(fault({ ...squareRoot, permanent: 0 })).toBe('squareRoot: permanent must be from 0.05 to 1, got 0')
  })
})

describe('LadderShift', () => {
  const shiftAt = (m: number, lastPrice = 1e6): number => {
    const shift = new LadderShift({ fill: () => undefined, print: () => undefined, at: () => m, state: () => [] }, 5)
    shift.fill(0, BUY, 1, lastPrice)
    return shift.at(0)
  }

  it('is m in whole ticks, half to even', () => {
    expect([0, 2.4, 2.5, 2.6, 7.5, 12.5, -2.5, -2.6, -7.5].map((m) => shiftAt(m))).toEqual([
      0, 0, 0, 5, 10, 10, 0, -5, -10
    ])
  })

  it('never moves prices by more than half of the last fill’s', () => {
    expect([shiftAt(1e9, 1000), shiftAt(-1e9, 1009)]).toEqual([500, -500])
  })
})

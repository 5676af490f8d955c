import { describe, expect, it } from 'vitest'
import { nanos, SECOND } from '../../../src/base/time.js'
import { createConsumptionModel, type Consumed } from '../../../src/exchange/models/consumption.js'
import { type ModelSettings, type Preset, type RefillSettings } from '../../../src/exchange/models/settings.js'

function settings(preset: Preset, refill?: RefillSettings, seed = 1): ModelSettings {
  return {
    preset,
    queue: { kind: 'riskAverse' },
    latency: { kind: 'constant', inbound: nanos(0), outbound: nanos(0) },
    seed,
    ...(refill ? { refill } : {})
  }
}

const level = (): Consumed => ({ consumedQty: 0, staying: 0, returning: 0, returningSince: 0 })
const refilling = (probability: number, halfLife: RefillSettings['halfLife'], seed = 1) =>
  createConsumptionModel(settings('consume+refill', { probability, halfLife }, seed), 'GOOG')
const HALF = nanos(20 * SECOND)

describe.each<[string, ModelSettings]>([
  ['observer', settings('observer')],
  ['consume', settings('consume')],
  ['consume+refill', settings('consume+refill')],
  ['impact', settings('impact')]
])('every consumption: %s', (_name, models) => {
  it('u is whole, never negative, never grows but by takes, and is gone with its level', () => {
    const model = createConsumptionModel(models, 'GOOG')
    const its = level()
    let quantity = 1000
    for (let time = 1; time <= 400; time++) {
      const before = its.consumedQty
      if (its.consumedQty + 3 <= quantity) model.take(its, 3, time * SECOND)
      expect(its.consumedQty - before).toBeLessThanOrEqual(3)
      const taken = its.consumedQty
      if (time % 7 === 0 && its.consumedQty > 0) {
        model.decrease(its, quantity, quantity - 2, time * SECOND)
        quantity -= 2
      }
      const back = model.refill(its, time * SECOND)
      expect(back >= 0 && its.consumedQty <= taken && Number.isInteger(its.consumedQty)).toBe(true)
      expect(its.consumedQty >= 0 && its.consumedQty <= quantity).toBe(true)
    }
    if (its.consumedQty > 0) model.decrease(its, quantity, 0, 500 * SECOND)
    expect([its.consumedQty, its.staying, its.returning]).toEqual([0, 0, 0])
  })
})

describe('consume', () => {
  it('what was taken is gone, and leaves in proportion as the level shrinks', () => {
    const model = createConsumptionModel(settings('consume'), 'GOOG')
    const its = level()
    expect([model.take(its, 10, 0), model.take(its, 5, 0), its.consumedQty]).toEqual([true, true, 15])
    model.decrease(its, 100, 50, 0)
    expect([its.consumedQty, model.refill(its, 1e15)]).toEqual([7, 0])
  })
})

describe('refill', () => {
  it('of a depletion that returns, half is missing after each half-life', () => {
    const model = refilling(1, HALF)
    const its = level()
    model.take(its, 800, 0)
    const missing = [0, 20, 40, 60, 100].map((seconds) => {
      model.refill(its, seconds * SECOND)
      return its.consumedQty
    })
    expect(missing).toEqual([800, 400, 200, 100, 25])
  })

  it('it does not matter how often time is looked at', () => {
    const [often, once] = [refilling(1, HALF), refilling(1, HALF)]
    const [one, other] = [level(), level()]
    often.take(one, 777, 0)
    once.take(other, 777, 0)
    for (let time = 0; time <= 33 * SECOND; time += SECOND / 4) often.refill(one, time)
    once.refill(other, 33 * SECOND)
    expect(one).toEqual(other)
  })

  it('one share at a time comes back after its half-life, not at once', () => {
    const model = refilling(1, HALF)
    const its = level()
    model.take(its, 1, 0)
    expect([19.9, 20.1].map((seconds) => model.refill(its, seconds * SECOND))).toEqual([0, 1])
  })

  it('takes add up, each with its own age', () => {
    const model = refilling(1, HALF)
    const its = level()
    model.take(its, 400, 0)
    model.refill(its, 20 * SECOND)
    model.take(its, 100, 20 * SECOND)
    model.refill(its, 40 * SECOND)
    expect(its.consumedQty).toBe(150)
  })

  it('a level that shrinks takes what is missing with it in proportion', () => {
    const model = refilling(1, HALF)
    const its = level()
    model.take(its, 400, 0)
    model.decrease(its, 1000, 500, 0)
    expect(its.consumedQty).toBe(200)
    model.refill(its, 20 * SECOND)
    expect(its.consumedQty).toBe(100)
  })

  it('returns in as many depletions as it says, within four standard errors', () => {
    const model = refilling(0.4, HALF)
    let returned = 0
    for (let i = 0; i < 10_000; i++) {
      const its = level()
      model.take(its, 100, 0)
      returned += model.refill(its, 1000 * SECOND) / 100
    }
    expect(Math.abs(returned / 10_000 - 0.4)).toBeLessThan(4 * Math.sqrt(0.24 / 10_000))
    expect(model.draws).toBe(10_000)
  })

  it('another seed draws otherwise, the same seed alike', () => {
    const pattern = (seed: number): string => {
      const model = refilling(0.5, HALF, seed)
      return Array.from({ length: 64 }, () => {
        const its = level()
        model.take(its, 100, 0)
        return model.refill(its, 1000 * SECOND) > 0 ? 'r' : '-'
      }).join('')
    }
    expect(pattern(1)).toBe(pattern(1))
    expect(pattern(1)).not.toBe(pattern(2))
  })

  it('h = never: consumed for good; h = 0: the tape is not touched', () => {
    const [never, zero] = [refilling(1, 'never'), refilling(1, nanos(0))]
    const [one, other] = [level(), level()]
    expect([never.take(one, 50, 0), never.refill(one, 1e15), one.consumedQty]).toEqual([true, 0, 50])
    expect([zero.take(other, 50, 0), other]).toEqual([false, level()])
  })

  it('h = 0 with r = 0: consumed for good', () => {
    const model = refilling(0, nanos(0))
    const its = level()
    expect([model.take(its, 50, 0), model.refill(its, 1e15), its.consumedQty]).toEqual([true, 0, 50])
  })

  it.each<[string, RefillSettings]>([
    ['a probability above 1', { probability: 1.1, halfLife: HALF }],
    ['a negative half-life', { probability: 0.5, halfLife: nanos(-1) }]
  ])('refuses %s', (_what, refill) => {
    expect(() => createConsumptionModel(settings('consume+refill', refill), 'GOOG')).toThrow(RangeError)
  })
})

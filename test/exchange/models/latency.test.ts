import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src/base/random.js'
import { nanos } from '../../../src/base/time.js'
import { createLatencyModel } from '../../../src/exchange/models/latency/latency-model.js'
import { LatencySampler } from '../../../src/exchange/models/latency/latency-sampler.js'
import { formatLatency, parseLatency } from '../../../src/exchange/models/latency/latency-text.js'
import { type LatencyDistribution, type LatencySettings } from '../../../src/exchange/models/settings.js'
import { sessionNo } from '../../../src/exchange/units.js'

function read(text: string): LatencyDistribution {
  const latency = parseLatency(text)
  if (typeof latency !== 'object') throw new Error(`${text}: ${latency}`)
  return latency
}

function draws(text: string, count: number, feedLatency = 0): number[] {
  const sampler = new LatencySampler(read(text), seededRandom(11, 'latency test'))
  return Array.from({ length: count }, () => sampler.next(feedLatency))
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const deviation = (values: readonly number[]): number => {
  const middle = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))
}
const correlation = (values: readonly number[], lag: number): number => {
  const [middle, spread] = [mean(values), deviation(values)]
  return mean(values.slice(lag).map((value, i) => (value - middle) * (values[i] - middle))) / spread ** 2
}

const COUNT = 40_000
const ALL = [
  '1ms',
  'uniform(1ms,3ms)',
  'normal(1ms,600us)',
  'lognormal(1ms,0.5)',
  'empirical(1ms,2ms,9ms)',
  'feed(2,5us)'
]

describe.each(ALL)('every latency: %s', (text) => {
  it('is a whole number of nanoseconds, never negative, and the same again', () => {
    for (const form of [text, `${text}+spikes(0.1,5ms,20ms)`, `${text}+burst(0.9)`]) {
      const values = draws(form, 2000, 700)
      expect(values.every((value) => Number.isSafeInteger(value) && value >= 0)).toBe(true)
      expect(draws(form, 2000, 700)).toEqual(values)
    }
  })

  it('is written as it is read', () => {
    for (const form of [text, `${text}+spikes(0.1,5ms,20ms)+burst(0.9)`]) expect(formatLatency(read(form))).toBe(form)
  })

  it('spikes come on top of the same draws, as often and as long as they say', () => {
    const [plain, spiked] = [draws(`${text}+spikes(0,5ms,20ms)`, COUNT), draws(`${text}+spikes(0.1,5ms,20ms)`, COUNT)]
    const sizes = spiked.map((value, i) => value - plain[i]).filter((size) => size !== 0)
    expect(Math.abs(sizes.length / COUNT - 0.1)).toBeLessThan(4 * Math.sqrt(0.09 / COUNT))
    expect(sizes.every((size) => size >= 5e6 && size <= 20e6)).toBe(true)
    expect(Math.abs(mean(sizes) - 12.5e6)).toBeLessThan((4 * 15e6) / Math.sqrt(12 * sizes.length))
  })
})

/** Each within four standard errors of its theory. */
describe('moments', () => {
  it('uniform: mean (a + b) / 2, deviation (b - a) / sqrt 12', () => {
    const values = draws('uniform(1ms,3ms)', COUNT)
    const spread = 2e6 / Math.sqrt(12)
    expect(Math.abs(mean(values) - 2e6)).toBeLessThan((4 * spread) / Math.sqrt(COUNT))
    expect(deviation(values) / spread).toBeCloseTo(1, 1)
  })

  it('normal, far from 0: its mean and deviation', () => {
    const values = draws('normal(10ms,1ms)', COUNT)
    expect(Math.abs(mean(values) - 10e6)).toBeLessThan(4e6 / Math.sqrt(COUNT))
    expect(Math.abs(deviation(values) - 1e6)).toBeLessThan(4e6 / Math.sqrt(2 * COUNT))
  })

  it('normal, cut at 0: with mean 0 half of the messages take no time', () => {
    const values = draws('normal(0,1ms)', COUNT)
    expect(Math.abs(values.filter((value) => value === 0).length / COUNT - 0.5)).toBeLessThan(2 / Math.sqrt(COUNT))
    expect(Math.abs(mean(values) - 1e6 / Math.sqrt(2 * Math.PI))).toBeLessThan(2.4e6 / Math.sqrt(COUNT))
  })

  it('lognormal: median, mean and the deviation of the logarithm', () => {
    const values = draws('lognormal(1ms,0.5)', COUNT)
    const logs = values.map((value) => Math.log(value / 1e6))
    expect(Math.abs(mean(logs))).toBeLessThan(2 / Math.sqrt(COUNT))
    expect(Math.abs(deviation(logs) - 0.5)).toBeLessThan(2 / Math.sqrt(2 * COUNT))
    expect(Math.abs(mean(values) / 1e6 - Math.exp(0.125))).toBeLessThan((4 * 0.604) / Math.sqrt(COUNT))
  })

  it('empirical: each value of the table as often as the others', () => {
    const values = draws('empirical(1ms,2ms,9ms)', COUNT)
    for (const each of [1e6, 2e6, 9e6])
      expect(Math.abs(values.filter((value) => value === each).length / COUNT - 1 / 3)).toBeLessThan(
        4 * Math.sqrt(2 / 9 / COUNT)
      )
  })

  it('feed: a times the latency of the feed and b more', () => {
    expect(draws('feed(1.5,100ns)', 1, 200)).toEqual([400])
  })
})

describe('bursts', () => {
  it('the residual is an AR(1): its correlation at lag k is rho^k', () => {
    const logs = draws('lognormal(1ms,0.5)+burst(0.8)', COUNT).map(Math.log)
    for (const lag of [1, 2, 5]) expect(correlation(logs, lag)).toBeCloseTo(0.8 ** lag, 1)
    expect(Math.abs(correlation(draws('lognormal(1ms,0.5)', COUNT).map(Math.log), 1))).toBeLessThan(
      4 / Math.sqrt(COUNT)
    )
  })

  it('the distribution stays what it was', () => {
    const values = draws('uniform(1ms,3ms)+burst(0.8)', COUNT)
    expect(mean(values) / 2e6).toBeCloseTo(1, 1)
    expect(deviation(values) / (2e6 / Math.sqrt(12))).toBeCloseTo(1, 1)
    expect(Math.min(...values) >= 1e6 && Math.max(...values) <= 3e6).toBe(true)
  })
})

describe('streams', () => {
  const settings: LatencySettings = {
    kind: 'drawn',
    new: read('lognormal(1ms,0.5)'),
    replace: read('lognormal(1ms,0.5)'),
    cancel: read('250us'),
    report: read('uniform(1ms,2ms)'),
    sessions: { COLO: { new: read('5us') } }
  }
  const model = () => createLatencyModel(settings, 3, (no) => (no === 2 ? 'COLO' : undefined))

  it('a session’s draws do not depend on those of others, nor kinds on each other', () => {
    const [alone, busy] = [model(), model()]
    const drawn: number[] = []
    for (let i = 0; i < 50; i++) {
      busy.next(sessionNo(1), 'new')
      busy.next(sessionNo(0), 'report')
      drawn.push(busy.next(sessionNo(0), 'new'))
    }
    expect(Array.from({ length: 50 }, () => alone.next(sessionNo(0), 'new'))).toEqual(drawn)
  })

  it('a named session has its own latency where it says so', () => {
    const its = model()
    expect([its.next(sessionNo(2), 'new'), its.next(sessionNo(2), 'cancel')]).toEqual([5_000, 250_000])
  })

  it('the state tells what later draws depend on', () => {
    const [one, other] = [model(), model()]
    one.next(sessionNo(0), 'new')
    expect(one.state()).not.toEqual(other.state())
    other.next(sessionNo(0), 'new')
    expect(one.state()).toEqual(other.state())
  })
})

describe('refused', () => {
  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('a constant of %s', (latency) => {
    expect(() => createLatencyModel({ kind: 'constant', inbound: nanos(0), outbound: nanos(latency) }, 1)).toThrow(
      RangeError
    )
  })

  it.each([
    'fast',
    '5',
    'uniform(1ms)',
    'lognormal(1ms)',
    'lognormal(1ms,x)',
    'normal(1ms,2ms,3ms)',
    'empirical()',
    '1ms+burst(0.5)+burst(0.5)',
    '1ms+jitter(1ms)'
  ])('a text that is no latency: %s', (text) => {
    expect(parseLatency(text)).toBeUndefined()
  })

  it.each([
    ['uniform(2ms,1ms)', 'a range of latencies goes from the smaller to the larger, got 2000000 to 1000000'],
    ['1ms+burst(1)', 'rho of a burst is from 0 to below 1, got 1'],
    ['1ms+spikes(2,1ms,2ms)', 'the probability of spikes is from 0 to 1, got 2'],
    ['lognormal(1ms,11)', 'sigma of a lognormal latency is from 0 to 10, got 11']
  ])('a parameter out of its range: %s', (text, fault) => {
    expect(parseLatency(text)).toBe(fault)
  })
})

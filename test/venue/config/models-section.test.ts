import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withModelArguments } from '../../../src/cli/model-options.js'
import { loadConfig } from '../../../src/venue/config/load-config.js'
import { DEFAULT_CONFIG } from '../../../src/venue/config/venue-config.js'

const file = join(mkdtempSync(join(tmpdir(), 'paperpit-')), 'venue.yaml')

function models(text: string) {
  writeFileSync(file, `models:\n  ${text.replaceAll('\n', '\n  ')}\n`)
  return loadConfig(file).models
}

function faultOf(text: string): string {
  try {
    models(text)
  } catch (error) {
    return (error as Error).message.replace(file, 'venue.yaml')
  }
  return 'loaded'
}

describe('models of venue.yaml', () => {
  it.each(['observer', 'consume', 'consume+refill', 'impact'])('preset %s', (preset) => {
    expect(models(`preset: ${preset}`)).toEqual({ ...DEFAULT_CONFIG.models, preset })
  })

  it.each([
    ['{kind: log}', { kind: 'log' }],
    ['{kind: power2}', { kind: 'power2', exponent: 3 }],
    ['{kind: power3, exponent: 2}', { kind: 'power3', exponent: 2 }]
  ])('queue %s', (text, queue) => {
    expect(models(`queue: ${text}`).queue).toEqual(queue)
  })

  it('refill', () => {
    expect(models('refill: {probability: 0.7, halfLife: never}').refill).toEqual({
      probability: 0.7,
      halfLife: 'never'
    })
    expect(models('refill: {halfLife: 5s}').refill).toEqual({ probability: 0.4, halfLife: 5e9 })
  })

  it('a reaction has the defaults of its kind for what is left out', () => {
    expect(models('reaction: {kind: obizhaevaWang, halfLife: 2m}').reaction).toEqual({
      kind: 'obizhaevaWang',
      factor: 10,
      exponent: 1,
      permanent: 0.5,
      halfLife: 120e9
    })
  })

  it('impact and fees stand as written', () => {
    const { impact, fees } = models(
      "impact: {GOOG: {volatility: 0.012, averageDailyVolume: 2e6}}\nfees: {XNAS: {basis: perShare, tiers: [{from: '0', maker: '-0.002', taker: '0.003'}]}}"
    )
    expect(impact).toEqual({ GOOG: { volatility: 0.012, averageDailyVolume: 2_000_000 } })
    expect(fees).toEqual({ XNAS: { basis: 'perShare', tiers: [{ from: '0', maker: '-0.002', taker: '0.003' }] } })
  })

  it('latencies by direction, by kind of message and by session', () => {
    const { latency } = models(
      "latency: {inbound: 'lognormal(1ms,0.5)', cancel: 60us, outbound: 1ms, sessions: {OMS: {inbound: 5us}}}"
    )
    const slow = { kind: 'lognormal', median: 1e6, sigma: 0.5 }
    const fast = { kind: 'constant', value: 5_000 }
    expect(latency).toEqual({
      kind: 'drawn',
      new: slow,
      replace: slow,
      cancel: { kind: 'constant', value: 60_000 },
      report: { kind: 'constant', value: 1e6 },
      sessions: { OMS: { new: fast, replace: fast, cancel: fast } }
    })
  })

  it('plain latencies stay what they were: constant', () => {
    expect(models('latency: {inbound: 250us, outbound: 1.5ms}').latency).toEqual({
      kind: 'constant',
      inbound: 250_000,
      outbound: 1_500_000
    })
  })

  it.each([
    [
      "latency: {inbound: 'lognormal(1ms)'}",
      'venue.yaml:2:22 /models/latency/inbound must be a duration such as 0, 250us'
    ],
    ["latency: {report: 'uniform(2ms,1ms)'}", 'venue.yaml:2:21 /models/latency/report a range of latencies goes from'],
    ['latency: {sessions: {A: {new: 5}}}', 'venue.yaml:2:33 /models/latency/sessions/A/new must be string'],
    [
      'reaction: {kind: squareRoot, decay: 0.3}',
      'venue.yaml:2:13 /models/reaction squareRoot allows price manipulation'
    ],
    [
      'reaction: {kind: squareRoot, window: 5m}',
      'venue.yaml:2:40 /models/reaction/window is no parameter of squareRoot'
    ],
    ['queue: {kind: log, exponent: 2}', 'venue.yaml:2:32 /models/queue/exponent is no parameter of log'],
    [
      "fees: {XNAS: {basis: perShare, tiers: [{from: '5', maker: '0', taker: '0'}]}}",
      'venue.yaml:2:16 /models/fees/XNAS the first tier of a fee schedule is from "0"'
    ],
    ['refill: {probability: 2}', 'venue.yaml:2:25 /models/refill/probability must be <= 1'],
    [
      'impact: {GOOG: {volatility: 0, averageDailyVolume: 1}}',
      'venue.yaml:2:31 /models/impact/GOOG/volatility must be > 0'
    ]
  ])('names position and expectation of a fault: %s', (text, message) => {
    expect(faultOf(text).slice(0, message.length)).toBe(message)
  })
})

describe('models on the command line', () => {
  const none = { preset: undefined, queue: undefined, latency: undefined, seed: undefined }
  const given = (args: Partial<Record<'preset' | 'queue' | 'latency', string>>) =>
    withModelArguments(DEFAULT_CONFIG.models, { ...none, ...args })

  it('a distribution, for one way or both', () => {
    const slow = { kind: 'lognormal', median: 1e6, sigma: 0.5 }
    expect(given({ latency: 'lognormal(1ms,0.5)' }).latency).toMatchObject({ kind: 'drawn', new: slow, report: slow })
    expect(given({ latency: 'lognormal(1ms,0.5),250us' }).latency).toMatchObject({
      cancel: slow,
      report: { kind: 'constant', value: 250_000 }
    })
    expect(given({ latency: '250us,1ms' }).latency).toEqual({ kind: 'constant', inbound: 250_000, outbound: 1e6 })
    expect(given({ latency: '0' }).latency).toEqual({ kind: 'constant', inbound: 0, outbound: 0 })
  })

  it('a queue', () => {
    expect([given({ queue: 'log2' }).queue, given({ queue: 'power2(4)' }).queue]).toEqual([
      { kind: 'log2' },
      { kind: 'power2', exponent: 4 }
    ])
  })

  it.each([
    { latency: 'fast' },
    { latency: '1ms,2ms,3ms' },
    { latency: 'uniform(2ms,1ms)' },
    { queue: 'power(9)' },
    { queue: 'log(2)' }
  ])('says what was expected: %j', (args) => {
    expect(() => given(args)).toThrow(/^--(latency|queue) "/)
  })
})

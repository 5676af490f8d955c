/**
 * The models against their theory, in pictures: the impact of meta-orders by size, how impact fades, how taken liquidity
 * returns, and how bursts of latency hang together. Points are simulated in the exchange, lines are the formulas of
 * src/exchange/models/README.md. Writes one page.
 *
 *   tsx scripts/study/model-theory.ts [src/exchange/models/model-theory.html]
 */
import { writeFileSync } from 'node:fs'
import { nanos, SECOND } from '../../src/base/time.js'
import { seededRandom } from '../../src/base/random.js'
import { STYLE } from '../../src/analysis/report/html/style.js'
import { element, fragment, verbatim, type Markup } from '../../src/analysis/report/plot/markup.js'
import { plotKey, PLOT_STYLE } from '../../src/analysis/calibration/plots.js'
import { createConsumptionModel } from '../../src/exchange/models/consumption.js'
import { LatencySampler } from '../../src/exchange/models/latency/latency-sampler.js'
import { REACTION_DEFAULTS } from '../../src/exchange/models/reaction/reaction-defaults.js'
import { impactLaw, type Law } from './impact/law.js'
import { IMPACT, impactOf } from './impact/meta-order.js'
import { chart, type Series } from './theory/chart.js'

const out = process.argv[2] ?? 'src/exchange/models/model-theory.html'
const { squareRoot, almgren2005, obizhaevaWang } = REACTION_DEFAULTS
const RUNS = 40

const text = ({ exponent }: Law): string =>
  `exponent ${exponent.value.toFixed(2)}, interval ${exponent.low.toFixed(2)} to ${exponent.high.toFixed(2)}`

function lawSeries(law: Law, style: Series['style']): Series {
  return {
    style,
    points: law.points.map(({ part, impact }) => [100 * part, 1e4 * impact.value]),
    bars: law.points.map(({ impact }) => [1e4 * impact.low, 1e4 * impact.high])
  }
}

const sizes = Array.from({ length: 30 }, (_, i) => 0.005 * 20 ** (i / 29))
const square = impactLaw(squareRoot, () => 50, RUNS)
const linear = impactLaw(obizhaevaWang, () => 50, RUNS)
const lawChart = chart({
  label: 'Impact of meta-orders by size',
  x: { log: true, caption: 'size, % of ADV' },
  y: { log: true, suffix: ' bp' },
  series: [
    lawSeries(square, 'measured'),
    {
      style: 'fitted',
      line: true,
      points: sizes.map((part) => [100 * part, (1e4 * IMPACT.volatility * Math.sqrt(part)) / 3])
    },
    lawSeries(linear, 'other')
  ]
})

const waits = [0, 0.5, 1, 2, 3, 5, 8, 15, 30, 60, 120, 240, 480].map((seconds) => nanos(seconds * SECOND))
const order = { quantity: 0.04 * IMPACT.averageDailyVolume, children: 40, every: nanos(0) }
const decayOf = (reaction: typeof squareRoot | typeof obizhaevaWang | typeof almgren2005): [number, number][] =>
  impactOf(order, reaction, 1, waits).map((impact, i) => [0.3 + waits[i] / SECOND, 1e4 * impact])
const seconds = Array.from({ length: 120 }, (_, i) => 0.3 * 1600 ** (i / 119))
const decayChart = chart({
  label: 'Impact of one order of 4 % of ADV, by time since',
  x: { log: true, caption: 'seconds since the order, plus 0.3' },
  y: { from: 0, suffix: ' bp' },
  series: [
    { style: 'measured', points: decayOf(squareRoot) },
    {
      style: 'fitted',
      line: true,
      points: seconds.map((t) => [t, 1e4 * IMPACT.volatility * 0.2 * Math.max(1 / 3, (1 + t - 0.3) ** -0.5)])
    },
    { style: 'other', points: decayOf(obizhaevaWang) },
    {
      style: 'fitted',
      line: true,
      points: seconds.map((t) => [t, 1e4 * 10 * IMPACT.volatility * 0.04 * (0.5 + 0.5 * 2 ** (-(t - 0.3) / 60))])
    },
    { style: 'persistence', points: decayOf(almgren2005) }
  ]
})

function refillShare(probability: number): [number, number][] {
  const model = createConsumptionModel(
    {
      preset: 'consume+refill',
      refill: { probability, halfLife: nanos(20 * SECOND) },
      queue: { kind: 'riskAverse' },
      latency: { kind: 'constant', inbound: nanos(0), outbound: nanos(0) },
      seed: 1
    },
    'GOOG'
  )
  const levels = Array.from({ length: 2000 }, () => ({ consumedQty: 0, staying: 0, returning: 0, returningSince: 0 }))
  for (const level of levels) model.take(level, 100, 0)
  return Array.from({ length: 25 }, (_, i) => {
    const time = i * 5
    for (const level of levels) model.refill(level, time * SECOND)
    return [time, levels.reduce((sum, { consumedQty }) => sum + consumedQty, 0) / (100 * levels.length)]
  })
}
const times = Array.from({ length: 121 }, (_, i) => i)
const refillChart = chart({
  label: 'Part of taken liquidity that is still missing',
  x: { caption: 'seconds since it was taken' },
  y: { from: 0 },
  series: [0.4, 1].flatMap((probability, i): Series[] => [
    { style: i === 0 ? 'measured' : 'other', points: refillShare(probability) },
    { style: 'fitted', line: true, points: times.map((t) => [t, 1 - probability + probability * 2 ** (-t / 20)]) }
  ])
})

function correlations(burst: number): [number, number][] {
  const sampler = new LatencySampler(
    { kind: 'lognormal', median: nanos(1e6), sigma: 0.5, burst },
    seededRandom(2, 'bursts')
  )
  const logs = Array.from({ length: 60_000 }, () => Math.log(sampler.next(0)))
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length
  return Array.from({ length: 21 }, (_, lag) => {
    let sum = 0
    for (let i = lag; i < logs.length; i++) sum += (logs[i] - mean) * (logs[i - lag] - mean)
    return [lag, sum / (logs.length - lag) / variance]
  })
}
const lags = Array.from({ length: 101 }, (_, i) => i / 5)
const burstChart = chart({
  label: 'Correlation of the logarithm of latency, by lag in messages',
  x: { caption: 'lag in messages' },
  y: { from: 0 },
  series: [0.8, 0.95].flatMap((rho, i): Series[] => [
    { style: i === 0 ? 'measured' : 'other', points: correlations(rho) },
    { style: 'fitted', line: true, points: lags.map((lag) => [lag, rho ** lag]) }
  ])
})

const block = (title: string, picture: Markup, ...key: readonly (readonly [string, string])[]): Markup =>
  element('div', {}, element('h3', {}, title), plotKey(...key), picture)
const page = fragment(
  element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('title', {}, 'Models against their theory'),
    element(
      'style',
      {},
      verbatim(
        `${STYLE}${PLOT_STYLE}svg .second { fill: var(--sell); } svg .second-bar { stroke: var(--sell); stroke-width: 3.5; opacity: .35; } svg .third { fill: var(--vwap); } .key i.other { background: var(--sell); }`
      )
    )
  ),
  element(
    'body',
    {},
    element(
      'main',
      {},
      element('h1', {}, 'Models against their theory'),
      element(
        'p',
        { class: 'when' },
        `Points are simulated in the exchange, dashed lines are the formulas. Made by tsx scripts/study/model-theory.ts; ${RUNS} markets for each size of a meta-order.`
      ),
      element(
        'div',
        { class: 'card' },
        element(
          'div',
          { class: 'pictures', style: 'margin-top: 0' },
          block(
            'Impact of meta-orders in 50 slices, 10 s after the last',
            lawChart,
            ['measured', `squareRoot: ${text(square)}`],
            ['other', `obizhaevaWang: ${text(linear)}`],
            ['fitted', 'σ √(Q/ADV) / 3']
          ),
          block(
            'How the impact of one order of 4 % of ADV fades',
            decayChart,
            ['measured', 'squareRoot'],
            ['other', 'obizhaevaWang'],
            ['persistence', 'almgren2005: its temporary part ends after 5 min'],
            ['fitted', 'formulas']
          ),
          block(
            'Taken liquidity that is still missing',
            refillChart,
            ['measured', 'r = 0.4, h = 20 s'],
            ['other', 'r = 1, h = 20 s'],
            ['fitted', '1 - r + r 2^(-t/h)']
          ),
          block(
            'Bursts of latency',
            burstChart,
            ['measured', 'rho = 0.8'],
            ['other', 'rho = 0.95'],
            ['fitted', 'rho^lag']
          )
        )
      )
    )
  )
)
writeFileSync(out, `<!doctype html>\n<html lang="en">\n${page.markup}\n</html>\n`)
process.stdout.write(`${out}: squareRoot ${text(square)}; obizhaevaWang ${text(linear)}\n`)

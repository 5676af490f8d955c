/**
 * Order flow without intelligence against the published scaling relations. The agents' market runs with flow of one-lot orders
 * alone, for values of the one number that matters, epsilon = sigma delta / mu (mu and alpha for both sides together): the spread against
 * (mu / alpha) (0.28 + 1.86 epsilon^(3/4)) of Farmer, Patelli & Zovko (2005), the variance of the mid against
 * (mu / alpha)^2 delta epsilon^(-1/2) at short and epsilon^(+1/2) at long lags of Smith, Farmer, Gillemot & Krishnamurthy
 * (2003), whose exponents are fitted where the relations are meant to hold, at small epsilon. Writes one page.
 *
 *   tsx scripts/study/zero-intelligence.ts [src/market/agents/zero-intelligence.html]
 */
import { writeFileSync } from 'node:fs'
import { plotKey, PLOT_STYLE } from '../../src/analysis/calibration/plots.js'
import { STYLE } from '../../src/analysis/report/html/style.js'
import { element, verbatim, type Markup } from '../../src/analysis/report/plot/markup.js'
import { chart, type Series } from './theory/chart.js'
import { fitLine, interval, type Interval } from './zero-intelligence/fit.js'
import { measure, type Measured } from './zero-intelligence/measure.js'

const out = process.argv[2] ?? 'src/market/agents/zero-intelligence.html'
const EPSILONS = [0.003, 0.005, 0.01, 0.015, 0.025, 0.035, 0.05, 0.07, 0.1, 0.15]
/** The exponents are fitted up to here. */
const SMALL = 0.05
const SEEDS = 8
const LIVES = 150

const runs = EPSILONS.map((epsilon) => ({
  epsilon,
  measured: Array.from({ length: SEEDS }, (_, seed) => measure(epsilon, seed, LIVES))
}))

const of = (what: keyof Measured): readonly Interval[] =>
  runs.map(({ measured }) => interval(measured.map((each) => each[what])))

/** The slope over all small epsilon, seed by seed: their spread is the interval. */
function slope(what: keyof Measured, x: (epsilon: number) => number, y: (value: number) => number) {
  const small = runs.filter(({ epsilon }) => epsilon <= SMALL)
  const fits = Array.from({ length: SEEDS }, (_, seed) =>
    fitLine(small.map(({ epsilon, measured }) => [x(epsilon), y(measured[seed][what])] as const))
  )
  return { slope: interval(fits.map((fit) => fit.slope)), intercept: interval(fits.map((fit) => fit.intercept)) }
}

const [spread, early, late] = [of('spread'), of('early'), of('late')]
const spreadFit = slope(
  'spread',
  (epsilon) => epsilon ** 0.75,
  (value) => value
)
const earlyFit = slope('early', Math.log, Math.log)
const lateFit = slope('late', Math.log, Math.log)
const text = ({ mean, low, high }: Interval): string => `${mean.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`

const points = (values: readonly Interval[], style: Series['style']): Series => ({
  style,
  points: values.map(({ mean }, i) => [EPSILONS[i], mean]),
  bars: values.map(({ low, high }) => [low, high])
})
const formula = (of: (epsilon: number) => number): Series => ({
  style: 'fitted',
  line: true,
  points: EPSILONS.map((epsilon) => [epsilon, of(epsilon)])
})
/** A power law through the middle of what was measured at small epsilon: its constant is not published, its exponent is. */
function power(values: readonly Interval[], exponent: number): Series {
  const logs = EPSILONS.flatMap((epsilon, i) =>
    epsilon <= SMALL ? [Math.log(values[i].mean) - exponent * Math.log(epsilon)] : []
  )
  const constant = Math.exp(logs.reduce((sum, each) => sum + each, 0) / logs.length)
  return formula((epsilon) => constant * epsilon ** exponent)
}

const published = (epsilon: number): number => 0.28 + 1.86 * epsilon ** 0.75
const x = { log: true, caption: 'epsilon = sigma delta / mu' }
const spreadChart = chart({
  label: 'Spread',
  x,
  y: { from: 0 },
  series: [points(spread, 'measured'), formula(published)]
})
const volatilityChart = chart({
  label: 'Variance of the mid per time',
  x,
  y: { log: true },
  series: [points(early, 'measured'), points(late, 'other'), power(early, -0.5), power(late, 0.5)]
})

const OTHER_STYLE =
  'svg .second { fill: var(--sell); } svg .second-bar { stroke: var(--sell); stroke-width: 3.5; opacity: .35; } .key i.other { background: var(--sell); }'

function block(title: string, picture: Markup, ...keys: readonly (readonly [string, string])[]): Markup {
  return element('div', {}, element('h3', {}, title), plotKey(...keys), picture)
}

const page = element(
  'html',
  { lang: 'en' },
  element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('title', {}, 'Order flow without intelligence'),
    element('style', {}, verbatim(STYLE + PLOT_STYLE + OTHER_STYLE))
  ),
  element(
    'body',
    {},
    element(
      'main',
      {},
      element('h1', {}, 'Order flow without intelligence'),
      element(
        'p',
        { class: 'when' },
        `Points are the agents’ market with ${SEEDS} seeds, bars 95 % intervals of their mean, dashed lines what was published. Exponents are fitted for epsilon up to ${SMALL}. Made by tsx scripts/study/zero-intelligence.ts.`
      ),
      element(
        'div',
        { class: 'card' },
        element(
          'div',
          { class: 'pictures', style: 'margin-top: 0' },
          block(
            'Mean spread over mu / alpha',
            spreadChart,
            ['measured', `${text(spreadFit.intercept)} + ${text(spreadFit.slope)} epsilon^(3/4)`],
            ['fitted', '0.28 + 1.86 epsilon^(3/4)']
          ),
          block(
            'Variance of the mid per time over (mu / alpha)² delta',
            volatilityChart,
            ['measured', `short lags: exponent ${text(earlyFit.slope)}`],
            ['other', `long lags: exponent ${text(lateFit.slope)}`],
            ['fitted', 'exponents -1/2 and +1/2']
          )
        )
      )
    )
  )
)
writeFileSync(out, `<!doctype html>\n${page.markup}\n`)

const rows = EPSILONS.map((epsilon, i) =>
  [
    epsilon,
    spread[i].mean.toFixed(3),
    published(epsilon).toFixed(3),
    early[i].mean.toFixed(2),
    late[i].mean.toFixed(3)
  ].join('\t')
)
process.stdout.write(
  [
    'epsilon\tspread\tpublished\tshort\tlong',
    ...rows,
    `spread: ${text(spreadFit.intercept)} + ${text(spreadFit.slope)} epsilon^(3/4); published 0.28 + 1.86 epsilon^(3/4)`,
    `variance, short lags: exponent ${text(earlyFit.slope)}; published -0.50`,
    `variance, long lags: exponent ${text(lateFit.slope)}; published +0.50`,
    out,
    ''
  ].join('\n')
)

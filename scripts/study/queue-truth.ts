/**
 * How well the queue models of L2 guess what an order-by-order feed knows. Virtual orders of one lot join right behind real
 * ones; the exchange fills them once by the true queue (L3) and once by each model, which sees levels and prints alone.
 * Writes a page with a table for each tape and choice of orders.
 *
 *   tsx scripts/study/queue-truth.ts --out src/exchange/models/queue-truth.md arl.arrow:lanes=128 goog.arrow:horizon=300,lanes=8
 *
 * horizon: seconds that an order is watched; lanes: runs that orders are dealt out to, so that none takes a print from
 * another; levels: how many of the best prices count; ahead: least quantity at the price, in lots.
 */
import { writeFileSync } from 'node:fs'
import { nanos, SECOND } from '../../src/base/time.js'
import { instrument } from '../../src/exchange/instrument.js'
import { type QueueModelSettings } from '../../src/exchange/models/settings.js'
import { instrumentNo } from '../../src/exchange/units.js'
import { openTapes } from '../../src/market/replay/open-tapes.js'
import { candidates, dealOut } from './queue-truth/placements.js'
import { fillTimes } from './queue-truth/fill-times.js'

const MODELS: readonly (readonly [name: string, model: QueueModelSettings])[] = [
  ['riskAverse', { kind: 'riskAverse' }],
  ...(['power', 'power2', 'power3'] as const).flatMap((kind) =>
    [1, 2, 3].map((exponent): [string, QueueModelSettings] => [`${kind} ${exponent}`, { kind, exponent }])
  ),
  ['log', { kind: 'log' }],
  ['log2', { kind: 'log2' }]
]

interface Choice {
  readonly tape: string
  readonly horizon: number
  readonly lanes: number
  readonly levels: number
  readonly ahead: number
}

function choiceOf(text: string): Choice {
  const [tape, options = ''] = text.split(':')
  const given = new Map(options.split(',').map((option) => option.split('=') as [string, string]))
  const number = (name: string, byDefault: number): number => Number(given.get(name) ?? byDefault)
  return {
    tape,
    horizon: number('horizon', 600),
    lanes: number('lanes', 32),
    levels: number('levels', 1),
    ahead: number('ahead', 0)
  }
}

const seconds = (ns: number): string => (ns / SECOND).toFixed(1)
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`
const filled = (times: Float64Array): number => times.filter(Number.isFinite).length

function section({ tape, horizon: watched, lanes, levels, ahead }: Choice): string[] {
  const horizon = nanos(watched * SECOND)
  const open = () => openTapes([tape])
  const [terms] = open().instruments
  const traded = instrument(instrumentNo(0), terms)
  if (traded.feed !== 'l3') throw new Error(`${tape} is no order-by-order tape: it does not know the true queue`)
  const all = candidates(open(), traded, levels, ahead * traded.lotSize)
  const dealt = dealOut(all, lanes, horizon)
  const orders = dealt.flat().length
  const timesOf = (model: QueueModelSettings | undefined): Float64Array =>
    Float64Array.from(dealt.flatMap((placements) => fillTimes(open(), traded, placements, horizon, model)))
  const truth = timesOf(undefined)
  const rows = MODELS.map(([name, model]) => [name, ...compared(timesOf(model), truth, horizon)])
  const mean = truth.reduce((sum, time) => sum + Math.min(time, horizon), 0) / orders
  const where = levels === 1 ? 'the best price' : `the best ${levels} prices`
  const queue = ahead > 0 ? `, where at least ${ahead} stood,` : ''
  return [
    `## ${traded.symbol}, ${isoDay(tape)}${ahead > 0 ? `, long queues` : ''}`,
    '',
    `${orders} virtual orders of one lot, each right behind a real order that came to ${where}${queue} (of ${all.length} such), watched`,
    `for ${seconds(horizon)} s. By the true queue ${percent(filled(truth), orders)} were filled; an order stood ${seconds(mean)} s on average, at most the horizon.`,
    '',
    '| model | filled | same outcome | same moment | bias, s | error, s | bias where both filled, s |',
    '|---|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    ''
  ]
}

function compared(times: Float64Array, truth: Float64Array, horizon: number): string[] {
  const orders = truth.length
  let [bias, error, both, bothBias, agree, exact] = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < orders; i++) {
    const difference = Math.min(times[i], horizon) - Math.min(truth[i], horizon)
    bias += difference / orders
    error += Math.abs(difference) / orders
    if (times[i] === truth[i]) exact++
    if (Number.isFinite(times[i]) === Number.isFinite(truth[i])) agree++
    if (!Number.isFinite(times[i]) || !Number.isFinite(truth[i])) continue
    both++
    bothBias += times[i] - truth[i]
  }
  return [
    percent(filled(times), orders),
    percent(agree, orders),
    percent(exact, orders),
    seconds(bias),
    seconds(error),
    both > 0 ? seconds(bothBias / both) : '–'
  ]
}

function isoDay(tape: string): string {
  const source = openTapes([tape])
  return new Date(source.epoch * 1000).toISOString().slice(0, 10)
}

const out = process.argv[2] === '--out' ? process.argv[3] : undefined
const choices = process.argv.slice(out === undefined ? 2 : 4).map(choiceOf)
if (choices.length === 0) throw new Error('tsx scripts/study/queue-truth.ts [--out PAGE.md] TAPE[:option=n,...]...')
const page = [
  '# Queue truth',
  '',
  'How well the queue models for level feeds (src/exchange/models/README.md) guess what an order-by-order feed knows.',
  'Virtual orders of one lot join right behind real orders. The exchange fills each once by the true queue, from the feed order',
  'by order (L3), and once by each model, from levels and prints of the same day (L2). Preset `observer`, no latency.',
  '',
  '- *filled*: within the time that an order is watched.',
  '- *same outcome*: filled, or not, as in truth. *Same moment*: filled by the same event, or not filled either way.',
  '- *bias*, *error*: mean, and mean size, of the model’s fill time minus the true one, both cut at the horizon. Positive: the',
  '  model fills too late.',
  '',
  `Made by \`tsx scripts/study/queue-truth.ts ${process.argv
    .slice(2)
    .map((argument) => argument.replace(/\S*\//, (path) => (argument.startsWith('src/') ? path : '')))
    .join(' ')}\`.`,
  '',
  ...choices.flatMap(section)
].join('\n')
if (out === undefined) process.stdout.write(page)
else writeFileSync(out, page)

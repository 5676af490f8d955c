import { minus, plus, type Exact } from '../../exact.js'
import { toNumber } from '../../ratio.js'
import { type Cost } from '../../tca/cost.js'
import { basisPoints } from '../figures.js'
import { amountText, bpText } from '../figure-text.js'
import { frame, picture } from '../plot/frame.js'
import { element, type Markup } from '../plot/markup.js'
import { linearScale, niceTicks } from '../plot/scale.js'

const ROW = 38
const WIDTH = 400

interface Part {
  readonly name: string
  readonly style: string
  readonly amount: Exact
}

/**
 * The shortfall as a waterfall: each part starts where the one before ended, and the last bar is their sum. Trading cost
 * is split in what the fills paid around the mid and where the mid had gone since arrival, where every fill had a mid.
 */
export function costBars(cost: Cost): Markup {
  const { shortfall, benchmarkNotional, scale, instrument, id } = cost
  const { delay, trading, opportunity, fees, total } = shortfall
  if (delay === undefined || trading === undefined || opportunity === undefined || total === undefined)
    return element('p', { class: 'none' }, `The shortfall lacks a benchmark: ${missing(cost)} had no mid.`)
  const parts: Part[] = [
    { name: 'Delay', style: 'delay', amount: delay },
    ...tradingParts(cost, trading),
    { name: 'Opportunity', style: 'opportunity', amount: opportunity },
    { name: 'Fees', style: 'fees', amount: fees }
  ]
  const notional = benchmarkNotional ?? 0
  const bp = (amount: Exact): number => {
    const value = basisPoints(amount, notional)
    return value ? toNumber(value) : 0
  }
  const edges: Exact[] = [0]
  for (const { amount } of parts) edges.push(plus(edges[edges.length - 1], amount))
  const values = [...edges.map(bp), bp(total), 0]
  const low = Math.min(...values)
  const high = Math.max(...values)
  const pad = Math.max((high - low) * 0.08, 0.05)
  const area = frame(WIDTH, ROW * (parts.length + 1) + 34, { left: 92, right: 112, top: 4, bottom: 30 })
  const x = linearScale(low - pad, high + pad, area.left, area.right, niceTicks(low - pad, high + pad, 4))
  const bar = (row: number, name: string, style: string, from: Exact, to: Exact): Markup => {
    const [a, b] = [x.at(bp(from)), x.at(bp(to))]
    const amount = minus(to, from)
    const top = area.top + row * ROW
    const text = `${bpText(amount, notional)} bp`
    const money = `${amountText(amount, scale)} ${instrument.currency}`
    return element(
      'g',
      { class: `bar ${style}` },
      element('title', {}, `${name}: ${text}, ${money}`),
      element('text', { class: 'name', x: area.left - 8, y: top + ROW / 2 + 4, 'text-anchor': 'end' }, name),
      element('rect', { x: Math.min(a, b), y: top + 6, width: Math.max(Math.abs(b - a), 1), height: ROW - 12, rx: 2 }),
      element('line', {
        class: 'link',
        x1: b,
        x2: b,
        y1: top + ROW - 5,
        y2: row < parts.length ? top + ROW + 4 : top + ROW - 5
      }),
      element('text', { class: 'value', x: WIDTH - 2, y: top + ROW / 2 + 4, 'text-anchor': 'end' }, text)
    )
  }
  return picture(
    area,
    `Implementation shortfall of parent ${id} by component, in basis points`,
    element(
      'g',
      { class: 'axis' },
      x.ticks.map(({ value, label }) => [
        element('line', { class: 'grid', x1: x.at(value), x2: x.at(value), y1: area.top, y2: area.bottom }),
        element('text', { x: x.at(value), y: area.bottom + 15, 'text-anchor': 'middle' }, label)
      ])
    ),
    element('line', { class: 'zero', x1: x.at(0), x2: x.at(0), y1: area.top, y2: area.bottom }),
    ...parts.map(({ name, style }, i) => bar(i, name, style, edges[i], edges[i + 1])),
    bar(parts.length, 'Total', 'total', 0, total)
  )
}

function tradingParts({ spread, fills }: Cost, trading: Exact): Part[] {
  if (fills === 0 || spread.fills < fills) return [{ name: 'Trading', style: 'trading', amount: trading }]
  const paid = halved(spread.effective)
  return [
    { name: 'Spread paid', style: 'trading', amount: paid },
    { name: 'Mid moved', style: 'moved', amount: minus(trading, paid) }
  ]
}

/** Half of an amount that is twice a whole one: the effective spread is. */
function halved(amount: Exact): Exact {
  return typeof amount === 'number' ? amount / 2 : amount / 2n
}

function missing({ benchmarks }: Cost): string {
  const names = [
    benchmarks.decision === undefined ? 'the decision' : '',
    benchmarks.arrival === undefined ? 'the arrival' : '',
    benchmarks.end === undefined ? 'the end' : ''
  ]
  return names.filter((name) => name !== '').join(' and ')
}

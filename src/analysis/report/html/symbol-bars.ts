import { toNumber } from '../../ratio.js'
import { type SymbolCost } from '../../tca/symbol-cost.js'
import { basisPoints } from '../figures.js'
import { bpText } from '../figure-text.js'
import { frame, picture } from '../plot/frame.js'
import { element, type Markup } from '../plot/markup.js'
import { linearScale, niceTicks } from '../plot/scale.js'
import { SHORTFALL_PARTS } from '../summary.js'

const ROW = 30
const WIDTH = 1120
const MOST = 30

/** One stacked bar a symbol: costs to the right of zero, gains to the left, and a mark at their sum. */
export function symbolBars(symbols: readonly SymbolCost[]): Markup | undefined {
  const measured = symbols.filter(({ measuredParents }) => measuredParents > 0).slice(0, MOST)
  if (measured.length === 0) return undefined
  const rows = measured.map((symbol) => {
    const bp = (part: keyof SymbolCost['shortfall']) => {
      const value = basisPoints(symbol.shortfall[part], symbol.benchmarkNotional)
      return value ? toNumber(value) : 0
    }
    return { symbol, total: bp('total'), parts: SHORTFALL_PARTS.map((part) => ({ part, bp: bp(part) })) }
  })
  const costs = rows.map(({ parts }) => parts.reduce((sum, { bp }) => sum + Math.max(bp, 0), 0))
  const gains = rows.map(({ parts }) => parts.reduce((sum, { bp }) => sum + Math.min(bp, 0), 0))
  const low = Math.min(0, ...gains)
  const high = Math.max(0, ...costs)
  const pad = Math.max((high - low) * 0.03, 0.05)
  const area = frame(WIDTH, ROW * rows.length + 32, { left: 92, right: 96, top: 4, bottom: 28 })
  const x = linearScale(low - pad, high + pad, area.left, area.right, niceTicks(low - pad, high + pad, 9))
  return picture(
    area,
    'Implementation shortfall by symbol and component, in basis points',
    element(
      'g',
      { class: 'axis' },
      x.ticks.map(({ value, label }) => [
        element('line', { class: 'grid', x1: x.at(value), x2: x.at(value), y1: area.top, y2: area.bottom }),
        element('text', { x: x.at(value), y: area.bottom + 16, 'text-anchor': 'middle' }, label)
      ])
    ),
    element('line', { class: 'zero', x1: x.at(0), x2: x.at(0), y1: area.top, y2: area.bottom }),
    ...rows.map(({ symbol, total, parts }, i) => {
      const top = area.top + i * ROW
      let cost = 0
      let gain = 0
      const bars = parts.map(({ part, bp }) => {
        const from = bp > 0 ? cost : gain
        if (bp > 0) cost += bp
        else gain += bp
        const [a, b] = [x.at(from), x.at(from + bp)]
        const text = `${symbol.instrument.symbol} ${part}: ${bpText(symbol.shortfall[part], symbol.benchmarkNotional)} bp`
        return element(
          'rect',
          { class: `part ${part}`, x: Math.min(a, b), y: top + 6, width: Math.abs(b - a), height: ROW - 12 },
          element('title', {}, text)
        )
      })
      const text = `${bpText(symbol.shortfall.total, symbol.benchmarkNotional)} bp`
      return element(
        'g',
        { class: 'bar' },
        element(
          'text',
          { class: 'name', x: area.left - 8, y: top + ROW / 2 + 4, 'text-anchor': 'end' },
          symbol.instrument.symbol
        ),
        bars,
        element('line', { class: 'sum', x1: x.at(total), x2: x.at(total), y1: top + 2, y2: top + ROW - 2 }),
        element('text', { class: 'value', x: WIDTH - 2, y: top + ROW / 2 + 4, 'text-anchor': 'end' }, text)
      )
    })
  )
}

import { toNumber } from '../../ratio.js'
import { type HorizonCost, type SpreadCost } from '../../tca/cost.js'
import { basisPoints } from '../figures.js'
import { bpText } from '../figure-text.js'
import { frame, picture, yAxis } from '../plot/frame.js'
import { element, type Markup } from '../plot/markup.js'
import { linearScale, niceTicks } from '../plot/scale.js'

const AREA = frame(400, 190, { left: 44, right: 8, top: 10, bottom: 38 })
const BAR = 17

/**
 * Effective spread, split by horizon in realised spread and price impact: two bars a horizon, and a line across both at
 * their sum. A horizon that no fill was measured at stays empty.
 */
export function horizonBars(spread: SpreadCost, label: string): Markup {
  if (spread.horizons.every(({ measured }) => measured === 0))
    return element('p', { class: 'none' }, 'No fill has a mid recorded behind it at any horizon.')
  const bp = (amount: HorizonCost['realised'], { midNotional }: HorizonCost): number => {
    const value = basisPoints(amount, midNotional)
    return value ? toNumber(value) : 0
  }
  const values = spread.horizons.flatMap((h) => [bp(h.realised, h), bp(h.impact, h), bp(h.effective, h)])
  const low = Math.min(0, ...values)
  const high = Math.max(0, ...values)
  const pad = Math.max((high - low) * 0.08, 0.05)
  const y = linearScale(low - pad, high + pad, AREA.bottom, AREA.top, niceTicks(low - pad, high + pad, 5))
  const step = (AREA.right - AREA.left) / spread.horizons.length
  return picture(
    AREA,
    label,
    yAxis(AREA, y),
    element('line', { class: 'zero', x1: AREA.left, x2: AREA.right, y1: y.at(0), y2: y.at(0) }),
    ...spread.horizons.map((horizon, i) => {
      const middle = AREA.left + step * (i + 0.5)
      const bar = (name: string, amount: HorizonCost['realised'], x: number) => {
        const end = y.at(bp(amount, horizon))
        const top = Math.min(end, y.at(0))
        return element(
          'rect',
          { class: `part ${name}`, x, y: top, width: BAR, height: Math.max(Math.abs(end - y.at(0)), 0.75), rx: 1.5 },
          element('title', {}, `${name} ${horizon.label} after: ${bpText(amount, horizon.midNotional)} bp`)
        )
      }
      const across = y.at(bp(horizon.effective, horizon))
      const all = horizon.measured + horizon.censored + horizon.missing
      const drawn =
        horizon.measured === 0
          ? []
          : [
              bar('realised', horizon.realised, middle - BAR - 1),
              bar('impact', horizon.impact, middle + 1),
              element(
                'line',
                { class: 'effective', x1: middle - BAR - 4, x2: middle + BAR + 4, y1: across, y2: across },
                element('title', {}, `effective: ${bpText(horizon.effective, horizon.midNotional)} bp`)
              )
            ]
      return element(
        'g',
        { class: 'axis' },
        ...drawn,
        element('text', { x: middle, y: AREA.bottom + 15, 'text-anchor': 'middle' }, horizon.label),
        element(
          'text',
          { class: 'faint', x: middle, y: AREA.bottom + 29, 'text-anchor': 'middle' },
          `${horizon.measured} of ${all}`
        )
      )
    })
  )
}

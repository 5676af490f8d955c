import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { calibrate } from '../../../src/analysis/calibration/calibrate.js'
import { calibrationHtml } from '../../../src/analysis/calibration/calibration-html.js'
import { calibrationText } from '../../../src/analysis/calibration/calibration-text.js'
import { configSnippet } from '../../../src/analysis/calibration/config-snippet.js'
import { seededRandom } from '../../../src/base/random.js'
import { SECOND } from '../../../src/base/time.js'
import { BUY, SELL } from '../../../src/exchange/units.js'
import { loadConfig } from '../../../src/venue/config/load-config.js'
import { FINE, ScriptedMarket } from './support/scripted-market.js'

/** A lively little market: prices move with trades and come back in part. */
function market(): ScriptedMarket {
  const random = seededRandom(4, 'lively')
  const market = new ScriptedMarket()
  let mid = 1_000_000
  for (let n = 0; n < 2_000; n++) {
    const side = random.below(2) === 0 ? BUY : SELL
    market.quote(n * SECOND, mid - 50, mid + 50)
    market.trade(n * SECOND + 1, side, mid + side * 50, 1 + random.below(100))
    market.quote(n * SECOND + 1, mid - (side === SELL ? 80 : 50), mid + (side === BUY ? 80 : 50))
    mid += side * 20 - Math.round(random.normal() * 10)
  }
  return market
}

const calibration = calibrate(market(), [FINE])

describe('reports of a calibration', () => {
  it('the part of venue.yaml is read back with what was measured', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'paperpit-')), 'venue.yaml')
    writeFileSync(file, configSnippet(calibration))
    const { preset, impact, refill } = loadConfig(file).models
    const { activity, resiliency } = calibration.instruments[0]
    expect(preset).toBe('impact')
    expect((impact?.FINE.volatility ?? 0) / activity.volatility.value).toBeCloseTo(1, 2)
    expect((impact?.FINE.averageDailyVolume ?? 0) / activity.volume.value).toBeCloseTo(1, 2)
    expect(refill?.probability).toBeCloseTo(resiliency?.probability.value ?? Number.NaN, 2)
  })

  it('the table names every figure with its interval', () => {
    const lines = calibrationText(calibration).split('\n')
    expect(lines[0]).toBe('FINE, 1970-01-01T00:00:00Z to 1970-01-01T00:33:19Z, 2000 trades')
    expect(lines.slice(2, 10).map((line) => line.slice(0, 23).trim())).toEqual([
      'volatility a day',
      'volume a day',
      'spread',
      'refill: returns at all',
      'refill: half-life',
      'propagator: G0',
      'propagator: beta',
      'propagator: l0'
    ])
    expect(lines.slice(2, 10).every((line) => / to /.test(line))).toBe(true)
  })

  it('the page has four pictures and no number that is none', () => {
    const page = calibrationHtml(calibration)
    expect(page.match(/<svg /g)?.length).toBe(4)
    expect(page).not.toMatch(/NaN|Infinity|undefined/)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minus, plus } from '../../../src/analysis/exact.js'
import { readRecording } from '../../../src/analysis/recording/read-recording.js'
import { type SpreadCost } from '../../../src/analysis/tca/cost.js'
import { HORIZONS } from '../../../src/analysis/tca/horizons.js'
import { analyseCosts } from '../../../src/analysis/tca/tca.js'
import { BUY, SELL, type Side } from '../../../src/exchange/units.js'
import { Tag } from '../../../src/fix/wire/tag.js'
import { fakeSession } from '../support/fake-session.js'

type Step =
  | {
      readonly kind: 'quote'
      readonly wait: number
      readonly bid: number | undefined
      readonly ask: number | undefined
    }
  | {
      readonly kind: 'fill'
      readonly wait: number
      readonly order: number
      readonly price: number
      readonly qty: number
    }

// Also exactly the horizons, so that a quote stands at the very moment that is asked for.
const wait = fc.oneof(
  fc.constantFrom(50, 1_000, 15_000, 60_000),
  fc.constant(0),
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 400, max: 90_000 })
)
const side = fc.option(fc.integer({ min: 9_900, max: 10_100 }), { nil: undefined, freq: 6 })
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('quote' as const), wait, bid: side, ask: side }),
    fc.record({
      kind: fc.constant('fill' as const),
      wait,
      order: fc.integer({ min: 0, max: 3 }),
      price: fc.integer({ min: 9_800, max: 10_200 }),
      qty: fc.integer({ min: 1, max: 50 })
    })
  ),
  { maxLength: 60 }
)

const text = (cents: number): string => (cents / 100).toFixed(2)
const sideOf = (order: number): Side => (order % 2 === 0 ? BUY : SELL)

/** Orders 0 and 2 buy for one parent, 1 and 3 sell for another. */
function record(list: readonly Step[]) {
  const session = fakeSession()
  for (let order = 0; order < 4; order++)
    session.order(0, `o${order}`, { side: sideOf(order), qty: '100000', tags: [[Tag.ClOrdLinkID, 'P']] })
  let now = 0
  for (const step of list) {
    now += step.wait
    if (step.kind === 'fill') session.fill(now, `o${step.order}`, String(step.qty), text(step.price))
    else
      session.quote(
        now,
        step.bid === undefined ? undefined : text(step.bid),
        step.ask === undefined ? undefined : text(step.ask)
      )
  }
  return analyseCosts(readRecording(session))
}

/** The same measures by looking through everything for every fill; in half cents. */
function slowly(list: readonly Step[], counts: (order: number) => boolean): SpreadCost {
  let now = 0
  const timed = list.map((step) => ({ ...step, time: (now += step.wait) * 1e6 }))
  const quotes = timed.filter((step) => step.kind === 'quote')
  const mid = (quote: { bid: number | undefined; ask: number | undefined } | undefined) =>
    quote?.bid === undefined || quote.ask === undefined ? undefined : quote.bid + quote.ask
  const last = quotes.at(-1)
  const counts0 = { measured: 0, censored: 0, missing: 0, qty: 0, adverseQty: 0 }
  const empty = { ...counts0, midNotional: 0, effective: 0, realised: 0, impact: 0, markOut: 0 }
  const horizons = HORIZONS.map(({ label }) => ({ label, ...empty }))
  const sums = { fills: 0, qty: 0, midNotional: 0, effective: 0, quoted: 0, improvement: 0 }
  timed.forEach((fill, i) => {
    if (fill.kind !== 'fill' || !counts(fill.order)) return
    const before = timed.slice(0, i).findLast((step) => step.kind === 'quote')
    const m = mid(before)
    const s = sideOf(fill.order)
    const p = 2 * fill.price
    if (m !== undefined && before?.bid !== undefined && before.ask !== undefined) {
      sums.fills++
      sums.qty += fill.qty
      sums.midNotional += m * fill.qty
      sums.effective += 2 * s * (p - m) * fill.qty
      sums.quoted += 2 * (before.ask - before.bid) * fill.qty
      sums.improvement += s * (2 * (s === BUY ? before.ask : before.bid) - p) * fill.qty
    }
    HORIZONS.forEach(({ after }, k) => {
      const horizon = horizons[k]
      if (m === undefined) return void horizon.missing++
      if (last === undefined || fill.time + after > last.time) return void horizon.censored++
      const later = mid(quotes.findLast((quote) => quote.time <= fill.time + after))
      if (later === undefined) return void horizon.missing++
      horizon.measured++
      horizon.qty += fill.qty
      horizon.midNotional += m * fill.qty
      horizon.effective += 2 * s * (p - m) * fill.qty
      horizon.realised += 2 * s * (p - later) * fill.qty
      horizon.impact += 2 * s * (later - m) * fill.qty
      horizon.markOut += s * (later - p) * fill.qty
      if (s * (later - p) < 0) horizon.adverseQty += fill.qty
    })
  })
  return { ...sums, horizons }
}

describe('spreads', () => {
  it('are those of a search through all quotes, by order, parent and symbol', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const tca = record(list)
        for (let order = 0; order < 4; order++)
          expect(tca.order(order).spread).toEqual(slowly(list, (its) => its === order))
        expect(tca.parent(0).spread).toEqual(slowly(list, (its) => sideOf(its) === BUY))
        expect(tca.parent(1).spread).toEqual(slowly(list, (its) => sideOf(its) === SELL))
        expect(tca.symbols[0].spread).toEqual(slowly(list, () => true))
      }),
      { numRuns: 300 }
    )
  })

  it('split exactly: effective = realised + impact', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const tca = record(list)
        for (const { spread } of [tca.parent(0), tca.parent(1), tca.symbols[0]])
          for (const { effective, realised, impact } of spread.horizons)
            expect(minus(effective, plus(realised, impact))).toBe(0)
      })
    )
  })
})

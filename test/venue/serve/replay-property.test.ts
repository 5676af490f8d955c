import { fc, test } from '@fast-check/vitest'
import { afterEach, beforeEach, describe, expect, vi } from 'vitest'
import { seededRandom } from '../../../src/base/random.js'
import { DAY, HOUR, LAST_TIME, MILLISECOND, nanos, type Nanos } from '../../../src/base/time.js'
import { BUY, instrumentNo, price, quantity, SELL } from '../../../src/exchange/units.js'
import { TapeWriter } from '../../../src/market/tape/tape-writer.js'
import { temporaryDirectory } from '../../market/support/temporary.js'
import { ReplayedVenue } from './support/replayed-venue.js'
import { FRIDAY } from './support/small-tape.js'

const temporary = temporaryDirectory()
const ACME = instrumentNo(0)
const at = (ms: number): Nanos => nanos(14 * HOUR + Math.round(ms * MILLISECOND))

/** Ten seconds of orders that come, change, trade and go around 100.00, with a halt and a call in between. */
function tape(name: string, seed: number): string {
  const path = temporary(name)
  const instruments = [{ symbol: 'ACME', tickSize: '0.01', lotSize: '1', feed: 'l3' }] as const
  const out = new TapeWriter(path, { instruments, source: 'a test', timeZone: 'UTC', createdFrom: [] }, FRIDAY)
  const random = seededRandom(seed, 'tape')
  const standing: { id: number; side: typeof BUY | typeof SELL; px: number; qty: number }[] = []
  for (let ms = 0, id = 0; ms < 10_000; ms += random.below(12)) {
    const time = at(ms)
    const some = standing[random.below(standing.length + 1)] as (typeof standing)[number] | undefined
    if (ms > 4000 && ms < 4012) out.enterPhase(time, ACME, 'halt')
    else if (ms > 4800 && ms < 4812) out.enterPhase(time, ACME, 'volatilityAuction')
    else if (ms > 5500 && ms < 5512) out.enterPhase(time, ACME, 'continuous')
    else if (some === undefined || random.below(2) === 0) {
      const side = random.below(2) === 0 ? BUY : SELL
      const order = { id: ++id, side, px: 10_000 - side * (1 + random.below(4)), qty: 1 + random.below(9) }
      standing.push(order)
      out.add(time, ACME, order.id, side, price(order.px), quantity(order.qty))
    } else {
      standing.splice(standing.indexOf(some), 1)
      if (random.below(2) === 0) out.remove(time, ACME, some.id)
      else out.execute(time, ACME, some.id, some.side, price(some.px), quantity(some.qty))
    }
    out.eventEnd()
  }
  out.close()
  return path
}

const TAPES = [tape('one.arrow', 1), tape('two.arrow', 2)]

const action = fc.oneof(
  fc.record({ kind: fc.constant('pass' as const), seconds: fc.constantFrom(0.1, 0.5, 2, 11) }),
  fc.record({
    kind: fc.constant('order' as const),
    tif: fc.constantFrom('day' as const, 'gtc' as const),
    px: fc.integer({ min: 9996, max: 10_004 })
  }),
  fc.record({ kind: fc.constant('seek' as const), by: fc.integer({ min: -12_000, max: 12_000 }), wait: fc.boolean() }),
  fc.record({ kind: fc.constant('events' as const), count: fc.constantFrom(1, 7, 6000) }),
  fc.record({ kind: fc.constant('time' as const), ms: fc.integer({ min: 1, max: 3000 }) }),
  fc.record({ kind: fc.constantFrom('pause' as const, 'resume' as const) }),
  fc.record({ kind: fc.constant('loop' as const), on: fc.boolean() })
)

describe('whatever the controls of a replay are told, and whenever', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate'] }))
  afterEach(() => void vi.useRealTimers())

  let runs = 0
  test.prop(
    [
      fc.array(action, { minLength: 1, maxLength: 25 }),
      fc.constantFrom(0.5, 1, 20, 1_000_000, 'max' as const, 'lockstep' as const),
      fc.constantFrom(0, 30),
      fc.constantFrom(TAPES.slice(0, 1), TAPES)
    ],
    { numRuns: 25 }
  )('time never goes back, nothing hangs, and the journal brings the same again', (actions, speed, latency, tapes) => {
    const way = nanos(latency * MILLISECOND)
    const run = new ReplayedVenue({
      ...{ tapes, speed, journal: temporary(`${runs++}.db`) },
      latency: { kind: 'constant', inbound: way, outbound: way }
    })
    const { pacer } = run
    pacer.start()
    let last = pacer.time
    let orders = 0
    for (const each of actions) {
      if (each.kind === 'pass') run.pass(each.seconds)
      else if (each.kind === 'order') run.order(`o${++orders}`, each.tif, each.px)
      else if (each.kind === 'events') void pacer.stepEvents(each.count)
      else if (each.kind === 'time') void pacer.stepTime(nanos(each.ms * MILLISECOND))
      else if (each.kind === 'loop') pacer.loop = each.on
      else if (each.kind === 'seek') {
        try {
          void pacer.seek(nanos(pacer.time + each.by * MILLISECOND))
        } catch (error) {
          // Before the present pass, or at the end of venue time.
          expect(error).toBeInstanceOf(RangeError)
        }
        for (let i = 0; each.wait && i < 100 && pacer.state === 'seeking'; i++) vi.advanceTimersByTime(1)
        if (each.wait) expect(pacer.state).not.toBe('seeking')
      } else pacer[each.kind]()
      expect(pacer.time).toBeGreaterThanOrEqual(last)
      expect(pacer.time).toBeLessThanOrEqual(LAST_TIME)
      last = pacer.time
    }
    expect(run.jumps.every(({ marketShift }) => marketShift % DAY === 0)).toBe(true)
    run.expectSameAgain()
  })
})

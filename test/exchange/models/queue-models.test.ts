import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src/base/random.js'
import { aheadAfterDepth, createQueueModel } from '../../../src/exchange/models/queue-model.js'
import { type QueueModelSettings } from '../../../src/exchange/models/settings.js'

const ALL: readonly (readonly [name: string, settings: QueueModelSettings])[] = [
  ['riskAverse', { kind: 'riskAverse' }],
  ...(['power', 'power2', 'power3'] as const).flatMap((kind) =>
    [1, 2, 3, 8].map((exponent): [string, QueueModelSettings] => [`${kind} ${exponent}`, { kind, exponent }])
  ),
  ['log', { kind: 'log' }],
  ['log2', { kind: 'log2' }]
]

describe.each(ALL)('every queue model: %s', (_name, settings) => {
  const model = createQueueModel(settings)

  it('trap: nothing in front and nothing behind: the decrease stood behind', () => {
    expect(model.leftAhead(7, 0, 0)).toBe(0)
  })

  it('nothing in front: nothing leaves there', () => {
    expect([1, 10, 1e6, 2 ** 45].map((behind) => model.leftAhead(1000, 0, behind))).toEqual([0, 0, 0, 0])
  })

  it('what leaves in front is whole, and between nothing and the decrease', () => {
    const random = seededRandom(7, 'queue models')
    for (let i = 0; i < 3_000; i++) {
      const large = 2 ** (50 * random.uniform())
      const [d, f, b] = [0, 0, 0].map(() => Math.floor(random.uniform() * large))
      const left = model.leftAhead(d, f, b)
      expect(Number.isSafeInteger(left) && left >= 0 && left <= d).toBe(true)
    }
  })

  it('V stays between nothing and what is displayed, and a decrease never pushes an order back', () => {
    const random = seededRandom(8, 'queue models')
    for (let i = 0; i < 3_000; i++) {
      const before = 1 + random.below(2000)
      const ahead = random.below(before + 1)
      const after = 1 + random.below(before)
      const left = aheadAfterDepth(model, ahead, before, after, random.below(40))
      expect(left >= 0 && left <= Math.min(ahead, after)).toBe(true)
    }
  })

  it('growth stands behind', () => {
    expect(aheadAfterDepth(model, 40, 100, 500, 0)).toBe(40)
  })

  it('the longer the part in front, the more leaves there', () => {
    let least = 0
    for (let ahead = 0; ahead <= 1000; ahead += 50) {
      const left = model.leftAhead(400, ahead, 1000 - ahead)
      expect(left).toBeGreaterThanOrEqual(least)
      least = left
    }
  })
})

describe('what tells queue models apart', () => {
  const leftAhead = (settings: QueueModelSettings, ahead: number): number =>
    createQueueModel(settings).leftAhead(400, ahead, 1000 - ahead)

  it('of 400 that leave a level of 1000, with 800 and with 200 in front', () => {
    expect(ALL.map(([name, settings]) => `${name}: ${leftAhead(settings, 800)}, ${leftAhead(settings, 200)}`)).toEqual([
      'riskAverse: 0, 0',
      'power 1: 320, 80',
      'power 2: 376, 23',
      'power 3: 393, 6',
      'power 8: 399, 0',
      'power2 1: 320, 80',
      'power2 2: 384, 144',
      'power2 3: 396, 195',
      'power2 8: 399, 332',
      'power3 1: 320, 80',
      'power3 2: 256, 16',
      'power3 3: 204, 3',
      'power3 8: 67, 0',
      'log: 223, 176',
      'log2: 92, 12'
    ])
  })

  it.each(['power2', 'power3'] as const)('%s refuses an exponent that is none', (kind) => {
    for (const exponent of [0, 9, 1.5, Number.NaN])
      expect(() => createQueueModel({ kind, exponent })).toThrow(RangeError)
  })
})

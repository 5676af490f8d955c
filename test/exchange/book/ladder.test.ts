import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src/base/random.js'
import { Ladder } from '../../../src/exchange/book/ladder.js'
import { Level } from '../../../src/exchange/book/level.js'

const keys = (ladder: Ladder): number[] => Array.from({ length: ladder.length }, (_, i) => ladder.at(i).key)

describe('Ladder', () => {
  it('keeps the best level at the end', () => {
    const ladder = new Ladder()
    for (const key of [-10, -12, -9, -11]) ladder.insert(new Level(-key, key))
    expect(keys(ladder)).toEqual([-12, -11, -10, -9])
    expect(ladder.best()?.price).toBe(9)
  })

  it('has no best level when it is empty', () => {
    expect(new Ladder().best()).toBeUndefined()
  })

  it('stays sorted through any coming and going, near the best and far from it', () => {
    const random = seededRandom(1, 'ladder')
    const ladder = new Ladder()
    const levels = new Map<number, Level>()
    for (let step = 0; step < 5_000; step++) {
      const key = random.below(400)
      const level = levels.get(key)
      if (level === undefined) {
        levels.set(key, new Level(key, key))
        ladder.insert(levels.get(key) as Level)
      } else {
        ladder.remove(level)
        levels.delete(key)
      }
    }
    expect(keys(ladder)).toEqual([...levels.keys()].sort((a, b) => a - b))
  })
})

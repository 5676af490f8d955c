import { describe, expect, it } from 'vitest'
import { portableExp, portableLog, portablePower } from '../../src/base/portable-math.js'
import { normalCdf, normalQuantile } from '../../src/base/portable-normal.js'
import { seededRandom } from '../../src/base/random.js'

const relative = (value: number, truth: number): number => Math.abs(value - truth) / Math.max(Math.abs(truth), 1e-300)

/** The exact bits, as they must be on every machine. */
function bitsOf(value: number): string {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  return view.getBigUint64(0).toString(16).padStart(16, '0')
}

describe('portable mathematics', () => {
  const random = seededRandom(1, 'portable')

  it('logarithm: within 4e-15 of the truth from 1e-300 to 1e300', () => {
    for (let i = 0; i < 20_000; i++) {
      const x = 10 ** (600 * random.uniform() - 300)
      expect(relative(portableLog(x), Math.log(x))).toBeLessThan(4e-15)
    }
    expect([portableLog(1), portableLog(2)]).toEqual([0, Math.LN2])
  })

  it('exponential: within 4e-15', () => {
    for (let i = 0; i < 20_000; i++) {
      const x = 1400 * random.uniform() - 700
      expect(relative(portableExp(x), Math.exp(x))).toBeLessThan(4e-15)
    }
    expect([portableExp(0), portableExp(-701), portableExp(701)]).toEqual([1, 0, Number.POSITIVE_INFINITY])
  })

  it('power: whole and broken exponents, and the edges', () => {
    for (let i = 0; i < 20_000; i++) {
      const x = 10 ** (12 * random.uniform() - 6)
      const y = 4 * random.uniform() - 2
      expect(relative(portablePower(x, y), x ** y)).toBeLessThan(2e-13)
    }
    expect([portablePower(0, 0), portablePower(0, 2), portablePower(0, -1), portablePower(9, 0.5)]).toEqual([
      1,
      0,
      Number.POSITIVE_INFINITY,
      3
    ])
  })

  it('normal quantile and distribution undo each other', () => {
    for (const p of [1e-12, 1e-6, 0.02275013194817921, 0.25, 0.5, 0.841344746068543, 0.999, 1 - 1e-9]) {
      expect(Math.abs(normalCdf(normalQuantile(p)) - p)).toBeLessThan(1e-14)
    }
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14)
    expect(normalCdf(-6) / 9.865876450376946e-10).toBeCloseTo(1, 9)
  })

  it('gives these very bits', () => {
    expect([portableLog(3), portableExp(0.3), portablePower(7, 0.6), normalQuantile(0.01), normalCdf(0.7)].map(bitsOf))
      .toMatchInlineSnapshot(`
      [
        "3ff193ea7aad030b",
        "3ff599058c8c1a96",
        "4009b677e285eaf0",
        "c0029c5c4630ff0e",
        "3fe841d5715c32a8",
      ]
    `)
  })
})

import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/**
 * Seeded randomness: one generator per purpose, so that drawing for one purpose never shifts another's numbers.
 * The same seed and purpose give the same numbers on every machine.
 */
export interface Random {
  /** Uniform in [0, 1), 32 bits of it. */
  uniform(): number
  /** A whole number in [0, n), n up to 2^32. */
  below(n: number): number
  /** Exponential with the given mean. */
  exponential(mean: number): number
  /** Standard normal (Box-Muller, both values used). */
  normal(): number
}

/** FNV-1a over the purpose's name, so that streams of one seed differ by purpose. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}

export function seededRandom(seed: number, purpose: string): Random {
  const generator = xoroshiro128plus((Math.imul(seed | 0, 0x9e3779b1) ^ hash(purpose)) | 0)
  let spare = Number.NaN
  const uniform = (): number => (generator.next() >>> 0) / 4294967296
  return {
    uniform,
    below: (n) => Math.floor(uniform() * n),
    exponential: (mean) => -mean * Math.log(1 - uniform()),
    normal() {
      if (!Number.isNaN(spare)) {
        const value = spare
        spare = Number.NaN
        return value
      }
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()))
      const angle = 2 * Math.PI * uniform()
      spare = radius * Math.sin(angle)
      return radius * Math.cos(angle)
    }
  }
}

import { seededRandom, type Random } from '../../../src/base/random.js'
import { DEFAULT_REFILL } from '../../../src/exchange/models/default-settings.js'
import { halfLifeDecay } from '../../../src/exchange/models/half-life.js'
import { type ModelSettings } from '../../../src/exchange/models/settings.js'

/** What clients took at one price of the market side: u, and the parts of it that stay and that return. */
export interface Taken {
  qty: number
  staying: number
  returning: number
  /** The time that `returning` is of. */
  dated: number
}

/** What becomes of market quantity that clients took, in one instrument (models README, "Consumption and refill"). */
export class ReferenceConsumption {
  readonly #models: ModelSettings
  readonly #random: Random
  #draws = 0

  constructor(models: ModelSettings, symbol: string) {
    this.#models = models
    this.#random = seededRandom(models.seed, `refill ${symbol}`)
  }

  get draws(): number {
    return this.#draws
  }

  /** @returns what is taken at the price after a client took `qty` more; undefined where that leaves no trace. */
  take(time: number, before: Taken | undefined, qty: number): Taken | undefined {
    const { preset, refill = DEFAULT_REFILL } = this.#models
    if (preset === 'observer') return undefined
    const taken = before ?? { qty: 0, staying: 0, returning: 0, dated: 0 }
    if (preset === 'consume') return { ...taken, qty: taken.qty + qty }
    this.#draws++
    const returns = this.#random.uniform() < refill.probability
    if (returns && refill.halfLife === 0) return undefined
    if (!returns) return { ...taken, qty: taken.qty + qty, staying: taken.staying + qty }
    return { ...taken, qty: taken.qty + qty, returning: this.#returning(time, taken) + qty, dated: time }
  }

  /** The market's quantity at the price fell. */
  fall(time: number, taken: Taken, from: number, to: number): Taken {
    const qty = Number((BigInt(taken.qty) * BigInt(to)) / BigInt(from))
    if (qty === 0) return { qty: 0, staying: 0, returning: 0, dated: 0 }
    const staying = (taken.staying * to) / from
    return { qty, staying, returning: (this.#returning(time, taken) * to) / from, dated: time }
  }

  /** An event ends: what has returned by now. */
  refill(time: number, taken: Taken): Taken {
    if (taken.returning === 0) return taken
    let returning = this.#returning(time, taken)
    const isOver = returning < 1 / 64
    if (isOver) returning = 0
    const left = { ...taken, returning: isOver ? 0 : taken.returning }
    const qty = Math.floor(taken.staying + returning + 0.5)
    if (qty >= taken.qty) return left
    return qty === 0 ? { qty: 0, staying: 0, returning: 0, dated: 0 } : { ...left, qty }
  }

  #returning(time: number, { returning, dated }: Taken): number {
    if (returning === 0) return 0
    return returning * halfLifeDecay(time - dated, (this.#models.refill ?? DEFAULT_REFILL).halfLife)
  }
}

import { halfLifeDecay } from './half-life.js'
import { DEFAULT_REFILL } from './default-settings.js'
import { mulDivFloor } from '../mul-div.js'
import { seededRandom, type Random } from '../../base/random.js'
import { type ModelSettings, type RefillSettings } from './settings.js'

/** What clients took of a level: u, and how it will return (README, consumption). A level of the book is one. */
export interface Consumed {
  /** u: a whole number, never more than the feed's quantity. */
  consumedQty: number
  /** Parts of u that stay and that return, as real numbers; {@link returningSince} dates the latter. */
  staying: number
  returning: number
  returningSince: number
}

/** What becomes of market quantity that clients took; one per instrument. */
export interface ConsumptionModel {
  /** Clients took `qty` more of a level. @returns whether it counts: whether it is gone for the next taker. */
  take(level: Consumed, qty: number, time: number): boolean
  /** The feed's quantity fell from `before` to `after`, while u > 0. */
  decrease(level: Consumed, before: number, after: number, time: number): void
  /** An event ends. @returns how much of u returned with it. */
  refill(level: Consumed, time: number): number
  /** Random numbers drawn so far. */
  readonly draws: number
}

/** The tape is not touched: every order meets the book as it was. */
const observer: ConsumptionModel = { take: () => false, decrease: () => undefined, refill: () => 0, draws: 0 }

/** Gone until the feed brings new quantity; the consumed orders leave in proportion as the level shrinks. */
const consume: ConsumptionModel = {
  take(level, qty) {
    level.consumedQty += qty
    return true
  },
  decrease(level, before, after) {
    level.consumedQty = mulDivFloor(level.consumedQty, after, before)
  },
  refill: () => 0,
  draws: 0
}

/** Less than this of a returning part is nothing. */
const NOTHING = 1 / 64

/**
 * As `consume`, but a part of what was taken returns, half of what is missing in every half-life of venue time. Whether a
 * depletion returns is drawn once for each, from the instrument's own stream. What returns appears when an event of the
 * feed ends, so that it does not matter how time is advanced.
 */
class RefillingConsumption implements ConsumptionModel {
  readonly #settings: RefillSettings
  readonly #random: Random
  draws = 0

  constructor(settings: RefillSettings, random: Random) {
    this.#settings = settings
    this.#random = random
  }

  take(level: Consumed, qty: number, time: number): boolean {
    const { probability, halfLife } = this.#settings
    this.draws++
    if (this.#random.uniform() >= probability) level.staying += qty
    else if (halfLife === 0) return false
    else {
      level.returning = this.#returningAt(level, time) + qty
      level.returningSince = time
    }
    level.consumedQty += qty
    return true
  }

  decrease(level: Consumed, before: number, after: number, time: number): void {
    level.consumedQty = mulDivFloor(level.consumedQty, after, before)
    level.staying = (level.staying * after) / before
    level.returning = (this.#returningAt(level, time) * after) / before
    level.returningSince = time
    if (level.consumedQty === 0) level.staying = level.returning = 0
  }

  refill(level: Consumed, time: number): number {
    if (level.returning === 0) return 0
    let returning = this.#returningAt(level, time)
    if (returning < NOTHING) returning = level.returning = 0
    const missing = Math.floor(level.staying + returning + 0.5)
    const back = level.consumedQty - missing
    if (back <= 0) return 0
    level.consumedQty = missing
    if (missing === 0) level.staying = level.returning = 0
    return back
  }

  #returningAt({ returning, returningSince }: Consumed, time: number): number {
    return returning === 0 ? 0 : returning * halfLifeDecay(time - returningSince, this.#settings.halfLife)
  }
}

/** @throws RangeError where a probability or half-life is none. */
export function createConsumptionModel({ preset, refill, seed }: ModelSettings, symbol: string): ConsumptionModel {
  if (preset === 'observer') return observer
  if (preset === 'consume') return consume
  const settings = refill ?? DEFAULT_REFILL
  const { probability, halfLife } = settings
  if (!(probability >= 0 && probability <= 1))
    throw new RangeError(`the probability of a refill is from 0 to 1, got ${probability}`)
  if (halfLife !== 'never' && !(halfLife >= 0 && Number.isSafeInteger(halfLife)))
    throw new RangeError(`the half-life of a refill is a time of at least 0 or never, got ${halfLife}`)
  return new RefillingConsumption(settings, seededRandom(seed, `refill ${symbol}`))
}

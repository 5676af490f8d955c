import { mulDivFloor } from '../mul-div.js'
import { type Preset } from './settings.js'

/** What becomes of market quantity that clients took (MODELS section 3): u, the consumed quantity of a level. */
export interface ConsumptionModel {
  /** Whether taken quantity is gone for the next taker. */
  readonly consumes: boolean
  /** u after clients took `taken` more. */
  afterTake(consumed: number, taken: number): number
  /** u after the feed's quantity fell from `before` to `after`, u > 0. */
  afterDecrease(consumed: number, before: number, after: number): number
}

/** The tape is not touched: every order meets the book as it was. */
const observer: ConsumptionModel = { consumes: false, afterTake: () => 0, afterDecrease: () => 0 }

/** Gone until the feed brings new quantity; the consumed orders leave in proportion as the level shrinks. */
const consume: ConsumptionModel = {
  consumes: true,
  afterTake: (consumed, taken) => consumed + taken,
  afterDecrease: (consumed, before, after) => mulDivFloor(consumed, after, before)
}

export function createConsumptionModel(preset: Preset): ConsumptionModel {
  return preset === 'observer' ? observer : consume
}

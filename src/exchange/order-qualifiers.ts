import type { Nanos } from '../base/time.js'
import type { SelfMatchMode } from './trading-rules.js'
import type { Price, Quantity } from './units.js'

/** What a pegged order follows: the best price of its own side, of the other side, or the middle of both. */
export type PegReference = 'primary' | 'market' | 'midpoint'

export interface Peg {
  readonly reference: PegReference
  /** Signed price units, added to the reference for buys and sells alike: PegOffsetValue (211). */
  readonly offset: number
  /** PeggedPrice (839): where the order is pegged now. The exchange's own; in a request it is not looked at. */
  readonly price?: Price | undefined
}

/** Orders with the same id do not trade with each other; the mode of the one that comes later says what happens. */
export interface SelfMatch {
  /** The firm, or whatever else holds orders together. */
  readonly id: string
  readonly mode: SelfMatchMode
}

/**
 * What an order may ask for beyond side, type, quantity, price and time in force. One object, so that a plain order
 * costs nothing for it. Which of them go together is told by `order/combinations.ts`.
 */
export interface OrderQualifiers {
  /** StopPx (99): where a stop or market-if-touched order is triggered. */
  readonly stopPx?: Price | undefined
  /** MinQty (110): at least this much is filled at once when the order meets the book, or it is canceled. 0: none. */
  readonly minQty?: Quantity | undefined
  /** MaxFloor (111): how much of the order is shown at a time; 0 hides it. */
  readonly displayQty?: Quantity | undefined
  /** ExecInst (18) G: filled whole or not at all. */
  readonly allOrNone?: boolean | undefined
  /** ExecInst (18) 6: never takes liquidity: refused where it would, or priced one tick away. `none` takes it away. */
  readonly postOnly?: 'reject' | 'reprice' | 'none' | undefined
  readonly peg?: Peg | undefined
  /** ExpireTime (126) of a GTD order, venue time. */
  readonly expireTime?: Nanos | undefined
  readonly selfMatch?: SelfMatch | undefined
}

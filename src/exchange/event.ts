import type { Nanos } from '../base/time.js'
import type { OrderTags, OrdType, RefuseRequest, TimeInForce } from './command.js'
import type { OrderQualifiers } from './order-qualifiers.js'
import type { Refusal } from './refusal.js'
import type { InstrumentNo, OrderId, Price, Quantity, SessionNo, Side } from './units.js'

/** What a client asked for, as last accepted. Immutable: an accepted replace makes new terms. */
export interface OrderTerms {
  readonly orderId: OrderId
  readonly session: SessionNo
  readonly instrument: InstrumentNo
  /** ClOrdID of the last accepted request of the chain. */
  readonly clOrdId: string
  readonly side: Side
  readonly ordType: OrdType
  readonly timeInForce: TimeInForce
  readonly orderQty: Quantity
  readonly price: Price
  readonly tags: OrderTags
  /** Undefined for a plain order; what is taken away (minQty 0, allOrNone false, postOnly none) is not among them. */
  readonly qualifiers?: OrderQualifiers | undefined
  /** Venue time at which the first request of the chain reached the exchange. */
  readonly enteredAt: Nanos
}

/** What an order has come to, as seen at one moment. */
export interface OrderProgress {
  readonly cumQty: Quantity
  /** 0 once the order is done. */
  readonly leavesQty: Quantity
  /** Sum of price times quantity over all fills, in price units x quantity units: exact. */
  readonly notional: Notional
}

/** Exact sum of price x quantity: a safe integer where it fits, a bigint beyond. */
export type Notional = number | bigint

/** Whether a fill added liquidity (LastLiquidityInd 851=1), removed it (851=2), or came about in an auction (FIX 4.4 has no value). */
export type Liquidity = 'added' | 'removed' | 'auction'

interface Event {
  /** From 1, one per event; ExecID (17) is made from it, so a session run again has the same ids. */
  readonly execId: number
  /** Venue time of the event in the exchange. */
  readonly time: Nanos
  /** Venue time at which the report leaves: `time` plus the report's latency. */
  readonly publishAt: Nanos
}

interface OrderEvent extends Event, OrderProgress {
  readonly terms: OrderTerms
}

export interface OrderAccepted extends OrderEvent {
  readonly kind: 'new'
  /** Market quantity ahead of the order where it rests, or undefined where it does not. */
  readonly queueAhead: Quantity | undefined
}

export interface OrderTraded extends OrderEvent {
  readonly kind: 'trade'
  readonly lastQty: Quantity
  readonly lastPx: Price
  readonly liquidity: Liquidity
  /** What the venue charges for the fill, in price units x quantity units; negative: a rebate. undefined: it has no fees. */
  readonly commission?: Notional | undefined
}

export interface OrderCanceled extends OrderEvent {
  readonly kind: 'canceled'
  /** ClOrdID of the cancel request, or undefined where nobody asked: `reason` says why then. */
  readonly clOrdId: string | undefined
  readonly reason: Refusal | undefined
}

export interface OrderExpired extends OrderEvent {
  readonly kind: 'expired'
  readonly reason: Refusal
}

export interface OrderReplaced extends OrderEvent {
  readonly kind: 'replaced'
  /** ClOrdID before the replace, tag 41. */
  readonly origClOrdId: string
  readonly queueAhead: Quantity | undefined
}

/**
 * Why the exchange changed an order: a stop or touch was triggered; a post-only order was priced away; a peg followed its
 * reference; the left-over of a market order became a limit; self-match prevention took quantity off.
 */
export type RestatementReason = 'triggered' | 'repriced' | 'pegged' | 'leftOver' | 'selfMatch'

/** The exchange itself changed an order's terms (150=D). */
export interface OrderRestated extends OrderEvent {
  readonly kind: 'restated'
  readonly cause: RestatementReason
  readonly queueAhead: Quantity | undefined
}

/** A new order that never became one. `terms` where the exchange understood it, else `request` as refused before. */
export interface OrderRejected extends Event {
  readonly kind: 'rejected'
  readonly session: SessionNo
  readonly clOrdId: string
  readonly refusal: Refusal
  readonly terms: OrderTerms | undefined
  readonly request: RefuseRequest | undefined
}

/** A cancel or replace that was refused (35=9). */
export interface RequestRejected extends Event {
  readonly kind: 'requestRejected'
  readonly session: SessionNo
  readonly request: 'cancel' | 'replace'
  readonly clOrdId: string
  readonly origClOrdId: string
  readonly refusal: Refusal
  /** The order that 41 named, as it stands; undefined where there is none. */
  readonly order: OrderState | undefined
}

export type ExchangeEvent =
  | OrderAccepted
  | OrderTraded
  | OrderCanceled
  | OrderExpired
  | OrderReplaced
  | OrderRestated
  | OrderRejected
  | RequestRejected

/** An order as it stands now, for status requests and reports. */
export interface OrderState extends OrderProgress {
  readonly terms: OrderTerms
  readonly status: OrdStatus
}

/** OrdStatus (39) in words. */
export type OrdStatus =
  'new' | 'partiallyFilled' | 'filled' | 'canceled' | 'replaced' | 'expired' | 'rejected' | 'doneForDay'

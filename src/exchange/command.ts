import type { Nanos } from '../base/time.js'
import type { Refusal } from './refusal.js'
import type { Phase } from './phase.js'
import type { OrderQualifiers } from './order-qualifiers.js'
import type { InstrumentNo, Price, Quantity, SessionNo, Side } from './units.js'

/** OrdType (40): 1, 2, 3, 4, J, K, P. */
export type OrdType =
  'market' | 'limit' | 'stop' | 'stopLimit' | 'marketIfTouched' | 'marketWithLeftOverAsLimit' | 'pegged'

/** TimeInForce (59): 0, 1, 3, 4, 6, 2 (at the opening), 7 (at the close). */
export type TimeInForce = 'day' | 'gtc' | 'ioc' | 'fok' | 'gtd' | 'opg' | 'atc'

/**
 * Facts that a client sends with an order and wants to see again, by FIX tag: Account (1), ClOrdLinkID (583), its own
 * tags. The exchange keeps them and does not look at them.
 */
export type OrderTags = readonly (readonly [tag: number, value: string])[]

interface FromClient {
  /** Venue time at which the command reached the venue's edge; latency is added behind it. */
  readonly time: Nanos
  readonly session: SessionNo
  /** ClOrdID (11) of this request. */
  readonly clOrdId: string
}

/** NewOrderSingle (35=D). */
export interface NewOrder extends FromClient {
  readonly kind: 'new'
  readonly instrument: InstrumentNo
  readonly side: Side
  readonly ordType: OrdType
  readonly timeInForce: TimeInForce
  readonly orderQty: Quantity
  /** The limit; 0 for types that have none, and for a pegged order without a limit. */
  readonly price: Price
  readonly tags: OrderTags
  /** What the order asks for beyond the plain terms; left out by most. */
  readonly qualifiers?: OrderQualifiers | undefined
}

/** OrderCancelRequest (35=F). */
export interface CancelOrder extends FromClient {
  readonly kind: 'cancel'
  readonly origClOrdId: string
}

/** OrderCancelReplaceRequest (35=G). Fields that the request leaves out repeat the order's. */
export interface ReplaceOrder extends FromClient {
  readonly kind: 'replace'
  readonly origClOrdId: string
  /** Total quantity, executed part included; undefined: unchanged. */
  readonly orderQty: Quantity | undefined
  readonly price: Price | undefined
  readonly ordType: OrdType | undefined
  readonly timeInForce: TimeInForce | undefined
  readonly tags: OrderTags
  /** Field by field; one that is left out repeats the order's. A minQty of 0, allOrNone `false`, postOnly `none` take it away. */
  readonly qualifiers?: OrderQualifiers | undefined
}

/** A request that was refused before it reached the book (unknown symbol, off tick, over a limit); recorded like any other. */
export interface RefuseRequest extends FromClient {
  readonly kind: 'refuse'
  readonly request: 'new' | 'cancel' | 'replace'
  readonly origClOrdId: string
  readonly refusal: Refusal
  /** What the report repeats of the refused order, as it was sent, by FIX tag. */
  readonly tags: OrderTags
}

/** Cancels all working orders of a session (cancel on disconnect). */
export interface CancelAll {
  readonly kind: 'cancelAll'
  readonly time: Nanos
  readonly session: SessionNo
  readonly reason: string
}

/** The end of the trading day: DAY orders expire, ClOrdIDs may be used again. */
export interface EndOfDay {
  readonly kind: 'endOfDay'
  readonly time: Nanos
}

/** An instrument goes into a phase of its trading day: the exchange's own command, without latency. */
export interface PhaseChange {
  readonly kind: 'phase'
  readonly time: Nanos
  readonly instrument: InstrumentNo
  readonly phase: Phase
}

/** What a client asks for by a message of its own, under a ClOrdID. */
export type ClientRequest = NewOrder | CancelOrder | ReplaceOrder | RefuseRequest

export type Command = ClientRequest | CancelAll | EndOfDay | PhaseChange

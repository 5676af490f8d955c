/**
 * The exchange counts in whole numbers. A `Price` is a number of price units, 10^-priceScale of the currency; a `Quantity`
 * a number of quantity units, 10^-quantityScale. The tick and the lot are multiples of these units: real tapes print
 * inside the tick (hidden midpoint executions), and such a price must be representable and comparable exactly.
 */
declare const priceBrand: unique symbol
declare const quantityBrand: unique symbol

/** Price in the instrument's price units. */
export type Price = number & { readonly [priceBrand]: true }
/** Quantity in the instrument's quantity units. */
export type Quantity = number & { readonly [quantityBrand]: true }

export const price = (units: number): Price => units as Price
export const quantity = (units: number): Quantity => units as Quantity

/** The side of an order or book as the sign of every formula: +1 buy (bid), -1 sell (ask). */
export type Side = 1 | -1
export const BUY: Side = 1
export const SELL: Side = -1

/** The side of the aggressor of a print; 0 where the feed does not say. */
export type Aggressor = Side | 0

export const opposite = (side: Side): Side => -side as Side

/** Whether `a` is a strictly better limit than `b` for an order on `side`: higher to buy, lower to sell. */
export const isBetter = (side: Side, a: Price, b: Price): boolean => side * (a - b) > 0

declare const instrumentBrand: unique symbol
declare const sessionBrand: unique symbol
declare const orderIdBrand: unique symbol

/** Position of an instrument in the exchange's list, from 0. */
export type InstrumentNo = number & { readonly [instrumentBrand]: true }
/** Number of a client (a FIX session, a backtest's order file), from 0, given by the venue and kept by the journal. */
export type SessionNo = number & { readonly [sessionBrand]: true }
/** The exchange's own number of a client order, from 1 in order of arrival. Its OrderID (37) is made from it. */
export type OrderId = number & { readonly [orderIdBrand]: true }

export const instrumentNo = (n: number): InstrumentNo => n as InstrumentNo
export const sessionNo = (n: number): SessionNo => n as SessionNo
export const orderId = (n: number): OrderId => n as OrderId

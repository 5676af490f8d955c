/**
 * The one catalogue of refusals. Each has a code that never changes and a sentence with `{}` for what was sent; the FIX
 * text (58), the API's error and the table in the documentation are all made from it.
 */
export const REFUSALS = {
  PP1001: 'duplicate ClOrdID {}',
  PP1002: 'order quantity must be positive, got {}',
  PP1003: 'price {} is off the tick of {}',
  PP1004: 'quantity {} is off the lot of {}',
  PP1005: 'price must be positive, got {}',
  PP1006: 'a limit order needs a Price',
  PP1007: 'unknown symbol {}',
  PP1008: 'order type {} is not supported',
  PP1009: 'time in force {} is not supported',
  PP1010: 'side {} is not supported',
  PP1011: 'field {} has the value {}, which the exchange cannot represent',
  PP1012: 'the venue is not taking orders',
  PP1013: 'no orders in {}: its market data is {}',
  PP1014: 'the market is closed (phase {}): only cancels are taken',
  PP1015: 'phase {} takes no order with {}',
  PP1016: '{} does not go with {}',
  PP1017: '{} needs {}',
  PP1018: '{} must not be negative, got {}',
  PP1019: '{} {} is more than the order quantity {}',
  PP1020: 'price {} is beyond the collar at {}',
  PP1021: 'the expire time is past',
  PP1022: 'phase {} takes orders at the last price {} only, got {}',
  PP1023: 'discretion is not supported',
  PP1024: 'instruction {} is not supported',
  PP1025: 'trading is in phase {}: only cancels are taken',
  PP1026: 'displayQty {} would show the order quantity {} in more than {} parts',
  PP2001: 'unknown order {}',
  PP2002: 'too late: the order is {}',
  PP2003: 'a request for this order is pending',
  PP2004: 'duplicate ClOrdID {}',
  PP2005: 'field {} cannot be replaced',
  PP3001: 'nothing to fill immediately',
  PP3002: 'cannot be filled completely at once',
  PP3003: 'no liquidity on the opposite side',
  PP3004: 'end of the trading day',
  PP3005: 'session disconnected',
  PP3006: 'not filled in the auction',
  PP3007: 'less than the minimum quantity can be filled at once',
  PP3008: 'a post-only order would take liquidity',
  PP3009: 'self-match prevented',
  PP3010: 'the collar is reached',
  PP3011: 'the expire time is reached'
} as const

export type RefusalCode = keyof typeof REFUSALS

/** Why a request was refused, or an order ended without being asked to. */
export interface Refusal {
  readonly code: RefusalCode
  /** What the catalogue's sentence names, in its order. */
  readonly details: readonly string[]
}

export function refusal(code: RefusalCode, ...details: readonly string[]): Refusal {
  return { code, details }
}

/** `PP1007 unknown symbol "XYZ"` */
export function refusalText({ code, details }: Refusal): string {
  let next = 0
  return `${code} ${REFUSALS[code].replaceAll('{}', () => `"${details[next++] ?? ''}"`)}`
}

/** Phases of an instrument's trading day. An instrument that was never told one is in `continuous`. */
export const PHASES = [
  'preOpen',
  'openingAuction',
  'continuous',
  'halt',
  'volatilityAuction',
  'closingAuction',
  'tradeAtLast',
  'closed'
] as const

export type Phase = (typeof PHASES)[number]

/** Phases that collect orders and match none of them until they end. */
export const isCall = (phase: Phase): boolean =>
  phase === 'preOpen' || phase === 'openingAuction' || phase === 'volatilityAuction' || phase === 'closingAuction'

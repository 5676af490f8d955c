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

export const isPhase = (word: string): word is Phase => (PHASES as readonly string[]).includes(word)

/** Phases in which orders meet. */
export const PHASES_THAT_MATCH: ReadonlySet<Phase> = new Set<Phase>(['continuous', 'tradeAtLast'])

/** Phases that collect orders and match none of them until they end. */
export const isCall = (phase: Phase): boolean =>
  phase === 'preOpen' || phase === 'openingAuction' || phase === 'volatilityAuction' || phase === 'closingAuction'

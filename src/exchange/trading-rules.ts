/** What happens when an order would trade with another of the same session or firm. */
export type SelfMatchMode = 'cancelNewest' | 'cancelOldest' | 'cancelBoth' | 'decrement'

/** How far from the reference price an order may trade, in ticks or in basis points of the reference. */
export type Collar =
  { readonly kind: 'ticks'; readonly ticks: number } | { readonly kind: 'percent'; readonly basisPoints: number }

/** Rules of an instrument's market that are the venue's choice. */
export interface TradingRules {
  /** What triggers stop and market-if-touched orders: trades, or the best displayed quote on the side they would trade with. */
  readonly stopTrigger: 'trade' | 'quote'
  readonly collar: Collar | undefined
  /** By how many percent of the display quantity, at most, a refreshed part of an iceberg is smaller; drawn from the seed. 0: never. */
  readonly icebergSpread: number
  /** What post-only means where a request does not say it, as ExecInst (18) 6 does not. */
  readonly postOnly: 'reject' | 'reprice'
  /** For orders without a {@link SelfMatch} of their own, by session; undefined: they trade with each other. */
  readonly selfMatch: SelfMatchMode | undefined
}

const DEFAULT_RULES: TradingRules = Object.freeze({
  stopTrigger: 'trade',
  collar: undefined,
  icebergSpread: 0,
  postOnly: 'reject',
  selfMatch: undefined
})

/** @throws RangeError where a rule has a value that it cannot have. */
export function tradingRules(rules: Partial<TradingRules>): TradingRules {
  const all = { ...DEFAULT_RULES, ...rules }
  const { collar, icebergSpread } = all
  const width = collar?.kind === 'ticks' ? collar.ticks : collar?.basisPoints
  if (width !== undefined && !(Number.isSafeInteger(width) && width > 0))
    throw new RangeError(`a collar is a positive whole number of ticks or basis points, got ${width}`)
  if (!(Number.isInteger(icebergSpread) && icebergSpread >= 0 && icebergSpread <= 100))
    throw new RangeError(`the spread of an iceberg's refresh is a whole percentage from 0 to 100, got ${icebergSpread}`)
  return Object.freeze(all)
}

import type { InstrumentTerms } from '../../exchange/instrument.js'

/** What makes one synthetic instrument behave unlike another. */
export interface SyntheticProfile {
  readonly symbol: string
  /** Fair value at the start, in ticks of 0.01. The fair value keeps returning to it over a day or so. */
  readonly price: number
  readonly eventsPerSecond: number
  /** Standard deviation of the fair value's walk after one second, in ticks. */
  readonly volatility: number
  /** Typical quantity of the best levels, in shares. */
  readonly levelSize: number
}

/** The market of the first minute: five names that everybody knows, at plausible prices. */
export const DEFAULT_PROFILES: readonly SyntheticProfile[] = [
  { symbol: 'AAPL', price: 231_50, eventsPerSecond: 40, volatility: 0.9, levelSize: 600 },
  { symbol: 'MSFT', price: 428_20, eventsPerSecond: 32, volatility: 1.3, levelSize: 400 },
  { symbol: 'GOOG', price: 177_40, eventsPerSecond: 26, volatility: 0.8, levelSize: 500 },
  { symbol: 'AMZN', price: 204_80, eventsPerSecond: 30, volatility: 0.9, levelSize: 500 },
  { symbol: 'TSLA', price: 262_30, eventsPerSecond: 42, volatility: 1.5, levelSize: 350 }
]

/** The profile of a symbol: its own, or for an unknown one a middling profile with a price made from its letters. */
export function profileOf(symbol: string): SyntheticProfile {
  const known = DEFAULT_PROFILES.find((profile) => profile.symbol === symbol)
  if (known) return known
  let hash = 7
  for (const letter of symbol) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 48_000
  return { symbol, price: 2_000 + hash, eventsPerSecond: 30, volatility: 0.8, levelSize: 500 }
}

/** A synthetic instrument as the venue describes it: US equity rules, fed as price levels. */
export function syntheticTerms({ symbol }: SyntheticProfile): InstrumentTerms {
  return {
    symbol,
    tickSize: '0.01',
    lotSize: '1',
    priceScale: 2,
    quantityScale: 0,
    feed: 'l2',
    currency: 'USD',
    market: 'XPPT'
  }
}

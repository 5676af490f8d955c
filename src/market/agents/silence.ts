import type { MarketSink } from '../../exchange/market-sink.js'

const nothing = (): void => undefined

/** Hears nothing. */
export const SILENCE: MarketSink = {
  add: nothing,
  reduce: nothing,
  remove: nothing,
  modify: nothing,
  execute: nothing,
  level: nothing,
  quote: nothing,
  trade: nothing,
  hiddenTrade: nothing,
  clear: nothing,
  eventEnd: nothing
}

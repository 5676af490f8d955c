import { type MarketSink } from '../../../src/exchange/market-sink.js'

/** A sink that looks at facts before it hands them on. */
export function forwardTo(sink: MarketSink, before: Partial<MarketSink>): MarketSink {
  const names = [
    'add',
    'reduce',
    'remove',
    'modify',
    'execute',
    'level',
    'quote',
    'trade',
    'hiddenTrade',
    'clear',
    'eventEnd'
  ] as const
  const forwarding = names.map((name) => {
    const look = before[name] as ((...args: readonly unknown[]) => void) | undefined
    const hand = (sink[name] as (...args: readonly unknown[]) => void).bind(sink)
    return [
      name,
      look === undefined
        ? hand
        : (...args: readonly unknown[]): void => {
            look(...args)
            hand(...args)
          }
    ] as const
  })
  return Object.fromEntries(forwarding) as unknown as MarketSink
}

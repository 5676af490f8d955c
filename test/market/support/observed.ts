import type { MarketSink } from '../../../src/exchange/market-sink.js'

/** `target`, and a look with the name and the time of each call after `target` had it. */
export function observed(target: MarketSink, look: (name: string, time: number) => void): MarketSink {
  return new Proxy(target, {
    get: (sink, name: keyof MarketSink) => {
      const method: ((...args: never[]) => void) | undefined = sink[name]
      // What a sink may leave out, it leaves out here, too.
      if (method === undefined) return undefined
      return (...args: never[]): void => {
        method.apply(sink, args)
        look(name, args[0])
      }
    }
  })
}

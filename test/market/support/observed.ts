import type { MarketSink } from '../../../src/exchange/market-sink.js'

/** `target`, and a look with the name and the time of each call after `target` had it. */
export function observed(target: MarketSink, look: (name: string, time: number) => void): MarketSink {
  return new Proxy(target, {
    get: (sink, name: keyof MarketSink) => {
      return (...args: never[]): void => {
        Reflect.apply(sink[name], sink, args)
        look(name, args[0])
      }
    }
  })
}

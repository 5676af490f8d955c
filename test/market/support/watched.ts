import type { Nanos } from '../../../src/base/time.js'
import type { MarketSink } from '../../../src/exchange/market-sink.js'

/** `target`, with a look at it after each of the vendor's events. */
export function watched(target: MarketSink, afterEvent: (time: Nanos) => void): MarketSink {
  return {
    add: (...args) => target.add(...args),
    reduce: (...args) => target.reduce(...args),
    remove: (...args) => target.remove(...args),
    modify: (...args) => target.modify(...args),
    execute: (...args) => target.execute(...args),
    level: (...args) => target.level(...args),
    quote: (...args) => target.quote(...args),
    trade: (...args) => target.trade(...args),
    hiddenTrade: (...args) => target.hiddenTrade(...args),
    clear: (...args) => target.clear(...args),
    eventEnd: (time, no) => {
      target.eventEnd(time, no)
      afterEvent(time)
    }
  }
}

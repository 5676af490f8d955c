import { type ExchangeEvent } from '../../../src/exchange/event.js'
import { type Exchange, type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { instrument } from '../../../src/exchange/instrument.js'
import { BUY, instrumentNo, price, quantity, SELL, sessionNo } from '../../../src/exchange/units.js'
import { type Scenario } from './step.js'

const EVERYTHING = 1000

/** An exchange of a scenario, with everything that it says and shows. */
export interface ObservedExchange {
  readonly exchange: Exchange
  readonly events: ExchangeEvent[]
  /** What was told since the last call, in the order of telling. */
  heard(): string[]
  /** What can be asked, as it stands now. */
  shown(): Record<string, string>
}

export function observedExchange(factory: ExchangeFactory, { feeds, lotSize, models }: Scenario): ObservedExchange {
  const events: ExchangeEvent[] = []
  let told: string[] = []
  const instruments = feeds.map((feed, no) =>
    instrument(instrumentNo(no), { symbol: `SYM${no}`, tickSize: '0.02', lotSize, feed })
  )
  const exchange = factory({
    instruments,
    models,
    listener: {
      onEvent(event) {
        events.push(event)
        told.push(written(event))
      },
      onTopOfBook: (time, no, top) => void told.push(`top ${time} ${no} ${written(top)}`),
      onPrint: (time, no, at, qty) => void told.push(`print ${time} ${no} ${qty} @ ${at}`)
    }
  })
  const ids = new Set<string>()
  return {
    exchange,
    events,
    heard() {
      const heard = told
      told = []
      return heard
    },
    shown() {
      for (const event of events.slice(-20)) ids.add(idOf(event))
      const into = { bidPrice: price(0), bidQty: quantity(0), askPrice: price(0), askQty: quantity(0) }
      const shown: Record<string, string> = {
        time: `${exchange.time}`,
        nextDue: `${exchange.nextDue()}`,
        working: written(exchange.workingOrders()),
        found: [...ids].map((id) => written(exchange.findOrder(sessionNo(Number(id[0])), id.slice(2)))).join('\n')
      }
      for (const { no } of instruments) {
        shown[`bids of ${no}`] = written(exchange.depth(no, BUY, EVERYTHING))
        shown[`asks of ${no}`] = written(exchange.depth(no, SELL, EVERYTHING))
        shown[`two best asks of ${no}`] = written(exchange.depth(no, SELL, 2))
        shown[`market bids of ${no}`] = written(exchange.marketDepth(no, BUY, EVERYTHING))
        shown[`market asks of ${no}`] = written(exchange.marketDepth(no, SELL, EVERYTHING))
        shown[`top of ${no}`] = written(exchange.topOfBook(no, into))
      }
      return shown
    }
  }
}

function idOf(event: ExchangeEvent): string {
  return 'terms' in event && event.terms
    ? `${event.terms.session} ${event.terms.clOrdId}`
    : 'session' in event
      ? `${event.session} ${event.clOrdId}`
      : ''
}

/** JSON with keys in order, so that two implementations may build their values in any order. */
function written(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) => {
      if (typeof part === 'bigint') return `${part}n`
      if (part === undefined) return 'undefined'
      if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
      return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
    }) ?? 'undefined'
  )
}

import { type ExchangeEvent, type OrderState } from '../../../src/exchange/event.js'
import { type DisplayedLevel, type Exchange, type ExchangeFactory } from '../../../src/exchange/exchange.js'
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
  /** Ids that were seen last: what they find is compared. */
  const recent: string[] = []
  let looked = 0
  return {
    exchange,
    events,
    heard() {
      const heard = told
      told = []
      return heard
    },
    shown() {
      for (; looked < events.length; looked++) recent.push(...idOf(events[looked]))
      recent.splice(0, recent.length - 12)
      const into = { bidPrice: price(0), bidQty: quantity(0), askPrice: price(0), askQty: quantity(0) }
      const found = recent.map((id) => exchange.findOrder(sessionNo(Number(id[0])), id.slice(2)))
      const shown: Record<string, string> = {
        time: `${exchange.time}`,
        nextDue: `${exchange.nextDue()}`,
        working: exchange.workingOrders().map(order).join('\n'),
        'working of session 1': exchange.workingOrders(sessionNo(1)).map(order).join('\n'),
        found: found.map(order).join('\n')
      }
      for (const { no } of instruments) {
        shown[`bids of ${no}`] = levels(exchange.depth(no, BUY, EVERYTHING))
        shown[`asks of ${no}`] = levels(exchange.depth(no, SELL, EVERYTHING))
        shown[`two best asks of ${no}`] = levels(exchange.depth(no, SELL, 2))
        shown[`market bids of ${no}`] = levels(exchange.marketDepth(no, BUY, EVERYTHING))
        shown[`market asks of ${no}`] = levels(exchange.marketDepth(no, SELL, EVERYTHING))
        const top = exchange.topOfBook(no, into)
        shown[`top of ${no}`] = `${top.bidQty} @ ${top.bidPrice} / ${top.askQty} @ ${top.askPrice}`
      }
      return shown
    }
  }
}

function idOf(event: ExchangeEvent): string[] {
  if ('terms' in event && event.terms) return [`${event.terms.session} ${event.terms.clOrdId}`]
  return 'session' in event ? [`${event.session} ${event.clOrdId}`] : []
}

const levels = (all: readonly DisplayedLevel[]): string => all.map(({ price, qty }) => `${qty} @ ${price}`).join(', ')

function order(state: OrderState | undefined): string {
  if (!state) return 'none'
  const { terms, status, cumQty, leavesQty, notional } = state
  const { orderId, session, instrument, clOrdId, side, ordType, timeInForce, orderQty, price, tags, enteredAt } = terms
  const asked = `${side} ${ordType} ${timeInForce} ${orderQty} @ ${price} ${tags.join(';')} ${enteredAt}`
  const done = `${status} ${cumQty} ${leavesQty} ${typeof notional} ${notional}`
  return `o${orderId} ${session} ${instrument} ${clOrdId}: ${asked}, ${done}`
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

import { type ExchangeEvent, type OrderState } from '../../../src/exchange/event.js'
import { type DisplayedLevel, type Exchange, type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { instrument } from '../../../src/exchange/instrument.js'
import { BUY, instrumentNo, price, quantity, SELL, sessionNo } from '../../../src/exchange/units.js'
import { type InstrumentNo } from '../../../src/exchange/units.js'
import { type Uncross } from '../../../src/exchange/uncross.js'
import { type Scenario } from './step.js'

const EVERYTHING = 1000

/** A change of phase, and the uncross that ended the one before. */
export interface ToldPhase {
  readonly instrument: InstrumentNo
  readonly uncross: Uncross | undefined
}

/** An exchange of a scenario, with everything that it says and shows. */
export interface ObservedExchange {
  readonly exchange: Exchange
  readonly events: ExchangeEvent[]
  readonly phases: ToldPhase[]
  /** What was told since the last call, in the order of telling. */
  heard(): string[]
  /** What can be asked, as it stands now. */
  shown(): Record<string, string>
}

export function observedExchange(
  factory: ExchangeFactory,
  { feeds, lotSize, rules, models }: Scenario
): ObservedExchange {
  const events: ExchangeEvent[] = []
  const phases: ToldPhase[] = []
  let told: string[] = []
  const instruments = feeds.map((feed, no) =>
    instrument(instrumentNo(no), { symbol: `SYM${no}`, tickSize: '0.02', lotSize, feed, rules })
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
      onPhase: (time, no, phase, uncross) => {
        phases.push({ instrument: no, uncross })
        told.push(`phase ${time} ${no} ${phase} ${written(uncross)}`)
      },
      onPrint: (time, no, at, qty) => void told.push(`print ${time} ${no} ${qty} @ ${at}`)
    }
  })
  /** Ids that were seen last: what they find is compared. */
  const recent: string[] = []
  let looked = 0
  return {
    exchange,
    events,
    phases,
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
        found: found.map(order).join('\n'),
        'queue ahead': recent.map((id) => exchange.queueAhead(sessionNo(Number(id[0])), id.slice(2)) ?? '-').join(' ')
      }
      for (const { no } of instruments) {
        shown[`bids of ${no}`] = levels(exchange.depth(no, BUY, EVERYTHING))
        shown[`asks of ${no}`] = levels(exchange.depth(no, SELL, EVERYTHING))
        shown[`two best asks of ${no}`] = levels(exchange.depth(no, SELL, 2))
        shown[`market bids of ${no}`] = levels(exchange.marketDepth(no, BUY, EVERYTHING))
        shown[`market asks of ${no}`] = levels(exchange.marketDepth(no, SELL, EVERYTHING))
        shown[`phase of ${no}`] = exchange.phase(no)
        shown[`indicative uncross of ${no}`] = written(exchange.indicativeUncross(no))
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
  const done = `${status} ${cumQty} ${leavesQty} ${typeof notional} ${notional}`
  return `${written(terms)}, ${done}`
}

/** JSON with keys in order and without those that are undefined: how a value was built makes no difference. */
function written(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) => {
      if (typeof part === 'bigint') return `${part}n`
      if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
      return Object.fromEntries(
        Object.entries(part)
          .filter(([, value]) => value !== undefined)
          .sort(([a], [b]) => (a < b ? -1 : 1))
      )
    }) ?? 'undefined'
  )
}

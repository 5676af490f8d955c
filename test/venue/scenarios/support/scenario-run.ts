import { HOUR, MINUTE, nanos, SECOND, type Nanos } from '../../../../src/base/time.js'
import { seededRandom } from '../../../../src/base/random.js'
import type { OrderTraded, ExchangeEvent } from '../../../../src/exchange/event.js'
import { instrument, type Instrument } from '../../../../src/exchange/instrument.js'
import type { Preset } from '../../../../src/exchange/models/settings.js'
import type { Phase } from '../../../../src/exchange/phase.js'
import { BUY, instrumentNo, price, quantity, SELL, type InstrumentNo } from '../../../../src/exchange/units.js'
import { AgentMarket } from '../../../../src/market/agents/agent-market.js'
import { loadScenario } from '../../../../src/market/agents/scenario/load-scenario.js'
import { backtest, type BacktestSummary } from '../../../../src/venue/backtest/backtest.js'
import type { OrderRow } from '../../../../src/venue/backtest/order-file.js'

export const START = nanos(14 * HOUR)

export interface ScenarioRun {
  readonly market: AgentMarket
  readonly events: readonly ExchangeEvent[]
  readonly summary: BacktestSummary
  /** What agents hold in the end, all together, by instrument. */
  readonly agentsHold: readonly number[]
  /** What the client holds in the end, by instrument. */
  readonly clientHolds: readonly number[]
}

export interface ScenarioRunOptions {
  readonly minutes: number
  readonly orders: (instruments: readonly Instrument[]) => readonly OrderRow[]
  readonly preset?: Preset
  readonly latency?: number
  readonly seed?: number
}

/** A scenario through the backtest's driver, with what agents hold counted beside it. */
export function runScenario(name: string, options: ScenarioRunOptions): ScenarioRun {
  const { minutes, orders, preset = 'consume', latency = 0, seed } = options
  const market = new AgentMarket({
    scenario: loadScenario(name).scenario,
    epoch: 0,
    start: START,
    duration: nanos(minutes * MINUTE),
    seed
  })
  const instruments = market.instruments.map((terms, no) => instrument(instrumentNo(no), terms))
  const agentsHold = instruments.map(() => 0)
  const clientHolds = instruments.map(() => 0)
  market.floors.forEach(({ floor }, no) => {
    const { onFill } = floor
    floor.onFill = (owner, side, at, qty) => {
      agentsHold[no] += side * qty
      onFill(owner, side, at, qty)
    }
  })
  const events: ExchangeEvent[] = []
  const summary = backtest({
    epoch: 0,
    instruments,
    models: {
      preset,
      queue: { kind: 'riskAverse' },
      latency: { kind: 'constant', inbound: nanos(latency), outbound: nanos(latency) },
      seed: 1
    },
    market,
    orders: orders(instruments),
    journal: undefined,
    report(event) {
      events.push(event)
      if (event.kind === 'trade') clientHolds[event.terms.instrument] += event.terms.side * event.lastQty
    }
  })
  return { market, events, summary, agentsHold, clientHolds }
}

/** Orders of both sides near the price, all along: `kinds` says which. */
export function randomOrders(
  name: string,
  minutes: number,
  count: number,
  kinds: readonly ('market' | 'ioc' | 'limit' | 'cancel')[]
): (instruments: readonly Instrument[]) => readonly OrderRow[] {
  const { scenario } = loadScenario(name)
  return (instruments) => {
    const random = seededRandom(7, `orders for ${name}`)
    const times = Array.from({ length: count }, () =>
      nanos(START + 1 + Math.floor(random.uniform() * minutes * MINUTE))
    ).sort((a, b) => a - b)
    return times.map((time, i) => {
      const no = random.below(instruments.length)
      const kind = kinds[random.below(kinds.length)]
      const side = random.below(2) === 0 ? BUY : SELL
      const off = random.below(9) - 4
      const isNew = kind !== 'cancel'
      const row: OrderRow = {
        time,
        action: isNew ? 'new' : 'cancel',
        clOrdId: isNew ? `C${i}` : `C${random.below(i + 1)}`,
        origClOrdId: undefined,
        instrument: instruments[no],
        side,
        ordType: kind === 'market' ? 'market' : 'limit',
        timeInForce: kind === 'limit' ? 'day' : 'ioc',
        orderQty: quantity(1 + random.below(600)),
        price: kind === 'market' ? undefined : price(scenario.instruments[no].price + off),
        tags: [],
        qualifiers: undefined
      }
      return row
    })
  }
}

/** Market orders to buy 100 of the first instrument at these seconds. */
export function purchases(instruments: readonly Instrument[], seconds: readonly number[]): readonly OrderRow[] {
  return seconds.map((second, i) => ({
    time: nanos(START + second * SECOND),
    action: 'new',
    clOrdId: `P${i}`,
    origClOrdId: undefined,
    instrument: instruments[0],
    side: BUY,
    ordType: 'market',
    timeInForce: 'day',
    orderQty: quantity(100),
    price: undefined,
    tags: [],
    qualifiers: undefined
  }))
}

/** In which phase an instrument is at a moment, by the scenario's timeline. */
export function phaseAt(name: string, no: InstrumentNo, time: Nanos): Phase {
  const { timeline } = loadScenario(name).scenario
  let phase: Phase = 'continuous'
  for (const { at, instruments, happening } of timeline) {
    if (happening.kind === 'phase' && START + at < time && (instruments?.includes(no) ?? true)) phase = happening.phase
  }
  return phase
}

/** What must hold of a client's reports whatever happened; returns what does not. @param name undefined: phases are not looked at */
export function brokenRules(name: string | undefined, events: readonly ExchangeEvent[]): string[] {
  const broken: string[] = []
  const filled = new Map<number, number>()
  let last = 0
  for (const event of events) {
    if (event.publishAt < last) broken.push(`${event.execId}: reports out of order`)
    last = event.publishAt
    if (!('leavesQty' in event)) continue
    const { terms, cumQty, leavesQty } = event
    if (cumQty + leavesQty > terms.orderQty) broken.push(`${event.execId}: more than was ordered`)
    if (event.kind === 'trade') broken.push(...brokenByFill(name, event, filled))
    if ((filled.get(terms.orderId) ?? 0) !== cumQty) broken.push(`${event.execId}: CumQty is not the sum of fills`)
  }
  return broken
}

function brokenByFill(name: string | undefined, event: OrderTraded, filled: Map<number, number>): string[] {
  const { terms, lastQty, lastPx, time, liquidity, execId } = event
  const broken: string[] = []
  filled.set(terms.orderId, (filled.get(terms.orderId) ?? 0) + lastQty)
  if (terms.ordType === 'limit' && terms.side * (lastPx - terms.price) > 0) broken.push(`${execId}: through its limit`)
  const phase = name === undefined ? 'continuous' : phaseAt(name, terms.instrument, time)
  if (liquidity !== 'auction' && phase !== 'continuous' && phase !== 'tradeAtLast')
    broken.push(`${execId}: in ${phase}`)
  return broken
}

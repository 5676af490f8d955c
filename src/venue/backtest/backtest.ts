import type { EpochSeconds, Nanos } from '../../base/time.js'
import type { Command } from '../../exchange/command.js'
import type { ExchangeEvent } from '../../exchange/event.js'
import type { Exchange } from '../../exchange/exchange.js'
import type { Instrument } from '../../exchange/instrument.js'
import type { ModelSettings } from '../../exchange/models/settings.js'
import { BUY, price, quantity, sessionNo } from '../../exchange/units.js'
import type { Journal } from '../../journal/journal.js'
import type { MarketSource } from '../../market/market-source.js'
import { DEFAULT_TRADING, type TradingConfig } from '../config/trading-config.js'
import { deliverAll } from '../deliver-all.js'
import { followPhases } from '../phases/follow-phases.js'
import { VERSION } from '../version.js'
import { journaled, Venue } from '../venue.js'
import { BACKTEST_CLIENT } from './backtest-client.js'
import { ClientIds } from './client-ids.js'
import type { OrderRow } from './order-file.js'

export interface BacktestOptions {
  readonly epoch: EpochSeconds
  readonly instruments: readonly Instrument[]
  readonly models: ModelSettings
  readonly market: MarketSource
  readonly orders: readonly OrderRow[]
  /** Records the run, for `tca`; undefined: nothing is recorded. */
  readonly journal: Journal | undefined
  /** Rules are the instruments' already; here count the timetables. */
  readonly trading?: TradingConfig
  /** Every event, in order, when its report leaves. `nameOf` tells the order file's name for a request's id. */
  readonly report: (event: ExchangeEvent, nameOf: (clOrdId: string) => string) => void
  /** Called now and then with the venue time reached. */
  readonly progress?: (time: Nanos) => void
}

export interface BacktestSummary {
  readonly orders: number
  /** Requests among them before the market's first event and behind its last: they meet no book, and one that stands still. */
  readonly beforeStart: number
  readonly behindEnd: number
  readonly events: number
  readonly stateHash: string
}

const CLIENT = sessionNo(0)
/** Order rows and market events between two commits: bounded memory, few transactions. */
const ROWS_PER_TURN = 1_000
const EVENTS_PER_TURN = 100_000

/**
 * Runs an order file against a market, without waiting: the venue's own exchange, moved by another driver. The market runs
 * to its end (a market without end to the last order), then the trading day ends and DAY orders expire.
 */
export function backtest(options: BacktestOptions): BacktestSummary {
  const { journal, orders, market, report, progress } = options
  const ids = new ClientIds()
  let events = 0
  const count = (event: ExchangeEvent): void => {
    events++
    report(event, ids.nameOf)
  }
  const venue = new Venue(options)
  venue.clients[CLIENT] = BACKTEST_CLIENT
  venue.listener = journal ? journaled(journal, count) : { onEvent: count }
  const submit = (command: Command): void => {
    journal?.command(command)
    venue.submit(command)
  }
  const endTurn = (): void => {
    journal?.commit(venue.time, venue.time)
    progress?.(venue.time)
  }

  journal?.beginRun({ startedAt: market.start, venueTime: market.start, marketShift: 0, version: VERSION })
  followPhases(venue, {
    trading: options.trading ?? DEFAULT_TRADING,
    instruments: options.instruments,
    epoch: options.epoch,
    seed: options.models.seed,
    start: market.start,
    continued: false,
    record: (command) => journal?.command(command)
  })
  orders.forEach((row, index) => {
    venue.advance(row.time)
    submit(commandOf(row, venue.exchange, ids))
    if (index % ROWS_PER_TURN === ROWS_PER_TURN - 1) endTurn()
  })
  if (market.end !== undefined) while (venue.step(EVENTS_PER_TURN)) endTurn()
  deliverAll(venue.exchange)
  submit({ kind: 'endOfDay', time: venue.time })
  deliverAll(venue.exchange)
  endTurn()
  const { start, end = Infinity } = market
  const beforeStart = orders.filter(({ time }) => time < start).length
  const behindEnd = orders.filter(({ time }) => time > end).length
  return { orders: orders.length, beforeStart, behindEnd, events, stateHash: venue.exchange.stateHash() }
}

function commandOf(row: OrderRow, exchange: Exchange, ids: ClientIds): Command {
  const { time, clOrdId, instrument, ordType, timeInForce, orderQty, tags, qualifiers } = row
  if (row.action === 'new') {
    return {
      kind: 'new',
      time,
      session: CLIENT,
      clOrdId,
      instrument: instrument.no,
      side: row.side ?? BUY,
      ordType: ordType ?? 'limit',
      timeInForce: timeInForce ?? 'day',
      orderQty: orderQty ?? quantity(0),
      price: row.price ?? price(0),
      tags,
      qualifiers
    }
  }
  const request = row.origClOrdId === undefined ? ids.request(clOrdId) : clOrdId
  const named = row.origClOrdId ?? clOrdId
  const origClOrdId = exchange.findOrder(CLIENT, named)?.terms.clOrdId ?? named
  const chain = { time, session: CLIENT, clOrdId: request, origClOrdId }
  if (row.action === 'cancel') return { kind: 'cancel', ...chain }
  return { kind: 'replace', ...chain, orderQty, price: row.price, ordType, timeInForce, tags, qualifiers }
}

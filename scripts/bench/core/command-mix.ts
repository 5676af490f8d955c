import { nanos } from '../../../src/base/time.js'
import { seededRandom } from '../../../src/base/random.js'
import { type Command, type NewOrder } from '../../../src/exchange/command.js'
import { type ExchangeEvent } from '../../../src/exchange/event.js'
import { type Exchange, type ExchangeListener } from '../../../src/exchange/exchange.js'
import { instrument, type Instrument } from '../../../src/exchange/instrument.js'
import { createExchange } from '../../../src/exchange/matching-exchange.js'
import { type ModelSettings } from '../../../src/exchange/models/settings.js'
import { BUY, instrumentNo, price, quantity, SELL, sessionNo, type Side } from '../../../src/exchange/units.js'
import { ratePerProcessorSecond } from './processor-time.js'

/** The mix that exchange-core states for its single-symbol margin test: 9 % GTC, 3 % IOC, 6 % cancel, 82 % move. */
export const MIX = { gtc: 9, ioc: 3, cancel: 6, move: 82 } as const
export const RESTING = 1_000

const MID = 10_000
const SPAN = 100

export const MODELS: ModelSettings = {
  preset: 'consume',
  queue: { kind: 'riskAverse' },
  latency: { kind: 'constant', inbound: nanos(0), outbound: nanos(0) },
  seed: 1
}

export const benchInstrument = (feed: 'l1' | 'l2' | 'l3'): Instrument =>
  instrument(instrumentNo(0), { symbol: 'BENCH', tickSize: '0.01', lotSize: '1', feed })

/** Counts what comes out, so that no work can be left away. */
export class CountingListener implements ExchangeListener {
  events = 0
  tradedQty = 0

  onEvent(event: ExchangeEvent): void {
    this.events++
    if (event.kind === 'trade' && event.liquidity === 'removed') this.tradedQty += event.lastQty
  }
}

export interface CommandStream {
  /** Brings the book to {@link RESTING} orders; not measured. */
  readonly setup: readonly Command[]
  readonly measured: readonly Command[]
}

/** A text as it comes out of a message's bytes; one put together in the program is kept in pieces and read more slowly. */
const wireText = (text: string): string => Buffer.from(text).toString('latin1')

/** One order that the generator knows to rest. */
interface Resting {
  readonly side: Side
  clOrdId: string
  limit: number
}

/**
 * A stream of `count` commands in the {@link MIX}. The exchange itself runs beside the generator to tell which orders
 * still rest; what is measured later is the recorded stream alone.
 */
export function commandStream(count: number): CommandStream {
  const random = seededRandom(7, 'command mix')
  const setup: Command[] = []
  const measured: Command[] = []
  const resting: Resting[] = []
  const done = new Set<string>()
  const exchange = createExchange({
    instruments: [benchInstrument('l2')],
    models: MODELS,
    listener: {
      onEvent(event) {
        if (event.kind === 'trade' && event.leavesQty === 0) done.add(event.terms.clOrdId)
      }
    }
  })
  let ids = 0
  const base = () => ({
    time: nanos(ids),
    session: sessionNo(0),
    clOrdId: wireText(`ORD-${String(++ids).padStart(9, '0')}`),
    tags: []
  })
  const passive = (side: Side): number => MID - side * (1 + random.below(SPAN))
  const newOrder = (side: Side, limit: number, timeInForce: 'gtc' | 'ioc'): NewOrder => ({
    kind: 'new',
    ...base(),
    instrument: instrumentNo(0),
    side,
    ordType: 'limit',
    timeInForce,
    orderQty: quantity(1 + random.below(20)),
    price: price(limit)
  })
  const run = (into: Command[], command: Command): void => {
    into.push(command)
    exchange.submit(command)
  }
  const rest = (into: Command[]): void => {
    const side = random.below(2) === 0 ? BUY : SELL
    const command = newOrder(side, passive(side), 'gtc')
    run(into, command)
    resting.push({ side, clOrdId: command.clOrdId, limit: command.price })
  }
  /** A random order that rests, done ones sorted out as they are met; its place is given with it. */
  const pick = (): number => {
    for (;;) {
      const at = random.below(resting.length)
      if (!done.delete(resting[at].clOrdId)) return at
      resting[at] = resting[resting.length - 1]
      resting.pop()
    }
  }
  while (setup.length < RESTING) rest(setup)
  while (measured.length < count) {
    const draw = random.below(100)
    if (draw < MIX.gtc) rest(measured)
    else if (draw < MIX.gtc + MIX.ioc) {
      const side = random.below(2) === 0 ? BUY : SELL
      run(measured, newOrder(side, MID + side * SPAN, 'ioc'))
    } else if (draw < MIX.gtc + MIX.ioc + MIX.cancel) {
      const at = pick()
      const { clOrdId } = resting[at]
      run(measured, { kind: 'cancel', ...base(), origClOrdId: clOrdId })
      resting[at] = resting[resting.length - 1]
      resting.pop()
    } else {
      const order = resting[pick()]
      let limit = order.limit
      while (limit === order.limit) limit = passive(order.side)
      order.limit = limit
      const command: Command = {
        kind: 'replace',
        ...base(),
        origClOrdId: order.clOrdId,
        orderQty: undefined,
        price: price(limit),
        ordType: undefined,
        timeInForce: undefined
      }
      run(measured, command)
      order.clOrdId = command.clOrdId
    }
  }
  return { setup, measured }
}

/** @returns commands a second of processor time. */
export function runExchange(exchange: Exchange, { setup, measured }: CommandStream): number {
  for (const command of setup) exchange.submit(command)
  return ratePerProcessorSecond(measured.length, () => {
    for (let i = 0; i < measured.length; i++) exchange.submit(measured[i])
  })
}

import fc from 'fast-check'
import type { Nanos } from '../../../src/base/time.js'
import type { Command, OrderTags, OrdType, RefuseRequest, TimeInForce } from '../../../src/exchange/command.js'
import type {
  ExchangeEvent,
  Liquidity,
  Notional,
  OrderTerms,
  OrdStatus,
  RestatementReason
} from '../../../src/exchange/event.js'
import type { OrderQualifiers, PegReference } from '../../../src/exchange/order-qualifiers.js'
import { PHASES } from '../../../src/exchange/phase.js'
import { REFUSALS, type Refusal, type RefusalCode } from '../../../src/exchange/refusal.js'
import type { SelfMatchMode } from '../../../src/exchange/trading-rules.js'
import type { InstrumentNo, OrderId, Price, Quantity, SessionNo, Side } from '../../../src/exchange/units.js'

/** Objects as literals make them, so that equality can be strict. */
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(model, { noNullPrototype: true })

const whole = fc.maxSafeNat()
const signed = fc.maxSafeInteger()
const time = signed as fc.Arbitrary<Nanos>
const price = signed as fc.Arbitrary<Price>
const quantity = whole as fc.Arbitrary<Quantity>
const session = fc.nat(1000) as fc.Arbitrary<SessionNo>
const instrument = fc.nat(1000) as fc.Arbitrary<InstrumentNo>
const side = fc.constantFrom<Side>(1, -1)
const ordType = fc.constantFrom<OrdType>(
  'market',
  'limit',
  'stop',
  'stopLimit',
  'marketIfTouched',
  'marketWithLeftOverAsLimit',
  'pegged'
)
const timeInForce = fc.constantFrom<TimeInForce>('day', 'gtc', 'ioc', 'fok', 'gtd', 'opg', 'atc')
/** FIX text (ISO 8859-1), sometimes long, sometimes with what FIX cannot carry. */
const text = fc.oneof(
  fc.string({ unit: fc.integer({ min: 32, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 10 }),
  fc.constant('x'.repeat(9000))
)
const tags: fc.Arbitrary<OrderTags> = fc.array(fc.tuple(fc.nat(100_000), text), { maxLength: 4 })
const refusal: fc.Arbitrary<Refusal> = record({
  code: fc.constantFrom(...(Object.keys(REFUSALS) as RefusalCode[])),
  details: fc.array(text, { maxLength: 3 })
})
const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined })
/** Any of the qualifiers there or left out, none of them undefined. */
const qualifiers: fc.Arbitrary<OrderQualifiers> = fc.record(
  {
    stopPx: price,
    minQty: quantity,
    displayQty: quantity,
    allOrNone: fc.boolean(),
    postOnly: fc.constantFrom('reject' as const, 'reprice' as const, 'none' as const),
    peg: fc.record(
      { reference: fc.constantFrom<PegReference>('primary', 'market', 'midpoint'), offset: signed, price },
      { requiredKeys: ['reference', 'offset'], noNullPrototype: true }
    ),
    expireTime: time,
    selfMatch: record({
      id: fc.string(),
      mode: fc.constantFrom<SelfMatchMode>('cancelNewest', 'cancelOldest', 'cancelBoth', 'decrement')
    })
  },
  { requiredKeys: [], noNullPrototype: true }
)
const kind = <K extends string>(name: K): fc.Arbitrary<K> => fc.constant(name)

const client = { time, session, clOrdId: text }

const refusedRequest: fc.Arbitrary<RefuseRequest> = record({
  kind: kind('refuse'),
  ...client,
  request: fc.constantFrom('new' as const, 'cancel' as const, 'replace' as const),
  origClOrdId: text,
  refusal,
  tags
})

export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  record({
    kind: kind('new'),
    ...client,
    instrument,
    side,
    ordType,
    timeInForce,
    orderQty: quantity,
    price,
    tags,
    qualifiers: optional(qualifiers)
  }),
  record({ kind: kind('cancel'), ...client, origClOrdId: text }),
  record({
    kind: kind('replace'),
    ...client,
    origClOrdId: text,
    orderQty: optional(quantity),
    price: optional(price),
    ordType: optional(ordType),
    timeInForce: optional(timeInForce),
    tags,
    qualifiers: optional(qualifiers)
  }),
  refusedRequest,
  record({ kind: kind('cancelAll'), time, session, reason: text }),
  record({ kind: kind('endOfDay'), time }),
  record({ kind: kind('phase'), time, instrument, phase: fc.constantFrom(...PHASES) })
)

/** Few order numbers, so that orders meet their own terms again. */
const terms: fc.Arbitrary<OrderTerms> = record({
  orderId: fc.integer({ min: 1, max: 5 }) as fc.Arbitrary<OrderId>,
  session,
  instrument,
  clOrdId: text,
  side,
  ordType,
  timeInForce,
  orderQty: quantity,
  price,
  tags,
  qualifiers: optional(qualifiers),
  enteredAt: time
})
const notional: fc.Arbitrary<Notional> = fc.oneof(signed, fc.bigInt({ min: -(2n ** 100n), max: 2n ** 100n }))
const progress = {
  cumQty: quantity,
  leavesQty: fc.oneof(fc.constant(0 as Quantity), quantity),
  notional
}
const status = fc.constantFrom<OrdStatus>(
  'new',
  'partiallyFilled',
  'filled',
  'canceled',
  'replaced',
  'expired',
  'rejected',
  'doneForDay'
)
const event = { execId: whole, time, publishAt: time }

/** Events of orders whose terms are taken from a few: the same object again, as the exchange gives it. */
const eventOf = (known: readonly OrderTerms[]): fc.Arbitrary<ExchangeEvent> => {
  const order = { ...event, terms: fc.constantFrom(...known), ...progress }
  return fc.oneof(
    record({ kind: kind('new'), ...order, queueAhead: optional(quantity) }),
    record({
      kind: kind('trade'),
      ...order,
      lastQty: quantity,
      lastPx: price,
      liquidity: fc.constantFrom<Liquidity>('added', 'removed', 'auction')
    }),
    record({ kind: kind('canceled'), ...order, clOrdId: optional(text), reason: optional(refusal) }),
    record({ kind: kind('expired'), ...order, reason: refusal }),
    record({
      kind: kind('restated'),
      ...order,
      cause: fc.constantFrom<RestatementReason>('triggered', 'repriced', 'pegged', 'leftOver', 'selfMatch'),
      queueAhead: optional(quantity)
    }),
    record({ kind: kind('replaced'), ...order, origClOrdId: text, queueAhead: optional(quantity) }),
    record({
      kind: kind('rejected'),
      ...event,
      session,
      clOrdId: text,
      refusal,
      terms: optional(fc.constantFrom(...known)),
      request: optional(refusedRequest)
    }),
    record({
      kind: kind('requestRejected'),
      ...event,
      session,
      request: fc.constantFrom('cancel' as const, 'replace' as const),
      clOrdId: text,
      origClOrdId: text,
      refusal,
      order: optional(record({ terms: fc.constantFrom(...known), ...progress, status }))
    })
  )
}

export const anyEvents: fc.Arbitrary<ExchangeEvent[]> = fc
  .array(terms, { minLength: 1, maxLength: 8 })
  .chain((known) => fc.array(eventOf(known), { minLength: 1, maxLength: 30 }))

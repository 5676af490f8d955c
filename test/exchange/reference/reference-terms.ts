import { type NewOrder, type OrdType, type ReplaceOrder, type TimeInForce } from '../../../src/exchange/command.js'
import { type OrderTerms } from '../../../src/exchange/event.js'
import { type OrderQualifiers } from '../../../src/exchange/order-qualifiers.js'
import { QUALIFIER_RULES, TYPE_RULES } from '../../../src/exchange/order/combinations.js'
import { price, type OrderId, type Price } from '../../../src/exchange/units.js'
import { type Nanos } from '../../../src/base/time.js'

type Qualifier = keyof typeof QUALIFIER_RULES

export const QUALIFIERS = Object.keys(QUALIFIER_RULES) as Qualifier[]

/** The terms that a new order asks for. */
export function termsOf(command: NewOrder, orderId: OrderId, enteredAt: Nanos): OrderTerms {
  const { session, clOrdId, instrument, side, ordType, timeInForce, orderQty, tags } = command
  const asked = { orderId, session, instrument, clOrdId, side, ordType, timeInForce, orderQty, tags, enteredAt }
  return { ...asked, price: priceFor(ordType, command.price), qualifiers: withoutNothing(command.qualifiers) }
}

/** The terms that a replace asks for; what the order had and its new type or time in force does not take falls away. */
export function replacedTerms(old: OrderTerms, command: ReplaceOrder): OrderTerms {
  const ordType = command.ordType ?? old.ordType
  const timeInForce = command.timeInForce ?? old.timeInForce
  const brought = command.qualifiers ?? {}
  const qualifiers: Record<string, unknown> = {}
  for (const name of [...QUALIFIERS, 'selfMatch'] as const) {
    if (brought[name] !== undefined) qualifiers[name] = brought[name]
    else if (name === 'selfMatch' || takes(ordType, timeInForce, name)) qualifiers[name] = old.qualifiers?.[name]
  }
  return {
    ...old,
    clOrdId: command.clOrdId,
    ordType,
    timeInForce,
    orderQty: command.orderQty ?? old.orderQty,
    price: priceFor(ordType, command.price ?? old.price),
    tags: command.tags,
    qualifiers: withoutNothing(qualifiers)
  }
}

/** Whether an order that is replaced stays where it is. */
export function keepsPlace(old: OrderTerms, asked: OrderTerms): boolean {
  const lasting = ['day', 'gtc', 'gtd']
  const [before, after] = [old.qualifiers, asked.qualifiers]
  return (
    asked.ordType === old.ordType &&
    asked.price === old.price &&
    asked.orderQty <= old.orderQty &&
    (asked.timeInForce === old.timeInForce ||
      (lasting.includes(asked.timeInForce) && lasting.includes(old.timeInForce))) &&
    (takes(old.ordType, old.timeInForce, 'stopPx') ? before?.stopPx === after?.stopPx : true) &&
    before?.displayQty === after?.displayQty &&
    before?.minQty === after?.minQty &&
    before?.allOrNone === after?.allOrNone &&
    before?.postOnly === after?.postOnly &&
    before?.peg?.reference === after?.peg?.reference &&
    before?.peg?.offset === after?.peg?.offset
  )
}

/** The terms of a pegged order with the price that it is pegged at. */
export function peggedAt(terms: OrderTerms, at: Price | undefined): OrderTerms {
  const peg = terms.qualifiers?.peg
  if (!peg) return terms
  const { reference, offset } = peg
  const pegged = at === undefined ? { reference, offset } : { reference, offset, price: at }
  return { ...terms, qualifiers: { ...terms.qualifiers, peg: pegged } }
}

export const takes = (ordType: OrdType, timeInForce: TimeInForce, name: Qualifier): boolean =>
  TYPE_RULES[ordType].qualifiers.includes(name) && QUALIFIER_RULES[name].timesInForce.includes(timeInForce)

const HAVE_PRICE: readonly OrdType[] = ['limit', 'stopLimit', 'pegged']

const priceFor = (ordType: OrdType, asked: Price): Price => (HAVE_PRICE.includes(ordType) ? asked : price(0))

/** Qualifiers without those that say nothing; undefined where none is left. */
function withoutNothing(qualifiers: OrderQualifiers | undefined): OrderQualifiers | undefined {
  const said = Object.entries(qualifiers ?? {}).filter(([name, value]) => {
    if (value === undefined || value === false || value === 'none') return false
    return !(name === 'minQty' && value === 0)
  })
  return said.length === 0 ? undefined : Object.fromEntries(said)
}

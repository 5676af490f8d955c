import { type Nanos } from '../../../src/base/time.js'
import { type OrderTerms } from '../../../src/exchange/event.js'
import { formatPrice, formatQuantity, type Instrument } from '../../../src/exchange/instrument.js'
import { QUALIFIER_RULES, TYPE_RULES } from '../../../src/exchange/order/combinations.js'
import { isCall, type Phase } from '../../../src/exchange/phase.js'
import { refusal, type Refusal } from '../../../src/exchange/refusal.js'
import { price, type Price } from '../../../src/exchange/units.js'
import { QUALIFIERS } from './reference-terms.js'

/** What the terms of a new or replaced order must agree with. */
export interface Circumstances {
  readonly instrument: Instrument
  readonly time: Nanos
  readonly phase: Phase
  /** The price of trading at last, where there is one. */
  readonly atLast: Price | undefined
  /** The furthest price that the collar lets an order of this side trade at; undefined: no collar. */
  readonly collar: Price | undefined
}

/** What is wrong with the terms of a new or replaced order, the first fault in the order of the rules. */
export function faultOf(terms: OrderTerms, now: Circumstances): Refusal | undefined {
  const faults = [quantityFault, combinationFault, priceFault, stopFault, partFault, pegFault, timeFault, phaseFault]
  for (const fault of [...faults, collarFault]) {
    const found = fault(terms, now)
    if (found) return found
  }
  return undefined
}

type Check = (terms: OrderTerms, now: Circumstances) => Refusal | undefined

const quantityFault: Check = ({ orderQty }, { instrument }) => {
  if (orderQty <= 0) return refusal('PP1002', formatQuantity(instrument, orderQty))
  return lotFault(orderQty, instrument)
}

function lotFault(qty: OrderTerms['orderQty'], instrument: Instrument): Refusal | undefined {
  if (qty % instrument.lotSize === 0) return undefined
  return refusal('PP1004', formatQuantity(instrument, qty), formatQuantity(instrument, instrument.lotSize))
}

const combinationFault: Check = ({ ordType, timeInForce, qualifiers = {} }) => {
  const type = TYPE_RULES[ordType]
  if (!type.timesInForce.includes(timeInForce)) return refusal('PP1016', ordType, timeInForce)
  const said = QUALIFIERS.filter((name) => qualifiers[name] !== undefined)
  for (const name of said) {
    const rule = QUALIFIER_RULES[name]
    if (!type.qualifiers.includes(name)) return refusal('PP1016', name, ordType)
    if (!rule.timesInForce.includes(timeInForce)) return refusal('PP1016', name, timeInForce)
    const other = said.find((each) => rule.excludes.includes(each))
    if (other) return refusal('PP1016', name, other)
  }
  if (type.needs && !said.includes(type.needs)) return refusal('PP1017', ordType, type.needs)
  if (timeInForce === 'gtd' && !said.includes('expireTime')) return refusal('PP1017', 'gtd', 'expireTime')
  return undefined
}

const priceFault: Check = (terms, { instrument }) => {
  if (!['limit', 'stopLimit', 'pegged'].includes(terms.ordType)) return undefined
  if (terms.price === 0) return terms.ordType === 'pegged' ? undefined : refusal('PP1006')
  return wrongPrice(terms.price, instrument)
}

const stopFault: Check = ({ qualifiers }, { instrument }) =>
  qualifiers?.stopPx === undefined ? undefined : wrongPrice(qualifiers.stopPx, instrument)

function wrongPrice(at: Price, instrument: Instrument): Refusal | undefined {
  if (at <= 0) return refusal('PP1005', formatPrice(instrument, at))
  return offTick(at, instrument)
}

function offTick(at: number, instrument: Instrument): Refusal | undefined {
  if (at % instrument.tickSize === 0) return undefined
  return refusal('PP1003', formatPrice(instrument, price(at)), formatPrice(instrument, instrument.tickSize))
}

/** An aggressor meets an iceberg part by part: that must end. */
const MOST_PARTS = 10_000

const partFault: Check = ({ orderQty, qualifiers }, { instrument }) => {
  for (const name of ['minQty', 'displayQty'] as const) {
    const qty = qualifiers?.[name]
    if (qty === undefined) continue
    if (qty < 0) return refusal('PP1018', name, formatQuantity(instrument, qty))
    const off = lotFault(qty, instrument)
    if (off) return off
    if (name === 'minQty' && qty > orderQty) {
      return refusal('PP1019', name, formatQuantity(instrument, qty), formatQuantity(instrument, orderQty))
    }
    if (name === 'displayQty' && qty > 0 && orderQty / qty > MOST_PARTS) {
      return refusal('PP1026', formatQuantity(instrument, qty), formatQuantity(instrument, orderQty), `${MOST_PARTS}`)
    }
    if (name === 'displayQty' && qty > 0 && orderQty / qty > 10_000) {
      return refusal('PP1026', formatQuantity(instrument, qty), formatQuantity(instrument, orderQty), '10000')
    }
  }
  return undefined
}

const pegFault: Check = ({ qualifiers }, { instrument }) =>
  qualifiers?.peg ? offTick(qualifiers.peg.offset, instrument) : undefined

const timeFault: Check = ({ qualifiers }, { time }) =>
  qualifiers?.expireTime !== undefined && qualifiers.expireTime <= time ? refusal('PP1021') : undefined

const phaseFault: Check = ({ ordType, timeInForce, price: limit, qualifiers }, { phase, atLast, instrument }) => {
  const refused = (...what: (string | false | undefined)[]): Refusal | undefined => {
    const first = what.find((each) => each !== undefined && each !== false)
    return first ? refusal('PP1015', phase, first) : undefined
  }
  const when = (holds: boolean, what: string): string | false => holds && what
  if (phase === 'closed') return refusal('PP1014', phase)
  if (phase === 'halt') return refusal('PP1025', phase)
  if (phase === 'tradeAtLast') {
    const fault = refused(
      when(ordType !== 'limit' || atLast === undefined, ordType),
      when(timeInForce === 'opg' || timeInForce === 'atc', timeInForce),
      ...(['minQty', 'allOrNone', 'postOnly'] as const).map((name) => when(qualifiers?.[name] !== undefined, name))
    )
    if (fault || limit === atLast || atLast === undefined) return fault
    return refusal('PP1022', phase, formatPrice(instrument, atLast), formatPrice(instrument, limit))
  }
  const isOpening = phase === 'preOpen' || phase === 'openingAuction'
  return refused(
    when(isCall(phase) && ordType === 'pegged', ordType),
    when(isCall(phase) && (timeInForce === 'ioc' || timeInForce === 'fok'), timeInForce),
    when(!isOpening && timeInForce === 'opg', timeInForce),
    when(isCall(phase) && qualifiers?.minQty !== undefined, 'minQty')
  )
}

const collarFault: Check = ({ ordType, side, price: limit }, { collar, instrument }) => {
  if (collar === undefined || (ordType !== 'limit' && ordType !== 'stopLimit')) return undefined
  if (side * (limit - collar) <= 0) return undefined
  return refusal('PP1020', formatPrice(instrument, limit), formatPrice(instrument, collar))
}

import { formatPrice, type Instrument } from '../instrument.js'
import { type CheckedTerms } from '../order/order-checks.js'
import { refusal, type Refusal } from '../refusal.js'
import { type Price } from '../units.js'
import { type MarketState } from './market-state.js'

/** Why an instrument's phase does not take an order with these terms, or undefined where it does. */
export function checkPhase(instrument: Instrument, state: MarketState, terms: CheckedTerms): Refusal | undefined {
  const { phase } = state
  if (phase === 'continuous') return terms.timeInForce === 'opg' ? refusal('PP1015', phase, 'opg') : undefined
  if (phase === 'halt') return refusal('PP1025', phase)
  if (phase === 'closed') return refusal('PP1014', phase)
  const what = phase === 'tradeAtLast' ? notAtLast(state, terms) : notInCall(state, terms)
  if (what !== undefined) return refusal('PP1015', phase, what)
  if (phase === 'tradeAtLast' && terms.price !== state.lastPrice) {
    const last = formatPrice(instrument, state.lastPrice as Price)
    return refusal('PP1022', phase, last, formatPrice(instrument, terms.price))
  }
  return undefined
}

function notInCall({ phase }: MarketState, { ordType, timeInForce, qualifiers }: CheckedTerms): string | undefined {
  if (ordType === 'pegged') return ordType
  if (timeInForce === 'ioc' || timeInForce === 'fok') return timeInForce
  if (timeInForce === 'opg' && phase !== 'preOpen' && phase !== 'openingAuction') return timeInForce
  return qualifiers?.minQty === undefined ? undefined : 'minQty'
}

function notAtLast(state: MarketState, { ordType, timeInForce, qualifiers }: CheckedTerms): string | undefined {
  if (ordType !== 'limit' || Number.isNaN(state.lastPrice)) return ordType
  if (timeInForce === 'opg' || timeInForce === 'atc') return timeInForce
  if (qualifiers === undefined) return undefined
  for (const name of ['minQty', 'allOrNone', 'postOnly'] as const) if (qualifiers[name] !== undefined) return name
  return undefined
}

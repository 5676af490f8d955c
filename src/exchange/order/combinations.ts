import { type OrdType, type TimeInForce } from '../command.js'
import { type OrderQualifiers } from '../order-qualifiers.js'
import { refusal, type Refusal } from '../refusal.js'

type Qualifier = Exclude<keyof OrderQualifiers, 'selfMatch'>

interface TypeRule {
  readonly timesInForce: readonly TimeInForce[]
  readonly qualifiers: readonly Qualifier[]
  /** What the type cannot do without. */
  readonly needs?: Qualifier
}

const LASTING: readonly TimeInForce[] = ['day', 'gtc', 'gtd']

/**
 * Which times in force and qualifiers an order type takes. Whatever is not here is refused. `selfMatch` goes with
 * everything.
 */
export const TYPE_RULES: Readonly<Record<OrdType, TypeRule>> = {
  market: { timesInForce: ['day', 'gtc', 'ioc', 'fok', 'opg', 'atc'], qualifiers: ['minQty'] },
  limit: {
    timesInForce: ['day', 'gtc', 'ioc', 'fok', 'gtd', 'opg', 'atc'],
    qualifiers: ['minQty', 'displayQty', 'allOrNone', 'postOnly', 'expireTime']
  },
  stop: { timesInForce: LASTING, qualifiers: ['stopPx', 'expireTime'], needs: 'stopPx' },
  stopLimit: { timesInForce: LASTING, qualifiers: ['stopPx', 'displayQty', 'expireTime'], needs: 'stopPx' },
  marketIfTouched: { timesInForce: LASTING, qualifiers: ['stopPx', 'expireTime'], needs: 'stopPx' },
  marketWithLeftOverAsLimit: { timesInForce: LASTING, qualifiers: ['displayQty', 'expireTime'] },
  pegged: { timesInForce: LASTING, qualifiers: ['displayQty', 'peg', 'expireTime'], needs: 'peg' }
}

interface QualifierRule {
  readonly timesInForce: readonly TimeInForce[]
  readonly excludes: readonly Qualifier[]
}

/** Which times in force a qualifier goes with, and which other qualifiers it does not. */
export const QUALIFIER_RULES: Readonly<Record<Qualifier, QualifierRule>> = {
  stopPx: { timesInForce: LASTING, excludes: [] },
  minQty: { timesInForce: ['day', 'gtc', 'gtd', 'ioc'], excludes: ['allOrNone', 'postOnly'] },
  displayQty: { timesInForce: LASTING, excludes: ['allOrNone'] },
  allOrNone: { timesInForce: LASTING, excludes: ['minQty', 'displayQty', 'postOnly'] },
  postOnly: { timesInForce: LASTING, excludes: ['minQty', 'allOrNone'] },
  peg: { timesInForce: LASTING, excludes: [] },
  expireTime: { timesInForce: ['gtd'], excludes: [] }
}

const ORDER: readonly Qualifier[] = ['stopPx', 'minQty', 'displayQty', 'allOrNone', 'postOnly', 'peg', 'expireTime']

/**
 * Why type, time in force and qualifiers do not go together: the type with the time in force first; then each qualifier in
 * the order of {@link QUALIFIER_RULES} with the type, the time in force and the other qualifiers in that order; then what is missing.
 */
export function checkCombination(
  ordType: OrdType,
  timeInForce: TimeInForce,
  qualifiers: OrderQualifiers | undefined
): Refusal | undefined {
  const type = TYPE_RULES[ordType]
  if (!type.timesInForce.includes(timeInForce)) return refusal('PP1016', ordType, timeInForce)
  for (const name of ORDER) {
    if (qualifiers?.[name] === undefined) continue
    const rule = QUALIFIER_RULES[name]
    if (!type.qualifiers.includes(name)) return refusal('PP1016', name, ordType)
    if (!rule.timesInForce.includes(timeInForce)) return refusal('PP1016', name, timeInForce)
    const excluded = ORDER.find((other) => rule.excludes.includes(other) && qualifiers[other] !== undefined)
    if (excluded !== undefined) return refusal('PP1016', name, excluded)
  }
  if (type.needs !== undefined && qualifiers?.[type.needs] === undefined) return refusal('PP1017', ordType, type.needs)
  if (timeInForce === 'gtd' && qualifiers?.expireTime === undefined) return refusal('PP1017', 'gtd', 'expireTime')
  return undefined
}

/** Whether an order of this type and time in force takes a qualifier; on a replace, what it had and does not take falls away. */
export const takes = (ordType: OrdType, timeInForce: TimeInForce, name: Qualifier): boolean =>
  TYPE_RULES[ordType].qualifiers.includes(name) && QUALIFIER_RULES[name].timesInForce.includes(timeInForce)

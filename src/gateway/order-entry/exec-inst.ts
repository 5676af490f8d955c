import type { OrderQualifiers, PegReference } from '../../exchange/order-qualifiers.js'

/** ExecInst (18) values that the exchange acts on. */
const POST_ONLY = '6'
const ALL_OR_NONE = 'G'
const PEGS: Readonly<Record<string, PegReference>> = { R: 'primary', P: 'market', M: 'midpoint' }
const PEG_CODES: Readonly<Record<PegReference, string>> = { primary: 'R', market: 'P', midpoint: 'M' }

/** Values that speak to a person who works the order: not held, work, go along, over the day, held. A machine has them anyway. */
const FOR_PEOPLE: ReadonlySet<string> = new Set(['1', '2', '3', '4', '5'])

export interface ExecInst {
  readonly postOnly: boolean
  readonly allOrNone: boolean
  readonly peg: PegReference | undefined
}

/** ExecInst (18) as sent, or the first of its values that is not supported. */
export function readExecInst(text: string): ExecInst | string {
  let postOnly = false
  let allOrNone = false
  let peg: PegReference | undefined
  for (const value of text.split(' ')) {
    if (value === POST_ONLY) postOnly = true
    else if (value === ALL_OR_NONE) allOrNone = true
    else if (Object.hasOwn(PEGS, value) && peg === undefined) peg = PEGS[value]
    else if (!FOR_PEOPLE.has(value)) return value
  }
  return { postOnly, allOrNone, peg }
}

/** ExecInst (18) of an order with these qualifiers, undefined where it has none. */
export function execInstOf({ postOnly, allOrNone, peg }: OrderQualifiers): string | undefined {
  const values = [
    ...(postOnly === undefined || postOnly === 'none' ? [] : [POST_ONLY]),
    ...(allOrNone === true ? [ALL_OR_NONE] : []),
    ...(peg === undefined ? [] : [PEG_CODES[peg.reference]])
  ]
  return values.length === 0 ? undefined : values.join(' ')
}

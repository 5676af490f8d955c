import { Tag } from '../wire/tag.js'

/** A field by the name that the specification gives it. */
export type FieldName = keyof typeof Tag

/**
 * A conditionally required field (FIX 4.4 vol. 4, "required = C"): in messages of `msgTypes`, where `when` holds or is
 * absent, one of `anyOf` must be there.
 */
export interface ConditionalRule {
  readonly msgTypes: readonly string[]
  /** The field has one of these values, of one character each. */
  readonly when?: { readonly field: FieldName; readonly values: readonly string[] }
  readonly anyOf: readonly FieldName[]
}

/** What a rule looks at. */
interface Fields {
  readonly msgType: string
  has(tag: number): boolean
  char(tag: number): number
}

/**
 * Rules of single orders and market data requests. An answer to a broken one is a BusinessMessageReject with 380=5. A
 * replace may leave out what does not change, except its Price.
 */
export const FIX44_CONDITIONAL_RULES: readonly ConditionalRule[] = [
  { msgTypes: ['D'], anyOf: ['OrderQty', 'CashOrderQty', 'OrderPercent'] },
  { msgTypes: ['D', 'G'], when: { field: 'OrdType', values: ['2', '4', '7', 'B'] }, anyOf: ['Price'] },
  { msgTypes: ['D'], when: { field: 'OrdType', values: ['3', '4'] }, anyOf: ['StopPx'] },
  { msgTypes: ['D'], when: { field: 'TimeInForce', values: ['6'] }, anyOf: ['ExpireDate', 'ExpireTime'] },
  { msgTypes: ['V'], when: { field: 'SubscriptionRequestType', values: ['1'] }, anyOf: ['MDUpdateType'] },
  { msgTypes: ['q'], when: { field: 'MassCancelRequestType', values: ['1'] }, anyOf: ['Symbol'] }
]

interface CompiledRule {
  /** 0: in every message. */
  readonly tag: number
  readonly codes: readonly number[]
  readonly anyOf: readonly number[]
  readonly name: FieldName
}

/** Conditionally required fields by message type. Every order passes here, so rules are compiled to tags and codes. */
export class ConditionalRules {
  readonly #rules = new Map<string, CompiledRule[]>()

  constructor(rules: readonly ConditionalRule[]) {
    for (const rule of rules) {
      const compiled = compile(rule)
      for (const msgType of rule.msgTypes) this.#rules.set(msgType, [...(this.#rules.get(msgType) ?? []), compiled])
    }
  }

  /** The name of the first field that a rule requires and `message` lacks, or undefined. */
  firstMissing(message: Fields): FieldName | undefined {
    const rules = this.#rules.get(message.msgType)
    if (rules === undefined) return undefined
    for (const { tag, codes, anyOf, name } of rules) {
      if (tag !== 0 && !codes.includes(message.char(tag))) continue
      if (!anyOf.some((field) => message.has(field))) return name
    }
    return undefined
  }
}

function compile({ when, anyOf }: ConditionalRule): CompiledRule {
  return {
    tag: when === undefined ? 0 : Tag[when.field],
    codes: when?.values.map((value) => value.charCodeAt(0)) ?? [],
    anyOf: anyOf.map((field) => Tag[field]),
    name: anyOf[0]
  }
}

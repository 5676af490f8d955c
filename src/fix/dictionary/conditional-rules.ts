import { Tag } from '../wire/tag.js'

/**
 * A conditionally required field (FIX 4.4 vol. 4, "required = C"): in messages of `msgTypes`, where `when` holds or is
 * absent, one of `anyOf` must be there.
 */
export interface ConditionalRule {
  readonly msgTypes: readonly string[]
  readonly when?: { readonly tag: number; readonly values: readonly string[] }
  readonly anyOf: readonly number[]
}

/** What a rule looks at. */
interface Fields {
  readonly msgType: string
  has(tag: number): boolean
  string(tag: number): string | undefined
}

const ORDERS = ['D', 'G']

/** Rules of single orders and market data requests. An answer to a broken one is a BusinessMessageReject with 380=5. */
export const FIX44_CONDITIONAL_RULES: readonly ConditionalRule[] = [
  { msgTypes: ORDERS, anyOf: [Tag.OrderQty, Tag.CashOrderQty, Tag.OrderPercent] },
  { msgTypes: ORDERS, when: { tag: Tag.OrdType, values: ['2', '4', '7', 'B'] }, anyOf: [Tag.Price] },
  { msgTypes: ORDERS, when: { tag: Tag.OrdType, values: ['3', '4'] }, anyOf: [Tag.StopPx] },
  { msgTypes: ORDERS, when: { tag: Tag.TimeInForce, values: ['6'] }, anyOf: [Tag.ExpireDate, Tag.ExpireTime] },
  { msgTypes: ['V'], when: { tag: Tag.SubscriptionRequestType, values: ['1'] }, anyOf: [Tag.MDUpdateType] },
  { msgTypes: ['q'], when: { tag: Tag.MassCancelRequestType, values: ['1'] }, anyOf: [Tag.Symbol] }
]

/** Conditionally required fields by message type. */
export class ConditionalRules {
  readonly #rules = new Map<string, ConditionalRule[]>()

  constructor(rules: readonly ConditionalRule[]) {
    for (const rule of rules) {
      for (const msgType of rule.msgTypes) this.#rules.set(msgType, [...(this.#rules.get(msgType) ?? []), rule])
    }
  }

  /** The tag of the first field that a rule requires and `message` lacks, or undefined. */
  firstMissing(message: Fields): number | undefined {
    for (const { when, anyOf } of this.#rules.get(message.msgType) ?? []) {
      if (when !== undefined && !when.values.includes(message.string(when.tag) ?? '')) continue
      if (!anyOf.some((tag) => message.has(tag))) return anyOf[0]
    }
    return undefined
  }
}

import { describe, expect, it } from 'vitest'
import { ConditionalRules, FIX44_CONDITIONAL_RULES } from '../../../src/fix/dictionary/conditional-rules.js'
import { ParsedMessage } from '../../../src/fix/wire/parsed-message.js'
import { FIX44 } from '../wire/dictionary-fixture.js'
import { header, messageBytes } from '../wire/fix-text.js'

const rules = new ConditionalRules(FIX44_CONDITIONAL_RULES)

function firstMissing(body: string): number | undefined {
  const bytes = messageBytes(body)
  const message = new ParsedMessage(FIX44, 0)
  message.read(bytes, 0, bytes.length)
  return rules.firstMissing(message)
}

describe('ConditionalRules', () => {
  const order = (fields: string): string => `${header('D')}11=A|54=1|55=X|60=20261120-07:15:30|${fields}`

  it('names the field that an order lacks for its type', () => {
    expect(firstMissing(order('38=1|40=2|'))).toBe(44)
    expect(firstMissing(order('38=1|40=2|44=1|'))).toBeUndefined()
    expect(firstMissing(order('38=1|40=3|'))).toBe(99)
    expect(firstMissing(order('38=1|40=4|44=1|'))).toBe(99)
    expect(firstMissing(order('38=1|40=1|'))).toBeUndefined()
  })

  it('takes one of several fields', () => {
    expect(firstMissing(order('40=1|'))).toBe(38)
    expect(firstMissing(order('152=1000|40=1|'))).toBeUndefined()
    expect(firstMissing(order('38=1|40=1|59=6|'))).toBe(432)
    expect(firstMissing(order('38=1|40=1|59=6|126=20261120-16:00:00|'))).toBeUndefined()
  })

  it('asks nothing of other messages', () => {
    expect(firstMissing(header('0'))).toBeUndefined()
  })
})

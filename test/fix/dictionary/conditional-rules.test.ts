import { describe, expect, it } from 'vitest'
import { ConditionalRules, FIX44_CONDITIONAL_RULES } from '../../../src/fix/dictionary/conditional-rules.js'
import { ParsedMessage } from '../../../src/fix/wire/parsed-message.js'
import { FIX44 } from '../wire/dictionary-fixture.js'
import { header, messageBytes } from '../wire/fix-text.js'

const rules = new ConditionalRules(FIX44_CONDITIONAL_RULES)

function firstMissing(body: string): string | undefined {
  const bytes = messageBytes(body)
  const message = new ParsedMessage(FIX44, 0)
  message.read(bytes, 0, bytes.length)
  return rules.firstMissing(message)
}

describe('ConditionalRules', () => {
  const order = (fields: string): string => `${header('D')}11=A|54=1|55=X|60=20261120-07:15:30|${fields}`

  it('names the field that an order lacks for its type', () => {
    expect(firstMissing(order('38=1|40=2|'))).toBe('Price')
    expect(firstMissing(order('38=1|40=2|44=1|'))).toBeUndefined()
    expect(firstMissing(order('38=1|40=3|'))).toBe('StopPx')
    expect(firstMissing(order('38=1|40=4|44=1|'))).toBe('StopPx')
    expect(firstMissing(order('38=1|40=1|'))).toBeUndefined()
  })

  it('takes one of several fields', () => {
    expect(firstMissing(order('40=1|'))).toBe('OrderQty')
    expect(firstMissing(order('152=1000|40=1|'))).toBeUndefined()
    expect(firstMissing(order('38=1|40=1|59=6|'))).toBe('ExpireDate')
    expect(firstMissing(order('38=1|40=1|59=6|126=20261120-16:00:00|'))).toBeUndefined()
  })

  it('lets a replace leave out all but its Price', () => {
    const replace = (fields: string): string => `${header('G')}11=B|54=1|55=X|60=20261120-07:15:30|${fields}`
    expect(firstMissing(replace('40=4|'))).toBe('Price')
    expect(firstMissing(replace('40=4|44=1|59=6|'))).toBeUndefined()
  })

  it('asks nothing of other messages', () => {
    expect(firstMissing(header('0'))).toBeUndefined()
  })
})

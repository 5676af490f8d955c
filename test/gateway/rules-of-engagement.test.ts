import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { REFUSALS } from '../../src/exchange/refusal.js'
import { readDictionary } from '../../src/fix/dictionary/load-dictionary.js'
import { REJECT_TEXT } from '../../src/fix/dictionary/session-reject.js'
import { rulesOfEngagement } from '../../src/gateway/rules-of-engagement.js'
import { VENUE_DICTIONARY } from '../../src/venue/serve/venue-dictionary.js'

const rules = rulesOfEngagement(readDictionary(VENUE_DICTIONARY))

describe('the rules of engagement', () => {
  it('as committed are those of the code (npm run docs writes them)', () => {
    expect(readFileSync('fix-dictionaries/RULES-OF-ENGAGEMENT.md', 'utf8')).toBe(rules)
  })

  it('name every refusal and every Reject with its text', () => {
    for (const [code, text] of Object.entries(REFUSALS)) expect(rules).toContain(`| ${code} | ${text} |`)
    for (const [reason, text] of Object.entries(REJECT_TEXT)) expect(rules).toContain(`| ${reason} | ${text} |`)
  })

  it('list the fields of an order with what is required, groups indented', () => {
    const order = rules.slice(rules.indexOf('### NewOrderSingle (35=D)'), rules.indexOf('### OrderCancelRequest'))
    expect(order).toContain('| 11 | ClOrdID | Y | STRING |')
    expect(order).toContain('| 44 | Price |  | PRICE |')
    expect(order).toContain('| 448 | → PartyID |')
  })
})

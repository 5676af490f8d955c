import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { REFUSALS } from '../../src/exchange/refusal.js'
import { readDictionary } from '../../src/fix/dictionary/load-dictionary.js'
import { REJECT_TEXT } from '../../src/fix/dictionary/session-reject.js'
import { LogoutText } from '../../src/fix/session/logout-text.js'
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

  it('name every Logout and every BusinessMessageReject with its text and when it is sent', () => {
    for (const text of Object.values(LogoutText)) if (typeof text === 'string') expect(rules).toContain(`| ${text} | `)
    expect(rules).toContain('| MsgSeqNum too low, expecting X but received Y | MsgSeqNum below')
    expect(rules).toContain('| 3 | Unsupported Message Type | ')
    expect(rules).toContain('| 4 | PP1012 the venue is not taking orders | ')
    expect(rules).toContain(
      '| NewOrderSingle, OrderCancelReplaceRequest | OrdType (40) is 2 or 4 or 7 or B | Price (44) |'
    )
  })

  it('list the fields of an order with what is required, groups indented', () => {
    const order = rules.slice(rules.indexOf('### NewOrderSingle (35=D)'), rules.indexOf('### OrderCancelRequest'))
    expect(order).toContain('| 11 | ClOrdID | Y | STRING |')
    expect(order).toContain('| 44 | Price |  | PRICE |')
    expect(order).toContain('| 448 | → PartyID |')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldOf } from '../../../src/fix/dictionary/dictionary.js'
import { REJECT_TEXT } from '../../../src/fix/dictionary/session-reject.js'
import { Validator } from '../../../src/fix/dictionary/validator.js'
import { type FixGroupEntry } from '../../../src/fix/wire/fix-message.js'
import { ParsedMessage } from '../../../src/fix/wire/parsed-message.js'
import { FIX44 } from '../wire/dictionary-fixture.js'
import { messageBytes } from '../wire/fix-text.js'

type Field = readonly [tag: number, value: string]

const lenient = new Validator(FIX44, 'lenient')
const strict = new Validator(FIX44, 'strict')
const message = new ParsedMessage(FIX44, 0)

const HEADER: readonly Field[] = [
  [34, '2'],
  [49, 'OMS1'],
  [52, '20261120-07:15:30.123'],
  [56, 'PAPERPIT']
]
const ORDER: readonly Field[] = [
  [11, 'A-1'],
  [453, '2'],
  [448, 'FIRM'],
  [447, 'D'],
  [452, '1'],
  [448, 'DESK'],
  [802, '1'],
  [523, 'a'],
  [803, '4'],
  [38, '100'],
  [40, '2'],
  [44, '10.5'],
  [54, '1'],
  [55, 'GOOG'],
  [60, '20261120-07:15:30'],
  [5001, 'own']
]

function body(msgType: string, fields: readonly Field[]): string {
  return `35=${msgType}|${fields.map(([tag, value]) => `${tag}=${value}|`).join('')}`
}

function take(text: string): void {
  const bytes = messageBytes(text)
  expect(message.read(bytes, 0, bytes.length), text).toBe(true)
}

/** Reads every field and every group of what was taken. */
function readAll(): void {
  message.forEach((tag) => {
    message.string(tag)
    message.int(tag)
    message.decimal(tag, 4)
    message.timestamp(tag)
    readEntries(message.group(tag), tag)
  })
}

function readEntries(entries: readonly FixGroupEntry[], count: number): void {
  for (const entry of entries) {
    expect(entry.has(count)).toBe(false)
    for (const nested of [802, 539, 804, 711, 555]) readEntries(entry.group(nested), nested)
  }
}

const tag = fc.oneof(fc.constantFrom(...FIX44.tags.values()), fc.integer({ min: -5, max: 12_000 }))
const value = fc.oneof(
  fc.constantFrom('', '0', '1', '2', 'Y', 'A', '+1', '1.5', '20261120', 'USD'),
  fc.stringMatching(/^[ -{}~]{0,8}$/)
)
const field: fc.Arbitrary<Field> = fc.tuple(tag, value)

describe('Validator and ParsedMessage, whatever the fields are', () => {
  it('answer with a fault of the catalogue or none, and never throw', () => {
    const msgType = fc.constantFrom(...FIX44.messages.keys(), 'ZZ')
    fc.assert(
      fc.property(msgType, fc.array(field, { maxLength: 40 }), (type, fields) => {
        take(body(type, [...HEADER, ...fields]))
        for (const validator of [lenient, strict]) {
          const found = validator.validate(message)
          if (found === undefined) continue
          expect(found.text).toBe(REJECT_TEXT[found.reason])
          expect(Number.isSafeInteger(found.refTag)).toBe(true)
        }
        readAll()
      }),
      { numRuns: 500 }
    )
  })

  it('find a fault wherever one field of a good order is spoilt', () => {
    const at = fc.integer({ min: 0, max: ORDER.length - 1 })
    const spoil = fc.constantFrom('empty', 'unknown', 'foreign')
    fc.assert(
      fc.property(at, spoil, (i, how) => {
        take(body('D', [...HEADER, ...ORDER]))
        expect(lenient.validate(message)).toBeUndefined()
        const fields = [...ORDER]
        if (how === 'empty') fields[i] = [fields[i][0], '']
        else fields.splice(i, 0, how === 'unknown' ? [999, 'x'] : [150, '0'])
        take(body('D', [...HEADER, ...fields]))
        const found = lenient.validate(message)
        // A foreign field ends a group inside a group: there the count is wrong first.
        const expected = how === 'empty' ? [4] : how === 'unknown' ? [0] : ORDER[i][0] === 523 ? [16] : [2]
        expect(expected).toContain(found?.reason)
      })
    )
  })

  it('take back every message of the dictionary with its required fields and nothing else', () => {
    const sample: Readonly<Record<number, string>> = {
      2: '1',
      11: '20261120-07:15:30',
      14: '20261120',
      4: 'N',
      8: 'USD'
    }
    for (const layout of FIX44.messages.values()) {
      if (layout.groups.size > 0 && layout.required.some((required) => layout.groups.has(required))) continue
      const fields = layout.required
        .filter((required) => ![8, 9, 35, 10, 34, 49, 52, 56].includes(required))
        .map((required): Field => {
          const definition = fieldOf(FIX44, required)
          const first = definition?.values?.keys().next().value
          return [required, first ?? sample[definition?.type ?? 0] ?? '1']
        })
      take(body(layout.msgType, [...HEADER, ...fields]))
      expect(strict.validate(message), layout.name).toBeUndefined()
    }
  })
})

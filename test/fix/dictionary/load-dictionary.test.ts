import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type UserError } from '../../../src/base/user-error.js'
import { type Dictionary, fieldOf } from '../../../src/fix/dictionary/dictionary.js'
import { loadDictionary } from '../../../src/fix/dictionary/load-dictionary.js'
import { FIX44 } from '../wire/dictionary-fixture.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperpit-dictionary-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function load(xml: string, name: string = 'test.xml'): Dictionary {
  writeFileSync(join(folder, name), xml)
  return loadDictionary(join(folder, name))
}

/** The error of a dictionary, without the folder. */
function errorOf(xml: string): string {
  try {
    load(xml)
  } catch (error) {
    expect((error as UserError).name).toBe('UserError')
    return (error as UserError).message.replaceAll(`${folder}/`, '')
  }
  return 'no error'
}

const fix = (messages: string, fields: string, rest: string = ''): string =>
  `<fix type='FIX' major='4' minor='4'>\n<messages>\n${messages}\n</messages>\n<fields>\n${fields}\n</fields>\n${rest}\n</fix>`
const text = `<field number='58' name='Text' type='STRING' />`

describe("the venue's dictionary", () => {
  it('knows all message types of FIX 4.4', () => {
    const served = '0 1 2 3 4 5 A D F G H q AF E V x c e g AD R 8 9 r N W X Y y d f h AE AQ j S AG'.split(' ')
    for (const msgType of served) expect(FIX44.messages.get(msgType)?.listedOnly, msgType).toBe(false)
    expect(FIX44.messages.size).toBe(93)
    expect(FIX44.beginString).toBe('FIX.4.4')
  })

  it('pairs every data field with its length', () => {
    expect([...FIX44.lengthOfData].sort(([a], [b]) => a - b)).toEqual([
      [89, 93],
      [91, 90],
      [96, 95],
      [213, 212],
      [349, 348],
      [351, 350],
      [353, 352],
      [355, 354],
      [357, 356],
      [359, 358],
      [361, 360],
      [363, 362],
      [365, 364],
      [446, 445],
      [619, 618],
      [622, 621]
    ])
  })

  it("holds the venue's own fields", () => {
    expect([9501, 9502, 9503, 9504].map((tag) => fieldOf(FIX44, tag)?.name)).toEqual([
      'ModelPreset',
      'QueueAhead',
      'DecisionPrice',
      'CancelOnDisconnect'
    ])
    expect(fieldOf(FIX44, 9505)).toBeUndefined()
    expect(fieldOf(FIX44, 101)).toBeUndefined()
  })

  it('knows groups within groups within components', () => {
    const parties = FIX44.messages.get('D')?.groups.get(453)
    expect(parties?.members).toEqual([448, 447, 452, 802])
    expect(parties?.groups.get(802)?.members).toEqual([523, 803])
    const nested = FIX44.messages.get('D')?.groups.get(78)
    expect(nested?.groups.get(539)?.groups.get(804)?.delimiter).toBe(545)
  })
})

describe('a dictionary that extends another', () => {
  it('adds fields, values and members to it', () => {
    load(
      fix(`<message name='News' msgtype='B' msgcat='app'><field name='Text' required='Y' /></message>`, text),
      'base.xml'
    )
    const dictionary = load(
      `<fix type='FIX' major='4' minor='4' extends='base.xml'>
        <messages><message name='News' msgtype='B' msgcat='app'><field name='Desk' required='N' /></message>
        <message name='Ping' msgtype='U1' msgcat='app'><field name='Text' required='N' /></message></messages>
        <fields><field number='6001' name='Desk' type='CHAR'><value enum='A' description='AGENCY' /></field></fields>
      </fix>`,
      'own.xml'
    )
    expect([...dictionary.messages.keys()]).toEqual(['B', 'U1'])
    expect(fieldOf(dictionary, 58)?.name).toBe('Text')
    expect([...(fieldOf(dictionary, 6001)?.values?.keys() ?? [])]).toEqual(['A'])
  })

  it('cannot extend itself', () => {
    expect(errorOf(`<fix major='4' minor='4' extends='test.xml' />`)).toBe(
      'test.xml:1:1 a dictionary that extends itself: test.xml'
    )
  })
})

describe('errors name the place', () => {
  const cases: [name: string, xml: string, error: string][] = [
    ['not XML', '<fix>\n  <messages>\n</fix>', 'test.xml:3:6 not well-formed XML: unexpected close tag.'],
    ['another root', '<xml />', 'test.xml:1:1 expected <fix>, found <xml>'],
    ['no version', `<fix major='4' />`, 'test.xml:1:1 <fix> needs the attribute "minor"'],
    [
      'an unknown section',
      `<fix major='4' minor='4'>\n  <message />\n</fix>`,
      'test.xml:2:3 expected header, trailer, messages, components or fields, found <message>'
    ],
    [
      'an unknown field',
      fix(`<message name='News' msgtype='B' msgcat='app'>\n  <field name='Txet' />\n</message>`, text),
      'test.xml:4:3 no field "Txet"'
    ],
    [
      'an unknown component',
      fix(`<message name='News' msgtype='B' msgcat='app'><component name='Parties' /></message>`, text),
      'test.xml:3:47 no component "Parties"'
    ],
    [
      'an unknown type',
      fix('', `<field number='58' name='Text' type='TEXT' />`),
      'test.xml:6:1 FIX has no type "TEXT"'
    ],
    [
      'a tag that is no number',
      fix('', `<field number='5.8' name='Text' type='STRING' />`),
      'test.xml:6:1 a tag is a number from 1 to 99999, not "5.8"'
    ],
    [
      'a tag twice',
      fix('', `${text}\n<field number='58' name='Note' type='STRING' />`),
      'test.xml:7:1 "Note" has the tag 58 of "Text"'
    ],
    ['a field twice', fix('', `${text}\n${text}`), 'test.xml:7:1 <field> "Text" appears twice'],
    [
      'a field twice in a message',
      fix(`<message name='News' msgtype='B' msgcat='app'><field name='Text' />\n<field name='Text' /></message>`, text),
      'test.xml:4:1 "Text" appears twice in News'
    ],
    [
      'data without length',
      fix('', `<field number='96' name='RawData' type='DATA' />`),
      'test.xml:6:1 "RawData" is of type DATA and has no field RawDataLength'
    ],
    [
      'a group without a count',
      fix(
        `<message name='News' msgtype='B' msgcat='app'><group name='Text'><field name='Text' /></group></message>`,
        text
      ),
      'test.xml:3:47 the group "Text" needs a field of type NUMINGROUP'
    ],
    [
      'required neither Y nor N',
      fix(`<message name='News' msgtype='B' msgcat='app'><field name='Text' required='maybe' /></message>`, text),
      'test.xml:3:47 required is "Y" or "N", not "maybe"'
    ],
    [
      'a component in itself',
      fix(
        `<message name='News' msgtype='B' msgcat='app'><component name='A' /></message>`,
        text,
        `<components><component name='A'><component name='A' /></component></components>`
      ),
      'test.xml:8:33 the component "A" holds itself'
    ]
  ]
  for (const [name, xml, error] of cases) it(name, () => expect(errorOf(xml)).toBe(error))

  it('no such file', () => {
    expect(() => loadDictionary(join(folder, 'nowhere.xml'))).toThrow(
      /cannot read the FIX dictionary .*nowhere.xml: ENOENT/
    )
  })
})

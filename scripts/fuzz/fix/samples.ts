import { readFileSync } from 'node:fs'
import { type Random } from '../../../src/base/random.js'
import { type DictionarySource, type MemberList } from '../../../src/fix/dictionary/dictionary-source.js'
import { readDictionaryXml } from '../../../src/fix/dictionary/read-dictionary-xml.js'
import { between, chance, pick } from './pick.js'

/** A field as text; what it says need not be right. */
export type Field = [tag: string, value: string]

/** A message without BeginString, BodyLength, MsgType, MsgSeqNum, the CompIDs, SendingTime and CheckSum. */
export interface Sample {
  readonly msgType: string
  readonly body: Field[]
}

const DICTIONARY = 'fix-dictionaries/FIX44-paperpit.xml'
/** How deep groups and components are followed with what is optional; required fields are always there. */
const DEPTH = 4

/** Valid values of a type; what matters to a session or an order is written by {@link Samples} itself. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  CHAR: ['A', '1'],
  INT: ['0', '1', '-5', '42'],
  LENGTH: ['0', '3', '12'],
  SEQNUM: ['1', '2', '17'],
  TAGNUM: ['11', '55'],
  DAYOFMONTH: ['1', '31'],
  QTY: ['0', '100', '7.5', '00100'],
  FLOAT: ['0', '-1.25', '3.14159'],
  PRICE: ['1', '1.00', '231.51', '-0.01', '0.0001'],
  PRICEOFFSET: ['0.01', '-0.5'],
  AMT: ['1000', '0.01'],
  PERCENTAGE: ['0.05'],
  BOOLEAN: ['Y', 'N'],
  CURRENCY: ['USD', 'EUR'],
  COUNTRY: ['US'],
  EXCHANGE: ['XNAS', 'N'],
  MONTHYEAR: ['202612', '20261218', '202612w2'],
  MULTIPLEVALUESTRING: ['1', 'G', '1 6'],
  UTCTIMESTAMP: ['20261120-10:00:00', '20261120-10:00:00.123', '20261120-10:00:00.123456', '20261120-23:59:60'],
  UTCTIMEONLY: ['10:00:00', '10:00:00.123'],
  UTCDATEONLY: ['20261120'],
  LOCALMKTDATE: ['20261120'],
  STRING: ['A', 'text', 'AAPL', 'a=b', 'é']
}

const DATA = ['', 'abc', 'with\x01SOH', '\x0110=000\x018=FIX.4.4\x01', '8=FIX.4.4\x019=5\x0135=0\x0110=161\x01', '\0']

/** Numbers at the ends of what can be counted with. */
const FAR = ['2147483648', '4294967296', '9007199254740991', '9007199254740992', '99999999999999999999']

/** Makes sound messages of every type that the dictionary has, with the fields, groups and data fields that it allows. */
export class Samples {
  readonly #source: DictionarySource = readDictionaryXml(readFileSync(DICTIONARY, 'utf8'), DICTIONARY).source
  readonly #messages = [...this.#source.messages.values()]
  readonly tags: readonly string[] = Array.from(this.#source.fields.values(), ({ tag }) => `${tag}`)
  #clOrdId = 0

  /** ClOrdIDs begin anew, so that an episode does not depend on those before it. */
  restart(): void {
    this.#clOrdId = 0
  }

  /** A message of any type, filled at random. */
  any(random: Random): Sample {
    const message = pick(random, this.#messages)
    const body: Field[] = []
    this.#members(random, message, body, 0, pick(random, [0, 0.05, 0.3]))
    return { msgType: message.msgType, body }
  }

  /** A message that sessions and order entry live by. */
  usual(random: Random): Sample {
    const number = (): string => (chance(random, 0.02) ? pick(random, FAR) : `${between(random, 0, 30)}`)
    const last = `O${this.#clOrdId}`
    const order: Field[] = [
      ['11', `O${++this.#clOrdId}`],
      ['38', pick(random, ['1', '100', '5000'])],
      ['40', pick(random, ['1', '2'])],
      ['44', pick(random, ['1.00', '231.50', '999.99'])],
      ['54', pick(random, ['1', '2'])],
      ['55', pick(random, ['AAPL', 'MSFT'])],
      ['59', pick(random, ['0', '1', '3', '4'])],
      ['60', '20261120-10:00:00']
    ]
    const by: Readonly<Record<string, () => Field[]>> = {
      '0': () => (chance(random, 0.3) ? [['112', 'T']] : []),
      '1': () => [['112', pick(random, ['T', 'TEST'])]],
      '2': () => [
        ['7', number()],
        ['16', pick(random, ['0', number()])]
      ],
      '3': () => [
        ['45', number()],
        ['373', '5'],
        ['58', 'no']
      ],
      '4': () => [
        ['36', number()],
        ['123', pick(random, ['Y', 'N'])]
      ],
      '5': () => [],
      A: () => [
        ['98', '0'],
        ['108', pick(random, ['30', '1', '0', '60'])],
        ...(chance(random, 0.3) ? [['141', pick(random, ['Y', 'N'])] as Field] : [])
      ],
      D: () => order,
      F: () => [['41', last], ...order.filter(([tag]) => tag !== '44' && tag !== '40' && tag !== '59')],
      G: () => [['41', last], ...order],
      H: () => [
        ['11', last],
        ['54', '1'],
        ['55', 'AAPL']
      ],
      j: () => [
        ['45', number()],
        ['372', 'D'],
        ['380', '0']
      ]
    }
    const msgType = pick(random, [...'000111223345ADDDDDDFFGGHj'])
    return { msgType, body: by[msgType]() }
  }

  #members(random: Random, { members }: MemberList, into: Field[], depth: number, optional: number): void {
    for (const member of members) {
      if (!member.required && (depth > DEPTH || !chance(random, optional))) continue
      if (member.kind === 'component') {
        const component = this.#source.components.get(member.name)
        if (component !== undefined) this.#members(random, component, into, depth + 1, optional)
      } else if (member.kind === 'group') this.#group(random, member, into, depth, optional)
      else this.#field(random, member.name, into)
    }
  }

  #group(
    random: Random,
    group: MemberList & { readonly name: string },
    into: Field[],
    depth: number,
    optional: number
  ): void {
    const count = depth > DEPTH ? 1 : between(random, 0, 3)
    into.push([`${this.#source.fields.get(group.name)?.tag}`, `${count}`])
    const [first, ...rest] = group.members
    for (let i = 0; i < count; i++) {
      this.#members(random, { ...group, members: [{ ...first, required: true }] }, into, depth + 1, optional)
      this.#members(random, { ...group, members: rest }, into, depth + 1, optional)
    }
  }

  #field(random: Random, name: string, into: Field[]): void {
    const field = this.#source.fields.get(name)
    if (field === undefined) return
    const tag = `${field.tag}`
    if (field.typeName === 'DATA' || field.typeName === 'XMLDATA') {
      // The Length field stands directly in front, whether or not the message had it by itself.
      const data = pick(random, DATA)
      const length = this.#source.fields.get(`${name}Length`) ?? this.#source.fields.get(`${name}Len`)
      if (into.at(-1)?.[0] === `${length?.tag}`) into.pop()
      if (length !== undefined) into.push([`${length.tag}`, `${data.length}`])
      into.push([tag, data])
      return
    }
    const listed = field.values.size > 0 ? [...field.values.keys()] : undefined
    into.push([tag, pick(random, listed ?? VALUES[field.typeName] ?? VALUES.STRING)])
  }
}

import { type Random } from '../../../src/base/random.js'
import { between, chance, pick, weighted } from './pick.js'
import { type Field } from './samples.js'

/** Values that break what is written without care. */
const STRANGE = [
  '',
  '0',
  '00',
  '-0',
  '-1',
  '+1',
  ' 1',
  '1 ',
  '1.',
  '.5',
  '1e5',
  '0x10',
  '1.5',
  'NaN',
  'Infinity',
  'null',
  '?',
  'Y',
  'N',
  'y',
  '2147483647',
  '2147483648',
  '4294967295',
  '4294967296',
  '9007199254740991',
  '9007199254740992',
  '9223372036854775808',
  '99999999999999999999999999',
  '0.00000000000000000001',
  '123456789.123456789123456789',
  '-99999999999999.99',
  '20261120-10:00:00.000',
  '20261120-24:00:00',
  '20261320-10:00:00',
  '20260230-10:00:00',
  '99991231-23:59:60.999999999',
  '00000101-00:00:00',
  '20261120-10:00:00.1234567890',
  '10:00:00',
  '20261120',
  '202602',
  '=',
  '==',
  '\0',
  '\xff',
  'é',
  'PAPERPIT',
  'OMS',
  'constructor',
  '__proto__',
  'toString',
  '%s%n',
  '<a>',
  '8=FIX.4.4',
  '10=000',
  'A'.repeat(300)
]
const STRANGE_TAGS = [
  '',
  '0',
  '-1',
  '00',
  '01',
  '+5',
  '8',
  '9',
  '10',
  '34',
  '35',
  '43',
  '49',
  '52',
  '56',
  '95',
  '96',
  '97',
  '122',
  '123',
  '141',
  '212',
  '213',
  '354',
  '355',
  '65535',
  '65536',
  '999999',
  '2147483648',
  '99999999999999999999',
  'x',
  '1x',
  ' 11',
  '11 ',
  '5001',
  '20000'
]

type FieldMutation = (fields: Field[], random: Random, tags: readonly string[]) => void

const at = (fields: readonly Field[], random: Random): number => random.below(Math.max(fields.length, 1))

const FIELD_MUTATIONS: readonly (readonly [weight: number, mutation: FieldMutation])[] = [
  [4, (fields, random) => void fields.splice(at(fields, random), 1)],
  [3, (fields, random) => void (fields.length > 0 && fields.splice(at(fields, random), 0, [...pick(random, fields)]))],
  [3, (fields, random) => swap(fields, at(fields, random), at(fields, random))],
  [6, (fields, random) => set(fields, at(fields, random), 1, pick(random, STRANGE))],
  [2, (fields, random) => set(fields, at(fields, random), 0, pick(random, STRANGE_TAGS))],
  [2, (fields, random, tags) => set(fields, at(fields, random), 0, pick(random, tags))],
  [2, (fields, random, tags) => void fields.splice(at(fields, random), 0, [pick(random, tags), pick(random, STRANGE)])],
  [
    2,
    (fields, random) => void fields.splice(at(fields, random), 0, [pick(random, STRANGE_TAGS), pick(random, STRANGE)])
  ],
  // SOH in odd places: inside a value, a field without a value, nothing between two.
  [1, (fields, random) => insert(fields, random, '\x01')],
  [
    1,
    (fields, random) =>
      insert(fields, random, pick(random, ['\x01\x01', '=', '\x0110=123\x01', '\x018=FIX.4.4\x019=5\x01']))
  ],
  [0.02, (fields, random) => set(fields, at(fields, random), 1, 'x'.repeat(between(random, 1_000, 70_000)))],
  [0.05, (fields, random) => repeat(fields, random, between(random, 10, 800))],
  [0.3, (fields, random) => repeat(fields, random, between(random, 2, 6))],
  [0.5, (fields) => void fields.reverse()]
]

/** Changes fields of a message, in place, and keeps it framed. */
export function mutateFields(fields: Field[], random: Random, tags: readonly string[]): void {
  do weighted(random, FIELD_MUTATIONS)(fields, random, tags)
  while (chance(random, 0.4))
}

type ByteMutation = (bytes: Buffer, random: Random) => Buffer

const BYTE_MUTATIONS: readonly (readonly [weight: number, mutation: ByteMutation])[] = [
  [4, (bytes, random) => changed(bytes, (copy) => (copy[random.below(copy.length)] ^= 1 << random.below(8)))],
  [3, (bytes, random) => changed(bytes, (copy) => (copy[random.below(copy.length)] = random.below(256)))],
  [
    2,
    (bytes, random) =>
      changed(bytes, (copy) => (copy[random.below(copy.length)] = pick(random, [1, 61, 48, 56, 0, 255])))
  ],
  [4, (bytes, random) => bytes.subarray(0, random.below(bytes.length))],
  [2, (bytes, random) => bytes.subarray(random.below(bytes.length))],
  [2, (bytes, random) => spliced(bytes, random, random.below(8), '')],
  [
    2,
    (bytes, random) =>
      spliced(bytes, random, 0, pick(random, ['\x01', '8=FIX', '8=FIX.4.4\x019=', '10=000\x01', 'x', '\0\0']))
  ],
  [1, (bytes, random) => Buffer.concat([bytes, bytes.subarray(random.below(bytes.length))])],
  [3, (bytes, random) => announced(bytes, `${between(random, 0, 400)}`)],
  [
    2,
    (bytes, random) =>
      announced(
        bytes,
        pick(random, [
          '',
          '0',
          '-1',
          '+9',
          '1e3',
          '00000000005',
          '65535',
          '65536',
          '99999999',
          '9999999999',
          '99999999999',
          '4294967301',
          'x'
        ])
      )
  ],
  [1, (_, random) => Buffer.from(Array.from({ length: random.below(60) }, () => random.below(256)))],
  [1, (bytes) => Buffer.from(bytes.toString('latin1').replace(/10=\d{3}/, '10=999'), 'latin1')]
]

/** Changes bytes of a message: most often it is garbled then. */
export function mutateBytes(bytes: Buffer, random: Random): Buffer {
  let mutated = bytes
  do mutated = mutated.length === 0 ? mutated : weighted(random, BYTE_MUTATIONS)(mutated, random)
  while (chance(random, 0.3))
  return mutated
}

function swap(fields: Field[], a: number, b: number): void {
  if (fields.length > 0) [fields[a], fields[b]] = [fields[b], fields[a]]
}

function set(fields: Field[], index: number, part: 0 | 1, value: string): void {
  if (fields.length > 0) fields[index][part] = value
}

function insert(fields: Field[], random: Random, text: string): void {
  if (fields.length === 0) return
  const field = pick(random, fields)
  const where = random.below(field[1].length + 1)
  field[1] = field[1].slice(0, where) + text + field[1].slice(where)
}

function repeat(fields: Field[], random: Random, times: number): void {
  if (fields.length === 0) return
  const from = at(fields, random)
  const part = fields.slice(from, from + between(random, 1, 4))
  for (let i = 0; i < times; i++) fields.splice(from, 0, ...part.map((field): Field => [...field]))
}

function changed(bytes: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes)
  change(copy)
  return copy
}

function spliced(bytes: Buffer, random: Random, remove: number, text: string): Buffer {
  const where = random.below(bytes.length + 1)
  return Buffer.concat([bytes.subarray(0, where), Buffer.from(text, 'latin1'), bytes.subarray(where + remove)])
}

function announced(bytes: Buffer, length: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(/\x019=[^\x01]*/, `\x019=${length}`), 'latin1')
}

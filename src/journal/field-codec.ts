import type { OrderTags, OrdType, TimeInForce } from '../exchange/command.js'
import type { Notional } from '../exchange/event.js'
import { REFUSALS, type Refusal, type RefusalCode } from '../exchange/refusal.js'
import type { Side } from '../exchange/units.js'
import { Codes } from './codes.js'
import { DamagedRecord, type RecordReader } from './record-reader.js'
import type { RecordWriter } from './record-writer.js'

/** How the values that commands and events share are written. Whatever is written here reads back exactly equal. */

export const ORD_TYPES = new Codes<OrdType>([
  'market',
  'limit',
  'stop',
  'stopLimit',
  'marketIfTouched',
  'marketWithLeftOverAsLimit',
  'pegged'
])
export const TIMES_IN_FORCE = new Codes<TimeInForce>(['day', 'gtc', 'ioc', 'fok', 'gtd', 'opg', 'atc'])
export const REQUESTS = new Codes<'new' | 'cancel' | 'replace'>(['new', 'cancel', 'replace'])

export function writeSide(to: RecordWriter, side: Side): void {
  to.u8(side === 1 ? 1 : 2)
}

export function readSide(from: RecordReader): Side {
  return from.u8() === 1 ? 1 : -1
}

export const writeTags = (to: RecordWriter, tags: OrderTags): void => writeTagList(to, tags, 0)

/** @param flag is added to the count, which needs few of its bits */
export function writeTagList(to: RecordWriter, tags: OrderTags, flag: number): void {
  to.u32(tags.length + flag)
  for (let i = 0; i < tags.length; i++) {
    to.f64(tags[i][0])
    to.text(tags[i][1])
  }
}

const NO_TAGS: OrderTags = Object.freeze([])

export const readTags = (from: RecordReader): OrderTags => readTagList(from, from.u32())

export function readTagList(from: RecordReader, count: number): OrderTags {
  if (count === 0) return NO_TAGS
  const tags: (readonly [number, string])[] = []
  for (let i = 0; i < count; i++) tags.push([from.f64(), from.text()])
  return tags
}

export function writeRefusal(to: RecordWriter, refusal: Refusal): void {
  to.text(refusal.code)
  to.u8(refusal.details.length)
  for (let i = 0; i < refusal.details.length; i++) to.text(refusal.details[i])
}

export function readRefusal(from: RecordReader): Refusal {
  const code = from.text()
  if (!Object.hasOwn(REFUSALS, code)) throw new DamagedRecord(`no refusal has the code ${code}`)
  const details = Array.from({ length: from.u8() }, () => from.text())
  return { code: code as RefusalCode, details }
}

/** A value that may be absent: one byte that says so, then the value. */
export function writeOptional<T>(
  to: RecordWriter,
  value: T | undefined,
  write: (to: RecordWriter, value: T) => void
): void {
  to.u8(value === undefined ? 0 : 1)
  if (value !== undefined) write(to, value)
}

export function readOptional<T>(from: RecordReader, read: (from: RecordReader) => T): T | undefined {
  return from.u8() === 0 ? undefined : read(from)
}

export const writeNumber = (to: RecordWriter, value: number): void => to.f64(value)
export const writeText = (to: RecordWriter, value: string): void => to.text(value)
export const readText = (from: RecordReader): string => from.text()

/** A notional: mostly a safe integer, beyond 2^53 a bigint as its digits. */
export function writeNotional(to: RecordWriter, notional: Notional): void {
  if (typeof notional === 'number') {
    to.u8(0)
    to.f64(notional)
  } else {
    to.u8(1)
    to.text(notional.toString())
  }
}

export function readNotional(from: RecordReader): Notional {
  if (from.u8() === 0) return from.f64()
  const digits = from.text()
  if (!/^-?\d+$/.test(digits)) throw new DamagedRecord('a notional is no number')
  return BigInt(digits)
}

import type { Nanos } from '../base/time.js'
import type { OrderTags } from '../exchange/command.js'
import type { OrderQualifiers, Peg, PegReference } from '../exchange/order-qualifiers.js'
import type { SelfMatchMode } from '../exchange/trading-rules.js'
import type { Price, Quantity } from '../exchange/units.js'
import { Codes } from './codes.js'
import { readTagList, writeTagList } from './field-codec.js'
import type { RecordReader } from './record-reader.js'
import type { RecordWriter } from './record-writer.js'

const POST_ONLY = new Codes<NonNullable<OrderQualifiers['postOnly']>>(['reject', 'reprice', 'none'])
const REFERENCES = new Codes<PegReference>(['primary', 'market', 'midpoint'])
const MODES = new Codes<SelfMatchMode>(['cancelNewest', 'cancelOldest', 'cancelBoth', 'decrement'])

/** Set in the count of tags where qualifiers follow them: a plain order is written as in version 1. */
const FOLLOWED = 0x8000_0000

/** Which of the qualifiers are there, as bits of one byte. */
const STOP_PX = 1
const MIN_QTY = 2
const DISPLAY_QTY = 4
const ALL_OR_NONE = 8
const POST = 16
const PEG = 32
const EXPIRE_TIME = 64
const SELF_MATCH = 128

/** What an order carries beyond its plain terms: its tags, and its qualifiers where it has any. */
export function writeExtras(to: RecordWriter, tags: OrderTags, qualifiers: OrderQualifiers | undefined): void {
  writeTagList(to, tags, qualifiers === undefined ? 0 : FOLLOWED)
  if (qualifiers !== undefined) writeQualifiers(to, qualifiers)
}

export interface Extras {
  readonly tags: OrderTags
  readonly qualifiers: OrderQualifiers | undefined
}

export function readExtras(from: RecordReader): Extras {
  const head = from.u32()
  const followed = head >= FOLLOWED
  const tags = readTagList(from, followed ? head - FOLLOWED : head)
  return { tags, qualifiers: followed ? readQualifiers(from) : undefined }
}

function writeQualifiers(to: RecordWriter, qualifiers: OrderQualifiers): void {
  const { stopPx, minQty, displayQty, allOrNone, postOnly, peg, expireTime, selfMatch } = qualifiers
  const there = (value: unknown, bit: number): number => (value === undefined ? 0 : bit)
  to.u8(
    there(stopPx, STOP_PX) |
      there(minQty, MIN_QTY) |
      there(displayQty, DISPLAY_QTY) |
      there(allOrNone, ALL_OR_NONE) |
      there(postOnly, POST) |
      there(peg, PEG) |
      there(expireTime, EXPIRE_TIME) |
      there(selfMatch, SELF_MATCH)
  )
  if (stopPx !== undefined) to.f64(stopPx)
  if (minQty !== undefined) to.f64(minQty)
  if (displayQty !== undefined) to.f64(displayQty)
  if (allOrNone !== undefined) to.u8(allOrNone ? 1 : 0)
  if (postOnly !== undefined) to.u8(POST_ONLY.code(postOnly))
  if (peg !== undefined) writePeg(to, peg)
  if (expireTime !== undefined) to.f64(expireTime)
  if (selfMatch !== undefined) {
    to.text(selfMatch.id)
    to.u8(MODES.code(selfMatch.mode))
  }
}

function readQualifiers(from: RecordReader): OrderQualifiers {
  const bits = from.u8()
  return {
    ...(bits & STOP_PX ? { stopPx: from.f64() as Price } : {}),
    ...(bits & MIN_QTY ? { minQty: from.f64() as Quantity } : {}),
    ...(bits & DISPLAY_QTY ? { displayQty: from.f64() as Quantity } : {}),
    ...(bits & ALL_OR_NONE ? { allOrNone: from.u8() === 1 } : {}),
    ...(bits & POST ? { postOnly: POST_ONLY.word(from.u8()) } : {}),
    ...(bits & PEG ? { peg: readPeg(from) } : {}),
    ...(bits & EXPIRE_TIME ? { expireTime: from.f64() as Nanos } : {}),
    ...(bits & SELF_MATCH ? { selfMatch: { id: from.text(), mode: MODES.word(from.u8()) } } : {})
  }
}

function writePeg(to: RecordWriter, { reference, offset, price }: Peg): void {
  to.u8(REFERENCES.code(reference))
  to.f64(offset)
  to.u8(price === undefined ? 0 : 1)
  if (price !== undefined) to.f64(price)
}

function readPeg(from: RecordReader): Peg {
  const reference = REFERENCES.word(from.u8())
  const offset = from.f64()
  return from.u8() === 0 ? { reference, offset } : { reference, offset, price: from.f64() as Price }
}

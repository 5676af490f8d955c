import { checksum } from './checksum.js'
import { EarlyEnd } from './early-end.js'

/** Why bytes were skipped. */
export type GarbledReason =
  | 'bytes before BeginString'
  | 'first three fields out of order'
  | 'BodyLength is no number'
  | 'BodyLength is wrong'
  | 'CheckSum is wrong'
  | 'a tag is no number'

/** What the framer finds. Bytes are valid only until the call returns. */
export interface FrameVisitor {
  /** A message with right BodyLength and CheckSum: `bytes[start, end)`; MsgType (35) begins at `bodyStart`. */
  message(bytes: Buffer, start: number, bodyStart: number, end: number): void
  /** Bytes that are no message and were skipped: `bytes[from, to)`. */
  garbled(bytes: Buffer, from: number, to: number, why: GarbledReason): void
  /** A message announces `length` bytes, more than the limit. Its head is `bytes[from, to)`; what follows is skipped. */
  tooLong(bytes: Buffer, from: number, to: number, length: number): void
}

const SOH = 1
const ZERO = 48
/** "10=xyz|" */
const TRAILER = 7
/** "8=FIX" */
const MARK = Buffer.from('8=FIX', 'latin1')
/** Longest BeginString field taken, separator included: "8=FIXT.1.1|" and room for what a peer may invent. */
const MAX_BEGIN_STRING = 18
/** Digits of BodyLength taken; some engines pad it with zeros. */
const MAX_LENGTH_DIGITS = 10

/** What {@link Framer} found at a place in the stream. */
const Outcome = { Message: 0, Incomplete: 1, Garbled: 2, TooLong: 3 } as const

/**
 * Finds messages in a byte stream that may be split anywhere. A message is framed by BodyLength (9), so data fields may
 * hold SOH. A message that lies whole in a chunk is handed on where it is; only one that is split is copied, into a
 * buffer that never grows past the largest message. Never throws, whatever the bytes are.
 */
export class Framer {
  readonly #maxMessageSize: number
  #earlyEnd: EarlyEnd | undefined
  #pending: Buffer = Buffer.alloc(0)
  #pendingLength = 0
  #closed = false

  // Results of the last #examine.
  #end = 0
  #bodyStart = 0
  #why: GarbledReason = 'bytes before BeginString'

  /**
   * @param dataOfLength data tags by their Length tag, as the dictionary has them. Given, a message whose BodyLength is
   * too large is found out as soon as the next message shows, and not only when that many bytes have come.
   */
  constructor(maxMessageSize: number, dataOfLength?: ReadonlyMap<number, number>) {
    this.#maxMessageSize = maxMessageSize
    this.#earlyEnd = dataOfLength && new EarlyEnd(dataOfLength)
  }

  /** Takes another dictionary's data fields, see the constructor. To be called between messages. */
  use(dataOfLength: ReadonlyMap<number, number>): void {
    this.#earlyEnd = new EarlyEnd(dataOfLength)
  }

  /** Bytes of an unfinished message that are held. */
  get pendingBytes(): number {
    return this.#pendingLength
  }

  /** Takes nothing more: a visitor calls this when it ends the connection, and the rest of the chunk is dropped. */
  close(): void {
    this.#closed = true
    this.#pendingLength = 0
    this.#pending = Buffer.alloc(0)
  }

  /** Takes the next bytes of the stream and tells `visitor` what they hold, in order. */
  push(chunk: Buffer, visitor: FrameVisitor): void {
    let at = 0
    while (this.#pendingLength > 0 && at < chunk.length) at = this.#pushPending(chunk, at, visitor)
    if (this.#closed || at >= chunk.length) return
    const rest = this.#scan(chunk, at, chunk.length, visitor)
    if (!this.#closed) this.#hold(chunk, rest, chunk.length)
  }

  /** Completes the held message with as much of the chunk as it asks for; returns the offset behind what was taken. */
  #pushPending(chunk: Buffer, at: number, visitor: FrameVisitor): number {
    const outcome = this.#examine(this.#pending, 0, this.#pendingLength)
    let next = at
    if (outcome === Outcome.Incomplete) {
      const taken = Math.min(this.#end - this.#pendingLength, chunk.length - at)
      next = at + taken
      this.#hold(chunk, at, next)
    }
    const held = this.#pending
    const length = this.#pendingLength
    this.#pendingLength = 0
    const rest = this.#scan(held, 0, length, visitor)
    if (this.#closed) return chunk.length
    // What is still unfinished stays; behind a garbled message it moves to the front.
    held.copyWithin(0, rest, length)
    this.#pendingLength = length - rest
    return next
  }

  /** Reports all that is complete in `bytes[from, to)`; returns where the first unfinished message begins. */
  #scan(bytes: Buffer, from: number, to: number, visitor: FrameVisitor): number {
    let at = from
    while (at < to && !this.#closed) {
      const outcome = this.#examine(bytes, at, to)
      if (outcome === Outcome.Incomplete) return at
      const start = at
      at = this.#end
      if (outcome === Outcome.Message) {
        visitor.message(bytes, start, this.#bodyStart, at)
        continue
      }
      if (outcome === Outcome.TooLong) visitor.tooLong(bytes, start, at, this.#bodyStart)
      else {
        const why = this.#why
        at = this.#nextCandidate(bytes, at, to)
        visitor.garbled(bytes, start, at, why)
      }
    }
    return at
  }

  /** Keeps `bytes[from, to)` behind what is held. */
  #hold(bytes: Buffer, from: number, to: number): void {
    const length = this.#pendingLength + to - from
    if (length > this.#pending.length) {
      const larger = Buffer.allocUnsafeSlow(
        Math.min(Math.max(1024, length * 2), Math.max(length, this.#maxMessageSize))
      )
      this.#pending.copy(larger, 0, 0, this.#pendingLength)
      this.#pending = larger
    }
    bytes.copy(this.#pending, this.#pendingLength, from, to)
    this.#pendingLength = length
  }

  /**
   * Judges what begins at `from`. Leaves in #end: the message's end; for an unfinished one the end it needs at least; for
   * a fault the place from which the next BeginString is looked for.
   */
  #examine(bytes: Buffer, from: number, to: number): (typeof Outcome)[keyof typeof Outcome] {
    const available = to - from
    for (let i = 0; i < MARK.length; i++) {
      if (i >= available) return this.#incomplete(to + 1)
      if (bytes[from + i] !== MARK[i]) return this.#garbled(from + 1, 'bytes before BeginString')
    }
    let at = from + MARK.length
    const limit = Math.min(to, from + MAX_BEGIN_STRING)
    while (at < limit && bytes[at] !== SOH) at++
    if (at === limit) {
      return limit === to && available < MAX_BEGIN_STRING
        ? this.#incomplete(to + 1)
        : this.#garbled(from + 1, 'first three fields out of order')
    }
    at++
    if (at >= to) return this.#incomplete(to + 1)
    if (bytes[at] !== ZERO + 9) return this.#garbled(from + 1, 'first three fields out of order')
    if (++at >= to) return this.#incomplete(to + 1)
    if (bytes[at] !== 61) return this.#garbled(from + 1, 'first three fields out of order')
    const digits = ++at
    let bodyLength = 0
    for (; at < to && bytes[at] !== SOH; at++) {
      const digit = bytes[at] - ZERO
      if (digit < 0 || digit > 9 || at - digits >= MAX_LENGTH_DIGITS)
        return this.#garbled(from + 1, 'BodyLength is no number')
      bodyLength = bodyLength * 10 + digit
    }
    if (at >= to) return this.#incomplete(to + 1)
    if (at === digits) return this.#garbled(from + 1, 'BodyLength is no number')
    const bodyStart = at + 1
    const trailer = bodyStart + bodyLength
    const end = trailer + TRAILER
    this.#bodyStart = bodyStart
    if (end - from > this.#maxMessageSize) {
      this.#bodyStart = end - from
      this.#end = bodyStart
      return Outcome.TooLong
    }
    if (bodyLength < 5) return this.#garbled(from + 1, 'BodyLength is wrong')
    if (end > to) return this.#examinePart(bytes, from, bodyStart, to, end)
    this.#earlyEnd?.reset()
    return this.#examineWhole(bytes, from, bodyStart, trailer, end)
  }

  /** Judges a message of which `bytes[from, to)` have arrived. */
  #examinePart(bytes: Buffer, from: number, bodyStart: number, to: number, end: number): 1 | 2 {
    const found = this.#earlyEnd?.find(bytes, from, bodyStart, to) ?? -1
    if (found < 0) return this.#incomplete(end)
    this.#earlyEnd?.reset()
    return this.#garbled(found, 'BodyLength is wrong')
  }

  /** Judges a message whose announced bytes have all arrived. */
  #examineWhole(bytes: Buffer, from: number, bodyStart: number, trailer: number, end: number): 0 | 2 {
    if (
      bytes[trailer - 1] !== SOH ||
      bytes[trailer] !== ZERO + 1 ||
      bytes[trailer + 1] !== ZERO ||
      bytes[trailer + 2] !== 61 ||
      bytes[end - 1] !== SOH
    )
      return this.#garbled(from + 1, 'BodyLength is wrong')
    // From here the frame stands: a fault skips the whole of it, so that a message inside a data field is never taken.
    if (bytes[bodyStart] !== ZERO + 3 || bytes[bodyStart + 1] !== ZERO + 5 || bytes[bodyStart + 2] !== 61)
      return this.#garbled(end, 'first three fields out of order')
    const hundreds = bytes[trailer + 3] - ZERO
    const tens = bytes[trailer + 4] - ZERO
    const ones = bytes[trailer + 5] - ZERO
    const digitsOnly = hundreds >= 0 && hundreds <= 9 && tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9
    if (!digitsOnly || checksum(bytes, from, trailer) !== hundreds * 100 + tens * 10 + ones)
      return this.#garbled(end, 'CheckSum is wrong')
    this.#end = end
    return Outcome.Message
  }

  #incomplete(needed: number): 1 {
    this.#end = needed
    return Outcome.Incomplete
  }

  #garbled(searchFrom: number, why: GarbledReason): 2 {
    this.#end = searchFrom
    this.#why = why
    return Outcome.Garbled
  }

  /** The next place from `from` that begins like a message, or a beginning of one at the very end; else `to`. */
  #nextCandidate(bytes: Buffer, from: number, to: number): number {
    for (let at = from; at < to; at++) {
      at = bytes.indexOf(MARK[0], at)
      if (at < 0 || at >= to) return to
      let same = 1
      while (same < MARK.length && at + same < to && bytes[at + same] === MARK[same]) same++
      if (same === MARK.length || at + same === to) return at
    }
    return to
  }
}

import { powerOfTen } from '../../base/decimal.js'
import { type EpochSeconds, type Nanos } from '../../base/time.js'
import { type TimestampDigits, TimestampWriter } from '../../base/timestamp.js'
import { checksum } from './checksum.js'
import { digitCount, writeDigits } from './digits.js'
import { type HeaderTemplate, type Routing } from './header-template.js'
import { type MessageWriter } from './message-writer.js'
import { copyForResend } from './resend.js'
import { Tag } from './tag.js'

const SOH = 1
const EQUALS = 61
const YES = 89
const NO = 78
const QUESTION_MARK = 63
/** What BodyLength usually needs: the prefix has room for it, and the body moves where it needs more or less. */
const USUAL_LENGTH_DIGITS = 3
/** Room for any field without its text: tag, equals, number or time, separator. */
const FIELD_ROOM = 48

const PREFIX = Buffer.from('8=FIX.4.4\x019=', 'latin1')
const USUAL_PREFIX = PREFIX.length + USUAL_LENGTH_DIGITS + 1

/** Header fields of a message besides the session's constant ones. */
export interface HeaderOptions {
  /** PossDupFlag (43=Y). */
  readonly possDup?: boolean | undefined
  /** PossResend (97=Y). */
  readonly possResend?: boolean | undefined
  /** OrigSendingTime (122), on the wall clock. */
  readonly origSendingTime?: Nanos | undefined
  readonly routing?: Routing | undefined
}

export interface EncoderSettings {
  readonly timestampDigits: TimestampDigits
  /** What SendingTime (52) counts from. */
  readonly wallEpoch: EpochSeconds
  /** What the times of the body count from. */
  readonly venueEpoch: EpochSeconds
  /** Bytes to begin with; the buffer grows as it must. */
  readonly capacity?: number
}

/**
 * Writes messages back to back into one growing buffer: {@link begin}, fields, {@link finish}, as often as a turn needs,
 * then {@link take}. `buffer[start, end)` is the message finished last; a later `begin` may move the buffer.
 */
export class MessageEncoder implements MessageWriter {
  buffer: Buffer
  /** Where the open message, or the one finished last, begins. */
  start = 0
  /** End of the last finished message: all before it is ready to leave. */
  end = 0

  readonly #sendingTime: TimestampWriter
  readonly #times: TimestampWriter
  readonly #capacity: number
  #at = 0
  #spare: Buffer | undefined

  constructor(settings: EncoderSettings) {
    this.#capacity = settings.capacity ?? 16_384
    this.buffer = Buffer.allocUnsafeSlow(this.#capacity)
    this.#sendingTime = new TimestampWriter(settings.wallEpoch, settings.timestampDigits)
    this.#times = new TimestampWriter(settings.venueEpoch, settings.timestampDigits)
  }

  /** Opens a message behind the finished ones and writes its header. An open message is given up. */
  begin(
    header: HeaderTemplate,
    msgType: string,
    msgSeqNum: number,
    sendingTime: Nanos,
    options?: HeaderOptions
  ): MessageWriter {
    this.#open()
    this.string(Tag.MsgType, msgType)
    this.int(Tag.MsgSeqNum, msgSeqNum)
    if (options?.possDup === true) this.char(Tag.PossDupFlag, YES)
    this.#bytes(header.beforeSendingTime)
    this.#time(Tag.SendingTime, this.#sendingTime, sendingTime)
    this.#bytes(header.afterSendingTime)
    if (options !== undefined) this.#rareHeader(options)
    return this
  }

  /** Closes the open message: BodyLength and CheckSum. It is `buffer[start, end)` then. */
  finish(): void {
    const bodyStart = this.start + USUAL_PREFIX
    const bodyLength = this.#at - bodyStart
    const digits = digitCount(bodyLength)
    const shift = digits - USUAL_LENGTH_DIGITS
    this.#reserve(FIELD_ROOM)
    const { buffer, start } = this
    if (shift !== 0) {
      buffer.copyWithin(bodyStart + shift, bodyStart, this.#at)
      this.#at += shift
    }
    let at = start
    for (let i = 0; i < PREFIX.length; i++) buffer[at++] = PREFIX[i]
    at = writeDigits(buffer, at, bodyLength, digits)
    buffer[at] = SOH
    const sum = checksum(buffer, start, this.#at)
    at = this.#at
    buffer[at] = 49
    buffer[at + 1] = 48
    buffer[at + 2] = EQUALS
    writeDigits(buffer, at + 3, sum, 3)
    buffer[at + 6] = SOH
    this.end = this.#at = at + 7
  }

  /** Gives up the open message. */
  abandon(): void {
    this.#at = this.end
  }

  /**
   * Writes a stored message of ours again, to answer a ResendRequest: PossDupFlag (43=Y), OrigSendingTime (122) with the
   * first SendingTime, and a new SendingTime; everything else as it was, to the byte.
   * @param stored a whole message as this encoder first wrote it.
   */
  resend(stored: Buffer, sendingTime: Nanos): void {
    this.#open()
    this.#reserve(stored.length + 4 * FIELD_ROOM)
    this.#at = copyForResend(stored, this.buffer, this.#at, (into, at) =>
      this.#sendingTime.write(into, at, sendingTime)
    )
    this.finish()
  }

  /** Hands over all finished messages and begins a new buffer. Given back by {@link recycle} it is used again. */
  take(): Buffer {
    const taken = this.buffer.subarray(0, this.end)
    this.buffer = this.#spare ?? Buffer.allocUnsafeSlow(this.#capacity)
    this.#spare = undefined
    this.start = this.end = this.#at = 0
    return taken
  }

  /** Gives back a buffer that {@link take} handed over, once its bytes have left. */
  recycle(taken: Buffer): void {
    if (this.#spare === undefined && taken.byteOffset === 0 && taken.buffer.byteLength === this.#capacity)
      this.#spare = Buffer.from(taken.buffer)
  }

  string(tag: number, value: string): this {
    const length = value.length
    if (length === 0) return this
    this.#reserve(length + FIELD_ROOM)
    const buffer = this.buffer
    let at = this.#tag(tag)
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i)
      buffer[at++] = code > 255 || code === SOH ? QUESTION_MARK : code
    }
    buffer[at] = SOH
    this.#at = at + 1
    return this
  }

  char(tag: number, code: number): this {
    this.#reserve(FIELD_ROOM)
    const at = this.#tag(tag)
    this.buffer[at] = code
    this.buffer[at + 1] = SOH
    this.#at = at + 2
    return this
  }

  int(tag: number, value: number): this {
    this.#reserve(FIELD_ROOM)
    const at = this.#whole(this.#tag(tag), value)
    this.buffer[at] = SOH
    this.#at = at + 1
    return this
  }

  decimal(tag: number, value: number, scale: number, decimals: number): this {
    this.#reserve(FIELD_ROOM + decimals)
    const buffer = this.buffer
    const unit = powerOfTen(scale)
    const absolute = value < 0 ? -value : value
    const whole = scale === 0 ? absolute : Math.floor(absolute / unit)
    let fraction = absolute - whole * unit
    let at = this.#tag(tag)
    if (value < 0) buffer[at++] = 45
    at = writeDigits(buffer, at, whole, digitCount(whole))
    let digits = scale
    while (digits > decimals) {
      const tenth = Math.floor(fraction / 10)
      if (fraction !== tenth * 10) break
      fraction = tenth
      digits--
    }
    if (digits > 0 || decimals > 0) {
      buffer[at++] = 46
      at = writeDigits(buffer, at, fraction, digits)
      for (let i = digits; i < decimals; i++) buffer[at++] = 48
    }
    buffer[at] = SOH
    this.#at = at + 1
    return this
  }

  boolean(tag: number, value: boolean): this {
    return this.char(tag, value ? YES : NO)
  }

  timestamp(tag: number, time: Nanos): this {
    this.#time(tag, this.#times, time)
    return this
  }

  /** A Length field and its data field, which may hold any byte. */
  data(lengthTag: number, dataTag: number, bytes: Uint8Array): this {
    if (bytes.length === 0) return this
    this.int(lengthTag, bytes.length)
    this.#reserve(bytes.length + FIELD_ROOM)
    const at = this.#tag(dataTag)
    this.buffer.set(bytes, at)
    this.buffer[at + bytes.length] = SOH
    this.#at = at + bytes.length + 1
    return this
  }

  #open(): void {
    this.start = this.end
    this.#at = this.start + USUAL_PREFIX
    this.#reserve(FIELD_ROOM)
  }

  /** Header fields that few messages have, in ascending order behind 57. */
  #rareHeader({ possResend, origSendingTime, routing }: HeaderOptions): void {
    if (possResend === true) this.char(Tag.PossResend, YES)
    this.string(Tag.OnBehalfOfCompID, routing?.onBehalfOfCompId ?? '')
    this.string(Tag.OnBehalfOfSubID, routing?.onBehalfOfSubId ?? '')
    if (origSendingTime !== undefined) this.#time(Tag.OrigSendingTime, this.#sendingTime, origSendingTime)
    if (routing === undefined) return
    this.string(Tag.DeliverToCompID, routing.deliverToCompId ?? '')
    this.string(Tag.DeliverToSubID, routing.deliverToSubId ?? '')
    this.string(Tag.OnBehalfOfLocationID, routing.onBehalfOfLocationId ?? '')
    this.string(Tag.DeliverToLocationID, routing.deliverToLocationId ?? '')
  }

  #time(tag: number, writer: TimestampWriter, time: Nanos): void {
    this.#reserve(FIELD_ROOM)
    const at = writer.write(this.buffer, this.#tag(tag), time)
    this.buffer[at] = SOH
    this.#at = at + 1
  }

  #bytes(bytes: Buffer): void {
    const length = bytes.length
    this.#reserve(length + FIELD_ROOM)
    const buffer = this.buffer
    const at = this.#at
    for (let i = 0; i < length; i++) buffer[at + i] = bytes[i]
    this.#at = at + length
  }

  /** Writes "44=" at the end of the message; returns the offset behind it. */
  #tag(tag: number): number {
    const buffer = this.buffer
    let at = this.#at
    if (tag < 10) buffer[at++] = 48 + tag
    else if (tag < 100) {
      const tens = (tag / 10) | 0
      buffer[at++] = 48 + tens
      buffer[at++] = 48 + tag - tens * 10
    } else if (tag < 1000) {
      const hundreds = (tag / 100) | 0
      const rest = tag - hundreds * 100
      const tens = (rest / 10) | 0
      buffer[at++] = 48 + hundreds
      buffer[at++] = 48 + tens
      buffer[at++] = 48 + rest - tens * 10
    } else at = writeDigits(buffer, at, tag, digitCount(tag))
    buffer[at] = EQUALS
    return at + 1
  }

  #whole(at: number, value: number): number {
    if (value < 0) {
      this.buffer[at] = 45
      return writeDigits(this.buffer, at + 1, -value, digitCount(-value))
    }
    return writeDigits(this.buffer, at, value, digitCount(value))
  }

  /** Makes room for `bytes` more. */
  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.buffer.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, this.#at + bytes))
    this.buffer.copy(larger, 0, 0, this.#at)
    this.buffer = larger
  }
}

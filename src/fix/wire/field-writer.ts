import { powerOfTen } from '../../base/decimal.js'
import { type Nanos } from '../../base/time.js'
import { type TimestampWriter } from '../../base/timestamp.js'
import { digitCount, writeDigits } from './digits.js'
import { type MessageWriter } from './message-writer.js'

const SOH = 1
const EQUALS = 61
const YES = 89
const NO = 78
const QUESTION_MARK = 63
/** Room for any field without its text: tag, equals, number or time, separator. */
export const FIELD_ROOM = 48

/** Writes fields into a growing buffer, digit by digit: no field makes a string or an array on its way. */
export class FieldWriter implements MessageWriter {
  buffer: Buffer
  /** Where the next byte goes. */
  protected at = 0
  readonly #times: TimestampWriter

  constructor(capacity: number, times: TimestampWriter) {
    this.buffer = Buffer.allocUnsafeSlow(capacity)
    this.#times = times
  }

  string(tag: number, value: string): this {
    const length = value.length
    if (length === 0) return this
    this.reserve(length + FIELD_ROOM)
    const buffer = this.buffer
    let at = this.#tag(tag)
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i)
      buffer[at++] = code > 255 || code === SOH ? QUESTION_MARK : code
    }
    buffer[at] = SOH
    this.at = at + 1
    return this
  }

  char(tag: number, code: number): this {
    this.reserve(FIELD_ROOM)
    const at = this.#tag(tag)
    this.buffer[at] = code
    this.buffer[at + 1] = SOH
    this.at = at + 2
    return this
  }

  int(tag: number, value: number): this {
    this.reserve(FIELD_ROOM)
    const at = this.#whole(this.#tag(tag), value)
    this.buffer[at] = SOH
    this.at = at + 1
    return this
  }

  decimal(tag: number, value: number, scale: number, decimals: number): this {
    this.reserve(FIELD_ROOM + decimals)
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
    this.at = at + 1
    return this
  }

  boolean(tag: number, value: boolean): this {
    return this.char(tag, value ? YES : NO)
  }

  timestamp(tag: number, time: Nanos): this {
    this.time(tag, this.#times, time)
    return this
  }

  /** A Length field and its data field, which may hold any byte. */
  data(lengthTag: number, dataTag: number, bytes: Uint8Array): this {
    if (bytes.length === 0) return this
    this.int(lengthTag, bytes.length)
    this.reserve(bytes.length + FIELD_ROOM)
    const at = this.#tag(dataTag)
    this.buffer.set(bytes, at)
    this.buffer[at + bytes.length] = SOH
    this.at = at + bytes.length + 1
    return this
  }

  /** A time at the precision of `writer`. */
  protected time(tag: number, writer: TimestampWriter, time: Nanos): void {
    this.reserve(FIELD_ROOM)
    const at = writer.write(this.buffer, this.#tag(tag), time)
    this.buffer[at] = SOH
    this.at = at + 1
  }

  /** Encoded fields, as they are. */
  protected bytes(bytes: Buffer): void {
    const length = bytes.length
    this.reserve(length + FIELD_ROOM)
    const buffer = this.buffer
    const at = this.at
    for (let i = 0; i < length; i++) buffer[at + i] = bytes[i]
    this.at = at + length
  }

  /** Writes "44=" at the end of the message; returns the offset behind it. */
  #tag(tag: number): number {
    const buffer = this.buffer
    let at = this.at
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
  protected reserve(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, this.at + bytes))
    this.buffer.copy(larger, 0, 0, this.at)
    this.buffer = larger
  }
}

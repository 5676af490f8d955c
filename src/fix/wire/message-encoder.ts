import { type EpochSeconds, type Nanos } from '../../base/time.js'
import { type TimestampDigits, TimestampWriter } from '../../base/timestamp.js'
import { checksum } from './checksum.js'
import { digitCount, writeDigits } from './digits.js'
import { FIELD_ROOM, FieldWriter } from './field-writer.js'
import { type HeaderTemplate, type Routing } from './header-template.js'
import { type MessageWriter } from './message-writer.js'
import { copyForResend } from './resend.js'
import { Tag } from './tag.js'

const SOH = 1
const EQUALS = 61
const YES = 89
/** What BodyLength usually needs: the prefix has room for it, and the body moves where it needs more or less. */
const USUAL_LENGTH_DIGITS = 3

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
export class MessageEncoder extends FieldWriter {
  /** Where the open message, or the one finished last, begins. */
  start = 0
  /** End of the last finished message: all before it is ready to leave. */
  end = 0

  readonly #sendingTime: TimestampWriter
  readonly #capacity: number
  #spare: Buffer | undefined

  constructor(settings: EncoderSettings) {
    const capacity = settings.capacity ?? 16_384
    super(capacity, new TimestampWriter(settings.venueEpoch, settings.timestampDigits))
    this.#capacity = capacity
    this.#sendingTime = new TimestampWriter(settings.wallEpoch, settings.timestampDigits)
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
    this.bytes(header.beforeSendingTime)
    this.time(Tag.SendingTime, this.#sendingTime, sendingTime)
    this.bytes(header.afterSendingTime)
    if (options !== undefined) this.#rareHeader(options)
    return this
  }

  /** Closes the open message: BodyLength and CheckSum. It is `buffer[start, end)` then. */
  finish(): void {
    const bodyStart = this.start + USUAL_PREFIX
    const bodyLength = this.at - bodyStart
    const digits = digitCount(bodyLength)
    const shift = digits - USUAL_LENGTH_DIGITS
    this.reserve(FIELD_ROOM)
    const { buffer, start } = this
    if (shift !== 0) {
      buffer.copyWithin(bodyStart + shift, bodyStart, this.at)
      this.at += shift
    }
    let at = start
    for (let i = 0; i < PREFIX.length; i++) buffer[at++] = PREFIX[i]
    at = writeDigits(buffer, at, bodyLength, digits)
    buffer[at] = SOH
    const sum = checksum(buffer, start, this.at)
    at = this.at
    buffer[at] = 49
    buffer[at + 1] = 48
    buffer[at + 2] = EQUALS
    writeDigits(buffer, at + 3, sum, 3)
    buffer[at + 6] = SOH
    this.end = this.at = at + 7
  }

  /** Gives up the open message. */
  abandon(): void {
    this.at = this.end
  }

  /**
   * Writes a stored message of ours again, to answer a ResendRequest: PossDupFlag (43=Y), OrigSendingTime (122) with the
   * first SendingTime, and a new SendingTime; everything else as it was, to the byte.
   * @param stored a whole message as this encoder first wrote it.
   */
  resend(stored: Buffer, sendingTime: Nanos): void {
    this.#open()
    this.reserve(stored.length + 4 * FIELD_ROOM)
    this.at = copyForResend(stored, this.buffer, this.at, (into, at) => this.#sendingTime.write(into, at, sendingTime))
    this.finish()
  }

  /** Hands over all finished messages and begins a new buffer. Given back by {@link recycle} it is used again. */
  take(): Buffer {
    const taken = this.buffer.subarray(0, this.end)
    this.buffer = this.#spare ?? Buffer.allocUnsafeSlow(this.#capacity)
    this.#spare = undefined
    this.start = this.end = this.at = 0
    return taken
  }

  /** Gives back a buffer that {@link take} handed over, once its bytes have left. */
  recycle(taken: Buffer): void {
    if (this.#spare === undefined && taken.byteOffset === 0 && taken.buffer.byteLength === this.#capacity)
      this.#spare = Buffer.from(taken.buffer)
  }

  #open(): void {
    this.start = this.end
    this.at = this.start + USUAL_PREFIX
    this.reserve(FIELD_ROOM)
  }

  /** Header fields that few messages have, in ascending order behind 57. */
  #rareHeader({ possResend, origSendingTime, routing }: HeaderOptions): void {
    if (possResend === true) this.char(Tag.PossResend, YES)
    this.string(Tag.OnBehalfOfCompID, routing?.onBehalfOfCompId ?? '')
    this.string(Tag.OnBehalfOfSubID, routing?.onBehalfOfSubId ?? '')
    if (origSendingTime !== undefined) this.time(Tag.OrigSendingTime, this.#sendingTime, origSendingTime)
    if (routing === undefined) return
    this.string(Tag.DeliverToCompID, routing.deliverToCompId ?? '')
    this.string(Tag.DeliverToSubID, routing.deliverToSubId ?? '')
    this.string(Tag.OnBehalfOfLocationID, routing.onBehalfOfLocationId ?? '')
    this.string(Tag.DeliverToLocationID, routing.deliverToLocationId ?? '')
  }
}

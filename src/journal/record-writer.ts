import { RECORD_HEAD, TURN_RECORD, RecordKind } from './record-kind.js'

const FIRST_CAPACITY = 65_536
const LATIN1_MAX = 0xff
/** Below this, copying byte by byte costs less than the view that a copy needs. */
const SHORT = 512

/**
 * The body of the running turn: records appended to one buffer that grows and is used again, so that recording allocates
 * nothing. Numbers are doubles (every safe integer is exact in one) or unsigned 32-bit integers.
 */
export class RecordWriter {
  #bytes = Buffer.allocUnsafeSlow(FIRST_CAPACITY)
  #view = new DataView(this.#bytes.buffer)
  #at = TURN_RECORD
  #start = 0

  /** Bytes so far, the turn record included. */
  get length(): number {
    return this.#at
  }

  get empty(): boolean {
    return this.#at === TURN_RECORD
  }

  begin(kind: RecordKind): void {
    this.#start = this.#at
    this.#ensure(RECORD_HEAD)
    this.#bytes[this.#at] = kind
    this.#at += RECORD_HEAD
  }

  end(): void {
    this.#view.setUint32(this.#start + 1, this.#at - this.#start - RECORD_HEAD, true)
  }

  u8(value: number): void {
    this.#ensure(1)
    this.#bytes[this.#at++] = value
  }

  u32(value: number): void {
    this.#ensure(4)
    this.#view.setUint32(this.#at, value, true)
    this.#at += 4
  }

  f64(value: number): void {
    this.#ensure(8)
    this.#view.setFloat64(this.#at, value, true)
    this.#at += 8
  }

  /**
   * Text as its length and its ISO 8859-1 bytes, as FIX has it; text beyond that (a path, a version) as UTF-16. The length
   * is a variable-length integer whose lowest bit tells the two apart.
   */
  text(value: string): void {
    const length = value.length
    this.#ensure(6 + 2 * length)
    const back = this.#at
    this.#varint(length * 2)
    const bytes = this.#bytes
    let at = this.#at
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i)
      if (code > LATIN1_MAX) {
        this.#at = back
        this.#wideText(value)
        return
      }
      bytes[at++] = code
    }
    this.#at = at
  }

  bytes(source: Buffer, from: number, to: number): void {
    const length = to - from
    this.#ensure(length)
    const bytes = this.#bytes
    const at = this.#at
    if (length < SHORT) for (let i = 0; i < length; i++) bytes[at + i] = source[from + i]
    else source.copy(bytes, at, from, to)
    this.#at = at + length
  }

  /** Completes the body with its turn record. The result is valid until the next record. */
  finish(turn: number, wallTime: number, venueTime: number): Buffer {
    const view = this.#view
    view.setUint8(0, RecordKind.turn)
    view.setUint32(1, TURN_RECORD - RECORD_HEAD, true)
    view.setFloat64(RECORD_HEAD, turn, true)
    view.setFloat64(RECORD_HEAD + 8, wallTime, true)
    view.setFloat64(RECORD_HEAD + 16, venueTime, true)
    view.setUint32(RECORD_HEAD + 24, this.#at, true)
    return this.#bytes.subarray(0, this.#at)
  }

  /** What was recorded so far; a view that growth leaves behind unchanged. */
  written(): Buffer {
    return this.#bytes.subarray(0, this.#at)
  }

  clear(): void {
    this.#at = TURN_RECORD
  }

  #varint(value: number): void {
    while (value >= 128) {
      this.#bytes[this.#at++] = (value % 128) + 128
      value = Math.floor(value / 128)
    }
    this.#bytes[this.#at++] = value
  }

  #wideText(value: string): void {
    this.#varint(value.length * 2 + 1)
    this.#at += this.#bytes.write(value, this.#at, 'utf16le')
  }

  #ensure(more: number): void {
    if (this.#at + more > this.#bytes.length) this.#grow(this.#at + more)
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2))
    this.#bytes.copy(larger, 0, 0, this.#at)
    this.#bytes = larger
    this.#view = new DataView(larger.buffer)
  }
}

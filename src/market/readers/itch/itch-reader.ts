import { UserError } from '../../../base/user-error.js'
import { ByteChunks } from '../byte-chunks.js'
import { ByteReader, readsOn } from '../byte-reader.js'
import type { Faults, Place } from '../faults.js'
import { MESSAGE_LENGTHS } from './message.js'

const FRAME = 2
/** Messages of other types, which later versions may add, are passed over; none is longer than this. */
const LONGEST_UNKNOWN = 255

/** Walks over the framed messages of a file in place: the current one is `view` from `at` on, its type is `type`. */
export class ItchReader implements Place {
  readonly path: string
  at = 0
  type = 0
  /** Number of the current message, from 1. */
  count = 0
  readonly #chunks: ByteChunks
  readonly #reader: ByteReader
  readonly #faults: Faults
  #offset = 0

  constructor(path: string, faults: Faults) {
    this.path = path
    this.#chunks = new ByteChunks(path)
    this.#reader = new ByteReader(this.#chunks)
    this.#faults = faults
  }

  get view(): DataView {
    return this.#reader.view
  }

  get size(): number {
    return this.#chunks.size
  }

  get position(): number {
    return this.#chunks.position
  }

  /** Moves to the next message that is in memory as a whole. */
  next(): boolean {
    const reader = this.#reader
    for (;;) {
      const left = reader.available
      if (left < FRAME) return false
      const { bytes, at } = reader
      const length = bytes[at] * 256 + bytes[at + 1]
      if (left < FRAME + length && (left === FRAME || length <= LONGEST_UNKNOWN)) return false
      reader.at = at + FRAME + length
      // A message of no bytes ends a session.
      if (length === 0) continue
      this.count++
      this.at = at + FRAME
      this.type = bytes[at + FRAME]
      const expected = MESSAGE_LENGTHS[this.type]
      if (expected === length) return true
      if (expected !== 0) throw this.#wrongLength(length, expected)
      if (!isLetter(this.type) || length > LONGEST_UNKNOWN) {
        throw this.error(
          'expected an ITCH message, with its length in two bytes before it; the file is damaged or none'
        )
      }
    }
  }

  /** Reads on until there is a next message, and moves to it; false at the end of the file. */
  async more(): Promise<boolean> {
    while (await readsOn(this.#reader, this.#faults)) if (this.next()) return true
    const left = this.#reader.available
    if (left > 0) {
      this.count++
      this.at = this.#reader.at + FRAME
      this.#faults.repairs('truncated', () => `the file ends after ${left} bytes of the message`)
      this.#reader.dropRest()
    }
    return false
  }

  /** Text of `length` letters of the current message, padded with spaces on the right. */
  text(offset: number, length: number): string {
    const from = this.at + offset
    return this.#reader.bytes.toString('latin1', from, from + length).trimEnd()
  }

  error(problem: string): UserError {
    this.#offset = this.#reader.offset - this.#reader.at + this.at - FRAME
    return new UserError(`message ${this.count} at byte ${this.#offset}: ${problem}`, { file: this.path })
  }

  #wrongLength(length: number, expected: number): UserError {
    const letter = JSON.stringify(String.fromCharCode(this.type))
    return this.error(
      `message ${letter} has ${length} bytes, in ITCH 5.0 it has ${expected}; the file is damaged or of another version`
    )
  }
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}

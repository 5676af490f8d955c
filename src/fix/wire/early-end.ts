import { Tag } from './tag.js'

const SOH = 1
const EQUALS = 61

/** How a message begins. */
const MARK = [56, 61, 70, 73, 88]

/**
 * Looks through the fields of a message that has not arrived whole for the sign that its BodyLength is too large: a
 * CheckSum (10) where a field begins, and a BeginString behind it. Without this, such a message would swallow those
 * behind it until its announced length has come. Data fields are stepped over by their Length field, so what they hold is
 * no sign. Goes on where it stopped, so that a message that comes byte by byte is looked at once.
 */
export class EarlyEnd {
  readonly #dataOfLength: ReadonlyMap<number, number>
  // All offsets count from the first byte of the message.
  #field = 0
  #searched = 0
  #dataTag = -1
  #dataLength = 0

  constructor(dataOfLength: ReadonlyMap<number, number>) {
    this.#dataOfLength = dataOfLength
  }

  /** Begins with another message. */
  reset(): void {
    this.#field = 0
    this.#searched = 0
    this.#dataTag = -1
  }

  /**
   * Where the message at `from` ends for good, as far as `bytes[from, to)` tell: the offset of the next BeginString, or -1
   * where there is no sign. `body` is the offset of MsgType (35).
   */
  find(bytes: Uint8Array, from: number, body: number, to: number): number {
    if (this.#field === 0) this.#field = this.#searched = body - from
    for (;;) {
      const field = from + this.#field
      let at = field
      let tag = 0
      while (at < to && bytes[at] >= 48 && bytes[at] <= 57) tag = tag * 10 + bytes[at++] - 48
      if (at >= to) return -1
      const hasTag = at > field && bytes[at] === EQUALS
      at++
      let end = Math.max(from + this.#searched, at)
      if (hasTag && tag === this.#dataTag) end = Math.max(end, at + this.#dataLength)
      while (end < to && bytes[end] !== SOH) end++
      this.#searched = end - from
      if (end >= to) return -1
      if (hasTag && tag === Tag.CheckSum) {
        const same = begins(bytes, end + 1, to)
        if (same === MARK.length) return end + 1
        if (end + 1 + same === to) return -1
      }
      this.#dataTag = (hasTag ? this.#dataOfLength.get(tag) : undefined) ?? -1
      if (this.#dataTag >= 0) this.#dataLength = length(bytes, at, end)
      this.#field = end + 1 - from
    }
  }
}

/** How many bytes at `at` are those that a message begins with. */
function begins(bytes: Uint8Array, at: number, to: number): number {
  let same = 0
  while (same < MARK.length && at + same < to && bytes[at + same] === MARK[same]) same++
  return same
}

/** The number that the digits of a Length field make, or 0. */
function length(bytes: Uint8Array, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to && value < 1e9; i++) value = value * 10 + bytes[i] - 48
  return value > 0 ? value : 0
}

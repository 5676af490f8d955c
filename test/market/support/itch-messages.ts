/** Writes NASDAQ TotalView-ITCH 5.0 messages, each with its length before it, from the specification's tables. */
export class ItchMessages {
  time = 0
  messages = 0
  readonly #onFull: ((bytes: Buffer) => void) | undefined
  #bytes = Buffer.alloc(1 << 20)
  #length = 0
  #match = 0
  #tracking = 0

  /** @param onFull takes the bytes now and then; left out, they are kept until `take`. */
  constructor(onFull?: (bytes: Buffer) => void) {
    this.#onFull = onFull
  }

  /** All bytes that were not taken yet. */
  take(): Buffer {
    const bytes = Buffer.from(this.#bytes.subarray(0, this.#length))
    this.#length = 0
    return bytes
  }

  /** O start of messages, S start of system hours, Q start of market hours, M end of them, E end of system hours, C end. */
  systemEvent(code: 'O' | 'S' | 'Q' | 'M' | 'E' | 'C'): void {
    const at = this.#begin('S', 0, 12)
    this.#text(at + 11, code, 1)
  }

  directory(locate: number, symbol: string): void {
    const at = this.#begin('R', locate, 39)
    this.#text(at + 11, symbol, 8)
    this.#text(at + 19, 'QN', 2)
    this.#bytes.writeUInt32BE(100, at + 21)
    this.#text(at + 25, 'NCZ PNN1N', 9)
    this.#bytes.writeUInt32BE(0, at + 34)
    this.#text(at + 38, 'N', 1)
  }

  tradingAction(locate: number, symbol: string, state: 'H' | 'P' | 'Q' | 'T'): void {
    const at = this.#begin('H', locate, 25)
    this.#text(at + 11, symbol, 8)
    this.#text(at + 19, `${state} `, 2)
    this.#text(at + 21, '', 4)
  }

  add(locate: number, ref: number, side: 1 | -1, shares: number, symbol: string, price: number, mpid?: string): void {
    const at = this.#begin(mpid === undefined ? 'A' : 'F', locate, mpid === undefined ? 36 : 40)
    this.#long(at + 11, ref)
    this.#text(at + 19, side === 1 ? 'B' : 'S', 1)
    this.#bytes.writeUInt32BE(shares, at + 20)
    this.#text(at + 24, symbol, 8)
    this.#bytes.writeUInt32BE(price, at + 32)
    if (mpid !== undefined) this.#text(at + 36, mpid, 4)
  }

  executed(locate: number, ref: number, shares: number): void {
    const at = this.#begin('E', locate, 31)
    this.#long(at + 11, ref)
    this.#bytes.writeUInt32BE(shares, at + 19)
    this.#long(at + 23, ++this.#match)
  }

  executedWithPrice(locate: number, ref: number, shares: number, printable: boolean, price: number): void {
    const at = this.#begin('C', locate, 36)
    this.#long(at + 11, ref)
    this.#bytes.writeUInt32BE(shares, at + 19)
    this.#long(at + 23, ++this.#match)
    this.#text(at + 31, printable ? 'Y' : 'N', 1)
    this.#bytes.writeUInt32BE(price, at + 32)
  }

  cancel(locate: number, ref: number, shares: number): void {
    const at = this.#begin('X', locate, 23)
    this.#long(at + 11, ref)
    this.#bytes.writeUInt32BE(shares, at + 19)
  }

  delete(locate: number, ref: number): void {
    const at = this.#begin('D', locate, 19)
    this.#long(at + 11, ref)
  }

  replace(locate: number, ref: number, newRef: number, shares: number, price: number): void {
    const at = this.#begin('U', locate, 35)
    this.#long(at + 11, ref)
    this.#long(at + 19, newRef)
    this.#bytes.writeUInt32BE(shares, at + 27)
    this.#bytes.writeUInt32BE(price, at + 31)
  }

  trade(locate: number, shares: number, symbol: string, price: number): void {
    const at = this.#begin('P', locate, 44)
    this.#long(at + 11, 0)
    this.#text(at + 19, 'B', 1)
    this.#bytes.writeUInt32BE(shares, at + 20)
    this.#text(at + 24, symbol, 8)
    this.#bytes.writeUInt32BE(price, at + 32)
    this.#long(at + 36, ++this.#match)
  }

  cross(locate: number, shares: number, symbol: string, price: number, kind: 'O' | 'C' | 'H'): void {
    const at = this.#begin('Q', locate, 40)
    this.#long(at + 11, shares)
    this.#text(at + 19, symbol, 8)
    this.#bytes.writeUInt32BE(price, at + 27)
    this.#long(at + 31, ++this.#match)
    this.#text(at + 39, kind, 1)
  }

  brokenTrade(locate: number, match: number): void {
    const at = this.#begin('B', locate, 19)
    this.#long(at + 11, match)
  }

  /** Starts a message of `length` bytes; returns where it stands. */
  #begin(type: string, locate: number, length: number): number {
    if (this.#length + 2 + length > this.#bytes.length) this.#makeRoom()
    const at = this.#length + 2
    const bytes = this.#bytes
    bytes.writeUInt16BE(length, at - 2)
    bytes[at] = type.charCodeAt(0)
    bytes.writeUInt16BE(locate, at + 1)
    bytes.writeUInt16BE(this.#tracking, at + 3)
    this.#tracking = (this.#tracking + 2) & 0xffff
    const high = Math.floor(this.time / 4_294_967_296)
    bytes.writeUInt16BE(high, at + 5)
    bytes.writeUInt32BE(this.time - high * 4_294_967_296, at + 7)
    this.#length += 2 + length
    this.messages++
    return at
  }

  #makeRoom(): void {
    if (this.#onFull) {
      this.#onFull(this.#bytes.subarray(0, this.#length))
      this.#length = 0
    } else {
      this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length)])
    }
  }

  #long(at: number, value: number): void {
    const high = Math.floor(value / 4_294_967_296)
    this.#bytes.writeUInt32BE(high, at)
    this.#bytes.writeUInt32BE(value - high * 4_294_967_296, at + 4)
  }

  #text(at: number, text: string, length: number): void {
    this.#bytes.write(text.padEnd(length), at, length, 'latin1')
  }
}

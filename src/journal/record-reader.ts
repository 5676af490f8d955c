/** The payload of a record does not hold what its kind says: the journal is damaged. */
export class DamagedRecord extends Error {
  override readonly name = 'DamagedRecord'
}

/** Reads the fields that a RecordWriter wrote, one payload after the other. */
export class RecordReader {
  #bytes: Buffer = Buffer.alloc(0)
  #view: DataView = new DataView(new ArrayBuffer(0))
  #at = 0
  #end = 0

  /** Reads `bytes` from now on. */
  use(bytes: Buffer): void {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  /** Reads the payload [from, to). */
  seek(from: number, to: number): void {
    this.#at = from
    this.#end = to
  }

  /** Every byte of the payload was read. */
  get done(): boolean {
    return this.#at === this.#end
  }

  u8(): number {
    return this.#bytes[this.#take(1)]
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true)
  }

  f64(): number {
    return this.#view.getFloat64(this.#take(8), true)
  }

  text(): string {
    const head = this.#varint()
    const wide = head % 2 === 1
    const length = (head - (wide ? 1 : 0)) / 2
    const from = this.#take(wide ? length * 2 : length)
    return wide ? this.#bytes.toString('utf16le', from, this.#at) : this.#bytes.toString('latin1', from, this.#at)
  }

  /** All bytes that are left in the payload, as a view. */
  rest(): Buffer {
    const from = this.#at
    this.#at = this.#end
    return this.#bytes.subarray(from, this.#end)
  }

  #varint(): number {
    let value = 0
    for (let unit = 1; unit <= 2 ** 42; unit *= 128) {
      const byte = this.u8()
      value += (byte & 127) * unit
      if (byte < 128) return value
    }
    throw new DamagedRecord('a length has no end')
  }

  #take(count: number): number {
    const from = this.#at
    const to = from + count
    if (to > this.#end) throw new DamagedRecord('a record ends before its last field')
    this.#at = to
    return from
  }
}

import { closeSync, ftruncateSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { UserError } from '../../../base/user-error.js'

/** Bytes of one row: time, price, quantity and exchange time as doubles, instrument, action, side, event end. */
const ROW = 37
/** Bytes before the rows: how many rows were on the tape when the log began. */
const HEAD = 8
const GROWTH = 2

/** One row of a tail log. */
export interface TailRow {
  readonly time: number
  readonly price: number
  readonly qty: number
  /** NaN where the exchange gave none. */
  readonly exchangeTime: number
  readonly instrument: number
  readonly action: number
  readonly side: number
  readonly eventEnd: boolean
}

/**
 * The rows of a recording that are not in a record batch of its tape yet, in a file beside it: appending a few rows costs a
 * write, where a record batch costs a thousand bytes. What was written survives `kill -9`.
 */
export class TailLog {
  readonly #path: string
  readonly #fd: number
  #rows = Buffer.alloc(ROW * 1024)
  #length = 0
  /** Where the next row goes in the file. */
  #end = HEAD

  /** @param base rows that are on the tape already. */
  constructor(path: string, base: number) {
    this.#path = path
    try {
      this.#fd = openSync(path, 'w')
    } catch (error) {
      throw new UserError(`cannot write: ${(error as Error).message}`, { file: path })
    }
    this.#head(base)
  }

  row(
    time: number,
    instrument: number,
    action: number,
    side: number,
    price: number,
    qty: number,
    exchangeTime: number
  ): void {
    if (this.#length + ROW > this.#rows.length) this.#grow()
    const rows = this.#rows
    let at = this.#length
    at = rows.writeDoubleLE(time, at)
    at = rows.writeDoubleLE(price, at)
    at = rows.writeDoubleLE(qty, at)
    at = rows.writeDoubleLE(exchangeTime, at)
    at = rows.writeUInt16LE(instrument, at)
    at = rows.writeUInt8(action, at)
    at = rows.writeInt8(side, at)
    this.#length = rows.writeUInt8(0, at)
  }

  eventEnd(): void {
    if (this.#length > 0) this.#rows[this.#length - 1] = 1
  }

  /** Hands the rows so far to the operating system. Between two events only. */
  flush(): void {
    if (this.#length === 0) return
    for (let at = 0; at < this.#length;) {
      const written = writeSync(this.#fd, this.#rows, at, this.#length - at, this.#end)
      at += written
      this.#end += written
    }
    this.#length = 0
  }

  /** Begins again: all rows so far are on the tape. */
  restart(base: number): void {
    ftruncateSync(this.#fd, 0)
    this.#length = 0
    this.#head(base)
  }

  /** The tape is complete: the log is removed. */
  remove(): void {
    closeSync(this.#fd)
    rmSync(this.#path, { force: true })
  }

  #head(base: number): void {
    const head = Buffer.alloc(HEAD)
    head.writeDoubleLE(base)
    writeSync(this.#fd, head, 0, HEAD, 0)
    this.#end = HEAD
  }

  #grow(): void {
    const larger = Buffer.alloc(this.#rows.length * GROWTH)
    this.#rows.copy(larger)
    this.#rows = larger
  }
}

/** The rows of a log as far as they are whole, and how many were on the tape before them. */
export function readTailLog(path: string): { readonly base: number; readonly rows: TailRow[] } {
  const bytes = readFileSync(path)
  if (bytes.length < HEAD) return { base: Number.POSITIVE_INFINITY, rows: [] }
  const rows: TailRow[] = []
  for (let at = HEAD; at + ROW <= bytes.length; at += ROW) {
    rows.push({
      time: bytes.readDoubleLE(at),
      price: bytes.readDoubleLE(at + 8),
      qty: bytes.readDoubleLE(at + 16),
      exchangeTime: bytes.readDoubleLE(at + 24),
      instrument: bytes.readUInt16LE(at + 32),
      action: bytes[at + 34],
      side: bytes.readInt8(at + 35),
      eventEnd: bytes[at + 36] === 1
    })
  }
  return { base: bytes.readDoubleLE(0), rows }
}

import { closeSync, existsSync, fdatasyncSync, ftruncateSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { RECORD_HEAD, RecordKind, TURN_RECORD } from './record-kind.js'

/** Bytes behind every body: its CRC-32. */
const SEAL = 4
const CAPACITY = 1 << 20
const TURN_AT = RECORD_HEAD
const LENGTH_AT = TURN_RECORD - 4

/** Where the last turns of a journal lie: beside it. */
export function tailPath(journal: string): string {
  return `${journal}-tail`
}

/**
 * The last turns of a journal, in a file beside it, until they become rows of the log many at a time. A turn is on its way
 * to the disk by one write, where a row of its own would cost a transaction: several pages of write-ahead log, and the locks
 * around them. The file holds bodies, one behind the other, each sealed by its CRC-32; it is written over from its beginning
 * once its turns are rows. Turns are numbered without gaps, so what it holds of earlier turns is told from what counts.
 */
export class TurnTail {
  readonly #path: string
  readonly #fd: number
  readonly #sync: boolean
  /** What the file holds, byte for byte. */
  #bytes = Buffer.allocUnsafeSlow(CAPACITY)
  #length = 0
  #firstTurn = 0
  /** Where the body of each turn ends, from `firstTurn` on. */
  readonly #ends: number[] = []

  /** @param sync whether a turn survives a power loss once {@link append} returns */
  constructor(journal: string, sync: boolean) {
    this.#path = tailPath(journal)
    this.#fd = openSync(this.#path, 'w')
    this.#sync = sync
  }

  /** Bytes that wait to become rows. */
  get length(): number {
    return this.#length
  }

  /** Adds a turn, the one behind the last. @throws where the file cannot be written: the turn is not in it then */
  append(turn: number, body: Buffer): void {
    const from = this.#length
    const to = from + body.length
    if (to + SEAL > this.#bytes.length) this.#grow(to + SEAL)
    const bytes = this.#bytes
    body.copy(bytes, from)
    bytes.writeUInt32LE(crc32(body), to)
    for (let at = from; at < to + SEAL;) at += writeSync(this.#fd, bytes, at, to + SEAL - at, at)
    if (this.#sync) fdatasyncSync(this.#fd)
    if (this.#ends.length === 0) this.#firstTurn = turn
    this.#ends.push(to)
    this.#length = to + SEAL
  }

  /** The body of a turn; undefined where it is a row. Valid until {@link clear}. */
  body(turn: number): Buffer | undefined {
    const index = turn - this.#firstTurn
    if (index < 0 || index >= this.#ends.length) return undefined
    return this.#bytes.subarray(index === 0 ? 0 : this.#ends[index - 1] + SEAL, this.#ends[index])
  }

  /** All turns are rows now. */
  clear(): void {
    this.#ends.length = 0
    this.#length = 0
    if (this.#bytes.length === CAPACITY) return
    // A turn of unusual size came by: neither memory nor disk is kept for another.
    this.#bytes = Buffer.allocUnsafeSlow(CAPACITY)
    ftruncateSync(this.#fd, 0)
  }

  /** Ends the writing. The file goes, too, unless there are turns that are no rows. */
  close(): void {
    closeSync(this.#fd)
    if (this.#ends.length === 0) rmSync(this.#path, { force: true })
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}

/** Bodies of turns from a journal's tail. */
export interface TailTurns {
  /** Number of the first turn in the file; undefined where it holds none that is whole. */
  readonly first: number | undefined
  readonly bodies: Buffer[]
}

/** The turns from `next` on in a journal's tail, as far as they are whole and follow each other. */
export function readTail(journal: string, next: number): TailTurns {
  const path = tailPath(journal)
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0)
  const bodies: Buffer[] = []
  let first: number | undefined
  let expected: number | undefined
  for (let at = 0; ;) {
    const body = sealedBody(bytes, at)
    if (body === undefined) break
    const turn = body.readDoubleLE(TURN_AT)
    first ??= expected = turn
    if (turn !== expected) break
    expected++
    if (turn >= next) bodies.push(body)
    at += body.length + SEAL
  }
  return { first, bodies: first !== undefined && first <= next ? bodies : [] }
}

function sealedBody(bytes: Buffer, at: number): Buffer | undefined {
  if (at + TURN_RECORD > bytes.length || bytes[at] !== RecordKind.turn) return undefined
  const end = at + bytes.readUInt32LE(at + LENGTH_AT)
  if (end < at + TURN_RECORD || end + SEAL > bytes.length) return undefined
  const body = bytes.subarray(at, end)
  return crc32(body) === bytes.readUInt32LE(end) ? body : undefined
}

import { UserError } from '../../../base/user-error.js'
import { MalformedMessage } from '../../vendors/message-shape.js'
import { ByteChunks } from '../byte-chunks.js'
import { readsOn } from '../byte-reader.js'
import type { Faults } from '../faults.js'
import { LineReader } from '../line-reader.js'
import type { FileHead } from '../vendor-format.js'
import type { FeedFile } from './feed-file.js'
import type { OpenContext } from './feed-format.js'
import type { FeedSink } from './feed-sink.js'
import { ReorderBuffer } from './reorder-buffer.js'

/** Tells facts at a time, ns since the epoch. */
export type Telling = (sink: FeedSink, time: number) => void

/** Takes what a translator makes of messages; it is told in the order of exchange time. */
export interface Outbox {
  put(time: number, tell: Telling): void
}

/** Makes facts of a vendor's messages, which it gets in the order in which they were received. */
export interface Translator {
  /**
   * @param received when the recorder got the message, ns since the epoch; NaN where the file does not say.
   * @throws MalformedMessage
   */
  read(message: unknown, received: number, out: Outbox): void
}

/** Streams of one connection run apart by less: so much is held back. */
const WINDOW = 1e9
/** Times on a tape are ns since 1970 in 64 bits. */
const LAST = 2 ** 63 / 1e9
/** What a recorder put before the JSON: its own clock, in ns, µs, ms or s since 1970, or ISO 8601. */
const PREFIX =
  /^\s*(?:(\d+(?:\.\d+)?)|(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)?)[\s,;|]+(?=[[{])/

/** A recording of a vendor's messages: a line each, JSON, or the recorder's time and JSON. */
export class JsonLines implements FeedFile, Outbox {
  readonly path: string
  time = 0
  readonly #chunks: ByteChunks
  readonly #lines: LineReader
  readonly #translator: Translator
  readonly #faults: Faults
  readonly #context: OpenContext
  readonly #buffer = new ReorderBuffer<{ readonly line: number; readonly tell: Telling }>(WINDOW)
  #tell: Telling | undefined
  #line = 0
  #ended = false
  /** A line that is no JSON: bad where another follows, cut where it is the last. */
  #broken: number | undefined
  #late = 0

  constructor(path: string, translator: Translator, context: OpenContext) {
    this.path = path
    this.#chunks = new ByteChunks(path)
    this.#lines = new LineReader(this.#chunks)
    this.#translator = translator
    this.#faults = context.faults
    this.#context = context
  }

  get size(): number {
    return this.#chunks.size
  }

  get position(): number {
    return this.#chunks.position
  }

  error(problem: string): UserError {
    return new UserError(problem, { file: this.path, line: this.#line, column: 1 })
  }

  put(time: number, tell: Telling): void {
    const seconds = time / 1e9 + this.#context.epoch
    if (!(seconds >= 0 && seconds < LAST)) throw new MalformedMessage('a time between 1970 and 2262', seconds)
    this.#buffer.push(time, { line: this.#line, tell })
  }

  next(): boolean {
    while (!this.#buffer.ready && this.#lines.next()) this.#readLine()
    return this.#take(this.#buffer.ready)
  }

  async more(): Promise<boolean> {
    while (!this.#ended) {
      this.#faults.place = this
      if (await readsOn(this.#lines, this.#faults)) this.#readLine()
      else this.#end()
      if (this.next()) return true
    }
    return this.#take(this.#buffer.size > 0)
  }

  tell(sink: FeedSink): void {
    try {
      this.#tell?.(sink, this.time)
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error
      this.#faults.repairs('badValue', () => error.message)
    }
    sink.end()
  }

  close(): Promise<void> {
    return this.#lines.close()
  }

  #take(available: boolean): boolean {
    if (!available) return false
    const { time, item } = this.#buffer.take()
    this.time = time
    this.#line = item.line
    this.#tell = item.tell
    return true
  }

  #readLine(): void {
    this.#faults.place = this
    if (this.#broken !== undefined) {
      this.#line = this.#broken
      this.#broken = undefined
      this.#faults.repairs('badValue', () => 'expected a message in JSON, on a line of its own')
    }
    const { bytes, from, to, line } = this.#lines
    this.#line = line
    let text = bytes.toString('utf8', from, to)
    let received = Number.NaN
    const prefix = PREFIX.exec(text)
    if (prefix) {
      received = prefixTime(prefix, this.#context.epoch)
      text = text.slice(prefix[0].length)
    }
    const message = parsed(text)
    if (message === undefined) this.#broken = line
    else this.#read(message, received)
  }

  /** A line may be a list: of messages, or of the recorder's time and a message. */
  #read(message: unknown, received: number): void {
    if (Array.isArray(message)) {
      const [first, second] = message as readonly unknown[]
      const isTimed = typeof first !== 'object' && typeof second === 'object'
      const time = isTimed ? PREFIX.exec(`${String(first)} {`) : undefined
      const at = time ? prefixTime(time, this.#context.epoch) : received
      for (const each of isTimed ? [second] : (message as readonly unknown[])) this.#read(each, at)
      return
    }
    try {
      this.#translator.read(message, received, this)
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error
      this.#faults.repairs('badValue', () => error.message)
    }
  }

  #end(): void {
    this.#ended = true
    const { counts } = this.#context
    if (this.#buffer.late > 0) counts.set('late', (counts.get('late') ?? 0) + this.#buffer.late - this.#late)
    this.#late = this.#buffer.late
    if (this.#broken === undefined) return
    this.#line = this.#broken
    this.#faults.place = this
    this.#faults.repairs('truncated', () => 'the file ends inside a message')
  }
}

/** A line as JSON; of a list over lines, what stands on one of them. undefined where it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const inside = text
      .trim()
      .replace(/^\[/, '')
      .replace(/[,\]]$/, '')
    if (inside === '') return []
    try {
      return inside.length === text.length ? undefined : JSON.parse(inside)
    } catch {
      return undefined
    }
  }
}

/**
 * The first message of a recording, to tell whose it is. A snapshot may be longer than what is known of the file: then as
 * much of the line as says what it is, as an object.
 */
export function firstMessage({ firstLine }: FileHead): unknown {
  const text = firstLine.replace(PREFIX, '').trimStart()
  if (!/^[[{]/.test(text)) return undefined
  try {
    let message: unknown = JSON.parse(text)
    while (Array.isArray(message)) message = message.find((each) => typeof each === 'object')
    return message
  } catch {
    const pairs = text.slice(0, 2000).matchAll(/"(\w+)"\s*:\s*"([^"]*)"/g)
    return Object.fromEntries([...pairs].map(([, key, value]) => [key, value]))
  }
}

/** Whether a file looks like messages in JSON, a line each. */
export function isJsonLines({ firstLine }: FileHead): boolean {
  return /^\s*[[{]/.test(firstLine.replace(PREFIX, ''))
}

/** Recordings in the order of their first times, as far as their beginnings tell them. */
export function inOrder(files: readonly FileHead[]): FileHead[] {
  return files
    .map((file) => ({ file, start: startOf(file) }))
    .sort((a, b) => a.start - b.start)
    .map(({ file }) => file)
}

function startOf({ firstLine, bytes }: FileHead): number {
  const prefix = PREFIX.exec(firstLine)
  if (prefix) return prefixTime(prefix, 0)
  const [, number, text] = /"(?:[ET]|time|timestamp)"\s*:\s*(?:(\d+)|"([^"]+)")/.exec(bytes.toString('latin1')) ?? []
  return number === undefined ? Date.parse(text ?? '') * 1e6 || 0 : receivedAt(number, 0)
}

export const LATE_NOTE = 'messages came more than a second after others of their time, and are told late'

/** The time before a message as ns since the epoch. */
function prefixTime(
  [, number, date, clock, fraction = '', zone]: readonly (string | undefined)[],
  epoch: number
): number {
  if (number !== undefined) return receivedAt(number, epoch)
  const seconds = Date.parse(`${date ?? ''}T${clock ?? ''}${zone ?? 'Z'}`) / 1000
  return (seconds - epoch) * 1e9 + Number(fraction.slice(0, 9).padEnd(9, '0'))
}

/** A recorder's clock as ns since the epoch; the unit is told by the size. */
function receivedAt(text: string, epoch: number): number {
  const value = Number(text)
  if (value >= 1e17) return Number(BigInt(text.split('.')[0]) - BigInt(epoch) * 1_000_000_000n)
  const perSecond = value >= 1e14 ? 1e6 : value >= 1e11 ? 1e3 : 1
  return Math.round((value - epoch * perSecond) * (1e9 / perSecond))
}

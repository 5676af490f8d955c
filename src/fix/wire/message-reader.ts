import { type FrameVisitor, Framer, type GarbledReason } from './framer.js'
import { type ParsedMessage } from './parsed-message.js'

/** What a stream of bytes holds. All bytes and messages are valid only until the call returns. */
export interface MessageVisitor {
  /** A message that is sound on the wire; whether its fields are valid is the validator's to say. */
  message(message: ParsedMessage): void
  /** Bytes that are no message and were skipped: `bytes[from, to)`. */
  garbled(bytes: Buffer, from: number, to: number, why: GarbledReason): void
  /** A message announces `length` bytes, more than the limit. Its head is `bytes[from, to)`. */
  tooLong(bytes: Buffer, from: number, to: number, length: number): void
}

/** Reads messages from one connection's bytes: framing and tokenising in one. */
export class MessageReader {
  readonly #framer: Framer
  #message: ParsedMessage
  readonly #frames: FrameVisitor
  #visitor: MessageVisitor | undefined

  /** @param message may be shared by all connections of a process, as it is read and done with inside one call. */
  constructor(message: ParsedMessage, maxMessageSize: number) {
    this.#framer = new Framer(maxMessageSize, message.dictionary.dataOfLength)
    this.#message = message
    this.#frames = {
      message: (bytes, start, _bodyStart, end) => {
        if (this.#message.read(bytes, start, end)) this.#visitor?.message(this.#message)
        else this.#visitor?.garbled(bytes, start, end, 'a tag is no number')
      },
      garbled: (bytes, from, to, why) => this.#visitor?.garbled(bytes, from, to, why),
      tooLong: (bytes, from, to, length) => this.#visitor?.tooLong(bytes, from, to, length)
    }
  }

  get pendingBytes(): number {
    return this.#framer.pendingBytes
  }

  /** Reads by another message, of another dictionary, from the next message on. */
  use(message: ParsedMessage): void {
    if (message === this.#message) return
    this.#message = message
    this.#framer.use(message.dictionary.dataOfLength)
  }

  /** Takes nothing more; see {@link Framer.close}. */
  close(): void {
    this.#framer.close()
  }

  push(chunk: Buffer, visitor: MessageVisitor): void {
    this.#visitor = visitor
    this.#framer.push(chunk, this.#frames)
  }
}

import { read } from 'node:fs'
import { readMessage, type ArrowMessage } from './arrow-messages.js'

/**
 * The messages of an Arrow file, one after the other. Between two of them the next can be read ahead, off the event loop: one
 * message, and no more. A message that has not come when it is wanted is read at once.
 */
export class MessageStream {
  readonly #fd: number
  readonly #messages: readonly ArrowMessage[]
  #at = 0
  /** The message at `#at`, read ahead. */
  #ahead: Uint8Array | undefined
  #reading = -1

  constructor(fd: number, messages: readonly ArrowMessage[]) {
    this.#fd = fd
    this.#messages = messages
  }

  /** Each message has memory of its own: the Arrow library reads ahead while a batch is in use. */
  *bytes(): Generator<Uint8Array, void, undefined> {
    while (this.#at < this.#messages.length) {
      const bytes = this.#ahead ?? readMessage(this.#fd, this.#messages[this.#at])
      this.#ahead = undefined
      this.#at++
      yield bytes
    }
  }

  /** Begins to read the next message, where it is not read or being read already. */
  readAhead(): void {
    const at = this.#at
    if (this.#ahead !== undefined || this.#reading === at || at >= this.#messages.length) return
    const { offset, length, bytes: given } = this.#messages[at]
    if (given !== undefined) return
    this.#reading = at
    const bytes = new Uint8Array(length)
    read(this.#fd, bytes, 0, length, offset, (error, count) => {
      // What went wrong will go wrong again when the message is wanted, and be told then.
      if (error === null && count === length && this.#at === at) this.#ahead = bytes
    })
  }
}

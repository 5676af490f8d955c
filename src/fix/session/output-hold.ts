import { type Routing } from '../wire/header-template.js'
import { type MessageWriter } from '../wire/message-writer.js'
import { RecordedMessage } from './recorded-message.js'

/** Messages that may wait for a pause to end. */
export const PAUSED_LIMIT = 10_000

/**
 * What an operator or a certification script does to a session's application messages: paused, they wait in order and
 * without a number; withheld, they take their number and are stored, and do not leave, so that the peer sees a gap.
 */
export class OutputHold {
  paused = false
  /** How many of the next messages are to be withheld. */
  withholding = 0
  #open: RecordedMessage | undefined
  readonly #waiting: RecordedMessage[] = []

  /** Whether messages need to be looked at: false for a session that nobody has touched. */
  get active(): boolean {
    return this.paused || this.withholding > 0
  }

  get opened(): boolean {
    return this.#open !== undefined
  }

  get waiting(): number {
    return this.#waiting.length
  }

  get full(): boolean {
    return this.#waiting.length >= PAUSED_LIMIT
  }

  /** Opens a message that waits. */
  begin(msgType: string, routing: Routing | undefined): MessageWriter {
    if (this.#open !== undefined) throw new Error(`a message is open already: MsgType ${msgType} was begun before send`)
    return (this.#open = new RecordedMessage(msgType, routing))
  }

  /** Closes it. */
  send(): void {
    if (this.#open !== undefined) this.#waiting.push(this.#open)
    this.#open = undefined
  }

  /** Ends the pause and hands over what waited, in order. */
  resume(): readonly RecordedMessage[] {
    this.paused = false
    return this.#waiting.splice(0)
  }

  /** Counts a message against those to be withheld. */
  withhold(): boolean {
    if (this.withholding === 0) return false
    this.withholding--
    return true
  }
}

import { DAY } from '../../../base/time.js'
import type { UserError } from '../../../base/user-error.js'
import { BUY, SELL, type Side } from '../../../exchange/units.js'
import type { LineReader } from '../line-reader.js'
import { behindComma, fieldError, readIntegers, readSeconds } from '../number-fields.js'

/** The event types of a LOBSTER message file. */
export const SUBMISSION = 1
export const CANCELLATION = 2
export const DELETION = 3
export const EXECUTION = 4
export const HIDDEN_EXECUTION = 5
export const CROSS = 6
export const HALT = 7

/** One line of a message file. The object is the reader's and changes with the next line. */
export interface LobsterMessage {
  /** Nanoseconds after midnight in New York. */
  time: number
  type: number
  /** The vendor's order id, 0 for hidden orders. */
  orderId: number
  size: number
  /** In 1/10,000 of a dollar. */
  price: number
  /** Side of the order; for executions, of the resting one. */
  direction: Side
}

const COLUMNS = 'the 6 columns time,type,order id,size,price,direction'

/** Reads the lines of a message file one by one. */
export class MessageReader {
  readonly message: LobsterMessage = { time: 0, type: 0, orderId: 0, size: 0, price: 0, direction: 1 }
  readonly #lines: LineReader
  readonly #numbers = new Float64Array(5)

  constructor(lines: LineReader) {
    this.#lines = lines
  }

  /** Reads the current line. @throws UserError with line and column. */
  read(): LobsterMessage {
    const lines = this.#lines
    const { message } = this
    const time = readSeconds(lines, lines.from)
    const second = behindComma(lines, lines.from)
    readIntegers(lines, second, this.#numbers, COLUMNS)
    const [type, orderId, size, price, direction] = this.#numbers
    if (type < SUBMISSION || type > HALT) throw this.#error(1, `expected an event type from 1 to 7, got ${type}`)
    if (type === HALT) {
      if (Math.abs(price) > 1) throw this.#error(4, `expected -1 (halt), 0 (quoting) or 1 (trading), got ${price}`)
    } else if (type !== CROSS || size !== 0) {
      if (size <= 0) throw this.#error(3, `expected a positive size, got ${size}`)
      if (price <= 0) throw this.#error(4, `expected a positive price, got ${price}`)
    }
    if (direction !== 1 && direction !== -1 && type !== HALT) {
      throw this.#error(5, `expected the direction 1 (buy) or -1 (sell), got ${direction}`)
    }
    if (time >= 2 * DAY) throw this.#error(0, 'expected seconds after midnight')
    message.time = time
    message.type = type
    message.orderId = orderId
    message.size = size
    message.price = price
    message.direction = direction < 0 ? SELL : BUY
    return message
  }

  /** A mistake in a column, counted from 0. */
  #error(column: number, problem: string): UserError {
    let at = this.#lines.from
    for (let i = 0; i < column; i++) at = behindComma(this.#lines, at)
    return fieldError(this.#lines, at, problem)
  }
}

import type { Nanos } from '../../../base/time.js'
import { BUY, instrumentNo, price, quantity, SELL, type Side } from '../../../exchange/units.js'
import { isCall, type Phase } from '../../../exchange/phase.js'
import type { TapeWriter } from '../../tape/tape-writer.js'
import type { PhaseRows } from '../phase-rows.js'
import type { BookRow } from './book-row.js'
import {
  CANCELLATION,
  CROSS,
  DELETION,
  EXECUTION,
  HALT,
  HIDDEN_EXECUTION,
  SUBMISSION,
  type LobsterMessage
} from './message.js'
import { ReplayedBook } from '../../book/replayed-book.js'

const INSTRUMENT = instrumentNo(0)

/** What the price of a halt message (type 7) means: trading stops, quoting resumes, trading resumes. */
const PHASE_OF_HALT: ReadonlyMap<number, Phase> = new Map([
  [-1, 'halt'],
  [0, 'volatilityAuction'],
  [1, 'continuous']
])

/** What became of the lines of a message file, apart from rows of the tape. */
export interface LobsterCounts {
  /** Levels that the vendor's row has and the messages do not explain. */
  corrections: number
  /** Cancellations and executions of orders that no message submitted. */
  unknownOrders: number
  /** Trading halts and resumptions (type 7). */
  halts: number
  /** Executions in the auction that ends a halt, told as withdrawn: the cross (type 6) has their volume. */
  crossExecutions: number
}

/**
 * Writes the rows of one LOBSTER event: the message, then what the vendor's book shows that the message does not explain. So
 * the tape replays to exactly the vendor's book after every line, between the best and the vendor's last level; behind
 * that, the book is what was last seen of it.
 */
export class EventWriter {
  readonly counts: LobsterCounts = { corrections: 0, unknownOrders: 0, halts: 0, crossExecutions: 0 }
  readonly #tape: TapeWriter
  readonly #feed: 'l2' | 'l3'
  readonly #phases: PhaseRows
  readonly #book = new ReplayedBook()
  #lastFeedId = 0
  /** An auction ended a halt, and its executions come one by one. */
  #crossing = false
  readonly #differences: number[] = []

  constructor(tape: TapeWriter, feed: 'l2' | 'l3', phases: PhaseRows) {
    this.#tape = tape
    this.#feed = feed
    this.#phases = phases
  }

  /** The first call of a day: nothing is known of the book yet. */
  begin(time: Nanos): void {
    this.#tape.clear(time, INSTRUMENT)
  }

  /** Whether orders rest that meet each other, as nothing trades. */
  get inCall(): boolean {
    return isCall(this.#phases.phaseOf(INSTRUMENT)) || this.#crossing
  }

  /**
   * @param message undefined: it cannot be used
   * @param offTick whether the message is of an order that is left out
   * @param row undefined: it cannot be used, the next one will tell
   */
  write(time: Nanos, message: LobsterMessage | undefined, offTick: boolean, row: BookRow | undefined): void {
    if (message?.type === HALT) this.#halt(time, message)
    else if (message?.type === EXECUTION || message?.type === CROSS) {
      if (this.#phases.cross(time, INSTRUMENT)) this.#crossing = true
    }
    const before = this.#tape.rows
    if (message !== undefined && !offTick) this.#tell(time, message)
    // To the orders that are not left out, who traded with one that is was hidden.
    else if (message?.type === EXECUTION) this.#hidden(time, message)
    if (row !== undefined) {
      this.#correct(time, BUY, row)
      this.#correct(time, SELL, row)
    }
    if (this.#tape.rows > before) this.#tape.eventEnd()
  }

  #tell(time: Nanos, message: LobsterMessage): void {
    if (message.type === HALT) this.#crossing = false
    else if (message.type === CROSS || message.type === HIDDEN_EXECUTION) this.#hidden(time, message)
    else if (message.type === EXECUTION && this.#crossing) this.#executeInCross(time, message)
    else if (this.#feed === 'l3') this.#order(time, message)
    else if (message.type === EXECUTION) this.#trade(time, message)
  }

  #halt(time: Nanos, { price: meaning }: LobsterMessage): void {
    const phase = PHASE_OF_HALT.get(meaning)
    this.counts.halts++
    if (phase !== undefined) this.#phases.change(time, INSTRUMENT, phase)
  }

  #executeInCross(time: Nanos, message: LobsterMessage): void {
    this.counts.crossExecutions++
    if (this.#feed === 'l3') this.#order(time, { ...message, type: CANCELLATION })
  }

  #hidden(time: Nanos, { type, direction, price: px, size }: LobsterMessage): void {
    if (type === CROSS) this.#crossing = false
    // An auction without orders that meet is a cross of nothing.
    if (size === 0) return
    // An auction has no aggressor; else it is the side against the resting order's.
    const aggressor = type === CROSS ? 0 : (-direction as Side)
    this.#tape.hiddenTrade(time, INSTRUMENT, aggressor, price(px), quantity(size))
  }

  #trade(time: Nanos, { direction, price: px, size }: LobsterMessage): void {
    this.#tape.trade(time, INSTRUMENT, -direction as Side, price(px), quantity(size))
  }

  #order(time: Nanos, { type, orderId, direction, price: px, size }: LobsterMessage): void {
    const tape = this.#tape
    const book = this.#book
    const known = book.feedId(orderId)
    switch (type) {
      case SUBMISSION:
        // An id that still stands here was deleted where the vendor does not look.
        if (known !== 0) {
          tape.remove(time, INSTRUMENT, known)
          book.reduce(orderId, Number.MAX_SAFE_INTEGER)
        }
        tape.add(time, INSTRUMENT, ++this.#lastFeedId, direction, price(px), quantity(size))
        book.add(orderId, this.#lastFeedId, direction, px, size)
        break
      case CANCELLATION:
      case DELETION:
        if (known === 0) {
          this.counts.unknownOrders++
          const left = Math.max(0, book.quantityAt(direction, px) - size)
          if (left !== book.quantityAt(direction, px)) this.#level(time, direction, px, left)
        } else if (type === DELETION || size >= book.quantityOf(orderId)) {
          tape.remove(time, INSTRUMENT, known, direction, px, book.quantityOf(orderId))
          book.reduce(orderId, Number.MAX_SAFE_INTEGER)
        } else {
          tape.reduce(time, INSTRUMENT, known, quantity(size), direction, px)
          book.reduce(orderId, size)
        }
        break
      case EXECUTION: {
        // What the order had where the vendor does not look is told as quantity without id.
        const own = Math.min(size, book.quantityOf(orderId))
        if (own > 0) {
          tape.execute(time, INSTRUMENT, known, direction, price(px), quantity(own))
          book.reduce(orderId, own)
        }
        if (own < size) {
          this.counts.unknownOrders++
          tape.execute(time, INSTRUMENT, 0, direction, price(px), quantity(size - own))
          book.executeUnknown(direction, px, size - own)
        }
        break
      }
    }
  }

  #level(time: Nanos, side: Side, px: number, size: number): void {
    this.#book.setLevel(side, px, size)
    this.#tape.level(time, INSTRUMENT, side, price(px), quantity(size))
  }

  /** Brings one side, as far as the vendor shows it, to what the vendor shows. */
  #correct(time: Nanos, side: Side, row: BookRow): void {
    const differences = this.#differences
    const levels = this.#book.levels(side)
    let ours = levels.length - 1
    const shown = row.count(side)
    for (let n = 0; n < shown; n++) {
      const px = row.price(side, n)
      const size = row.size(side, n)
      for (; ours >= 0 && side * (levels[ours].price - px) > 0; ours--) differences.push(levels[ours].price, 0)
      if (ours >= 0 && levels[ours].price === px) {
        if (levels[ours].qty !== size) differences.push(px, size)
        ours--
      } else {
        differences.push(px, size)
      }
    }
    // Fewer levels than the vendor could show: there is nothing behind them.
    if (!row.isFull(side)) for (; ours >= 0; ours--) differences.push(levels[ours].price, 0)
    if (differences.length === 0) return
    for (let i = 0; i < differences.length; i += 2) this.#level(time, side, differences[i], differences[i + 1])
    if (this.#feed === 'l3') this.counts.corrections += differences.length / 2
    differences.length = 0
  }
}

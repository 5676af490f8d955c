import type Database from 'better-sqlite3'
import type { Nanos } from '../base/time.js'
import type { Command } from '../exchange/command.js'
import type { ExchangeEvent } from '../exchange/event.js'
import type { TopOfBook } from '../exchange/exchange.js'
import type { InstrumentNo, Price, Quantity } from '../exchange/units.js'
import { MARKS, MESSAGES, PRINTS } from './derived-schema.js'
import { ExecutionRows } from './execution-rows.js'
import { InstrumentText } from './instrument-text.js'
import { isoTime } from '../base/iso-time.js'
import type { JournalVisitor, MessageRecord, SessionFacts } from './journal.js'
import { messageText, msgTypeOf } from './message-text.js'
import { RequestRows } from './request-rows.js'

/** Writes the rows of the derived tables while the log is read. */
export class DerivedRows implements JournalVisitor {
  /** The last turn that was read to its end. */
  turn: number
  readonly #facts: SessionFacts
  readonly #text: InstrumentText
  readonly #requests: RequestRows
  readonly #executions: ExecutionRows
  readonly #message
  readonly #mark
  readonly #print
  #messages: number
  #marks: number
  #prints: number

  constructor(db: Database.Database, facts: SessionFacts, turn: number) {
    const last = (table: string, key: string): number =>
      db.prepare<[], number>(`SELECT coalesce(max(${key}), 0) FROM ${table}`).pluck().get()!
    this.turn = turn
    this.#facts = facts
    this.#text = new InstrumentText(facts.instruments)
    this.#requests = new RequestRows(db, this.#text, (time) => this.#venueTime(time))
    this.#executions = new ExecutionRows(db, this.#text, (time) => this.#venueTime(time))
    this.#message = MESSAGES.inserter(db)
    this.#mark = MARKS.inserter(db)
    this.#print = PRINTS.inserter(db)
    this.#messages = last('messages', 'message')
    this.#marks = last('marks', 'mark')
    this.#prints = last('prints', 'print')
  }

  command(command: Command): void {
    this.#requests.add(command, this.turn + 1, this.#venueTime(command.time))
  }

  event(event: ExchangeEvent): void {
    this.#executions.add(event, this.turn + 1)
  }

  message({ turn, session, direction, msgSeqNum, wallTime, venueTime, bytes }: MessageRecord): void {
    this.#message({
      message: ++this.#messages,
      turn,
      session,
      direction,
      msg_seq_num: msgSeqNum ?? null,
      msg_type: msgTypeOf(bytes) ?? null,
      wall_time: isoTime(wallTime, this.#facts.wallEpoch),
      venue_time: this.#venueTime(venueTime),
      text: messageText(bytes)
    })
  }

  topOfBook(time: Nanos, instrument: InstrumentNo, top: TopOfBook): void {
    const text = this.#text
    this.#mark({
      mark: ++this.#marks,
      turn: this.turn + 1,
      time: this.#venueTime(time),
      symbol: text.symbol(instrument),
      bid_price: top.bidQty === 0 ? null : text.price(instrument, top.bidPrice),
      bid_qty: top.bidQty === 0 ? null : text.quantity(instrument, top.bidQty),
      ask_price: top.askQty === 0 ? null : text.price(instrument, top.askPrice),
      ask_qty: top.askQty === 0 ? null : text.quantity(instrument, top.askQty)
    })
  }

  print(time: Nanos, instrument: InstrumentNo, price: Price, qty: Quantity): void {
    this.#print({
      print: ++this.#prints,
      turn: this.turn + 1,
      time: this.#venueTime(time),
      symbol: this.#text.symbol(instrument),
      price: this.#text.price(instrument, price),
      qty: this.#text.quantity(instrument, qty)
    })
  }

  turnEnd(turn: number): void {
    this.turn = turn
  }

  #venueTime(time: Nanos): string {
    return isoTime(time, this.#facts.epoch)
  }
}

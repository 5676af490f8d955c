import { UserError } from '../../base/user-error.js'
import { type Nanos } from '../../base/time.js'
import { type Command } from '../../exchange/command.js'
import { type ExchangeEvent } from '../../exchange/event.js'
import { type JournalReader } from '../../journal/journal.js'
import { FillRecorder } from './fills.js'
import { OrderRecorder, type OrderOutcome, type Request } from './orders.js'
import { PrintRecorder } from './prints.js'
import { QuoteRecorder } from './quotes.js'
import { type Recording } from './recording.js'

/** The part of a journal's reader that a recording is read through. */
export type RecordedJournal = Pick<JournalReader, 'path' | 'facts' | 'sessionNames' | 'forEach'>

/**
 * Reads a journal into columns, in one pass.
 *
 * The quote that stood before an order or fill is taken by the order of recording. A report that left later than it
 * happened (outbound latency) is recorded among later quotes: for it, the last quote strictly before its time is taken.
 * @throws UserError where venue time runs backwards in quotes or prints, which no venue writes.
 */
export function readRecording(journal: RecordedJournal): Recording {
  const reading = new Reading(journal)
  journal.forEach({
    command: (command) => reading.command(command),
    event: (event) => reading.event(event),
    topOfBook(time, instrument, top) {
      reading.quoteSeen(time)
      reading.quotes[instrument].add(time, top)
    },
    print(time, instrument, price, qty) {
      reading.printSeen(time)
      reading.prints[instrument].add(time, price, qty)
    },
    turnEnd: (_turn, _wallTime, venueTime) => reading.seen(venueTime)
  })
  return reading.done()
}

class Reading {
  readonly quotes: readonly QuoteRecorder[]
  readonly prints: readonly PrintRecorder[]
  readonly #journal: RecordedJournal
  readonly #orders = new OrderRecorder()
  readonly #fills = new FillRecorder()
  /** New orders on their way, by session and ClOrdID. */
  readonly #requests: Map<string, Request>[] = []
  readonly #refused = { orders: 0, cancels: 0, replaces: 0, tooLate: 0 }
  #day = 0
  #start = Number.NaN
  #lastSeen = Number.NaN
  #lastQuote = Number.NEGATIVE_INFINITY
  #lastPrint = Number.NEGATIVE_INFINITY

  constructor(journal: RecordedJournal) {
    this.#journal = journal
    this.quotes = journal.facts.instruments.map(() => new QuoteRecorder())
    this.prints = journal.facts.instruments.map(() => new PrintRecorder())
  }

  seen(time: Nanos): void {
    if (Number.isNaN(this.#start)) this.#start = this.#lastSeen = time
    else if (time > this.#lastSeen) this.#lastSeen = time
  }

  quoteSeen(time: Nanos): void {
    if (time < this.#lastQuote) this.#backwards('quotes', time)
    this.#lastQuote = time
    this.seen(time)
  }

  printSeen(time: Nanos): void {
    if (time < this.#lastPrint) this.#backwards('prints', time)
    this.#lastPrint = time
    this.seen(time)
  }

  command(command: Command): void {
    this.seen(command.time)
    if (command.kind === 'endOfDay') this.#day++
    if (command.kind !== 'new') return
    const requests = (this.#requests[command.session] ??= new Map<string, Request>())
    requests.set(command.clOrdId, { time: command.time, quote: this.quotes[command.instrument].length - 1 })
  }

  event(event: ExchangeEvent): void {
    this.seen(event.time)
    switch (event.kind) {
      case 'new': {
        const { terms } = event
        const quote = this.#quoteBefore(event, terms.instrument)
        const request = this.#takeRequest(terms.session, terms.clOrdId)
        this.#orders.accept(event, request && this.#withFirstQuote(request, terms.instrument), quote, this.#day)
        return
      }
      case 'trade': {
        const row = this.#orders.row(event.terms.orderId)
        if (row === undefined) return
        const quote = this.#quoteBefore(event, event.terms.instrument)
        this.#fills.add(
          row,
          event.time,
          event.lastPx,
          event.lastQty,
          event.liquidity === 'added',
          quote,
          event.commission
        )
        this.#orders.fill(row, event, quote)
        return
      }
      case 'replaced': {
        const row = this.#orders.row(event.terms.orderId)
        if (row === undefined) return
        this.#orders.replace(row, event.terms)
        if (event.leavesQty === 0) this.#orderEnds(row, event, 'filled')
        return
      }
      case 'restated': {
        const row = this.#orders.row(event.terms.orderId)
        if (row !== undefined) this.#orders.replace(row, event.terms)
        return
      }
      case 'canceled':
      case 'expired': {
        const row = this.#orders.row(event.terms.orderId)
        if (row !== undefined) this.#orderEnds(row, event, event.kind)
        return
      }
      case 'rejected':
        this.#takeRequest(event.session, event.clOrdId)
        this.#refused.orders++
        return
      case 'requestRejected':
        if (event.request === 'cancel') this.#refused.cancels++
        else this.#refused.replaces++
        if (event.refusal.code === 'PP2002') this.#refused.tooLate++
        return
    }
  }

  done(): Recording {
    return {
      facts: this.#journal.facts,
      sessionNames: this.#journal.sessionNames,
      orders: this.#orders.done(),
      fills: this.#fills.done(),
      quotes: this.quotes.map((quotes) => quotes.done()),
      prints: this.prints.map((prints) => prints.done()),
      refusals: this.#refused,
      start: this.#start,
      end: this.#lastSeen
    }
  }

  #orderEnds(row: number, event: ExchangeEvent, outcome: OrderOutcome): void {
    this.#orders.end(row, event.time, this.#quoteBefore(event, this.#orders.instrument.get(row)), outcome)
  }

  #quoteBefore({ time, publishAt }: ExchangeEvent, instrument: number): number {
    const quotes = this.quotes[instrument]
    return publishAt > time ? quotes.rowBefore(time) : quotes.length - 1
  }

  /** An instrument's first order makes the venue watch it: the quote that stands then is recorded behind the request. */
  #withFirstQuote(request: Request, instrument: number): Request {
    const first = this.quotes[instrument].firstTime
    return request.quote === -1 && first <= request.time ? { ...request, quote: 0 } : request
  }

  #takeRequest(session: number, clOrdId: string): Request | undefined {
    const requests = this.#requests[session]
    const request = requests?.get(clOrdId)
    if (request) requests.delete(clOrdId)
    return request
  }

  #backwards(what: string, time: number): never {
    throw new UserError(`${what} run backwards in time at ${time} ns: the journal was not written by a venue`, {
      file: this.#journal.path
    })
  }
}

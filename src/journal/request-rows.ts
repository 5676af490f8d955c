import type Database from 'better-sqlite3'
import type { Nanos } from '../base/time.js'
import type { Command, ReplaceOrder } from '../exchange/command.js'
import { refusalText } from '../exchange/refusal.js'
import type { InstrumentNo } from '../exchange/units.js'
import { REQUESTS } from './derived-schema.js'
import type { RowOf } from './derived-table.js'
import { sideName, type InstrumentText } from './instrument-text.js'
import { qualifiersText } from './qualifiers-text.js'

type RequestRow = RowOf<typeof REQUESTS>
type RequestFacts = Partial<Omit<RequestRow, 'request' | 'turn' | 'time' | 'kind'>>

const NOTHING = {
  session: null,
  cl_ord_id: null,
  orig_cl_ord_id: null,
  symbol: null,
  side: null,
  ord_type: null,
  time_in_force: null,
  order_qty: null,
  price: null,
  tags: null,
  qualifiers: null,
  text: null
} as const satisfies RequestFacts

/** Writes the table of requests. */
export class RequestRows {
  readonly #text: InstrumentText
  readonly #time: (at: Nanos) => string
  readonly #insert
  readonly #named: Database.Statement<[number, string], { readonly symbol: string; readonly side: string }>
  #next: number

  constructor(db: Database.Database, text: InstrumentText, time: (at: Nanos) => string) {
    this.#text = text
    this.#time = time
    this.#insert = REQUESTS.inserter(db)
    this.#next = db.prepare<[], number>('SELECT coalesce(max(request), 0) + 1 FROM requests').pluck().get()!
    this.#named = db.prepare(
      `SELECT symbol, side FROM requests
       WHERE session = ? AND cl_ord_id = ? AND symbol IS NOT NULL ORDER BY request DESC LIMIT 1`
    )
  }

  add(command: Command, turn: number, time: string): void {
    this.#insert({ request: this.#next++, turn, time, kind: command.kind, ...NOTHING, ...this.#facts(command) })
  }

  #facts(command: Command): RequestFacts {
    switch (command.kind) {
      case 'new': {
        const { instrument, ordType } = command
        return {
          session: command.session,
          cl_ord_id: command.clOrdId,
          symbol: this.#text.symbol(instrument),
          side: sideName(command.side),
          ord_type: ordType,
          time_in_force: command.timeInForce,
          order_qty: this.#text.quantity(instrument, command.orderQty),
          price: command.price === 0 ? null : this.#text.price(instrument, command.price),
          tags: JSON.stringify(command.tags),
          qualifiers: qualifiersText(command.qualifiers, instrument, this.#text, this.#time)
        }
      }
      case 'cancel':
        return {
          session: command.session,
          cl_ord_id: command.clOrdId,
          orig_cl_ord_id: command.origClOrdId,
          ...this.#named.get(command.session, command.origClOrdId)
        }
      case 'replace':
        return this.#replaceFacts(command)
      case 'refuse':
        return {
          session: command.session,
          cl_ord_id: command.clOrdId,
          orig_cl_ord_id: command.origClOrdId === '' ? null : command.origClOrdId,
          tags: JSON.stringify(command.tags),
          text: `${command.request}: ${refusalText(command.refusal)}`
        }
      case 'cancelAll':
        return { session: command.session, text: command.reason }
      case 'endOfDay':
        return {}
      case 'phase':
        return { symbol: this.#text.symbol(command.instrument), text: command.phase }
    }
  }

  /** A replace does not say its instrument: it is that of the order which it names, where there is one. */
  #replaceFacts({ session, clOrdId, origClOrdId, orderQty, price, ordType, timeInForce, tags, qualifiers }: ReplaceOrder): RequestFacts {
    const named = this.#named.get(session, origClOrdId)
    const instrument: InstrumentNo | undefined = named && this.#text.find(named.symbol)
    return {
      session,
      cl_ord_id: clOrdId,
      orig_cl_ord_id: origClOrdId,
      ...named,
      ord_type: ordType ?? null,
      time_in_force: timeInForce ?? null,
      order_qty: instrument !== undefined && orderQty !== undefined ? this.#text.quantity(instrument, orderQty) : null,
      price: instrument !== undefined && price !== undefined ? this.#text.price(instrument, price) : null,
      tags: JSON.stringify(tags),
      qualifiers: qualifiersText(qualifiers, instrument, this.#text, this.#time)
    }
  }
}

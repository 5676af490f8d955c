import type { Nanos } from '../base/time.js'
import type { ExchangeEvent } from '../exchange/event.js'
import type { Exchange } from '../exchange/exchange.js'
import type { InstrumentNo } from '../exchange/units.js'
import type { ClientFill, MarketView } from '../market/market-view.js'

/** Keeps clients' fills until a market that reacts asks for them. */
export class ClientView {
  readonly #fills: ClientFill[][]

  constructor(instruments: number) {
    this.#fills = Array.from({ length: instruments }, () => [])
  }

  /** An event is told. */
  note(event: ExchangeEvent): void {
    if (event.kind !== 'trade') return
    const { terms, lastPx, lastQty } = event
    this.#fills[terms.instrument].push({ side: terms.side, price: lastPx, qty: lastQty })
  }

  /** @param settle lets happen what is due before a time */
  of(exchange: Exchange, settle: (time: Nanos) => void): MarketView {
    return {
      settle,
      topOfBook: (instrument, into) => exchange.topOfBook(instrument, into),
      indicativeUncross: (instrument) => exchange.indicativeUncross(instrument),
      takeFills: (instrument) => this.#take(instrument)
    }
  }

  #take(instrument: InstrumentNo): readonly ClientFill[] {
    const fills = this.#fills[instrument]
    if (fills.length === 0) return NONE
    this.#fills[instrument] = []
    return fills
  }
}

const NONE: readonly ClientFill[] = []

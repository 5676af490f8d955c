import { formatAveragePrice } from '../exchange/average-price.js'
import type { Notional } from '../exchange/event.js'
import { formatNotional } from '../exchange/notional-text.js'
import { formatPrice, formatQuantity, type Instrument } from '../exchange/instrument.js'
import type { InstrumentNo, Price, Quantity, Side } from '../exchange/units.js'

/** Writes prices and quantities as the instruments of a session have them. */
export class InstrumentText {
  readonly #instruments: readonly Instrument[]

  constructor(instruments: readonly Instrument[]) {
    this.#instruments = instruments
  }

  symbol(no: InstrumentNo): string {
    return this.#instruments[no]?.symbol ?? `#${no}`
  }

  find(symbol: string): InstrumentNo | undefined {
    return this.#instruments.find((instrument) => instrument.symbol === symbol)?.no
  }

  price(no: InstrumentNo, value: Price): string {
    const instrument = this.#instruments[no]
    return instrument ? formatPrice(instrument, value) : String(value)
  }

  quantity(no: InstrumentNo, value: Quantity): string {
    const instrument = this.#instruments[no]
    return instrument ? formatQuantity(instrument, value) : String(value)
  }

  /** An amount of money, in price units x quantity units. */
  money(no: InstrumentNo, amount: Notional): string {
    const instrument = this.#instruments[no]
    return instrument ? formatNotional(instrument, amount) : String(amount)
  }

  /** Average price of what was executed; undefined where nothing was, or the instrument is not known. */
  averagePrice(no: InstrumentNo, notional: Notional, cumQty: Quantity): string | undefined {
    if (cumQty === 0) return undefined
    const instrument = this.#instruments[no]
    return instrument ? formatAveragePrice(instrument, notional, cumQty) : undefined
  }
}

export function sideName(side: Side): 'buy' | 'sell' {
  return side === 1 ? 'buy' : 'sell'
}

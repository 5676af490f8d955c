import { formatDecimal } from '../base/decimal.js'
import type { Notional } from '../exchange/event.js'
import { formatPrice, formatQuantity, type Instrument } from '../exchange/instrument.js'
import type { InstrumentNo, Price, Quantity, Side } from '../exchange/units.js'

/** Decimals of an average price beyond the price scale. */
const AVERAGE_DIGITS = 4
const AVERAGE_UNIT = 10n ** BigInt(AVERAGE_DIGITS)

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

  /** Average price of what was executed, to the price scale and four digits, half up; undefined where nothing was. */
  averagePrice(no: InstrumentNo, notional: Notional, cumQty: Quantity): string | undefined {
    if (cumQty === 0) return undefined
    const twice = (BigInt(notional) * AVERAGE_UNIT * 2n) / BigInt(cumQty)
    const average = Number((twice + 1n) / 2n)
    const instrument = this.#instruments[no]
    if (!instrument) return String(average)
    return formatDecimal(average, instrument.priceScale + AVERAGE_DIGITS, instrument.priceDecimals)
  }
}

export function sideName(side: Side): 'buy' | 'sell' {
  return side === 1 ? 'buy' : 'sell'
}

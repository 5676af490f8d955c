import { type Instrument } from '../../../src/exchange/instrument.js'
import { createPriceReaction } from '../../../src/exchange/models/reaction/create-reaction.js'
import { type PriceReaction } from '../../../src/exchange/models/reaction/price-reaction.js'
import { type ModelSettings } from '../../../src/exchange/models/settings.js'
import { type Side } from '../../../src/exchange/units.js'

/** By how much the market's ladder of one instrument is to be moved (models README, "Price reaction"). */
export class ReferenceReaction {
  readonly #model: PriceReaction | undefined
  readonly #tick: number
  #lastPrice = 0

  constructor(models: ModelSettings, instrument: Instrument) {
    this.#model = createPriceReaction(models, instrument)
    this.#tick = instrument.tickSize
  }

  fill(time: number, side: Side, qty: number, price: number): void {
    this.#lastPrice = price
    this.#model?.fill(time, side, qty, price)
  }

  print(): void {
    this.#model?.print()
  }

  shiftAt(time: number): number {
    if (!this.#model) return 0
    const exact = this.#model.at(time) / this.#tick
    const below = Math.floor(exact)
    const isUp = exact - below > 0.5 || (exact - below === 0.5 && below % 2 !== 0)
    const ticks = isUp ? below + 1 : below
    const most = Math.floor(this.#lastPrice / (2 * this.#tick))
    return this.#tick * Math.min(most, Math.max(-most, ticks)) + 0
  }

  state(): unknown {
    return [this.#lastPrice, this.#model?.state()]
  }
}

import { halfLifeDecay } from '../half-life.js'
import { type Side } from '../../units.js'
import { type PriceReaction, type ReactionUnits } from './price-reaction.js'
import { type ReactionSettings } from './reaction-settings.js'

type Settings = Extract<ReactionSettings, { kind: 'obizhaevaWang' }>

/**
 * Obizhaeva and Wang (2013): a block-shaped book of density q. A fill moves the price by its quantity / q at once; the
 * part lambda of it stays, kappa = 1/q - lambda decays as e^(-rho t).
 */
export class ObizhaevaWangReaction implements PriceReaction {
  readonly #settings: Settings
  readonly #units: ReactionUnits
  #permanent = 0
  #transient = 0
  #since = 0

  constructor(settings: Settings, units: ReactionUnits) {
    this.#settings = settings
    this.#units = units
  }

  fill(time: number, side: Side, qty: number, price: number): void {
    const { factor, permanent } = this.#settings
    const { volatility, volume } = this.#units
    const move = side * ((factor * volatility * price * qty) / volume)
    this.#permanent += move * permanent
    this.#transient = this.#transientAt(time) + move * (1 - permanent)
    this.#since = time
  }

  print(): void {}

  at(time: number): number {
    return this.#permanent + this.#transientAt(time)
  }

  state(): readonly number[] {
    return [this.#permanent, this.#transient, this.#since]
  }

  #transientAt(time: number): number {
    return this.#transient === 0 ? 0 : this.#transient * halfLifeDecay(time - this.#since, this.#settings.halfLife)
  }
}

import { decimalsOf, formatDecimal, parseDecimal } from '../../../base/decimal.js'
import { greatestCommonDivisor } from '../tick-survey.js'
import type { Definition } from './definition.js'

/** What definition records say of the instruments of an import. Every day brings them anew, mostly the same. */
export class Definitions {
  readonly #byId = new Map<number, Definition[]>()
  readonly #bySymbol = new Map<string, Definition[]>()

  add(definition: Definition): void {
    const { instrumentId, symbol } = definition
    const known = this.#byId.get(instrumentId) ?? []
    const same = known.findIndex((each) => each.symbol === symbol && each.tickSize === definition.tickSize)
    if (same >= 0) return
    this.#byId.set(instrumentId, [...known, definition])
    this.#bySymbol.set(symbol, [...(this.#bySymbol.get(symbol) ?? []), definition])
  }

  /** The symbol of an id that nothing else names. */
  symbolOf(instrumentId: number): string | undefined {
    return this.#byId.get(instrumentId)?.at(-1)?.symbol
  }

  /**
   * What defines a symbol, oldest first. Ids stand for other instruments on other days, so the symbol goes before them; a
   * continuous or parent symbol is defined only by the ids that it stands for.
   */
  of(symbol: string, ids: Iterable<number>): readonly Definition[] {
    return this.#bySymbol.get(symbol) ?? [...ids].flatMap((id) => this.#byId.get(id) ?? [])
  }
}

/** The tick of an instrument whose definitions tell several: the largest that divides all; undefined where none tells one. */
export function tickOfAll(definitions: readonly Definition[]): string | undefined {
  const ticks = definitions.flatMap(({ tickSize }) => tickSize ?? [])
  if (ticks.length < 2) return ticks[0]
  const decimals = Math.max(...ticks.map(decimalsOf))
  const divisor = ticks.map((tick) => parseDecimal(tick, decimals)).reduce(greatestCommonDivisor)
  return formatDecimal(divisor, decimals, 0)
}

/** Whole numbers, each seen for a while: their mean, median and range by the time they stood. */
export class WeightedValues {
  readonly #weights = new Map<number, number>()
  #total = 0

  add(value: number, weight: number): void {
    if (weight <= 0) return
    this.#weights.set(value, (this.#weights.get(value) ?? 0) + weight)
    this.#total += weight
  }

  get total(): number {
    return this.#total
  }

  mean(): number | undefined {
    let sum = 0
    for (const [value, weight] of this.#weights) sum += value * (weight / this.#total)
    return this.#total > 0 ? sum : undefined
  }

  /** The smallest value that, with all smaller ones, stood for at least half of the time. */
  median(): number | undefined {
    let seen = 0
    for (const value of this.#sorted()) {
      seen += this.#weights.get(value) ?? 0
      if (2 * seen >= this.#total) return value
    }
    return undefined
  }

  range(): readonly [least: number, most: number] | undefined {
    const sorted = this.#sorted()
    return sorted.length > 0 ? [sorted[0], sorted[sorted.length - 1]] : undefined
  }

  #sorted(): number[] {
    return [...this.#weights.keys()].sort((a, b) => a - b)
  }
}

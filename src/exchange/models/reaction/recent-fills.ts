/** Net quantities of the last moments at which something was filled, oldest first. */
export class RecentFills {
  #times: number[] = []
  #quantities: number[] = []
  #head = 0

  get size(): number {
    return this.#times.length - this.#head
  }

  /** The fills of one moment count as one. */
  add(time: number, qty: number): void {
    const last = this.#times.length - 1
    if (last >= this.#head && this.#times[last] === time) this.#quantities[last] += qty
    else {
      this.#times.push(time)
      this.#quantities.push(qty)
    }
  }

  time(i: number): number {
    return this.#times[this.#head + i]
  }

  qty(i: number): number {
    return this.#quantities[this.#head + i]
  }

  /** Forgets the oldest. */
  shift(): void {
    this.#head++
    if (this.#head < 256 || this.#head * 2 < this.#times.length) return
    this.#times = this.#times.slice(this.#head)
    this.#quantities = this.#quantities.slice(this.#head)
    this.#head = 0
  }

  state(): number[] {
    const state: number[] = []
    for (let i = 0; i < this.size; i++) state.push(this.time(i), this.qty(i))
    return state
  }
}

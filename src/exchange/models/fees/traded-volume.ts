import { DAY, type Nanos } from '../../../base/time.js'

const DAYS = 30

/** What a session traded on a market on this day and the 29 before, by UTC days of venue time. */
export class TradedVolume {
  readonly #days: { readonly day: number; volume: bigint }[] = []
  #sum = 0n

  add(time: Nanos, volume: bigint): void {
    const day = Math.floor(time / DAY)
    const last = this.#days.at(-1)
    if (last?.day === day) last.volume += volume
    else this.#days.push({ day, volume })
    this.#sum += volume
  }

  at(time: Nanos): bigint {
    const oldest = Math.floor(time / DAY) - DAYS + 1
    for (let first = this.#days.at(0); first !== undefined && first.day < oldest; first = this.#days.at(0)) {
      this.#sum -= first.volume
      this.#days.shift()
    }
    return this.#sum
  }

  state(): string {
    return this.#days.map(({ day, volume }) => `${day} ${volume}`).join(', ')
  }
}

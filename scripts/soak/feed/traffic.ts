import { seededRandom } from '../../../src/base/random.js'
import type { FakeBinance } from '../../../test/market/live/support/fake-binance.js'
import type { Level } from '../../../test/market/live/support/fake-exchange.js'

const UPDATES_PER_SECOND = 19
const PRINTS_PER_SECOND = 62
const LEVELS = 6
/** Seconds of the exchange's time between faults. */
const LOSE_EVERY = 60
const DROP_EVERY = 300

/** What an exchange sends, and what goes wrong with it, by the exchange's own time. */
export class Traffic {
  readonly #exchange: FakeBinance
  readonly #random = seededRandom(50, 'soak')
  /** Of the book that the exchange opens with. */
  #mid = 10_011
  /** Whole seconds that were sent. */
  second = 0
  updates = 0
  prints = 0
  lost = 0
  drops = 0

  constructor(exchange: FakeBinance) {
    this.#exchange = exchange
  }

  /** Sends all that is due by `second`. */
  until(second: number): void {
    while (this.updates < second * UPDATES_PER_SECOND) this.#update()
    while (this.prints < second * PRINTS_PER_SECOND) this.#print()
    while (this.second < Math.floor(second)) this.#everySecond()
  }

  #update(): void {
    this.updates++
    // An old snapshot is one that was on its way: a second later they are fresh again.
    this.#exchange.snapshotAge = Math.max(0, this.#exchange.snapshotAge - 1)
    if (this.#random.below(40) === 0) this.#mid += this.#random.below(2) === 0 ? 1 : -1
    const [bids, asks] = this.#changes()
    this.#exchange.change(bids, asks)
  }

  /** Quantities near the middle; what the middle has moved over is taken away. */
  #changes(): [Level[], Level[]] {
    const bids: Level[] = [this.#none(this.#mid + 1), this.#none(this.#mid)]
    const asks: Level[] = [this.#none(this.#mid - 1), this.#none(this.#mid)]
    for (let n = 0; n < LEVELS; n++) {
      bids.push(this.#level(this.#mid - 1 - this.#random.below(200)))
      asks.push(this.#level(this.#mid + 1 + this.#random.below(200)))
    }
    return [bids, asks]
  }

  #level(price: number): Level {
    return [(price / 100).toFixed(2), (this.#random.below(5000) / 1000).toFixed(3)]
  }

  #none(price: number): Level {
    return [(price / 100).toFixed(2), '0']
  }

  #print(): void {
    this.prints++
    const buyer = this.#random.below(2) === 0
    const price = (this.#mid + (buyer ? 1 : -1)) / 100
    this.#exchange.trade(price.toFixed(2), '0.010', buyer ? 'buy' : 'sell')
  }

  #everySecond(): void {
    this.second++
    if (this.second % LOSE_EVERY === 0) {
      this.lost++
      this.#exchange.snapshotAge = this.#random.below(20)
      this.#exchange.lose(...this.#changes())
    }
    if (this.second % DROP_EVERY === 0) {
      this.drops++
      this.#exchange.drop()
    }
  }
}

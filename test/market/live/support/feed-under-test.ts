import type { Feed } from '../../../../src/market/live/feed.js'
import type { FakeExchange } from './fake-exchange.js'
import { FeedBench } from './feed-bench.js'

/** A feed and an exchange that speak one protocol, and what that protocol can and cannot tell. */
export interface FeedUnderTest<T extends FakeExchange = FakeExchange> {
  readonly name: string
  exchange(bench: FeedBench): T
  feed(bench: FeedBench, exchange: T): Feed
  /** Messages do not say who the aggressor of a print was. */
  readonly anonymousPrints?: boolean
  /**
   * What becomes of a change that comes twice. `number`: it is known by its number and left out. `same`: it is taken again,
   * which makes no other book, as quantities are absolute. `session`: the FIX session ends, as a number below the expected
   * one without PossDupFlag is a serious error there, and the book is asked for anew.
   */
  readonly twice: 'number' | 'same' | 'session'
  /**
   * How a change shows that was overtaken by the next. `missing`: the next shows that one is missing. `late`: only it
   * itself, when it comes, as changes have no numbers; until then the book is one that the exchange never had.
   */
  readonly overtaken: 'missing' | 'late'
  /** The sender's times are its own affair: that they are behind says nothing. */
  readonly ownTimes?: boolean
}

/** A feed under test, not started, and the exchange that it connects to. */
export class FeedTrial<T extends FakeExchange = FakeExchange> {
  readonly bench: FeedBench
  readonly exchange: T
  /** Books that the venue was told though the exchange did not have them, or had them before one that was told already. */
  readonly wrong: string[] = []
  #at = 0

  private constructor(bench: FeedBench, exchange: T) {
    this.bench = bench
    this.exchange = exchange
    exchange.history = [exchange.truth.join()]
    bench.venue.onEvent = (no) => this.#judge(bench.venue.levels(no).join())
  }

  static async open<T extends FakeExchange>(subject: FeedUnderTest<T>): Promise<FeedTrial<T>> {
    const bench = new FeedBench()
    const trial = new FeedTrial(bench, subject.exchange(bench))
    await trial.exchange.start()
    bench.feed = subject.feed(bench, trial.exchange)
    return trial
  }

  async close(): Promise<void> {
    this.bench.feed?.stop()
    await this.exchange.stop()
  }

  /** Starts the feed, and waits for its book. */
  async connect(): Promise<void> {
    this.bench.feed?.start()
    await this.bench.until(() => this.bench.state === 'live')
  }

  /** The venue's book is live, and the exchange's. */
  get same(): boolean {
    return this.bench.state === 'live' && this.bench.venue.levels().join() === this.exchange.truth.join()
  }

  /** Waits until the book is {@link same}, while seconds pass in which the exchange shows that it lives. */
  async recover(): Promise<void> {
    while (!this.same) {
      this.exchange.sign()
      await new Promise((resolve) => setTimeout(resolve, 2))
      if (!this.same) this.bench.pass(1)
    }
  }

  /** A book that was lost is empty. */
  #judge(book: string): void {
    const { history = [] } = this.exchange
    if (book === '') return
    for (let at = this.#at; at < history.length; at++) {
      if (history[at] !== book) continue
      this.#at = at
      return
    }
    this.wrong.push(book)
  }
}

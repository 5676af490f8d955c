import { SECOND, type Nanos } from '../../base/time.js'
import type { TopOfBook } from '../../exchange/exchange.js'
import type { Phase } from '../../exchange/phase.js'
import { WeightedValues } from './weighted-values.js'

/** A silence of an instrument's feed. */
export interface Gap {
  readonly start: Nanos
  readonly nanos: number
}

/** A phase that began. */
export interface PhaseStart {
  readonly start: Nanos
  readonly phase: Phase
}

/** A silence shorter than this is no gap. */
export const GAP = 60 * SECOND
const LONGEST_GAPS = 10
const FIRST_PHASES = 1000

/** What one instrument did on a tape. Prices and quantities in its units, times since the tape's epoch. */
export class InstrumentStatistics {
  readonly actions = new Map<string, number>()
  events = 0
  first: Nanos | undefined
  last: Nanos | undefined
  /** Visible executions and prints, and hidden ones. */
  trades = 0
  volume = 0
  hiddenTrades = 0
  hiddenVolume = 0
  open: number | undefined
  close: number | undefined
  high = Number.NEGATIVE_INFINITY
  low = Number.POSITIVE_INFINITY
  /** Ask minus bid while both sides stood and the book was not crossed or locked. */
  readonly spread = new WeightedValues()
  /** While there was a bid, and while there was an ask. */
  readonly bestBidQty = new WeightedValues()
  readonly bestAskQty = new WeightedValues()
  readonly levels = new WeightedValues()
  lockedEvents = 0
  crossedEvents = 0
  lockedNanos = 0
  crossedNanos = 0
  oneSidedNanos = 0
  gapCount = 0
  gaps: Gap[] = []
  phaseCount = 0
  /** The first of them. */
  readonly phases: PhaseStart[] = []
  readonly #top: TopOfBook = { bidPrice: 0, bidQty: 0, askPrice: 0, askQty: 0 } as TopOfBook

  count(action: string): void {
    this.actions.set(action, (this.actions.get(action) ?? 0) + 1)
  }

  print(price: number, qty: number, hidden: boolean): void {
    if (hidden) {
      this.hiddenTrades++
      this.hiddenVolume += qty
    } else {
      this.trades++
      this.volume += qty
    }
    this.open ??= price
    this.close = price
    this.high = Math.max(this.high, price)
    this.low = Math.min(this.low, price)
  }

  phase(start: Nanos, phase: Phase): void {
    this.phaseCount++
    if (this.phases.length < FIRST_PHASES) this.phases.push({ start, phase })
  }

  /** An event is complete at `time` and leaves the book as `top` says. */
  event(time: Nanos, top: TopOfBook): void {
    this.events++
    this.first ??= time
    if (this.last !== undefined) this.#stood(this.last, time)
    this.last = time
    Object.assign(this.#top, top)
    if (!bothSides(top)) return
    if (top.bidPrice === top.askPrice) this.lockedEvents++
    if (top.bidPrice > top.askPrice) this.crossedEvents++
  }

  /** The tape ends: the book stood as it is until then. */
  end(time: Nanos): void {
    if (this.last !== undefined) this.#stood(this.last, time)
  }

  /** The book as it is stood from `from` to `to`. */
  #stood(from: Nanos, to: Nanos): void {
    const nanos = to - from
    const top = this.#top
    if (top.bidQty > 0) this.bestBidQty.add(top.bidQty, nanos)
    if (top.askQty > 0) this.bestAskQty.add(top.askQty, nanos)
    if (!bothSides(top)) this.oneSidedNanos += nanos
    else if (top.bidPrice > top.askPrice) this.crossedNanos += nanos
    else if (top.bidPrice === top.askPrice) this.lockedNanos += nanos
    else this.spread.add(top.askPrice - top.bidPrice, nanos)
    if (nanos < GAP) return
    this.gapCount++
    this.gaps = [...this.gaps, { start: from, nanos }].sort((a, b) => b.nanos - a.nanos).slice(0, LONGEST_GAPS)
  }
}

function bothSides(top: TopOfBook): boolean {
  return top.bidQty > 0 && top.askQty > 0
}

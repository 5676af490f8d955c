import { decimalsOf, formatDecimal } from '../../../base/decimal.js'
import type { FeedKind, InstrumentTerms } from '../../../exchange/instrument.js'
import type { ImportOptions } from '../import-options.js'
import type { DecimalNumber } from './decimal-number.js'
import type { FeedSink, OrderAction } from './feed-sink.js'
import { greatestCommonDivisor, NumberSurvey } from './number-survey.js'

/** What a survey finds out about one instrument. */
export interface SurveyedInstrument {
  readonly symbol: string
  readonly price: NumberSurvey
  readonly qty: NumberSurvey
}

/** The first pass over a vendor's files: which instruments they hold, in which steps they move, and how much is told. */
export class Survey implements FeedSink {
  readonly instruments: SurveyedInstrument[] = []
  /** Symbols that are not asked for. */
  readonly others = new Set<string>()
  orders = 0
  levels = 0
  quotes = 0
  prints = 0
  facts = 0
  readonly #numbers = new Map<string, number>()
  readonly #wanted: ReadonlySet<string> | undefined

  constructor(wanted: ReadonlySet<string> | undefined) {
    this.#wanted = wanted
  }

  instrument(symbol: string): number {
    const known = this.#numbers.get(symbol)
    if (known !== undefined) return known
    if (this.#wanted && !this.#wanted.has(symbol)) {
      this.others.add(symbol)
      return -1
    }
    const no = this.instruments.push({ symbol, price: new NumberSurvey(), qty: new NumberSurvey() }) - 1
    this.#numbers.set(symbol, no)
    return no
  }

  clear(): void {
    this.facts++
  }

  phase(): void {
    this.facts++
  }

  wholeBook(): void {
    this.levels++
  }

  level(_time: number, no: number, _side: number, price: DecimalNumber, qty: DecimalNumber): void {
    this.levels++
    this.#step(no, price, qty)
  }

  quote(_time: number, no: number, _side: number, price: DecimalNumber, qty: DecimalNumber): void {
    this.quotes++
    if (qty.mantissa !== 0) this.#step(no, price, qty)
  }

  trade(_time: number, no: number, _aggressor: number, price: DecimalNumber, qty: DecimalNumber): void {
    this.prints++
    this.#see(no, price, qty)
  }

  hidden(_time: number, no: number, _aggressor: number, price: DecimalNumber, qty: DecimalNumber): void {
    this.prints++
    this.#see(no, price, qty)
  }

  order(
    _time: number,
    no: number,
    action: OrderAction,
    _high: number,
    _low: number,
    _side: number,
    price: DecimalNumber,
    qty: DecimalNumber
  ): void {
    this.orders++
    if (action === 'add' || action === 'modify') this.#step(no, price, qty)
    else this.#see(no, price, qty)
  }

  end(): void {}

  /** All that the facts tell, most first. */
  get feeds(): readonly FeedKind[] {
    if (this.orders > 0) return ['l3', 'l2']
    return this.levels > 0 ? ['l2', 'l1'] : ['l1']
  }

  /** What is written on the tape of an instrument. Only prints: their decimals are the tick, as there is no other. */
  terms(index: number, feed: FeedKind, options: ImportOptions, format: FormatTerms): InstrumentTerms {
    const { symbol, price, qty } = this.instruments[index]
    const tickSize = options.tick ?? smaller(price.step, format.largestTick)
    const lotSize = options.lot ?? formatDecimal(1, qty.roomyDecimals)
    const currency = options.currency ?? quotedIn(symbol)
    const venue = options.market ?? format.market
    return {
      symbol,
      tickSize,
      lotSize,
      priceScale: Math.max(price.decimals, decimalsOf(tickSize)),
      quantityScale: Math.max(qty.roomyDecimals, decimalsOf(lotSize)),
      feed,
      ...(currency === undefined ? {} : { currency }),
      ...(venue === undefined ? {} : { market: venue })
    }
  }

  #step(no: number, price: DecimalNumber, qty: DecimalNumber): void {
    this.facts++
    const { price: prices, qty: quantities } = this.instruments[no]
    prices.seeStep(price)
    quantities.see(qty)
  }

  #see(no: number, price: DecimalNumber, qty: DecimalNumber): void {
    this.facts++
    const { price: prices, qty: quantities } = this.instruments[no]
    if (!Number.isNaN(price.mantissa)) prices.see(price)
    if (!Number.isNaN(qty.mantissa)) quantities.see(qty)
  }
}

/** What a format says of all its instruments. */
export interface FormatTerms {
  readonly market?: string
  readonly largestTick?: string
}

/** The step, or where a market's rules say that ticks are smaller, one that divides both. */
function smaller(step: string, largest: string | undefined): string {
  if (largest === undefined || Number(largest) >= Number(step)) return step
  const scale = Math.max(decimalsOf(step), decimalsOf(largest))
  const [a, b] = [step, largest].map((each) => Math.round(Number(each) * 10 ** scale))
  return formatDecimal(greatestCommonDivisor(a, b), scale, 0)
}

/** The currency that a pair such as BTC-EUR is quoted in. */
function quotedIn(symbol: string): string | undefined {
  return /[-/_]([A-Z]{3})$/.exec(symbol)?.[1]
}

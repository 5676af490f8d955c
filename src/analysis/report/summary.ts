import { formatRatio, type Ratio } from '../ratio.js'
import { addMoney, formatMoney, toMoney, type Money } from '../tca/marks.js'
import { type SymbolCost } from '../tca/symbol-cost.js'
import { type Refusals } from '../recording/recording.js'
import { type Tca } from '../tca/tca.js'
import { counted } from './figure-text.js'

/** The session's cost in one currency, over all its symbols. */
export interface CurrencySummary {
  readonly currency: string
  readonly symbols: number
  readonly parents: number
  /** Parents in the shortfall; the others lack a benchmark. */
  readonly measuredParents: number
  readonly orders: number
  readonly fills: number
  /** Executed price x quantity. */
  readonly turnover: Money
  readonly benchmarkNotional: Money
  readonly shortfall: Readonly<Record<ShortfallPart, Money>>
}

export type ShortfallPart = keyof SymbolCost['shortfall']

export const SHORTFALL_PARTS: readonly Exclude<ShortfallPart, 'total'>[] = ['delay', 'trading', 'opportunity', 'fees']

const NOTHING: Money = { units: 0n, scale: 0 }

/** One summary per currency, in the order of the symbols. */
export function summarise({ symbols }: Tca): CurrencySummary[] {
  const currencies = new Set(symbols.map(({ instrument }) => instrument.currency))
  return [...currencies].map((currency) => {
    const its = symbols.filter(({ instrument }) => instrument.currency === currency)
    const count = (of: (symbol: SymbolCost) => number) => its.reduce((sum, symbol) => sum + of(symbol), 0)
    const money = (of: (symbol: SymbolCost) => SymbolCost['notional']) =>
      its.reduce((sum, symbol) => addMoney(sum, toMoney(of(symbol), symbol.scale)), NOTHING)
    return {
      currency,
      symbols: its.length,
      parents: count(({ parents }) => parents),
      measuredParents: count(({ measuredParents }) => measuredParents),
      orders: count(({ orders }) => orders),
      fills: count(({ fills }) => fills),
      turnover: money(({ notional }) => notional),
      benchmarkNotional: money(({ benchmarkNotional }) => benchmarkNotional),
      shortfall: {
        delay: money(({ shortfall }) => shortfall.delay),
        trading: money(({ shortfall }) => shortfall.trading),
        opportunity: money(({ shortfall }) => shortfall.opportunity),
        fees: money(({ shortfall }) => shortfall.fees),
        total: money(({ shortfall }) => shortfall.total)
      }
    }
  })
}

/** What was refused, in a sentence. */
export function refusedText({ orders, cancels, replaces, tooLate }: Refusals): string {
  const late = tooLate > 0 ? `; ${tooLate} of these came too late` : ''
  return `Refused: ${counted(orders, 'order')}, ${counted(cancels, 'cancel')}, ${counted(replaces, 'replace')}${late}.`
}

/** amount / notional in basis points; undefined where the notional is 0. */
export function moneyBasisPoints(amount: Money, notional: Money): Ratio | undefined {
  if (notional.units === 0n) return undefined
  return {
    numerator: amount.units * 10n ** BigInt(notional.scale) * 10_000n,
    denominator: notional.units * 10n ** BigInt(amount.scale)
  }
}

/** A summary as values for JSON. */
export function summaryJson({ shortfall, turnover, benchmarkNotional, ...counts }: CurrencySummary) {
  const part = (money: Money) => {
    const bp = moneyBasisPoints(money, benchmarkNotional)
    return { money: formatMoney(money), bp: bp ? formatRatio(bp, 4) : null }
  }
  return {
    ...counts,
    turnover: formatMoney(turnover),
    shortfall:
      counts.measuredParents === 0
        ? null
        : {
            delay: part(shortfall.delay),
            trading: part(shortfall.trading),
            opportunity: part(shortfall.opportunity),
            fees: part(shortfall.fees),
            total: part(shortfall.total)
          }
  }
}

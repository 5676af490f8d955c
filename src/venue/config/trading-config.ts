import type { Instrument } from '../../exchange/instrument.js'
import type { SelfMatch } from '../../exchange/order-qualifiers.js'
import { tradingRules, type TradingRules } from '../../exchange/trading-rules.js'
import type { PhaseTable } from '../phases/phase-table.js'
import type { DayEnd } from '../phases/trading-days.js'

/** How instruments trade. */
export interface TradingTerms {
  readonly rules: Partial<TradingRules>
  /** undefined: always continuous. */
  readonly phases: PhaseTable | undefined
}

export interface TradingConfig extends TradingTerms {
  /** By symbol, what differs from the rest. */
  readonly instruments: Readonly<Record<string, TradingTerms>>
  /** Clients whose orders do not trade with each other, by TargetCompID. */
  readonly firms: Readonly<Record<string, SelfMatch>>
  /** When DAY orders expire and ClOrdIDs may be used again. undefined: a session is one trading day. */
  readonly endOfDay: DayEnd | undefined
}

export const DEFAULT_TRADING: TradingConfig = {
  rules: {},
  phases: undefined,
  instruments: {},
  firms: {},
  endOfDay: undefined
}

/** Instruments with the rules that a configuration gives them. */
export function withTradingRules(
  instruments: readonly Instrument[],
  { rules, instruments: own }: TradingConfig
): readonly Instrument[] {
  return instruments.map((each) =>
    Object.freeze({ ...each, rules: tradingRules({ ...each.rules, ...rules, ...own[each.symbol]?.rules }) })
  )
}

/** The timetable of an instrument. */
export const phasesOf = ({ phases, instruments }: TradingConfig, symbol: string): PhaseTable | undefined =>
  instruments[symbol]?.phases ?? phases

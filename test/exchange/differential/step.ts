import { nanos, type Nanos } from '../../../src/base/time.js'
import { type Command } from '../../../src/exchange/command.js'
import { type OrderState } from '../../../src/exchange/event.js'
import { type Exchange } from '../../../src/exchange/exchange.js'
import { type FeedKind } from '../../../src/exchange/instrument.js'
import { type MarketSink } from '../../../src/exchange/market-sink.js'
import { type ModelSettings } from '../../../src/exchange/models/settings.js'
import { type TradingRules } from '../../../src/exchange/trading-rules.js'
import { type InstrumentNo } from '../../../src/exchange/units.js'

type FactName = Exclude<keyof MarketSink, 'eventEnd'>

/** A fact of the feed: its name and what follows time and instrument. */
export interface Fact {
  readonly name: FactName
  readonly args: readonly number[]
}

export type Untimed<C> = C extends Command ? Omit<C, 'time'> : never

/** One thing that happens, `wait` after the one before. Plain data, so that a failing sequence can be printed and kept. */
export type Step =
  | { readonly kind: 'event'; readonly wait: number; readonly instrument: number; readonly facts: readonly Fact[] }
  | {
      readonly kind: 'command'
      readonly wait: number
      readonly command: Untimed<Command>
      /** The request names whichever order works at this place of the list, where there is one. */
      readonly of?: number
    }
  /** Replaces every working order by itself, so that it says what is ahead of it. */
  | { readonly kind: 'probe'; readonly wait: number }
  | { readonly kind: 'advance'; readonly wait: number }

export interface Scenario {
  readonly feeds: readonly FeedKind[]
  readonly lotSize: string
  /** Rules of every instrument's market. */
  readonly rules: Partial<TradingRules>
  /** Nothing but limit and market orders in continuous trading. */
  readonly isPlain: boolean
  readonly models: ModelSettings
  /** Whether the feed makes sense and calls keep their contract. */
  readonly isHostile: boolean
  readonly steps: readonly Step[]
}

/** Tells one fact to an exchange. */
export function tell(exchange: Exchange, time: Nanos, instrument: InstrumentNo, { name, args }: Fact): void {
  const method = exchange[name] as (time: Nanos, instrument: InstrumentNo, ...args: readonly number[]) => void
  method.call(exchange, time, instrument, ...args)
}

/**
 * When each step happens. The caller's contract says that the feed of a moment comes before its commands, so outside
 * hostile scenarios an event after a command waits for the next moment.
 */
export function timesOf({ steps, isHostile }: Scenario): Nanos[] {
  let time = 0
  let lastCommand = -1
  return steps.map((step) => {
    time += step.wait
    if (step.kind === 'event' && time === lastCommand && !isHostile) time++
    if (step.kind !== 'event') lastCommand = time
    return nanos(time)
  })
}

export function submit(exchange: Exchange, time: Nanos, command: Untimed<Command>): void {
  exchange.submit({ ...command, time })
}

/** The commands of a step, as the orders stand that work now. */
export function commandsOf(step: Step, at: number, working: readonly OrderState[]): Untimed<Command>[] {
  if (step.kind === 'probe') {
    return working.map(({ terms }) => ({
      kind: 'replace',
      session: terms.session,
      clOrdId: `p${at}-${terms.orderId}`,
      origClOrdId: terms.clOrdId,
      orderQty: undefined,
      price: undefined,
      ordType: undefined,
      timeInForce: undefined,
      tags: terms.tags
    }))
  }
  if (step.kind !== 'command') return []
  const { command, of } = step
  if (of === undefined || working.length === 0 || !('origClOrdId' in command)) return [command]
  const { session, clOrdId } = working[of % working.length].terms
  return [{ ...command, session, origClOrdId: clOrdId }]
}

import { type Random } from '../../../src/base/random.js'
import { nanos } from '../../../src/base/time.js'
import { type OrdType, type TimeInForce } from '../../../src/exchange/command.js'
import { type OrderQualifiers } from '../../../src/exchange/order-qualifiers.js'
import { TYPE_RULES } from '../../../src/exchange/order/combinations.js'
import { PHASES, type Phase } from '../../../src/exchange/phase.js'
import { refusal } from '../../../src/exchange/refusal.js'
import { type SelfMatchMode } from '../../../src/exchange/trading-rules.js'
import { instrumentNo, price, quantity, sessionNo, type SessionNo, type Side } from '../../../src/exchange/units.js'
import { MIDDLE, TICK } from './feed-writer.js'
import { type Step } from './step.js'

export type ClientStep = Omit<Extract<Step, { kind: 'command' }>, 'kind' | 'wait'>

export interface ClientHabits {
  readonly instruments: number
  readonly lot: number
  readonly scale: number
  readonly isTight: boolean
  /** Nothing but limit and market orders in continuous trading. */
  readonly isPlain: boolean
  /** About how long the day is. */
  readonly length: number
}

/** What clients send: mostly sensible, sometimes not; mostly of orders that work, sometimes of any id sent before. */
export class ClientWriter {
  readonly #random: Random
  readonly #habits: ClientHabits
  readonly #sent: string[] = []
  readonly #likesSelfMatch: boolean
  /** A day of many auctions, and of clients who meet each other. */
  readonly #hasAuctions: boolean

  constructor(random: Random, habits: ClientHabits) {
    this.#random = random
    this.#habits = habits
    this.#likesSelfMatch = random.below(3) === 0
    this.#hasAuctions = random.below(3) === 0
  }

  next(): ClientStep {
    const choice = this.#random.below(100)
    if (!this.#habits.isPlain && choice < (this.#hasAuctions ? 12 : 3)) return this.#phase()
    if (choice < 65) return this.#order()
    if (choice < 74) return this.#cancel()
    if (choice < 94) return this.#replace()
    if (choice < 97) return this.#refuse()
    if (choice < 98 || this.#random.below(2) === 0) {
      return { command: { kind: 'cancelAll', session: this.#anyone(), reason: 'session disconnected' } }
    }
    return { command: { kind: 'endOfDay' } }
  }

  // ---- commands ----

  /** Back to continuous trading more often than not; on a day of auctions by way of a call. */
  #phase(): ClientStep {
    const usual = this.#random.below(2) === 0 ? 'continuous' : this.#any(...PHASES)
    const calls = ['openingAuction', 'volatilityAuction', 'closingAuction', 'closingAuction'] as const
    const phase = this.#hasAuctions
      ? this.#any<Phase>(...calls, 'continuous', 'continuous', 'continuous', 'tradeAtLast', 'closed', usual)
      : usual
    return { command: { kind: 'phase', instrument: instrumentNo(this.#random.below(this.#habits.instruments)), phase } }
  }

  #order(): ClientStep {
    const { isPlain, instruments } = this.#habits
    const { ordType, timeInForce } = isPlain ? this.#plainType() : this.#anyType()
    const side = this.#any<Side>(1, -1)
    const hasPrice =
      ordType === 'limit' || ordType === 'stopLimit' || (ordType === 'pegged' && this.#random.below(3) > 0)
    return {
      command: {
        kind: 'new',
        session: this.#anyone(),
        clOrdId: this.#newId(),
        instrument: instrumentNo(this.#random.below(instruments)),
        side,
        ordType,
        timeInForce,
        orderQty: quantity(this.#qty()),
        price: price(hasPrice || this.#rarely() ? this.#limit(side) : 0),
        tags: this.#rarely() ? [[1, 'ACCOUNT']] : [],
        ...(isPlain ? {} : { qualifiers: this.#qualifiers(ordType, timeInForce, side) })
      }
    }
  }

  #cancel(): ClientStep {
    const ids = { session: this.#anyone(), clOrdId: this.#newId(), origClOrdId: this.#sentBefore() }
    return { command: { kind: 'cancel', ...ids }, ...this.#mostly() }
  }

  #replace(): ClientStep {
    const { isPlain } = this.#habits
    const changed = this.#rarely() ? this.#anyType() : undefined
    const timeInForce = this.#random.below(6) > 0 ? undefined : this.#tif()
    const brings = !isPlain && this.#random.below(3) === 0
    return {
      command: {
        kind: 'replace',
        session: this.#anyone(),
        clOrdId: this.#newId(),
        origClOrdId: this.#sentBefore(),
        orderQty: this.#random.below(2) === 0 ? undefined : quantity(this.#qty()),
        price: this.#random.below(2) === 0 ? undefined : price(this.#limit(this.#any(1, -1))),
        ordType: isPlain ? (this.#rarely() ? this.#any<OrdType>('market', 'limit') : undefined) : changed?.ordType,
        timeInForce,
        tags: this.#rarely() ? [[583, 'PARENT']] : [],
        ...(brings
          ? { qualifiers: this.#qualifiers(this.#any('limit', 'stop', 'pegged'), this.#tif(), this.#any<Side>(1, -1)) }
          : {})
      },
      ...this.#mostly()
    }
  }

  #refuse(): ClientStep {
    return {
      command: {
        kind: 'refuse',
        session: this.#anyone(),
        clOrdId: this.#newId(),
        request: this.#any('new', 'cancel', 'replace'),
        origClOrdId: this.#sentBefore(),
        refusal: refusal('PP1007', 'XYZ'),
        tags: []
      },
      ...this.#mostly()
    }
  }

  // ---- fields ----

  #plainType(): { ordType: OrdType; timeInForce: TimeInForce } {
    const timeInForce = this.#any<TimeInForce>('day', 'day', 'day', 'day', 'gtc', 'gtc', 'gtc', 'ioc', 'fok')
    return { ordType: this.#random.below(10) === 0 ? 'market' : 'limit', timeInForce }
  }

  #anyType(): { ordType: OrdType; timeInForce: TimeInForce } {
    const ordType = this.#any<OrdType>(
      ...(['limit', 'limit', 'limit', 'limit', 'limit', 'limit', 'limit', 'market'] as const),
      ...(Object.keys(TYPE_RULES) as OrdType[])
    )
    if (this.#rarely()) return { ordType, timeInForce: this.#tif() }
    const known = TYPE_RULES[ordType].timesInForce
    const timeInForce = this.#random.below(2) === 0 ? 'day' : this.#any(...known)
    return { ordType, timeInForce }
  }

  #tif(): TimeInForce {
    return this.#any<TimeInForce>('day', 'day', 'gtc', 'gtc', 'ioc', 'fok', 'gtd', 'opg', 'atc')
  }

  /** What the type needs, often something it may have, rarely anything. */
  #qualifiers(ordType: OrdType, timeInForce: TimeInForce, side: Side): OrderQualifiers {
    const { lot, scale } = this.#habits
    const random = this.#random
    const isLimit = ordType === 'limit'
    const lots = (n: number): number => (this.#rarely() ? this.#any(-lot, lot + 1, 0) : random.below(n) * lot * scale)
    const has = (likely: boolean, oneIn: number): boolean =>
      random.below(80) === 0 ? !likely : likely && random.below(oneIn) === 0
    const peg = { reference: this.#any('primary', 'market', 'midpoint'), offset: TICK * (random.below(5) - 2) } as const
    const isStop = ordType === 'stop' || ordType === 'stopLimit' || ordType === 'marketIfTouched'
    const all: OrderQualifiers = {
      ...(has(isStop, 1) ? { stopPx: price(this.#limit(this.#any<Side>(side, 1, -1))) } : {}),
      ...(has(isLimit, 12) ? { minQty: quantity(lots(8)) } : {}),
      ...(has(ordType !== 'market', 5) ? { displayQty: quantity(this.#any(0, 1, 1, 1) * lots(6)) } : {}),
      ...(has(isLimit, 12) ? { allOrNone: random.below(6) > 0 } : {}),
      ...(has(isLimit, 10) ? { postOnly: this.#any('reject', 'reprice', 'reprice', 'none') } : {}),
      ...(has(ordType === 'pegged', 1) ? { peg: this.#rarely() ? { ...peg, offset: 1 } : peg } : {}),
      ...(has(timeInForce === 'gtd', 1) ? { expireTime: nanos(random.below(this.#habits.length)) } : {}),
      ...(this.#likesSelfMatch && random.below(3) > 0
        ? { selfMatch: { id: this.#any('A', 'B'), mode: this.#mode() } }
        : {})
    }
    return all
  }

  #mode(): SelfMatchMode {
    return this.#any('cancelNewest', 'cancelOldest', 'cancelBoth', 'decrement')
  }

  #qty(): number {
    const { lot, scale } = this.#habits
    if (this.#rarely()) return this.#any(0, -lot, lot + 1)
    const lots = 1 + this.#random.below(this.#any(3, 10, 40))
    return lots * lot * scale
  }

  /** Clients bid lower and offer higher more often than not, so that most orders rest. */
  #limit(side: number): number {
    const random = this.#random
    if (this.#rarely()) return this.#any(0, -TICK, MIDDLE + 1)
    if (this.#hasAuctions && random.below(2) === 0) return MIDDLE + TICK * (random.below(5) - 2)
    if (this.#habits.isTight && random.below(5) > 0) return MIDDLE - side * TICK * this.#any(1, 1, 1, 2)
    return MIDDLE + TICK * (random.below(6) === 0 ? random.below(9) - 4 : -side * (random.below(5) - 1))
  }

  #any<T>(...choices: readonly T[]): T {
    return choices[this.#random.below(choices.length)]
  }

  #rarely(): boolean {
    return this.#random.below(20) === 0
  }

  #sentBefore(): string {
    return this.#sent[this.#random.below(this.#sent.length || 1)] ?? 'nobody'
  }

  #anyone(): SessionNo {
    return sessionNo(this.#random.below(3))
  }

  #newId(): string {
    if (this.#random.below(40) === 0) return this.#sentBefore()
    this.#sent.push(`c${this.#sent.length + 1}`)
    return this.#sent[this.#sent.length - 1]
  }

  #mostly(): { of: number } | undefined {
    return this.#random.below(8) === 0 ? undefined : { of: this.#random.below(20) }
  }
}

import { type Nanos } from '../../../base/time.js'
import { type Liquidity, type Notional } from '../../event.js'
import { type Instrument } from '../../instrument.js'
import { type SessionNo } from '../../units.js'
import { compileSchedule, type CompiledSchedule } from './compile-schedule.js'
import { type FeeSettings } from './fee-settings.js'
import { RATE_DIGITS } from './rate.js'
import { TradedVolume } from './traded-volume.js'

/** A fill as it is charged. */
export interface ChargedFill {
  readonly orderId: number
  readonly session: SessionNo
  readonly qty: number
  readonly price: number
  readonly liquidity: Liquidity
}

interface OrderFees {
  /** Exact sum of rate times quantity or notional, in 10^-RATE_DIGITS notional units. */
  total: bigint
  charged: bigint
}

/**
 * What venues charge for fills (models/README, fees), in notional units (price units x quantity units), positive where it is
 * paid. The fees of an order are exact; a fill is charged what they have grown by, rounded, since the fill before.
 */
export class FeeBook {
  readonly #schedules: readonly (CompiledSchedule | undefined)[]
  /** Volumes by schedule and session. */
  readonly #volumes = new Map<CompiledSchedule, TradedVolume[]>()
  readonly #orders = new Map<number, OrderFees>()

  /** @throws RangeError where a schedule is none. */
  constructor(settings: FeeSettings, instruments: readonly Instrument[]) {
    this.#schedules = instruments.map((instrument) => {
      const schedule = settings[instrument.market] ?? settings['*']
      return schedule && compileSchedule(schedule, instrument)
    })
    const byMarket = new Map<string, TradedVolume[]>()
    this.#schedules.forEach((schedule, no) => {
      if (schedule === undefined) return
      const { market } = instruments[no]
      const volumes = byMarket.get(market) ?? []
      byMarket.set(market, volumes)
      this.#volumes.set(schedule, volumes)
    })
  }

  /** The fee of a fill; undefined where its market charges nothing. */
  charge(time: Nanos, instrument: number, fill: ChargedFill): Notional | undefined {
    const schedule = this.#schedules[instrument]
    if (schedule === undefined) return undefined
    const { orderId, session, qty, price, liquidity } = fill
    const traded = schedule.volumeOf(qty, price)
    const volume = this.#volumeOf(schedule, session)
    const rates = schedule.tierOf(volume.at(time) + schedule.volumeBefore)
    volume.add(time, traded)
    const fees = this.#orders.get(orderId) ?? { total: 0n, charged: 0n }
    this.#orders.set(orderId, fees)
    fees.total += rates[liquidity] * schedule.baseOf(qty, price)
    const due = schedule.bounded(roundHalfEven(fees.total, 10n ** BigInt(RATE_DIGITS)))
    const fee = due - fees.charged
    fees.charged = due
    const small = Number(fee)
    return Number.isSafeInteger(small) ? small : fee
  }

  /** An order is done. */
  forget(orderId: number): void {
    this.#orders.delete(orderId)
  }

  /** Everything that later fees depend on. */
  state(): readonly string[] {
    const state = [...this.#orders].map(([order, { total, charged }]) => `${order} ${total} ${charged}`)
    for (const volumes of new Set(this.#volumes.values()))
      state.push(...volumes.map((volume, session) => `${session}: ${volume.state()}`))
    return state
  }

  #volumeOf(schedule: CompiledSchedule, session: SessionNo): TradedVolume {
    const volumes = this.#volumes.get(schedule) as TradedVolume[]
    while (volumes.length <= session) volumes.push(new TradedVolume())
    return volumes[session]
  }
}

function roundHalfEven(value: bigint, by: bigint): bigint {
  let whole = value / by
  let rest = value % by
  if (rest < 0n) {
    whole -= 1n
    rest += by
  }
  const twice = 2n * rest
  return twice > by || (twice === by && whole % 2n !== 0n) ? whole + 1n : whole
}

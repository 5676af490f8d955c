import { type Liquidity } from '../../event.js'
import { type Instrument } from '../../instrument.js'
import { type FeeSchedule, type FeeTier } from './fee-settings.js'
import { parseRate } from './rate.js'

/** Rates by what a fill did, in 10^-RATE_DIGITS. */
type Rates = Readonly<Record<Liquidity, bigint>>

/** A fee schedule in the units of one instrument. */
export interface CompiledSchedule {
  /** 30-day volume that a session came with. */
  readonly volumeBefore: bigint
  /** What a fill counts towards the 30-day volume, in 10^-RATE_DIGITS. */
  volumeOf(qty: number, price: number): bigint
  /** What a rate multiplies, in notional units. */
  baseOf(qty: number, price: number): bigint
  tierOf(volume: bigint): Rates
  /** The fees of an order between minimum and cap; a rebate is left alone. */
  bounded(fees: bigint): bigint
}

/** @throws RangeError where a decimal is none, or the tiers do not ascend from 0. */
export function compileSchedule(schedule: FeeSchedule, instrument: Instrument): CompiledSchedule {
  const fault = scheduleFault(schedule)
  if (fault !== undefined) throw new RangeError(fault)
  const { priceScale, quantityScale } = instrument
  const byNotional = schedule.basis === 'perNotional'
  const priceUnit = 10n ** BigInt(priceScale)
  // Volumes are compared at 12 decimals; a notional may have more, which are cut.
  const volumeScale = 12 - (byNotional ? priceScale + quantityScale : quantityScale)
  const scaled = (volume: bigint): bigint =>
    volumeScale >= 0 ? volume * 10n ** BigInt(volumeScale) : volume / 10n ** BigInt(-volumeScale)
  const tiers = schedule.tiers.map((tier) => ({ from: parsed(tier.from), rates: ratesOf(tier) }))
  const money = (text: string | undefined): bigint | undefined =>
    text === undefined ? undefined : toNotional(parsed(text), priceScale + quantityScale)
  const [minimum, cap] = [money(schedule.minimum), money(schedule.cap)]
  return {
    volumeBefore: parsed(schedule.volumeBefore ?? '0'),
    volumeOf: (qty, price) => scaled(byNotional ? BigInt(qty) * BigInt(price) : BigInt(qty)),
    baseOf: (qty, price) => BigInt(qty) * (byNotional ? BigInt(price) : priceUnit),
    tierOf(volume) {
      let { rates } = tiers[0]
      for (const tier of tiers) if (volume >= tier.from) rates = tier.rates
      return rates
    },
    bounded(fees) {
      if (fees <= 0n) return fees
      const least = minimum !== undefined && fees < minimum ? minimum : fees
      return cap !== undefined && least > cap ? cap : least
    }
  }
}

/** What is wrong with a schedule, as one sentence; undefined where nothing is. */
export function scheduleFault({ tiers, minimum, cap, volumeBefore }: FeeSchedule): string | undefined {
  const texts = [
    minimum,
    cap,
    volumeBefore,
    ...tiers.flatMap(({ from, maker, taker, auction }) => [from, maker, taker, auction])
  ]
  for (const text of texts)
    if (text !== undefined && parseRate(text) === undefined)
      return `a fee is a decimal with at most 12 decimals, got "${text}"`
  if (tiers.length === 0 || parsed(tiers[0].from) !== 0n) return 'the first tier of a fee schedule is from "0"'
  for (let i = 1; i < tiers.length; i++)
    if (parsed(tiers[i].from) <= parsed(tiers[i - 1].from)) return 'the tiers of a fee schedule ascend'
  if (minimum !== undefined && cap !== undefined && parsed(minimum) > parsed(cap))
    return `the minimum of a fee, ${minimum}, is above its cap, ${cap}`
  return undefined
}

function ratesOf({ maker, taker, auction = taker }: FeeTier): Rates {
  return { added: parsed(maker), removed: parsed(taker), auction: parsed(auction) }
}

const parsed = (text: string): bigint => parseRate(text) ?? 0n

/** Money at 12 decimals in notional units at `scale` decimals; what is finer is cut. */
function toNotional(money: bigint, scale: number): bigint {
  return scale >= 12 ? money * 10n ** BigInt(scale - 12) : money / 10n ** BigInt(12 - scale)
}

import { type Notional } from './event.js'
import { type Instrument } from './instrument.js'

/** An amount in price units x quantity units as money, exactly: "0.35", "-1.0005". At least two decimals. */
export function formatNotional({ priceScale, quantityScale }: Instrument, amount: Notional): string {
  const scale = priceScale + quantityScale
  const value = BigInt(amount)
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const fraction = digits
    .slice(digits.length - scale)
    .replace(/0+$/, '')
    .padEnd(2, '0')
  return `${value < 0n ? '-' : ''}${whole}.${fraction}`
}

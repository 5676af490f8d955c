import { times, type Exact } from '../exact.js'
import { formatRatio, ratio, type Ratio } from '../ratio.js'
import { formatCents, toMoney, type MarkScale, type Money } from '../tca/marks.js'
import { basisPoints } from './figures.js'

/** Shown where something could not be measured. */
export const ABSENT = '–'

/** Basis points to two decimals with a sign to see at once what cost and what earned: "+11.81", "-0.40". */
export function bpText(amount: Exact | Ratio | undefined, notional: Exact | Ratio | undefined): string {
  const value = amount === undefined || notional === undefined ? undefined : basisPoints(amount, notional)
  return ratioText(value)
}

export function ratioText(value: Ratio | undefined): string {
  return value ? signed(formatRatio(value, 2)) : ABSENT
}

/** An amount in money, to the cent, with thousands apart: "+1,204.50". */
export function amountText(amount: Exact | undefined, scale: MarkScale): string {
  return amount === undefined ? ABSENT : moneyText(toMoney(amount, scale))
}

export function moneyText(money: Money): string {
  return signed(grouped(formatCents(money)))
}

/** A share as percent without decimals; "<1%" and ">99%" rather than a rounding to nothing or all. */
export function percentText(part: number, whole: number): string {
  if (!(whole > 0)) return ABSENT
  const percent = Math.round((part / whole) * 100)
  if (percent === 0 && part > 0) return '<1%'
  if (percent === 100 && part < whole) return '>99%'
  return `${percent}%`
}

/** part / whole as percent without decimals, whatever their signs: "85%", "-100%". */
export function shareText(part: Exact, whole: Exact): string {
  const value = ratio(times(part, 100), whole)
  return value ? `${formatRatio(value, 0)}%` : ABSENT
}

/** "1 order", "2,500 orders". */
export function counted(count: number, noun: string): string {
  return `${grouped(String(count))} ${noun}${count === 1 ? '' : 's'}`
}

/** Thousands apart by commas. */
export function grouped(decimal: string): string {
  const [whole, fraction] = decimal.split('.')
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? apart : `${apart}.${fraction}`
}

function signed(text: string): string {
  return text.startsWith('-') || /^[0.,]*$/.test(text) ? text : `+${text}`
}

/** Text from outside (a ClOrdID) without characters that a terminal would obey. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '?')
}

/** The text in at most `width` characters, the end cut where it is longer. */
export function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`
}

/** Words in lines of at most `width` characters, lines behind the first set in by `indent`. */
export function wrapped(text: string, width: number, indent: string): string {
  const lines = ['']
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1]
    if (last.length > 0 && indent.length + last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines.join(`\n${indent}`)
}

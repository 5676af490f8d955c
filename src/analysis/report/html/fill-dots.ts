import { type Recording } from '../../recording/recording.js'
import { type Window } from './window.js'

/** One dot of a price plot: fills so near to each other that they would cover one another. Units as in the recording. */
export interface FillDot {
  readonly time: number
  readonly price: number
  readonly qty: number
  readonly fills: number
  readonly added: boolean
  /** In pixels; the area grows with the quantity. */
  readonly radius: number
}

const CELL = 5
const SMALLEST = 2.5
const LARGEST = 8

/** Fills as dots for a picture of `width` pixels: those of one price, kind and few pixels of time are one dot. */
export function fillDots(
  { fills }: Recording,
  rows: readonly number[],
  { from, to }: Window,
  width: number
): FillDot[] {
  const cells = new Map<string, { time: number; price: number; qty: number; fills: number; added: boolean }>()
  for (const row of rows) {
    const cell = Math.floor(((fills.time[row] - from) / (to - from)) * (width / CELL))
    const added = fills.added[row] === 1
    const key = `${cell} ${fills.price[row]} ${added}`
    const dot = cells.get(key)
    if (dot) {
      dot.qty += fills.qty[row]
      dot.fills++
    } else cells.set(key, { time: fills.time[row], price: fills.price[row], qty: fills.qty[row], fills: 1, added })
  }
  const largest = [...cells.values()].reduce((most, { qty }) => Math.max(most, qty), 1)
  return [...cells.values()].map((dot) => ({
    ...dot,
    radius: SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(dot.qty / largest)
  }))
}

import { rowsUpTo } from '../../recording/column.js'
import { type Quotes } from '../../recording/quotes.js'

/** What stood from `time` until the next row's: prices in price units, NaN where a side is empty. */
export interface QuoteStep {
  readonly time: number
  readonly bid: number
  readonly ask: number
}

/**
 * The quotes that stand in a window, its first at the window's start, thinned to about `columns` rows: where more fall
 * into one column of the picture, the lowest bid and the highest ask of the column stand for them, so no excursion is lost.
 */
export function quoteSteps(quotes: Quotes, from: number, to: number, columns: number): QuoteStep[] {
  const first = Math.max(rowsUpTo(quotes.time, from) - 1, 0)
  const last = rowsUpTo(quotes.time, to)
  if (last <= first) return []
  const at = (row: number): QuoteStep => ({
    time: Math.max(quotes.time[row], from),
    bid: quotes.bid[row],
    ask: quotes.ask[row]
  })
  if (last - first <= columns) return Array.from({ length: last - first }, (_, i) => at(first + i))
  const width = (to - from) / columns
  const steps: QuoteStep[] = []
  let column = -1
  for (let row = first; row < last; row++) {
    const step = at(row)
    const its = Math.floor((step.time - from) / width)
    if (its !== column) {
      column = its
      steps.push(step)
      continue
    }
    const merged = steps[steps.length - 1]
    steps[steps.length - 1] = { time: merged.time, bid: lower(merged.bid, step.bid), ask: higher(merged.ask, step.ask) }
  }
  return steps
}

const lower = (a: number, b: number): number => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.min(a, b))
const higher = (a: number, b: number): number => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.max(a, b))

/** Runs of rows in which `known` holds, each closed by the time at which the run ends. */
export function runs<Row extends { readonly time: number }>(
  rows: readonly Row[],
  known: (row: Row) => boolean,
  end: number
): { readonly rows: readonly Row[]; readonly end: number }[] {
  const found: { rows: Row[]; end: number }[] = []
  let open: { rows: Row[]; end: number } | undefined
  for (const row of rows) {
    if (known(row)) {
      if (!open) found.push((open = { rows: [], end }))
      open.rows.push(row)
    } else if (open) {
      open.end = row.time
      open = undefined
    }
  }
  return found
}

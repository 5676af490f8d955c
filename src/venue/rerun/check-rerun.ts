import type { ExchangeListener } from '../../exchange/exchange.js'
import type { JournalReader, JournalVisitor } from '../../journal/journal.js'
import type { MarketSource } from '../../market/market-source.js'
import { Venue } from '../venue.js'
import { FirstDifference, type Difference, type Told } from './first-difference.js'
import { runAgain } from './run-again.js'

/** What a journal holds, and where running it again parts from it. */
export interface RerunCheck {
  readonly commands: number
  readonly events: number
  /** Quotes of instruments with orders. */
  readonly quotes: number
  readonly prints: number
  readonly difference: Difference | undefined
}

/**
 * Runs a journal again with its own models and compares every event, quote and print with the recorded one, in order and
 * byte for byte.
 */
export function checkRerun(reader: JournalReader, market: MarketSource): RerunCheck {
  const { instruments, models } = reader.facts
  const venue = new Venue({ instruments, models, market })
  const comparison = new FirstDifference()
  const counts = { event: 0, topOfBook: 0, print: 0 }
  venue.listener = telling((told) => comparison.again(told))
  const { commands } = runAgain(
    venue,
    reader,
    visiting((told) => {
      counts[told.kind]++
      comparison.recorded(told)
    })
  )
  return {
    commands,
    events: counts.event,
    quotes: counts.topOfBook,
    prints: counts.print,
    difference: comparison.found
  }
}

function telling(tell: (told: Told) => void): ExchangeListener {
  return {
    onEvent: (event) => tell({ kind: 'event', event }),
    // The exchange uses one quote again and again.
    onTopOfBook: (time, instrument, top) => tell({ kind: 'topOfBook', time, instrument, top: { ...top } }),
    onPrint: (time, instrument, price, qty) => tell({ kind: 'print', time, instrument, price, qty })
  }
}

function visiting(tell: (told: Told) => void): JournalVisitor {
  return {
    event: (event) => tell({ kind: 'event', event }),
    topOfBook: (time, instrument, top) => tell({ kind: 'topOfBook', time, instrument, top }),
    print: (time, instrument, price, qty) => tell({ kind: 'print', time, instrument, price, qty })
  }
}

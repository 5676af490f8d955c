import type { RecordedJournal } from '../../analysis/recording/read-recording.js'
import type { ModelSettings } from '../../exchange/models/settings.js'
import type { JournalReader } from '../../journal/journal.js'
import type { MarketSource } from '../../market/market-source.js'
import { deliverAll } from '../deliver-all.js'
import { Venue } from '../venue.js'
import { runAgain } from './run-again.js'

/**
 * A journal's commands under other assumptions, to be read like a journal, once: what the venue tells is made while it is
 * read. Commands come at their recorded times, whatever they answered to; a cancel of an order that fared otherwise is
 * rejected like any other. What is still under way at the end arrives.
 */
export function rerun(reader: JournalReader, models: ModelSettings, market: MarketSource): RecordedJournal {
  const facts = { ...reader.facts, models }
  return {
    path: reader.path,
    facts,
    sessionNames: reader.sessionNames,
    forEach(visitor) {
      const venue = new Venue({ instruments: facts.instruments, models, market })
      venue.listener = {
        onEvent: (event) => visitor.event?.(event),
        onTopOfBook: (time, instrument, top) => visitor.topOfBook?.(time, instrument, top),
        onPrint: (time, instrument, price, qty) => visitor.print?.(time, instrument, price, qty)
      }
      runAgain(venue, reader, {
        run: (run) => visitor.run?.(run),
        jump: (jump) => visitor.jump?.(jump),
        command: (command) => visitor.command?.(command),
        turnEnd: (turn, wallTime, venueTime) => visitor.turnEnd?.(turn, wallTime, venueTime)
      })
      deliverAll(venue.exchange)
    }
  }
}

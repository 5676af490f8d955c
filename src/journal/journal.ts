import type { Command } from '../exchange/command.js'
import type { ExchangeEvent } from '../exchange/event.js'
import type { Instrument } from '../exchange/instrument.js'
import type { TopOfBook } from '../exchange/exchange.js'
import type { ModelSettings } from '../exchange/models/settings.js'
import type { InstrumentNo, Price, Quantity } from '../exchange/units.js'
import type { MessageStore } from '../fix/session/message-store.js'
import type { EpochSeconds, Nanos } from '../base/time.js'

/** Where the market data of a session came from, enough to feed it again. */
export type MarketReference =
  | { readonly kind: 'tape'; readonly files: readonly { readonly path: string; readonly sha256: string }[] }
  | { readonly kind: 'synthetic'; readonly seed: number; readonly start: Nanos }
  | {
      readonly kind: 'scenario'
      readonly name: string
      /** The scenario file as it was. */
      readonly text: string
      readonly sha256: string
      readonly seed: number
      readonly start: Nanos
      /** Left out: it runs for ever. */
      readonly duration?: Nanos
    }
  | {
      readonly kind: 'live'
      readonly feeds: readonly { readonly name: string; readonly adapter: string }[]
      /** The directory with the tape of each run: run-1.arrow and so on. */
      readonly recordings: string
    }

/** What a session was run with. A journal is continued only with the same. */
export interface SessionFacts {
  /** What venue times (commands, events, marks, the `venueTime` of turns) count from. */
  readonly epoch: EpochSeconds
  /** What wall times count from: a tape of years ago is replayed today, and no safe integer spans both. */
  readonly wallEpoch: EpochSeconds
  readonly instruments: readonly Instrument[]
  readonly models: ModelSettings
  readonly market: MarketReference
}

/** One life of the process that wrote the journal. */
export interface Run {
  readonly run: number
  readonly startedAt: Nanos
  /** Venue time at which the run took over. */
  readonly venueTime: Nanos
  /** By how much the run's market events are later than the reference says (a synthetic market that slept), in ns. */
  readonly marketShift: number
  readonly version: string
}

/** A replay went to another place of its tapes, on a later day of the venue: it began anew, or was taken back. */
export interface MarketJump {
  /** Venue time at which it left where it was: the market's side of all books is void from then on. */
  readonly time: Nanos
  /** Where it went, as a time of the tapes since the epoch: the books as they stood then come first. */
  readonly position: Nanos
  /** By how much what follows is later than the tapes say, in ns; takes the place of the run's. */
  readonly marketShift: number
}

/**
 * The record of a session, written turn by turn: what is recorded between two commits becomes durable together and before
 * any of it is told to a counterparty. It survives `kill -9` of the process after `commit` returned.
 */
export interface Journal extends MessageStore {
  readonly path: string
  readonly facts: SessionFacts
  command(command: Command): void
  event(event: ExchangeEvent): void
  topOfBook(time: Nanos, instrument: InstrumentNo, top: TopOfBook): void
  print(time: Nanos, instrument: InstrumentNo, price: Price, qty: Quantity): void
  beginRun(run: Omit<Run, 'run'>): void
  jump(jump: MarketJump): void
  /** Ends the turn. Nothing is written when nothing was recorded. */
  commit(wallTime: Nanos, venueTime: Nanos): void
  /**
   * Makes rows of the turns that were committed, where more than `least` bytes of them wait (128 KB when left out). Costs
   * more than a commit: to be called behind what a turn sends, and now and then with 0.
   */
  settle(least?: number): void
  /** Commits, derives the tables that people query, closes the file. */
  close(wallTime: Nanos, venueTime: Nanos): void
}

/** One FIX message as it went over the wire. */
export interface MessageRecord {
  readonly turn: number
  readonly session: number
  readonly direction: 'in' | 'out'
  /** undefined for bytes that moved no number. */
  readonly msgSeqNum: number | undefined
  readonly wallTime: Nanos
  readonly venueTime: Nanos
  readonly bytes: Buffer
}

/** What a reading of the journal passes by, in the order of recording. Leave out what is not of interest: it is then skipped, not decoded. */
export interface JournalVisitor {
  run?(run: Run): void
  jump?(jump: MarketJump): void
  command?(command: Command): void
  event?(event: ExchangeEvent): void
  topOfBook?(time: Nanos, instrument: InstrumentNo, top: TopOfBook): void
  print?(time: Nanos, instrument: InstrumentNo, price: Price, qty: Quantity): void
  message?(message: MessageRecord): void
  /** Behind everything of a turn. */
  turnEnd?(turn: number, wallTime: Nanos, venueTime: Nanos): void
}

/** A FIX session as the journal's last turn left it. */
export interface JournalSession {
  readonly no: number
  /** "FIX.4.4:PAPERPIT->OMS1" */
  readonly name: string
  /** Wall time of its opening or last reset. */
  readonly createdAt: Nanos
  readonly resets: number
  readonly nextSenderMsgSeqNum: number
  readonly nextTargetMsgSeqNum: number
}

/** A journal opened read-only; the venue may be writing to it at the same time. */
export interface JournalReader {
  readonly path: string
  readonly facts: SessionFacts
  readonly runs: readonly Run[]
  /** FIX sessions by number: "FIX.4.4:PAPERPIT->OMS1". */
  readonly sessionNames: readonly string[]
  /** FIX sessions by number, with their numbers. */
  readonly sessions: readonly JournalSession[]
  forEach(visitor: JournalVisitor): void
  close(): void
}

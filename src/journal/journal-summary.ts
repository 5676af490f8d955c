import { statSync } from 'node:fs'
import type { Nanos } from '../base/time.js'
import type { ExchangeEvent } from '../exchange/event.js'
import type { Command } from '../exchange/command.js'
import { isoTime } from '../base/iso-time.js'
import type { JournalReader, MarketReference } from './journal.js'
import type { ModelSettings } from '../exchange/models/settings.js'

/** From the first to the last turn, ISO 8601. */
export interface Span {
  readonly from: string
  readonly to: string
}

export interface SessionSummary {
  readonly name: string
  readonly nextSenderMsgSeqNum: number
  readonly nextTargetMsgSeqNum: number
  readonly resets: number
  /** Opening or last reset, ISO 8601. */
  readonly createdAt: string
  readonly messagesIn: number
  readonly messagesOut: number
}

/** What a journal holds, at a glance. */
export interface JournalSummary {
  readonly path: string
  readonly bytes: number
  readonly turns: number
  /** undefined where nothing was recorded. */
  readonly wallTime: Span | undefined
  readonly venueTime: Span | undefined
  readonly runs: readonly {
    readonly run: number
    readonly version: string
    readonly startedAt: string
    readonly venueTime: string
    readonly marketShift: number
  }[]
  /** Times that the replay began anew or was taken back. */
  readonly jumps: number
  readonly sessions: readonly SessionSummary[]
  readonly commands: Partial<Record<Command['kind'], number>>
  readonly events: Partial<Record<ExchangeEvent['kind'], number>>
  readonly marks: number
  readonly prints: number
  readonly symbols: readonly string[]
  readonly market: MarketReference
  readonly models: ModelSettings
}

/** Reads a journal once and counts. */
export function summarize(journal: JournalReader): JournalSummary {
  const { facts } = journal
  const count = { turns: 0, jumps: 0, marks: 0, prints: 0 }
  const commands: Partial<Record<Command['kind'], number>> = {}
  const events: Partial<Record<ExchangeEvent['kind'], number>> = {}
  const messages = new Map<number, { in: number; out: number }>()
  const first = { wall: 0 as Nanos, venue: 0 as Nanos }
  const last = { wall: 0 as Nanos, venue: 0 as Nanos }
  journal.forEach({
    command({ kind }) {
      commands[kind] = (commands[kind] ?? 0) + 1
    },
    event({ kind }) {
      events[kind] = (events[kind] ?? 0) + 1
    },
    jump: () => void count.jumps++,
    topOfBook: () => void count.marks++,
    print: () => void count.prints++,
    message({ session, direction }) {
      const counted = messages.get(session) ?? { in: 0, out: 0 }
      counted[direction]++
      messages.set(session, counted)
    },
    turnEnd(_turn, wall, venue) {
      if (count.turns++ === 0) Object.assign(first, { wall, venue })
      Object.assign(last, { wall, venue })
    }
  })
  const wallTime = (time: Nanos): string => isoTime(time, facts.wallEpoch)
  const venueTime = (time: Nanos): string => isoTime(time, facts.epoch)
  const empty = count.turns === 0
  return {
    path: journal.path,
    bytes: statSync(journal.path).size,
    turns: count.turns,
    wallTime: empty ? undefined : { from: wallTime(first.wall), to: wallTime(last.wall) },
    venueTime: empty ? undefined : { from: venueTime(first.venue), to: venueTime(last.venue) },
    runs: journal.runs.map((run) => ({
      run: run.run,
      version: run.version,
      startedAt: wallTime(run.startedAt),
      venueTime: venueTime(run.venueTime),
      marketShift: run.marketShift
    })),
    jumps: count.jumps,
    sessions: journal.sessions.map(({ no, name, createdAt, resets, nextSenderMsgSeqNum, nextTargetMsgSeqNum }) => ({
      name,
      nextSenderMsgSeqNum,
      nextTargetMsgSeqNum,
      resets,
      createdAt: wallTime(createdAt),
      messagesIn: messages.get(no)?.in ?? 0,
      messagesOut: messages.get(no)?.out ?? 0
    })),
    commands,
    events,
    marks: count.marks,
    prints: count.prints,
    symbols: facts.instruments.map(({ symbol }) => symbol),
    market: facts.market,
    models: facts.models
  }
}

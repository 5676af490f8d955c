import { fromUnixNanos, type EpochSeconds, type Nanos } from '../base/time.js'
import { UserError } from '../base/user-error.js'
import type { JournalReader, MessageRecord } from '../journal/journal.js'
import { msgTypeOf } from '../journal/message-text.js'

/** Which messages of a journal are asked for; all where nothing is said. */
export interface MessageFilterArguments {
  readonly session: string | undefined
  readonly direction: string | undefined
  readonly type: string | undefined
  readonly seq: string | undefined
  readonly from: string | undefined
  readonly to: string | undefined
}

/** @throws UserError for an argument that cannot be read, or a session that the journal does not have. */
export function messageFilter(
  args: MessageFilterArguments,
  journal: JournalReader
): (message: MessageRecord) => boolean {
  const sessions = args.session === undefined ? undefined : sessionsNamed(args.session, journal)
  const types = args.type?.split(',')
  const seq = args.seq === undefined ? undefined : numberRange(args.seq)
  const { wallEpoch } = journal.facts
  const from = args.from === undefined ? -Infinity : wallTime(args.from, wallEpoch, '--from')
  const to = args.to === undefined ? Infinity : wallTime(args.to, wallEpoch, '--to')
  return (message) => {
    if (message.wallTime < from || message.wallTime > to) return false
    if (args.direction !== undefined && message.direction !== args.direction) return false
    if (sessions !== undefined && !sessions.has(message.session)) return false
    if (seq !== undefined) {
      const { msgSeqNum } = message
      if (msgSeqNum === undefined || msgSeqNum < seq.first || msgSeqNum > seq.last) return false
    }
    return types === undefined || types.includes(msgTypeOf(message.bytes) ?? '')
  }
}

function sessionsNamed(part: string, { path, sessionNames }: JournalReader): ReadonlySet<number> {
  const found = sessionNames.flatMap((name, no) => (name === part || compIds(name).includes(part) ? [no] : []))
  if (found.length > 0) return new Set(found)
  const known = sessionNames.length === 0 ? 'it has none' : `it has ${sessionNames.join(', ')}`
  throw new UserError(`--session ${part}: ${path} has no such session; ${known}`)
}

/** "PAPERPIT->OMS1" of "FIX.4.4:PAPERPIT->OMS1" */
function compIds(sessionName: string): string {
  return sessionName.slice(sessionName.indexOf(':') + 1)
}

function numberRange(text: string): { readonly first: number; readonly last: number } {
  const match = /^(\d+)?(-)?(\d+)?$/.exec(text)
  if (match === null || (match[1] ?? match[3]) === undefined || (match[2] === undefined && match[3] !== undefined)) {
    throw new UserError(`--seq ${text}: expected a MsgSeqNum or a range of them: 17, 10-20, 10- or -20`)
  }
  const first = Number(match[1] ?? 1)
  return { first, last: match[3] !== undefined ? Number(match[3]) : match[2] === undefined ? first : Infinity }
}

const TIME = /^(?:(\d{4}-\d\d-\d\d)[T ])?([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?Z?$/

/** A time of day is of the day that wall times count from. */
function wallTime(text: string, epoch: EpochSeconds, option: string): Nanos {
  const match = TIME.exec(text)
  const day = match?.[1] === undefined ? epoch * 1000 : Date.parse(`${match[1]}T00:00:00Z`)
  if (match === null || Number.isNaN(day)) {
    throw new UserError(
      `${option} ${text}: expected a UTC time: 2026-11-20T07:15:30.123, or 07:15 of the journal's day`
    )
  }
  const [, , hours, minutes, seconds = '0', fraction = ''] = match
  const ofDay = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)
  const unix = (BigInt(day / 1000) + BigInt(ofDay)) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'))
  return fromUnixNanos(unix, epoch)
}

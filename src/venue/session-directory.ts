import { UserError } from '../base/user-error.js'
import { loadDictionary } from '../fix/dictionary/load-dictionary.js'
import type { Dictionary } from '../fix/dictionary/dictionary.js'
import { SessionSchedule } from '../fix/session/schedule.js'
import {
  sessionName,
  type SessionDirectory,
  type SessionId,
  type SessionSettings
} from '../fix/session/session-settings.js'
import type { FixConfig, SessionRules } from './config/venue-config.js'
import { PasswordJudge } from './credentials/password-judge.js'
import { SessionGuard } from './credentials/session-guard.js'

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

/** Who may log on, and by which rules. */
export interface VenueDirectory extends SessionDirectory {
  settingsOf(id: SessionId): SessionSettings
  /** Largest message that any session takes, in bytes. */
  readonly maxMessageSize: number
}

/**
 * Who may log on, by configuration: the named sessions, and from loopback any pair of CompIDs where that is allowed.
 * @throws UserError where the venue would listen beyond loopback to sessions without names, or where a session's
 * dictionary cannot be used.
 */
export function sessionDirectory(fix: FixConfig): VenueDirectory {
  const beyondLoopback = !LOOPBACK.has(fix.host) && !fix.host.startsWith('127.')
  if (beyondLoopback && fix.sessions.length === 0) {
    throw new UserError(`fix.host ${fix.host} is not loopback: name the sessions that may log on (fix.sessions)`)
  }
  const dictionaries = new Map<string, Dictionary>()
  const judge = new PasswordJudge()
  const common = ruled(fix.rules, dictionaries)
  const named = new Map<string, SessionSettings>()
  const guards = new Map<string, SessionGuard>()
  for (const { senderCompId, targetCompId, credentials, ...own } of fix.sessions) {
    const id: SessionId = { beginString: 'FIX.4.4', senderCompId, targetCompId }
    named.set(sessionName(id), { ...ruled({ ...fix.rules, ...own }, dictionaries), id, role: 'acceptor' })
    if (credentials) guards.set(sessionName(id), new SessionGuard(credentials, judge))
  }
  const settingsOf = (id: SessionId): SessionSettings =>
    named.get(sessionName(id)) ?? { ...common, id, role: 'acceptor' }
  return {
    settingsOf,
    maxMessageSize: Math.max(fix.rules.maxMessageSize, ...Array.from(named.values(), (own) => own.maxMessageSize)),
    find(id, peer) {
      const known = named.get(sessionName(id))
      if (known) return known
      return fix.anyCompId && peer.loopback ? settingsOf(id) : undefined
    },
    admit: (settings, peer, username, password) => guards.get(sessionName(settings.id))?.admit(peer, username, password)
  }
}

/** Rules of the configuration as rules of the engine: the time table and the dictionary are opened. */
function ruled(
  { schedule, dictionary, ...rules }: SessionRules,
  dictionaries: Map<string, Dictionary>
): Omit<SessionSettings, 'id' | 'role'> {
  return {
    ...rules,
    schedule: schedule && new SessionSchedule(schedule),
    dictionary: dictionary === undefined ? undefined : opened(dictionary, dictionaries)
  }
}

/** Sessions that name the same file share one dictionary. */
function opened(file: string, dictionaries: Map<string, Dictionary>): Dictionary {
  const known = dictionaries.get(file) ?? loadDictionary(file)
  dictionaries.set(file, known)
  return known
}

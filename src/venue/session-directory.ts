import { UserError } from '../base/user-error.js'
import {
  sessionName,
  type SessionDirectory,
  type SessionId,
  type SessionSettings
} from '../fix/session/session-settings.js'
import type { FixConfig } from './config/venue-config.js'

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

/**
 * Who may log on, by configuration: the named sessions, and from loopback any pair of CompIDs where that is allowed.
 * @throws UserError where the venue would listen beyond loopback to sessions without names.
 */
export function sessionDirectory(fix: FixConfig): SessionDirectory & { settingsOf(id: SessionId): SessionSettings } {
  const beyondLoopback = !LOOPBACK.has(fix.host) && !fix.host.startsWith('127.')
  if (beyondLoopback && fix.sessions.length === 0) {
    throw new UserError(`fix.host ${fix.host} is not loopback: name the sessions that may log on (fix.sessions)`)
  }
  const named = new Map<string, SessionSettings>()
  for (const { senderCompId, targetCompId, ...own } of fix.sessions) {
    const id: SessionId = { beginString: 'FIX.4.4', senderCompId, targetCompId }
    named.set(sessionName(id), { ...fix.rules, ...own, id, role: 'acceptor' })
  }
  const settingsOf = (id: SessionId): SessionSettings =>
    named.get(sessionName(id)) ?? { ...fix.rules, id, role: 'acceptor' }
  return {
    settingsOf,
    find(id, peer) {
      const known = named.get(sessionName(id))
      if (known) return known
      return fix.anyCompId && peer.loopback ? settingsOf(id) : undefined
    },
    admit: () => undefined
  }
}

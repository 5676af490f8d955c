import type { Logger } from 'pino'
import type { SessionEvent, SessionLog } from '../../fix/session/log.js'

/** What deserves more than a line of information. */
const WARNINGS: ReadonlySet<SessionEvent> = new Set<SessionEvent>([
  'connectionRefused',
  'logonRefused',
  'garbled',
  'rejectSent',
  'rejectReceived',
  'protocolError',
  'gap',
  'timeout',
  'limit'
])

/** The FIX engine's log as lines of the venue's. */
export function sessionLog(logger: Logger): SessionLog {
  return {
    event(session, event, text) {
      if (WARNINGS.has(event)) logger.warn({ session, event }, text)
      else logger.info({ session, event }, text)
    }
  }
}

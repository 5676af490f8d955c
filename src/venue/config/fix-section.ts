import { UserError, type SourcePosition } from '../../base/user-error.js'
import { SessionSchedule, WEEKDAYS, type ScheduleTerms } from '../../fix/session/schedule.js'
import { AddressList } from '../credentials/address-list.js'
import { parsePasswordHash } from '../credentials/password-hash.js'
import type { SessionCredentials } from '../credentials/session-guard.js'
import type { ConfigFile } from './config-schema.js'
import { DEFAULT_CONFIG, type FixConfig, type NamedSession, type SessionRules } from './venue-config.js'

type FixInFile = NonNullable<ConfigFile['fix']>
type SessionInFile = NonNullable<FixInFile['sessions']>[number]
type RulesInFile = Omit<SessionInFile, 'senderCompId' | 'targetCompId' | keyof SessionCredentials>

/** Says what is wrong with the value of a path. */
type Complain = (path: string, message: string) => never

/**
 * The `fix` section with its defaults.
 * @param positionOf where the value of a path stands in the file
 * @throws UserError for what no schema can see: a time zone or network that there is not, sessions that are named twice
 */
export function fixSection(fix: FixInFile, positionOf: (path: string) => SourcePosition): FixConfig {
  const complain: Complain = (path, message) => {
    throw new UserError(`${path} ${message}`, positionOf(path))
  }
  const { host, port, anyCompId, sessions = [], limits, tls, ...rules } = fix
  const defaults = DEFAULT_CONFIG.fix
  const common = { ...defaults.rules, ...definedRules(rules, '/fix', complain) }
  checkBounds(common, '/fix', complain)
  const names = new Set<string>()
  return {
    host: host ?? defaults.host,
    port: port ?? defaults.port,
    anyCompId: anyCompId ?? defaults.anyCompId,
    rules: common,
    limits: { ...defaults.limits, ...limits },
    tls: tls && { ...tls, requireClientCertificate: requireCertificate(tls, complain) },
    sessions: sessions.map((session, i) => {
      const path = `/fix/sessions/${i}`
      const name = `${session.senderCompId} to ${session.targetCompId}`
      if (names.has(name)) complain(path, `is the session ${name} once more`)
      names.add(name)
      if (session.certificates && tls?.ca === undefined)
        complain(`${path}/certificates`, 'needs fix.tls with a ca that vouches for clients')
      const named = namedSession(session, path, complain)
      checkBounds({ ...common, ...named }, path, complain)
      return named
    })
  }
}

function namedSession(session: SessionInFile, path: string, complain: Complain): NamedSession {
  const { senderCompId, targetCompId, username, passwordHash, addresses, certificates, ...rules } = session
  if (passwordHash !== undefined && !parsePasswordHash(passwordHash))
    complain(`${path}/passwordHash`, 'must be a hash as paperpit hash-password prints it')
  addresses?.forEach((entry, i) => {
    if (!isNetwork(entry)) complain(`${path}/addresses/${i}`, 'must be an address or a network such as "10.0.0.0/8"')
  })
  const asked = [username, passwordHash, addresses, certificates].some((value) => value !== undefined)
  return {
    senderCompId,
    targetCompId,
    ...definedRules(rules, path, complain),
    ...(asked ? { credentials: { username, passwordHash, addresses, certificates } } : {})
  }
}

function definedRules(rules: RulesInFile, path: string, complain: Complain): Partial<SessionRules> {
  const { schedule, ...rest } = rules
  if (schedule === undefined) return rest
  const { start, end, endDay, timeZone } = schedule
  const days = schedule.days ?? [...WEEKDAYS]
  if (endDay !== undefined && days.length !== 1)
    complain(`${path}/schedule/endDay`, 'needs days with the one day on which the session opens')
  const resetAtStart = schedule.resetAtStart ?? false
  const terms: ScheduleTerms = { start, end, timeZone, days, resetAtStart, ...(endDay && { endDay }) }
  if (!isSchedule(terms))
    complain(`${path}/schedule/timeZone`, `must be a time zone such as "Europe/London", not "${timeZone}"`)
  return { ...rest, schedule: terms }
}

function checkBounds({ minHeartBtInt = 0, maxHeartBtInt }: SessionRules, path: string, complain: Complain): void {
  if (maxHeartBtInt !== undefined && maxHeartBtInt < minHeartBtInt)
    complain(`${path}/maxHeartBtInt`, `must not be below minHeartBtInt, which is ${minHeartBtInt}`)
}

function requireCertificate(tls: NonNullable<FixInFile['tls']>, complain: Complain): boolean {
  if (tls.requireClientCertificate && tls.ca === undefined)
    complain('/fix/tls/requireClientCertificate', 'needs a ca that vouches for clients')
  return tls.requireClientCertificate ?? false
}

function isNetwork(entry: string): boolean {
  return tries(() => new AddressList([entry]))
}

function isSchedule(terms: ScheduleTerms): boolean {
  return tries(() => new SessionSchedule(terms))
}

/** Whether it can be made: what these throw is a RangeError and says no more than that. */
function tries(make: () => unknown): boolean {
  try {
    make()
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

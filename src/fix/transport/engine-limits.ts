/** What an engine bears of the outside. Rates are per address; 0 turns one off. */
export interface EngineLimits {
  /** Connections at once, those that are not logged on included. */
  readonly maxConnections: number
  /** Sessions that may be open in one life of the process, connected or not. */
  readonly maxSessions: number
  /** Seconds that a new connection may take to log on. */
  readonly logonTimeout: number
  readonly connectionsPerMinute: number
  readonly logonsPerMinute: number
  /** Logons refused for their origin or their password, behind which no further Logon is looked at for a while. */
  readonly refusedLogonsPerMinute: number
}

export const DEFAULT_LIMITS: EngineLimits = {
  maxConnections: 4096,
  maxSessions: 4096,
  logonTimeout: 10,
  connectionsPerMinute: 6000,
  logonsPerMinute: 6000,
  refusedLogonsPerMinute: 30
}

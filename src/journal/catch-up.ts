import type Database from 'better-sqlite3'
import { readMeta } from './meta.js'
import { applySessionRecord } from './session-codec.js'
import type { SessionLedger } from './session-ledger.js'
import { readTurns } from './turn-source.js'

/** Reads what the log holds behind the tables of sessions and sequences. Returns the number of the last turn. */
export function catchUp(db: Database.Database, path: string, sessions: SessionLedger): number {
  const indexed = Number(readMeta(db, 'indexed_turn') ?? 0)
  let last = indexed
  readTurns(db, path, indexed + 1, {
    session: (kind, payload, position) => applySessionRecord(kind, payload, position, sessions),
    turnEnd(turn) {
      sessions.index.endTurn(turn)
      last = turn
    }
  })
  return last
}


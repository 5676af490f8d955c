import Database from 'better-sqlite3'
import { UserError } from '../base/user-error.js'
import { DamagedRecord } from './record-reader.js'
import { TurnReader, type TurnVisitor } from './turn-reader.js'
import { readTail } from './turn-tail.js'

/** Bytes that one query should bring. */
const CHUNK_BYTES = 2 << 20
const MAX_TURNS = 8192

/**
 * Reads the log from a turn on, and the tail behind it. Nothing is locked and a writer may go on; turns that are committed
 * meanwhile may be read too.
 * @throws UserError where the log is damaged.
 */
export function readTurns(db: Database.Database, path: string, firstTurn: number, visitor: TurnVisitor): void {
  const reader = new TurnReader(visitor, firstTurn - 1)
  const rows = rowReader(db, reader)
  try {
    for (let before = Infinity; ;) {
      rows()
      const { first, bodies } = readTail(path, reader.turn + 1)
      for (const body of bodies) reader.read(body)
      // A tail that begins further on: a writer made rows of what it held since the rows were read.
      if (first === undefined || first <= reader.turn + 1 || reader.turn === before) return
      before = reader.turn
    }
  } catch (error) {
    throw readable(error, path, reader.turn)
  }
}

/**
 * Reads on to the last row, many turns a query: their bodies come back to back as one blob, as a row and a buffer for
 * every turn would cost more than reading what is in them.
 */
function rowReader(db: Database.Database, reader: TurnReader): () => void {
  const chunk = db
    .prepare<number[], [count: number, bodies: Buffer | null]>(
      `SELECT count(*), CAST(group_concat(body, '') AS BLOB)
       FROM (SELECT body FROM turns WHERE turn >= ? ORDER BY turn LIMIT ?)`
    )
    .raw()
  let turns = 64
  return () => {
    for (;;) {
      const next = reader.turn + 1
      const [count, bodies] = chunk.get(next, turns)!
      if (count === 0 || bodies === null) return
      reader.read(bodies)
      if (reader.turn !== next + count - 1) throw new DamagedRecord('it holds more than one turn')
      turns = Math.max(1, Math.min(MAX_TURNS, Math.ceil((count * CHUNK_BYTES) / bodies.length)))
    }
  }
}

function readable(error: unknown, path: string, turn: number): unknown {
  if (error instanceof DamagedRecord) {
    return new UserError(`${path}: turn ${turn} of the journal is damaged: ${error.message}`, undefined, { cause: error })
  }
  if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CORRUPT')) {
    return new UserError(`${path}: the journal is damaged near turn ${turn}: ${error.message}`, undefined, { cause: error })
  }
  return error
}

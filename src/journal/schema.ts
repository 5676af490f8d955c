import type Database from 'better-sqlite3'
import { UserError } from '../base/user-error.js'

/** Marks a SQLite file as a Paperpit journal (header field application_id): "PPIT". */
const APPLICATION_ID = 0x50504954

/** Version of tables and records (header field user_version). SCHEMA.md has its history. */
export const SCHEMA_VERSION = 4

const LOG_TABLES = `
CREATE TABLE meta (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
  run          INTEGER NOT NULL PRIMARY KEY,
  first_turn   INTEGER NOT NULL,
  started_at   INTEGER NOT NULL,
  venue_time   INTEGER NOT NULL,
  market_shift INTEGER NOT NULL,
  version      TEXT NOT NULL
) STRICT;

CREATE TABLE sessions (
  session              INTEGER NOT NULL PRIMARY KEY,
  name                 TEXT NOT NULL UNIQUE,
  begin_string         TEXT NOT NULL,
  sender_comp_id       TEXT NOT NULL,
  target_comp_id       TEXT NOT NULL,
  created_at           INTEGER NOT NULL,
  reset_epoch          INTEGER NOT NULL,
  next_sender_seq_num  INTEGER NOT NULL,
  next_target_seq_num  INTEGER NOT NULL
) STRICT;

CREATE TABLE turns (
  turn       INTEGER NOT NULL PRIMARY KEY,
  run        INTEGER NOT NULL,
  wall_time  INTEGER NOT NULL,
  venue_time INTEGER NOT NULL,
  body       BLOB NOT NULL
) STRICT;

CREATE TABLE sequences (
  session     INTEGER NOT NULL,
  reset_epoch INTEGER NOT NULL,
  last_seq    INTEGER NOT NULL,
  first_seq   INTEGER NOT NULL,
  turn        INTEGER NOT NULL,
  position    INTEGER NOT NULL,
  PRIMARY KEY (session, reset_epoch, last_seq)
) STRICT, WITHOUT ROWID;
`

/** Makes an empty database a journal without facts. To be called inside a transaction. */
export function createSchema(db: Database.Database): void {
  db.pragma(`application_id = ${APPLICATION_ID}`)
  db.pragma(`user_version = ${SCHEMA_VERSION}`)
  db.exec(LOG_TABLES)
}

/** A database without any table that no other program marked as its own. */
export function isEmptyDatabase(db: Database.Database): boolean {
  const tables = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()
  return tables === 0 && applicationId(db) === 0
}

/** A journal of an earlier version that is continued is one of this version. */
export function raiseVersion(db: Database.Database): void {
  db.pragma(`user_version = ${SCHEMA_VERSION}`)
}

/** @throws UserError where the file is no journal, or one of a later version. */
export function checkSchema(db: Database.Database, path: string): void {
  if (applicationId(db) !== APPLICATION_ID) throw new UserError(`${path} is a SQLite file, but no Paperpit journal`)
  const version = Number(db.pragma('user_version', { simple: true }))
  if (version > SCHEMA_VERSION) {
    throw new UserError(
      `${path} is a journal of version ${version}; this program knows versions up to ${SCHEMA_VERSION}: use a newer one`
    )
  }
  if (version < 1) throw new UserError(`${path} is a journal of version ${version}, which never was`)
}

function applicationId(db: Database.Database): number {
  return Number(db.pragma('application_id', { simple: true }))
}

import type Database from 'better-sqlite3'
import type { SessionFacts } from './journal.js'

export function deriveTables(_db: Database.Database, _path: string, _facts: SessionFacts): void {}

import { basename } from 'node:path'
import { splitEntry } from '../zip.js'

/** What a LOBSTER file says in its name: `GOOG_2012-06-21_34200000_57600000_message_10.csv`. */
export interface LobsterFileName {
  readonly symbol: string
  /** YYYY-MM-DD, New York. */
  readonly date: string
  readonly kind: 'message' | 'orderbook'
  readonly levels: number
}

const PATTERN = /^(.+)_(\d{4}-\d{2}-\d{2})_\d+_\d+_(message|orderbook)_(\d+)\b/

export function parseFileName(path: string): LobsterFileName | undefined {
  const [onDisk, entry] = splitEntry(path)
  const match = PATTERN.exec(basename(entry ?? onDisk))
  if (match === null) return undefined
  const [, symbol, date, kind, levels] = match
  return { symbol, date, kind: kind as LobsterFileName['kind'], levels: Number(levels) }
}

import type { Place } from '../faults.js'
import type { FeedSink } from './feed-sink.js'

/** A vendor's file as a sequence of records in time order. */
export interface FeedFile extends Place {
  readonly path: string
  /** Bytes on disk, and how many are read. */
  readonly size: number
  readonly position: number
  /** Time of the current record, ns since the epoch of the import. */
  readonly time: number
  /** Moves to the next record that is in memory as a whole. */
  next(): boolean
  /** Reads on until there is a next record, and moves to it; false at the end of the file. */
  more(): Promise<boolean>
  /** Tells what the current record says. */
  tell(sink: FeedSink): void
  /** Gives the file back before its end. */
  close(): Promise<void>
}

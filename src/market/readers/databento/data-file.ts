import type { EpochSeconds } from '../../../base/time.js'
import type { Place } from '../faults.js'
import type { Definition } from './definition.js'
import type { Mapping } from './dbn-metadata.js'
import type { Content, DatabentoRecord } from './record.js'

/** A Databento file, binary or CSV: records one by one. */
export interface DataFile extends Place {
  readonly path: string
  readonly record: DatabentoRecord
  /** What the file holds; undefined for a file of several schemas. */
  readonly content: Content | undefined
  /** "XNAS.ITCH"; "" where the file does not say. */
  readonly dataset: string
  /** What the head of the file says of its instruments; empty where it says nothing. */
  readonly mappings: readonly Mapping[]
  /** What times count from: the UTC midnight before the first record, until it is set. */
  epoch: EpochSeconds
  /** Bytes on disk, and how many are read. */
  readonly size: number
  readonly position: number
  /** Moves to the next record that is in memory as a whole. */
  next(): boolean
  /** Reads on until there is a next record, and moves to it; false at the end of the file. */
  more(): Promise<boolean>
  /** The definition that the current record is. */
  definition(): Definition
  /** The symbol that stands in the current record itself (CSV), "" for none. */
  symbol(): string
  /** What the symbol mapping record that is the current one says: the symbol that was asked for, and what it stands for. */
  symbolMapping(): readonly [from: string, to: string]
  close(): Promise<void>
}

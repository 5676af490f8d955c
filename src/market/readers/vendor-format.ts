import type { FormatName } from './format-names.js'
import type { ImportOptions, ImportSummary } from './import-options.js'

/** The beginning of a vendor's file, unpacked. */
export interface FileHead {
  /** What opens it: for one of several files in an archive, `day.zip#trades.csv`. */
  readonly path: string
  /** The file on disk, and its size. */
  readonly diskPath: string
  readonly size: number
  /** The name of the data itself: without directories and endings that say how it is packed; in an archive, its name there. */
  readonly name: string
  /** Up to the first 64 KiB. */
  readonly bytes: Buffer
  /** The first line that is not empty, "" where there is none. */
  readonly firstLine: string
}

/** A vendor's format: how its files are told from others, and who reads them. */
export interface VendorFormat {
  /** What a person calls it: `--format <name>`. */
  readonly name: FormatName
  /** What its files are, to say what was expected: "a LOBSTER day as two files, ...". */
  readonly expects: string
  /** Whether these are, together, what one import of the format reads. */
  knows(files: readonly FileHead[]): boolean
  /** Turns the files into a tape. @throws UserError where they are not what the format says. */
  import(files: readonly FileHead[], out: string, options: ImportOptions): Promise<ImportSummary>
}

import type { FormatName } from './format-names.js'
import type { ImportOptions, ImportSummary } from './import-options.js'

/** The beginning of a vendor's file, unpacked. */
export interface FileHead {
  readonly path: string
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

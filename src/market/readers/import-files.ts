import { UserError } from '../../base/user-error.js'
import { firstLine } from './first-line.js'
import type { ImportOptions, ImportSummary } from './import-options.js'
import { looksLikeMessage, looksLikeOrderbook } from './lobster/guess.js'
import { importLobster } from './lobster/lobster-import.js'

/** The vendors' formats that can be read. */
export const FORMATS = ['lobster'] as const

export type VendorFormat = (typeof FORMATS)[number]

const EXPECTED = 'a LOBSTER day as two files, MESSAGE.csv and ORDERBOOK.csv (plain or gzipped)'

/**
 * Turns the files of one import into a tape. The format is told by the content of the files unless it is named, and so is
 * which of two files is which.
 * @throws UserError where no reader knows the files.
 */
export async function importFiles(
  files: readonly string[],
  out: string,
  format: VendorFormat | undefined,
  options: ImportOptions = {}
): Promise<ImportSummary> {
  if (files.length !== 2) throw new UserError(`expected ${EXPECTED}; got ${files.length} files`)
  const [first, second] = files
  const lines = [await firstLine(first), await firstLine(second)]
  if (looksLikeMessage(lines[0]) && looksLikeOrderbook(lines[1])) return importLobster(first, second, out, options)
  if (looksLikeMessage(lines[1]) && looksLikeOrderbook(lines[0])) return importLobster(second, first, out, options)
  // Who names the format wants to hear what is wrong with the files, not that they were not recognized.
  if (format === 'lobster') return importLobster(first, second, out, options)
  const unknown = looksLikeMessage(lines[0]) || looksLikeOrderbook(lines[0]) ? 1 : 0
  throw new UserError(`the format is not known; expected ${EXPECTED}. --format names it`, {
    file: files[unknown],
    line: 1
  })
}

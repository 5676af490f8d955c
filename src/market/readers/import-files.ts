import { TimeZone } from '../../base/time-zone.js'
import { UserError } from '../../base/user-error.js'
import { fileHead, unpackArchives } from './file-head.js'
import { FORMATS } from './formats.js'
import type { ImportOptions, ImportSummary } from './import-options.js'
import type { FileHead } from './vendor-format.js'

/** Characters of a line that a message shows. */
const SHOWN = 100

/**
 * Turns the files of one import into a tape. The format is told by the content of the files unless it is named.
 * @throws UserError where no reader knows the files, or the reader finds a fault in them.
 */
export async function importFiles(
  files: readonly string[],
  out: string,
  format: string | undefined,
  options: ImportOptions = {}
): Promise<ImportSummary> {
  if (files.length === 0) throw new UserError('expected at least one file to import')
  const { timeZone } = options
  if (timeZone !== undefined && !TimeZone.isKnown(timeZone)) {
    throw new UserError(`--time-zone "${timeZone}": expected a name such as America/New_York`)
  }
  // Who gives a mapping says what the columns mean.
  format ??= options.mapping === undefined ? undefined : 'csv'
  const heads: FileHead[] = []
  for (const file of unpackArchives(files)) heads.push(await fileHead(file))
  const reader = FORMATS.find(({ name, knows }) => (format === undefined ? knows(heads) : name === format))
  if (reader) return reader.import(heads, out, options)
  if (format !== undefined) {
    throw new UserError(`--format "${format}": expected one of ${FORMATS.map(({ name }) => name).join(', ')}`)
  }
  const expected = FORMATS.map(({ name, expects }) => `${expects} (${name})`).join('; ')
  const position = files.length === 1 ? { file: files[0] } : undefined
  throw new UserError(
    `the format is not known${begin(heads[0])}; expected one of: ${expected}. Files may be plain or packed; --format names the format`,
    position
  )
}

/** What a person sees of a file whose format nobody knows. */
function begin({ bytes, firstLine }: FileHead): string {
  if (bytes.subarray(0, SHOWN).some((byte) => byte < 9))
    return `: binary, beginning with ${bytes.toString('hex', 0, 8)}`
  const shown = JSON.stringify(firstLine.slice(0, SHOWN))
  const alone = bytes.toString('utf8').trim() === firstLine.trim()
  return alone ? `: there is one line alone, ${shown}` : `: the first line is ${shown}`
}

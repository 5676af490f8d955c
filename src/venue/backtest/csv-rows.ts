import { UserError, type SourcePosition } from '../../base/user-error.js'

/** A row of a CSV file. */
export interface CsvRow {
  /** Trimmed, quotes taken off. */
  readonly cells: readonly string[]
  /** Where a cell begins in the file; of one that the row lacks, where the row ends. */
  position(cell: number): SourcePosition
}

const QUOTE = 34
const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const SEPARATORS = ['\t', ';', ','] as const

/**
 * Reads CSV (RFC 4180: quoted cells may hold separators, line ends and doubled quotes), with comma, semicolon or tab between
 * cells as the first line has it, and any line ends. Empty lines are left out. Rows may differ in length: what that means
 * is for the reader of the rows.
 * @throws UserError for a quote that is never closed, or that stands within a cell
 */
export function csvRows(text: string, file: string): CsvRow[] {
  const [header] = text.split(/[\r\n]/, 1)
  const separator = (SEPARATORS.find((known) => header.includes(known)) ?? ',').charCodeAt(0)
  const rows: CsvRow[] = []
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  while (at < text.length) {
    const cells: string[] = []
    const starts: number[] = []
    do {
      starts.push(at)
      const end = cellEnd(at)
      cells.push(cellText(at, end))
      at = end + 1
    } while (text.charCodeAt(at - 1) === separator)
    if (cells.length > 1 || cells[0] !== '') {
      const end = at - 1
      rows.push({ cells, position: (cell) => positionAt(starts[cell] ?? end) })
    }
  }
  return rows

  function cellEnd(from: number): number {
    let end = from
    while (text[end] === ' ') end++
    if (text.charCodeAt(end) === QUOTE) end = quoteEnd(end)
    while (end < text.length && !isBoundary(text.charCodeAt(end))) end++
    return end
  }

  /** Behind the quote that closes the one at `from`. */
  function quoteEnd(from: number): number {
    for (let at = from + 1; at < text.length; at++) {
      if (text.charCodeAt(at) !== QUOTE) continue
      if (text.charCodeAt(at + 1) !== QUOTE) return at + 1
      at++
    }
    throw new UserError('a quote is never closed', positionAt(from))
  }

  function cellText(from: number, end: number): string {
    const cell = text.slice(from, end).trim()
    if (!cell.includes('"')) return cell
    const inner = /^"((?:[^"]|"")*)"$/.exec(cell)?.[1]
    if (inner !== undefined) return inner.replaceAll('""', '"').trim()
    throw new UserError(`${cell}: expected quotes around the whole cell, and "" for one in it`, positionAt(from))
  }

  function isBoundary(code: number): boolean {
    return code === separator || code === LINE_FEED || code === CARRIAGE_RETURN
  }

  function positionAt(offset: number): SourcePosition {
    const lines = text
      .slice(0, offset)
      .replace(/^\uFEFF/, '')
      .split(/\r\n|\r|\n/)
    return { file, line: lines.length, column: lines[lines.length - 1].length + 1 }
  }
}

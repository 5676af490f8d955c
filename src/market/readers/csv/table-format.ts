import { UserError } from '../../../base/user-error.js'
import type { FaultKind } from '../faults.js'
import type { FeedFormat } from '../feed/feed-format.js'
import { importFeed } from '../feed/import-feed.js'
import type { FormatName } from '../format-names.js'
import type { OnError } from '../import-options.js'
import type { FileHead, VendorFormat } from '../vendor-format.js'
import type { Table } from './table.js'
import { TABLE_NOTES, TableFile } from './table-file.js'

const NO_SNAPSHOT = 'all rows come before the first snapshot, with which a book begins'

/** A vendor whose files are tables: CSV, each kind known by its header or name. */
export interface TableVendor {
  readonly name: FormatName
  readonly expects: string
  readonly source: string
  readonly timeZone: string
  readonly market?: string
  readonly largestTick?: string
  readonly faults?: Readonly<Partial<Record<FaultKind, OnError>>>
  /** The table that a file is; undefined where it is none of the vendor's. @throws UserError for one that no tape can tell. */
  tableOf(file: FileHead): Table | undefined
}

export function tableFormat(vendor: TableVendor): VendorFormat {
  const { name, expects } = vendor
  return {
    name,
    expects,
    knows: (files) => files.every((file) => vendor.tableOf(file) !== undefined),
    import: (files, out, options) => importFeed(files, out, options, tableFeed(vendor))
  }
}

export function tableFeed(vendor: TableVendor): FeedFormat {
  const { name, expects, source, timeZone, market, largestTick, faults, tableOf } = vendor
  const known = (file: FileHead): Table => {
    const table = tableOf(file)
    if (table === undefined) throw new UserError(`expected ${expects}`, { file: file.path, line: 1, column: 1 })
    return table
  }
  return {
    name,
    source,
    timeZone,
    ...(market === undefined ? {} : { market }),
    ...(largestTick === undefined ? {} : { largestTick }),
    ...(faults === undefined ? {} : { faults }),
    notes: TABLE_NOTES,
    nothing: (counts) => (counts.has('beforeSnapshot') ? NO_SNAPSHOT : undefined),
    open: (file, context) => TableFile.open(file.path, known(file), context),
    rank: (file) => (isPrint(known(file)) ? 1 : 0)
  }
}

/** Of one time, the book is told before the print that met it. */
function isPrint({ action }: Table): boolean {
  return 'is' in action && (action.is === 'trade' || action.is === 'hidden')
}

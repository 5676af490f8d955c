import { UserError } from '../../../base/user-error.js'
import { importFeed } from '../feed/import-feed.js'
import type { ImportOptions } from '../import-options.js'
import type { VendorFormat } from '../vendor-format.js'
import { readMapping, tableFor } from './mapping.js'
import { tableFeed } from './table-format.js'

/** CSV of any vendor: a mapping file says what the columns mean. */
export const csvFormat: VendorFormat = {
  name: 'csv',
  expects: 'CSV of any vendor, with --mapping',
  knows: () => false,
  import(files, out, options) {
    if (options.mapping === undefined) {
      throw new UserError('--format csv: expected --mapping, the YAML file that says what the columns mean')
    }
    const read = readMapping(options.mapping)
    const { mapping } = read
    const said: ImportOptions = {
      ...options,
      tick: options.tick ?? mapping.tick,
      lot: options.lot ?? mapping.lot,
      market: options.market ?? mapping.market,
      currency: options.currency ?? mapping.currency,
      timeZone: options.timeZone ?? mapping.timeZone
    }
    return importFeed(
      files,
      out,
      said,
      tableFeed({
        name: 'csv',
        expects: `a file of which ${options.mapping} knows the columns`,
        source: mapping.source ?? 'CSV',
        timeZone: mapping.timeZone ?? 'UTC',
        tableOf: (file) => tableFor(read, file)
      })
    )
  }
}

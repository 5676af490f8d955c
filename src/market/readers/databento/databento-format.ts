import type { FileHead, VendorFormat } from '../vendor-format.js'
import { contentOfHeader } from './csv-columns.js'
import { importDatabento } from './databento-import.js'

/** Databento's files, binary or CSV; definitions may stand beside the data. */
export const databentoFormat: VendorFormat = {
  name: 'databento',
  expects: 'Databento files, DBN or CSV, with or without a definition file',
  knows: (files) => files.every(isDatabento),
  import: (files, out, options) =>
    importDatabento(
      files.map(({ path }) => path),
      out,
      options
    )
}

function isDatabento({ bytes, firstLine }: FileHead): boolean {
  if (bytes.toString('latin1', 0, 3) === 'DBN') return true
  // Times by these names are Databento's habit; others write theirs differently.
  return contentOfHeader(firstLine.split(',')) !== undefined
}

import { UserError } from '../../../base/user-error.js'
import type { FileHead, VendorFormat } from '../vendor-format.js'
import { parseFileName } from './file-name.js'
import { looksLikeMessage, looksLikeOrderbook } from './guess.js'
import { importLobster } from './lobster-import.js'

/** A LOBSTER day: the message and the orderbook file, in either order. */
export const lobsterFormat: VendorFormat = {
  name: 'lobster',
  expects: 'a LOBSTER day as two files, MESSAGE.csv and ORDERBOOK.csv',
  knows: (files) => (inOrder(files) ?? named(files)) !== undefined,
  import(files, out, options) {
    if (files.length !== 2) throw new UserError(`expected ${this.expects}; got ${files.length} files`)
    // Who names the format wants to hear what is wrong with the files, not that they were not recognized.
    const [message, orderbook] = inOrder(files) ?? named(files) ?? files
    return importLobster(message.path, orderbook.path, out, options)
  }
}

/** Files that are called as the vendor calls them, whatever is in them: what is wrong there is told then. */
function named(files: readonly FileHead[]): readonly FileHead[] | undefined {
  const of = (kind: string): FileHead | undefined => files.find(({ path }) => parseFileName(path)?.kind === kind)
  const [message, orderbook] = [of('message'), of('orderbook')]
  return files.length === 2 && message && orderbook ? [message, orderbook] : undefined
}

function inOrder(files: readonly FileHead[]): readonly FileHead[] | undefined {
  if (files.length !== 2) return undefined
  const orders = [files, [files[1], files[0]]]
  return orders.find(([first, second]) => looksLikeMessage(first.firstLine) && looksLikeOrderbook(second.firstLine))
}

import { UserError } from '../../../base/user-error.js'
import type { FileHead, VendorFormat } from '../vendor-format.js'
import { looksLikeMessage, looksLikeOrderbook } from './guess.js'
import { importLobster } from './lobster-import.js'

/** A LOBSTER day: the message and the orderbook file, in either order. */
export const lobsterFormat: VendorFormat = {
  name: 'lobster',
  expects: 'a LOBSTER day as two files, MESSAGE.csv and ORDERBOOK.csv',
  knows: (files) => inOrder(files) !== undefined,
  import(files, out, options) {
    if (files.length !== 2) throw new UserError(`expected ${this.expects}; got ${files.length} files`)
    // Who names the format wants to hear what is wrong with the files, not that they were not recognized.
    const [message, orderbook] = inOrder(files) ?? files
    return importLobster(message.path, orderbook.path, out, options)
  }
}

function inOrder(files: readonly FileHead[]): readonly FileHead[] | undefined {
  if (files.length !== 2) return undefined
  const orders = [files, [files[1], files[0]]]
  return orders.find(([first, second]) => looksLikeMessage(first.firstLine) && looksLikeOrderbook(second.firstLine))
}

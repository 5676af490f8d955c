import { UserError } from '../../../base/user-error.js'
import type { FileHead, VendorFormat } from '../vendor-format.js'
import { parseFileName } from './file-name.js'
import { looksLikeMessage, looksLikeOrderbook } from './guess.js'
import { importLobster } from './lobster-import.js'

/** A LOBSTER day: the message and the orderbook file, in either order. What the vendor says of its samples may be beside them. */
export const lobsterFormat: VendorFormat = {
  name: 'lobster',
  expects: 'a LOBSTER day as two files, MESSAGE.csv and ORDERBOOK.csv',
  knows: (files) => (dayOf(files) ?? (areNamed(files) || undefined)) !== undefined,
  import(files, out, options) {
    // Who names the format wants to hear what is wrong with the files, not that they were not recognized.
    const day = dayOf(files) ?? files.filter((file) => !isReadMe(file))
    if (day.length !== 2) {
      const count = `got ${day.length} file${day.length === 1 ? '' : 's'}`
      throw new UserError(`expected ${this.expects}, a tape for each day; ${count}`, { file: files[0].path })
    }
    return importLobster(day[0].path, day[1].path, out, options)
  }
}

/** The message and the orderbook file of a day; undefined where the files are no day. */
function dayOf(files: readonly FileHead[]): readonly FileHead[] | undefined {
  const data = files.filter((file) => !isReadMe(file))
  if (data.length !== 2) return undefined
  const orders = [data, [data[1], data[0]]]
  return (
    orders.find(([first, second]) => looksLikeMessage(first.firstLine) && looksLikeOrderbook(second.firstLine)) ??
    // Files that are called as the vendor calls them, whatever is in them: what is wrong there is told then.
    orders.find(([first, second]) => kindOf(first) === 'message' && kindOf(second) === 'orderbook')
  )
}

/** Whether these are LOBSTER's files, of more than one day or less than one. */
function areNamed(files: readonly FileHead[]): boolean {
  const data = files.filter((file) => !isReadMe(file))
  return data.length > 0 && data.every((file) => kindOf(file) !== undefined)
}

function kindOf({ path }: FileHead): 'message' | 'orderbook' | undefined {
  return parseFileName(path)?.kind
}

function isReadMe({ name }: FileHead): boolean {
  return /read_?me/i.test(name)
}

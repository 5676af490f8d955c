import { UserError } from '../../../base/user-error.js'
import type { VendorFormat } from '../vendor-format.js'
import { importItch } from './itch-import.js'
import { MESSAGE_LENGTHS } from './message.js'

/** A day of NASDAQ TotalView-ITCH 5.0 in one binary file. */
export const itchFormat: VendorFormat = {
  name: 'itch',
  expects: 'a day of NASDAQ TotalView-ITCH 5.0, binary, with the length before each message',
  knows: (files) => files.length === 1 && isItch(files[0].bytes),
  import(files, out, options) {
    if (files.length !== 1) throw new UserError(`expected ${this.expects}; got ${files.length} files`)
    return importItch(files[0].path, out, options)
  }
}

/** Whether the file begins with messages that have the lengths of their types. */
function isItch(bytes: Buffer): boolean {
  let messages = 0
  for (let at = 0; at + 3 <= bytes.length; messages++) {
    const length = bytes.readUInt16BE(at)
    if (length === 0 || MESSAGE_LENGTHS[bytes[at + 2]] !== length) return false
    at += 2 + length
  }
  return messages > 0
}

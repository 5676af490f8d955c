import { UserError } from '../../base/user-error.js'

const TAR_AT = 257
const LINE_FEED = 10
const CARRIAGE_RETURN = 13

/**
 * Content that no reader knows and people have nonetheless.
 * @param bytes the beginning of a file, unpacked
 * @throws UserError that says what it is, and what to do
 */
export function refuseForeign(bytes: Buffer, file: string): void {
  const refuse = (what: string): UserError => new UserError(what, { file })
  if (bytes.toString('latin1', TAR_AT, TAR_AT + 5) === 'ustar') {
    throw refuse('is a tar archive; expected the files inside (unpack it first: tar xf)')
  }
  if (isUtf16(bytes)) throw refuse('is UTF-16 text; expected UTF-8 (convert it first: iconv -f UTF-16 -t UTF-8)')
  if (!bytes.includes(LINE_FEED) && bytes.includes(CARRIAGE_RETURN) && bytes.subarray(0, 16).every(isText)) {
    throw refuse("has lines that end with CR alone; expected LF (convert it first: tr '\\r' '\\n')")
  }
  if (/^\s*<(!doctype )?(html|\?xml)/i.test(bytes.toString('latin1', 0, 100))) {
    throw refuse('is a web page or XML, perhaps an error that was downloaded instead of the data')
  }
}

/** By its byte order mark, or because every other byte of what begins as text is 0. */
function isUtf16(bytes: Buffer): boolean {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0
  if (mark === 0xfffe || mark === 0xfeff) return true
  if (bytes.length < 16) return false
  return [0, 1].some((zeros) => bytes.subarray(0, 16).every((byte, n) => (n % 2 === zeros ? byte === 0 : isText(byte))))
}

function isText(byte: number): boolean {
  return byte === 9 || byte === LINE_FEED || byte === CARRIAGE_RETURN || (byte >= 32 && byte < 127)
}

const SOH = 1
const EQUALS = 61

/** A message as people read it: ISO 8859-1, with | for the SOH between fields. */
export function messageText(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll('\x01', '|')
}

/** MsgType (35), the third field of every FIX message; undefined where the bytes have none there. */
export function msgTypeOf(bytes: Buffer): string | undefined {
  let field = 0
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== SOH) continue
    if (++field < 2) continue
    if (bytes[i + 1] !== 51 || bytes[i + 2] !== 53 || bytes[i + 3] !== EQUALS) return undefined
    const end = bytes.indexOf(SOH, i + 4)
    return end < 0 ? undefined : bytes.toString('latin1', i + 4, end)
  }
  return undefined
}

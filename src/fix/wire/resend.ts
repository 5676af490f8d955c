import { isHeaderTag } from './header-tag.js'
import { Tag } from './tag.js'

const SOH = 1
/** "10=xyz|" */
const TRAILER = 7

/** Writes ASCII text at `at`; returns the offset behind it. */
function put(into: Buffer, at: number, text: string): number {
  return at + into.write(text, at, 'latin1')
}

/**
 * Copies the fields of a stored message from MsgType (35) to the last before CheckSum to `into` at `at`, as a resend has
 * them: 43=Y, 122 with the stored SendingTime (or the stored 122, where there is one), 52 by `writeSendingTime`. Header
 * fields stay in ascending order. `into` must have room for the stored message and three fields more.
 * @returns the offset behind what was written.
 */
export function copyForResend(
  stored: Buffer,
  into: Buffer,
  at: number,
  writeSendingTime: (into: Buffer, at: number) => number
): number {
  const end = stored.length - TRAILER
  let from = stored.indexOf(SOH, stored.indexOf(SOH) + 1) + 1
  let possDup = false
  let origSendingTime = ''
  while (from < end) {
    const equals = stored.indexOf(61, from)
    const tag = Number(stored.toString('latin1', from, equals))
    const next = stored.indexOf(SOH, equals) + 1
    const inHeader = isHeaderTag(tag)
    if (!possDup && tag !== Tag.MsgType && (!inHeader || tag > Tag.MsgSeqNum)) {
      at = put(into, at, `${Tag.PossDupFlag}=Y\x01`)
      possDup = true
    }
    if (origSendingTime !== '' && (!inHeader || tag >= Tag.OrigSendingTime)) {
      if (tag !== Tag.OrigSendingTime) at = put(into, at, `${Tag.OrigSendingTime}=${origSendingTime}\x01`)
      origSendingTime = ''
    }
    if (!inHeader) break
    if (tag === Tag.SendingTime) {
      origSendingTime = stored.toString('latin1', equals + 1, next - 1)
      at = writeSendingTime(into, put(into, at, `${Tag.SendingTime}=`))
      into[at++] = SOH
    } else if (tag !== Tag.PossDupFlag) {
      stored.copy(into, at, from, next)
      at += next - from
    }
    from = next
  }
  if (!possDup) at = put(into, at, `${Tag.PossDupFlag}=Y\x01`)
  if (origSendingTime !== '') at = put(into, at, `${Tag.OrigSendingTime}=${origSendingTime}\x01`)
  stored.copy(into, at, from, end)
  return at + end - from
}

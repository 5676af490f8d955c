import { checksum } from '../wire/checksum.js'
import { type FixMessage } from '../wire/fix-message.js'
import { Tag } from '../wire/tag.js'
import { MsgType } from './msg-type.js'

const SOH = 1
const MASK = 42
/** "10=xyz|" */
const TRAILER = 7
const SECRETS = [Tag.Password, Tag.NewPassword, Tag.EncryptedPassword, Tag.EncryptedNewPassword].map(opening)
/** RawData carries credentials in a Logon, and news elsewhere. */
const RAW_DATA = opening(Tag.RawData)
const RAW_DATA_LENGTH = opening(Tag.RawDataLength)
const LOGON = Buffer.from(`\x01${Tag.MsgType}=${MsgType.Logon}\x01`, 'latin1')

function opening(tag: number): Buffer {
  return Buffer.from(`\x01${tag}=`, 'latin1')
}

/** Whether a received message is of a kind, or holds a field, that {@link masked} must look at before it is recorded. */
export function mayHoldSecrets(message: FixMessage): boolean {
  return message.msgType === MsgType.Logon || message.has(Tag.Password) || message.has(Tag.NewPassword)
}

/**
 * A copy of `bytes[from, to)` whose passwords are asterisks, or undefined where there is none: what a message log may
 * keep. Its length stays, and the CheckSum of a whole message is that of the masked one, so it tells nothing either.
 */
export function masked(bytes: Buffer, from: number, to: number): Buffer | undefined {
  const source = bytes.subarray(from, to)
  let copy: Buffer | undefined
  const mask = (field: Buffer, length?: number): void => {
    for (let at = source.indexOf(field); at >= 0; at = source.indexOf(field, at + 1)) {
      const start = at + field.length
      const end = endOfValue(source, start, length)
      ;(copy ??= Buffer.from(source)).fill(MASK, start, end)
    }
  }
  for (const field of SECRETS) mask(field)
  if (source.includes(LOGON)) mask(RAW_DATA, numberBehind(source, RAW_DATA_LENGTH))
  if (copy !== undefined) sealAgain(copy)
  return copy
}

function endOfValue(bytes: Buffer, start: number, length: number | undefined): number {
  if (length !== undefined && bytes[start + length] === SOH) return start + length
  const end = bytes.indexOf(SOH, start)
  return end < 0 ? bytes.length : end
}

function numberBehind(bytes: Buffer, field: Buffer): number | undefined {
  const at = bytes.indexOf(field)
  const value = Number.parseInt(bytes.toString('latin1', at + field.length, at + field.length + 9), 10)
  return at < 0 || Number.isNaN(value) ? undefined : value
}

function sealAgain(message: Buffer): void {
  const at = message.length - TRAILER
  if (at < 0 || message.toString('latin1', at, at + 3) !== '10=') return
  message.write(String(checksum(message, 0, at)).padStart(3, '0'), at + 3, 'latin1')
}

import { readText } from '../../../src/fix/wire/value-reader.js'

/** Bytes of text with `|` for SOH. */
export function bytesOf(text: string): Buffer {
  return Buffer.from(text.replaceAll('|', '\x01'), 'latin1')
}

/** Text of bytes with `|` for SOH. */
export function textOf(bytes: Buffer): string {
  return readText(bytes, 0, bytes.length).replaceAll('\x01', '|')
}

/** A whole message around `body` ("35=0|49=A|…|"): BeginString, BodyLength and CheckSum are added, and right. */
export function messageText(body: string, beginString: string = 'FIX.4.4'): string {
  const head = `8=${beginString}|9=${body.length}|${body}`
  let sum = 0
  for (const byte of bytesOf(head)) sum += byte
  return `${head}10=${String(sum % 256).padStart(3, '0')}|`
}

export function messageBytes(body: string, beginString?: string): Buffer {
  return bytesOf(messageText(body, beginString))
}

/** A header as most tests need it, for a body that follows. */
export function header(msgType: string, msgSeqNum: number = 2): string {
  return `35=${msgType}|34=${msgSeqNum}|49=OMS1|52=20261120-07:15:30.123|56=PAPERPIT|`
}

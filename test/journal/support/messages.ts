import type { MessageStore } from '../../../src/fix/session/message-store.js'
import type { SessionId } from '../../../src/fix/session/session-settings.js'

export const OMS1: SessionId = { beginString: 'FIX.4.4', senderCompId: 'PAPERPIT', targetCompId: 'OMS1' }
export const OMS2: SessionId = { beginString: 'FIX.4.4', senderCompId: 'PAPERPIT', targetCompId: 'OMS2' }

/** A message that says which it is, among other bytes: stores are given a range of a buffer. */
function message(text: string): { readonly bytes: Buffer; readonly from: number; readonly to: number } {
  const bytes = Buffer.from(`before|${text}|behind`, 'latin1')
  return { bytes, from: 7, to: 7 + text.length }
}

export function send(store: MessageStore, no: number, seq: number, text = `sent ${seq}`): void {
  const { bytes, from, to } = message(text)
  store.sent(no, seq, bytes, from, to)
  bytes.fill(0)
}

export function receive(store: MessageStore, no: number, seq: number, text = `received ${seq}`): void {
  const { bytes, from, to } = message(text)
  store.received(no, seq, bytes, from, to)
  bytes.fill(0)
}

export function note(store: MessageStore, no: number, direction: 'in' | 'out', text: string): void {
  const { bytes, from, to } = message(text)
  store.noted(no, direction, bytes, from, to)
  bytes.fill(0)
}

/** What a resend of [first, last] would bring, as "number: text". */
export function resend(store: MessageStore, no: number, first = 1, last = Infinity): string[] {
  const lines: string[] = []
  store.forEachSent(no, first, last, (seq, bytes) => lines.push(`${seq}: ${bytes.toString('latin1')}`))
  return lines
}

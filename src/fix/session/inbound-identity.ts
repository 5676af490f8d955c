import { SECOND, type Nanos } from '../../base/time.js'
import { SessionRejectReason } from '../dictionary/session-reject.js'
import { type ParsedMessage } from '../wire/parsed-message.js'
import { Tag } from '../wire/tag.js'
import { type SessionSettings } from './session-settings.js'

/** What is wrong with the sender of a message: 0 for nothing, a SessionRejectReason (373), or its BeginString. */
export type IdentityFault =
  | 0
  | typeof SessionRejectReason.RequiredTagMissing
  | typeof SessionRejectReason.CompIDProblem
  | typeof SessionRejectReason.SendingTimeAccuracyProblem
  | typeof WRONG_BEGIN_STRING

export const WRONG_BEGIN_STRING = -1

/** Whether `time` is within `tolerance` seconds of `now`; NaN is not. */
export function isTimely(time: Nanos, now: Nanos, tolerance: number): boolean {
  return Math.abs(time - now) <= tolerance * SECOND
}

/** Checks that a message comes from the session's peer, now. Every message passes here, so nothing is allocated. */
export class InboundIdentity {
  readonly #beginString: Buffer
  readonly #sender: Buffer
  readonly #target: Buffer
  readonly #tolerance: number

  constructor({ id, sendingTimeTolerance }: SessionSettings) {
    this.#beginString = Buffer.from(id.beginString, 'latin1')
    this.#sender = Buffer.from(id.targetCompId, 'latin1')
    this.#target = Buffer.from(id.senderCompId, 'latin1')
    this.#tolerance = sendingTimeTolerance
  }

  /** BeginString, then SendingTime, then CompIDs: the order of QuickFIX. */
  check(message: ParsedMessage, now: Nanos): IdentityFault {
    if (!same(message, 0, this.#beginString)) return WRONG_BEGIN_STRING
    const sendingTime = message.indexOf(Tag.SendingTime)
    const sender = message.indexOf(Tag.SenderCompID)
    const target = message.indexOf(Tag.TargetCompID)
    if (sendingTime < 0 || sender < 0 || target < 0) return SessionRejectReason.RequiredTagMissing
    if (!isTimely(message.timestampAt(sendingTime), now, this.#tolerance))
      return SessionRejectReason.SendingTimeAccuracyProblem
    if (!same(message, sender, this.#sender) || !same(message, target, this.#target))
      return SessionRejectReason.CompIDProblem
    return 0
  }
}

function same({ bytes, from, to }: ParsedMessage, field: number, expected: Buffer): boolean {
  const start = from[field]
  const length = expected.length
  if (to[field] - start !== length) return false
  for (let i = 0; i < length; i++) if (bytes[start + i] !== expected[i]) return false
  return true
}

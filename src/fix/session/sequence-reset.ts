import { REJECT_TEXT, SessionRejectReason } from '../dictionary/session-reject.js'
import { type ParsedMessage } from '../wire/parsed-message.js'
import { Tag } from '../wire/tag.js'
import { LogText } from './log-text.js'
import { type SessionParts } from './session-parts.js'

/** SequenceReset (35=4) of the peer, in both modes (FIX 4.4 vol. 2, "SequenceReset"). */
export class SequenceResetHandler {
  readonly #parts: SessionParts

  constructor(parts: SessionParts) {
    this.#parts = parts
  }

  /** Gap fill mode, in sequence: its number is taken already. NewSeqNo (36) may be that number or above. */
  gapFill(message: ParsedMessage): void {
    const newSeqNo = message.int(Tag.NewSeqNo) ?? Number.NaN
    const { numbers } = this.#parts
    const own = numbers.nextTarget - 1
    if (newSeqNo < own) this.#reject(message)
    else if (newSeqNo !== numbers.nextTarget) this.#moveTo(newSeqNo)
  }

  /** Reset mode: its number does not count. True when the expected number moved. */
  reset(message: ParsedMessage): boolean {
    const { numbers, validator, admin } = this.#parts
    numbers.notedIn(message.bytes, message.start, message.end)
    const found = validator.validate(message)
    if (found !== undefined) {
      admin.reject(message, found.refTag, found.reason, found.text)
      return false
    }
    const newSeqNo = message.int(Tag.NewSeqNo) ?? Number.NaN
    if (newSeqNo > numbers.nextTarget) {
      this.#moveTo(newSeqNo)
      return true
    }
    if (newSeqNo < numbers.nextTarget) this.#reject(message)
    return false
  }

  #moveTo(newSeqNo: number): void {
    const { numbers } = this.#parts
    this.#parts.log('sequenceReset', LogText.sequenceReset(numbers.nextTarget, newSeqNo))
    numbers.set(numbers.nextSender, newSeqNo)
  }

  #reject(message: ParsedMessage): void {
    const reason = SessionRejectReason.ValueIsIncorrect
    this.#parts.log('rejectSent', LogText.rejectSent(message.msgSeqNum, REJECT_TEXT[reason], Tag.NewSeqNo))
    this.#parts.admin.reject(message, undefined, reason, REJECT_TEXT[reason])
  }
}

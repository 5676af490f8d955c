import { refusal, refusalText } from '../exchange/refusal.js'
import { Tag } from '../fix/wire/tag.js'
import type { FieldName } from '../fix/dictionary/conditional-rules.js'

/** BusinessRejectReason (380) and Text (58) of a BusinessMessageReject. */
export interface BusinessReject {
  readonly reason: number
  readonly text: string
}

/** Every BusinessMessageReject of this venue. */
export const BusinessReject = {
  unsupportedMessageType: { reason: 3, text: 'Unsupported Message Type' },
  notAvailable: { reason: 4, text: refusalText(refusal('PP1012')) },
  conditionallyRequired: (field: FieldName): BusinessReject => ({
    reason: 5,
    text: `Conditionally required field missing: ${field} (${Tag[field]})`
  })
} as const

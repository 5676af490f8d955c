/** SessionRejectReason (373), FIX 4.4 vol. 2, "Reject". */
export const SessionRejectReason = {
  InvalidTagNumber: 0,
  RequiredTagMissing: 1,
  TagNotDefinedForThisMessageType: 2,
  UndefinedTag: 3,
  TagSpecifiedWithoutAValue: 4,
  ValueIsIncorrect: 5,
  IncorrectDataFormat: 6,
  DecryptionProblem: 7,
  SignatureProblem: 8,
  CompIDProblem: 9,
  SendingTimeAccuracyProblem: 10,
  InvalidMsgType: 11,
  XmlValidationError: 12,
  TagAppearsMoreThanOnce: 13,
  TagSpecifiedOutOfRequiredOrder: 14,
  RepeatingGroupFieldsOutOfOrder: 15,
  IncorrectNumInGroupCount: 16,
  NonDataValueIncludesSoh: 17
} as const

export type SessionRejectReason = (typeof SessionRejectReason)[keyof typeof SessionRejectReason]

/** Text (58) of a Reject by reason. */
export const REJECT_TEXT: Readonly<Record<SessionRejectReason, string>> = {
  0: 'Invalid tag number',
  1: 'Required tag missing',
  2: 'Tag not defined for this message type',
  3: 'Undefined tag',
  4: 'Tag specified without a value',
  5: 'Value is incorrect (out of range) for this tag',
  6: 'Incorrect data format for value',
  7: 'Decryption problem',
  8: 'Signature problem',
  9: 'CompID problem',
  10: 'SendingTime accuracy problem',
  11: 'Invalid MsgType',
  12: 'XML validation error',
  13: 'Tag appears more than once',
  14: 'Tag specified out of required order',
  15: 'Repeating group fields out of order',
  16: 'Incorrect NumInGroup count for repeating group',
  17: 'Non-data value includes field delimiter (SOH character)'
}

/** The first fault of a message: what a Reject (35=3) says of it. */
export interface Fault {
  /** SessionRejectReason (373). */
  readonly reason: SessionRejectReason
  /** RefTagID (371). */
  readonly refTag: number
  /** Text (58). */
  readonly text: string
}

export function fault(reason: SessionRejectReason, refTag: number): Fault {
  return { reason, refTag, text: REJECT_TEXT[reason] }
}

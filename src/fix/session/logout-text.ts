/**
 * Text (58) of the Logouts that the engine sends on its own. A Logout for any other reason carries no text; the reason is
 * then in the log only.
 */
export const LogoutText = {
  incorrectBeginString: 'Incorrect BeginString',
  msgSeqNumTooLow: (expected: number, received: number): string =>
    `MsgSeqNum too low, expecting ${expected} but received ${received}`,
  encryptMethod: 'EncryptMethod must be 0',
  heartBtInt: 'HeartBtInt must not be negative',
  heartBtIntBounds: (least: number, most: number): string =>
    most === Number.POSITIVE_INFINITY
      ? `HeartBtInt must be ${least} or more`
      : `HeartBtInt must be from ${least} to ${most}`,
  messageTooLarge: (limit: number): string => `Message larger than ${limit} bytes`,
  outboundLimit: (limit: number): string => `More than ${limit} bytes wait to be read`,
  invalidLogon: (fault: string, tag: number): string => `${fault}: ${tag}`
} as const

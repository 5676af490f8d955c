/**
 * Text (58) of the Logouts that are sent by rule, those of a directory that refuses a Logon included. A Logout for any
 * other reason carries no text; the reason is then in the log only.
 */
export const LogoutText = {
  incorrectBeginString: 'Incorrect BeginString',
  msgSeqNumTooLow: (expected: number, received: number): string =>
    `MsgSeqNum too low, expecting ${expected} but received ${received}`,
  encryptMethod: 'EncryptMethod must be 0',
  heartBtInt: 'HeartBtInt must not be negative',
  heartBtIntLeast: (least: number): string => `HeartBtInt must be ${least} or more`,
  heartBtIntBounds: (least: number, most: number): string => `HeartBtInt must be from ${least} to ${most}`,
  messageTooLarge: (limit: number): string => `Message larger than ${limit} bytes`,
  outboundLimit: (limit: number): string => `More than ${limit} bytes wait to be read`,
  invalidLogon: (fault: string, tag: number): string => `${fault}: ${tag}`,
  address: 'Address is not allowed',
  certificate: 'Client certificate is not allowed',
  /** It does not tell which of the two was wrong. */
  credentials: 'Wrong username or password',
  busy: 'Too many Logons at once'
} as const

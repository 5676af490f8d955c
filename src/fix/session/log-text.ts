/** Who brought both numbers back to 1. */
export type ResetBy = 'peer' | 'operator' | 'settings' | 'schedule'

/** Every sentence that the session layer gives to its log. */
export const LogText = {
  connected: 'connected',
  tooManyConnections: (limit: number): string => `closed: more than ${limit} connections`,
  connectionRate: (perMinute: number): string =>
    `closed: more than ${perMinute} connections a minute from this address`,
  logonRate: (perMinute: number): string => `closed: more than ${perMinute} Logons a minute from this address`,
  refusedLogonRate: (perMinute: number): string =>
    `closed: more than ${perMinute} refused Logons a minute from this address`,
  tooManySessions: (limit: number): string => `closed: the Logon would open more than ${limit} sessions`,
  tlsFailed: (why: string): string => `closed: no TLS connection came about (${why})`,
  tlsTimeout: (seconds: number): string => `closed: no TLS connection within ${seconds} s`,
  badCertificate: (why: string): string => `closed: the client certificate is not accepted (${why})`,
  outsideHours: 'closed: a Logon outside the session hours',
  hoursOver: 'the session hours are over',
  tooMuchBehindLogon: 'closed: too much was sent behind a Logon that is not decided',
  paused: 'application messages wait, by operator',
  resumed: (count: number): string => `application messages go on, ${count} waited`,
  pauseOverflow: (limit: number): string => `more than ${limit} application messages waited: they go on`,
  withholding: (count: number): string => `the next ${count} application messages are withheld, by operator`,
  withheld: (msgSeqNum: number): string => `message ${msgSeqNum} is stored and not sent`,
  connectFailed: (host: string, port: number, why: string): string => `connection to ${host}:${port} failed: ${why}`,
  socketError: (why: string): string => `connection failed: ${why}`,
  notALogon: (msgType: string): string => `closed: the first message is no Logon but MsgType ${msgType}`,
  wrongBeginString: (received: string): string => `closed: the Logon has BeginString ${received}`,
  unknownSession: (name: string): string => `closed: no session ${name} is configured`,
  badLogonTime: (sendingTime: string): string => `closed: SendingTime ${sendingTime} of the Logon is too far off`,
  alreadyConnected: (address: string): string => `closed a second connection from ${address}: the session is connected`,
  garbledLogon: (reason: string): string => `closed: garbled before Logon (${reason})`,
  logonTimeout: (seconds: number): string => `closed: no Logon within ${seconds} s`,
  logonTooLarge: 'closed: message over the limit before Logon',
  logonRefused: (text: string, peer: string): string => `refused: ${text} (from ${peer})`,
  possDupLogon: 'ignored: a Logon below the expected number with PossDupFlag',
  loggedOn: (peer: string, heartBtInt: number): string => `logged on from ${peer}, heartbeat every ${heartBtInt} s`,
  heartBtInt: (seconds: number): string => `Logon inside the session, heartbeat every ${seconds} s`,
  logoutReceived: (text: string | undefined): string =>
    text === undefined ? 'Logout received' : `Logout received: ${text}`,
  logoutSent: (reason: string): string => `Logout sent: ${reason}`,
  logonUnanswered: 'closed: the Logon was not answered in time',
  strangerAnswers: (what: string): string => `closed: the answer to our Logon comes from another session (${what})`,
  logoutUnanswered: 'closed: the Logout was not answered in time',
  disconnected: 'disconnected',
  garbled: (reason: string): string => `ignored: ${reason}`,
  rejectSent: (msgSeqNum: number, text: string, tag: number | undefined): string =>
    `rejected message ${msgSeqNum}: ${text}${tag === undefined ? '' : ` (${tag})`}`,
  rejectReceived: (refSeqNum: string, text: string): string => `the peer rejected message ${refSeqNum}: ${text}`,
  noMsgSeqNum: 'message without a usable MsgSeqNum',
  gap: (first: number, received: number): string => `expected ${first} but received ${received}: asked for a resend`,
  gapStalled: (first: number, attempt: number, attempts: number): string =>
    `resend from ${first} stalled: asked again (${attempt} of ${attempts})`,
  gapGivenUp: (first: number): string => `resend from ${first} stalled for good`,
  gapClosed: (next: number): string => `gap closed, next expected is ${next}`,
  notHeld: (msgSeqNum: number): string => `message ${msgSeqNum} is not held: too many wait for a gap to close`,
  resend: (first: number, last: number): string => `resending ${first} to ${last}`,
  resendOfNothing: (first: number, next: number): string =>
    `resend from ${first} asked for, but the next number is ${next}`,
  sequenceReset: (from: number, to: number): string => `SequenceReset: next expected from ${from} to ${to}`,
  numbersReset: (by: ResetBy): string => `both numbers back to 1, by ${by}`,
  numbersSet: (sender: number, target: number): string =>
    `next numbers set by operator: ${sender} to send, ${target} expected`,
  possibleDuplicate: (msgSeqNum: number): string => `ignored: message ${msgSeqNum} was handled before`,
  afterLogout: (msgSeqNum: number): string => `ignored: message ${msgSeqNum} after our Logout`,
  duringReset: (msgSeqNum: number): string => `ignored: message ${msgSeqNum} while a reset of ours is unanswered`,
  testRequestSent: 'nothing received: TestRequest sent',
  peerIsSilent: 'closed: nothing received and the TestRequest unanswered',
  ours: 'by this side',
  operator: 'by operator'
} as const

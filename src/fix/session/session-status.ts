import { type Nanos } from '../../base/time.js'

export type SessionState = 'disconnected' | 'logonSent' | 'loggedOn' | 'logoutSent'

/** A session as an operator sees it. */
export interface SessionStatus {
  readonly name: string
  readonly state: SessionState
  readonly nextSenderMsgSeqNum: number
  readonly nextTargetMsgSeqNum: number
  /** Wall time of the last message each way; 0 before the first Logon of the process. */
  readonly lastSent: Nanos
  readonly lastReceived: Nanos
  /** Application messages wait for an operator; how many do. */
  readonly paused: boolean
  readonly waiting: number
  /** How many of the next application messages will be withheld. */
  readonly withholding: number
}

import { SessionRejectReason } from '../dictionary/session-reject.js'
import { type FixMessage } from '../wire/fix-message.js'
import { type Routing } from '../wire/header-template.js'
import { type MessageWriter } from '../wire/message-writer.js'
import { MsgType } from './msg-type.js'
import { Tag } from '../wire/tag.js'
import { type Outbox } from './outbox.js'
import { reverseRouting } from './routing.js'

/** What a Logon of ours holds. */
export interface LogonFields {
  readonly heartBtInt: number
  readonly resetSeqNum: boolean
  readonly username?: string | undefined
  readonly password?: string | undefined
}

/** TestReqID (112) of our TestRequests. */
const TEST_REQ_ID = 'TEST'

/** The session-level messages of FIX 4.4 vol. 2, sent. */
export class AdminMessages {
  readonly #outbox: Outbox

  constructor(outbox: Outbox) {
    this.#outbox = outbox
  }

  logon({ heartBtInt, resetSeqNum, username, password }: LogonFields): void {
    const message = this.#begin(MsgType.Logon).int(Tag.EncryptMethod, 0).int(Tag.HeartBtInt, heartBtInt)
    if (resetSeqNum) message.boolean(Tag.ResetSeqNumFlag, true)
    message.string(Tag.Username, username ?? '').string(Tag.Password, password ?? '')
    this.#outbox.send(true)
  }

  logout(text: string | undefined): void {
    this.#begin(MsgType.Logout).string(Tag.Text, text ?? '')
    this.#outbox.send()
  }

  /** @param testReqId that of the TestRequest which this answers; empty otherwise */
  heartbeat(testReqId: string): void {
    this.#begin(MsgType.Heartbeat).string(Tag.TestReqID, testReqId)
    this.#outbox.send()
  }

  testRequest(testReqId: string = TEST_REQ_ID): void {
    this.#begin(MsgType.TestRequest).string(Tag.TestReqID, testReqId)
    this.#outbox.send()
  }

  /** @param endSeqNo 0 for all from `beginSeqNo` on */
  resendRequest(beginSeqNo: number, endSeqNo: number): void {
    this.#begin(MsgType.ResendRequest).int(Tag.BeginSeqNo, beginSeqNo).int(Tag.EndSeqNo, endSeqNo)
    this.#outbox.send()
  }

  /**
   * RefTagID (371) is left out where it says nothing more than the reason does: an unknown MsgType, a CompID or a
   * SendingTime that is off; and where the tag is too large a number to be written.
   */
  reject(ref: FixMessage, refTag: number | undefined, reason: number, text: string): void {
    const message = this.#begin(MsgType.Reject, reverseRouting(ref)).int(Tag.RefSeqNum, ref.msgSeqNum)
    message.string(Tag.Text, text)
    if (Number.isSafeInteger(refTag) && reason !== SessionRejectReason.InvalidMsgType)
      message.int(Tag.RefTagID, refTag as number)
    message.string(Tag.RefMsgType, ref.msgType).int(Tag.SessionRejectReason, reason)
    this.#outbox.send()
  }

  #begin(msgType: string, routing?: Routing): MessageWriter {
    return this.#outbox.begin(msgType, true, routing)
  }
}

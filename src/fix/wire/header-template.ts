import { Tag } from './tag.js'

/** The names that every message of a session carries in its header; sender is us. */
export interface HeaderNames {
  readonly senderCompId: string
  readonly targetCompId: string
  readonly senderSubId?: string | undefined
  readonly targetSubId?: string | undefined
}

/** Third-party names of one message (FIX 4.4 vol. 1, "FIX message routing"): an answer mirrors those of its request. */
export interface Routing {
  readonly onBehalfOfCompId?: string | undefined
  readonly onBehalfOfSubId?: string | undefined
  readonly onBehalfOfLocationId?: string | undefined
  readonly deliverToCompId?: string | undefined
  readonly deliverToSubId?: string | undefined
  readonly deliverToLocationId?: string | undefined
}

function field(tag: number, value: string | undefined): string {
  return value === undefined || value === '' ? '' : `${tag}=${value}\x01`
}

/** The constant parts of a session's headers, encoded once: what stands before SendingTime (52), and what behind it. */
export class HeaderTemplate {
  /** 49, 50 */
  readonly beforeSendingTime: Buffer
  /** 56, 57 */
  readonly afterSendingTime: Buffer

  constructor({ senderCompId, targetCompId, senderSubId, targetSubId }: HeaderNames) {
    const sender = field(Tag.SenderCompID, senderCompId) + field(Tag.SenderSubID, senderSubId)
    const target = field(Tag.TargetCompID, targetCompId) + field(Tag.TargetSubID, targetSubId)
    this.beforeSendingTime = Buffer.from(sender, 'latin1')
    this.afterSendingTime = Buffer.from(target, 'latin1')
  }
}

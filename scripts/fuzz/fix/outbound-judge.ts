const SOH = 1
/** A numeric field of the session layer that holds something else. */
const NO_NUMBER = /\x01(34|7|16|36|45|98|108|371|373|380)=(?!-?\d+\x01)/

/**
 * Reads what the engine sends as a strict peer would: framing, CheckSum, the header's order. What is not sent again is what
 * the store was given, to the byte and in its order; some of that waits in the store alone.
 */
export class OutboundJudge {
  /** The latest message. */
  last = ''
  /** Is given every message, from MsgType to CheckSum. */
  watch: (text: string) => void = () => undefined
  readonly #seen: Set<string>
  #stored: string[] = []

  /** @param seen is told the kinds of messages that were sent */
  constructor(seen: Set<string>) {
    this.#seen = seen
  }

  /** The store was given a new message. */
  stored(text: string): void {
    this.#stored.push(text)
  }

  /** The end of a turn: what was not sent by now is only sent again. */
  turn(): void {
    if (this.#stored.length > 0) this.#stored = []
  }

  judge(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) at = this.#message(bytes, at)
  }

  #message(bytes: Buffer, start: number): number {
    const head = bytes.toString('latin1', start, Math.min(start + 24, bytes.length))
    const match = /^8=FIX\.4\.4\x019=(\d+)\x01/.exec(head)
    if (match === null) throw new Error(`no message was sent: ${JSON.stringify(head)}`)
    const body = start + match[0].length
    const trailer = body + Number(match[1])
    const end = trailer + 7
    const text = bytes.toString('latin1', body, end)
    if (end > bytes.length || bytes[trailer - 1] !== SOH) throw new Error(`a wrong BodyLength was sent: ${head}${text}`)
    let sum = 0
    for (let i = start; i < trailer; i++) sum += bytes[i]
    const checksum = `10=${String(sum & 255).padStart(3, '0')}\x01`
    if (!text.endsWith(checksum)) throw new Error(`a wrong CheckSum was sent: ${text}`)
    const header = /^35=(\w+)\x0134=(\d+)\x01(43=Y\x01)?49=/.exec(text)
    if (header === null) throw new Error(`a header out of order was sent: ${text}`)
    const [, msgType, , possDup] = header
    if (possDup === undefined) {
      const whole = bytes.toString('latin1', start, end)
      const at = this.#stored.indexOf(whole)
      if (at < 0) throw new Error(`what was sent is not what was stored: ${text}`)
      this.#stored.splice(0, at + 1)
    }
    if (NO_NUMBER.test(text)) throw new Error(`a number that is none was sent: ${text}`)
    this.last = text
    this.watch(text)
    if (msgType === '3')
      this.#seen.add(`Reject ${/\x01373=(\d+)/.exec(text)?.[1] ?? ''} of ${/\x01372=(\w+)/.exec(text)?.[1] ?? ''}`)
    else this.#seen.add(`sent ${msgType}`)
    return end
  }
}

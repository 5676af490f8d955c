import { connect, type Socket } from 'node:net'

const SOH = '\x01'

/** One message as it came, cut into what tests look at. */
export interface RawMessage {
  readonly msgType: string
  readonly msgSeqNum: number
  readonly possDup: boolean
  /** The fields behind the header, "11=A1|14=0|…": what a resend must repeat to the byte. */
  readonly body: string
  readonly text: string
}

const NOT_BODY = new Set(['8', '9', '35', '34', '43', '49', '52', '56', '122', '10'])

/**
 * A FIX client on a bare socket that shares no code with the venue: it frames by its own means and keeps everything it
 * received. It answers a ResendRequest by filling the gap.
 */
export class RawFixClient {
  readonly received: RawMessage[] = []
  readonly #sender: string
  readonly #target: string
  #nextOut = 1
  #socket: Socket | undefined
  #pending = Buffer.alloc(0)
  #changed: () => void = () => undefined
  #closed = false

  constructor(sender: string, target: string) {
    this.#sender = sender
    this.#target = target
  }

  get nextOut(): number {
    return this.#nextOut
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Connects and sends a Logon with the next number; resolves with the answer. */
  async logon(port: number): Promise<RawMessage> {
    const from = this.received.length
    this.#closed = false
    this.#pending = Buffer.alloc(0)
    await new Promise<void>((connected, failed) => {
      this.#socket = connect({ host: '127.0.0.1', port, noDelay: true }, connected)
      this.#socket.once('error', failed)
    })
    const socket = this.#socket as unknown as Socket
    socket.on('data', (bytes) => this.#feed(bytes))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.#closed = true
      this.#changed()
    })
    this.send('35=A|98=0|108=30')
    return this.until(({ msgType }) => msgType === 'A', from)
  }

  /** Sends a message given by its fields without the rest of the header: "35=D|11=A1|…". */
  send(fields: string): void {
    this.#socket?.write(this.#frame(fields, this.#nextOut++))
  }

  /** Sends many messages in one write. */
  sendAll(messages: readonly string[]): void {
    this.#socket?.write(messages.map((fields) => this.#frame(fields, this.#nextOut++)).join(''), 'latin1')
  }

  /** The first message from position `from` on that is wanted; fails when the connection ends without it. */
  async until(wanted: (message: RawMessage) => boolean, from = 0): Promise<RawMessage> {
    for (let at = from; ; at++) {
      while (at >= this.received.length) {
        if (this.#closed) throw new Error(`the connection ended; last: ${this.received.at(-1)?.text ?? 'nothing'}`)
        await new Promise<void>((resolve) => (this.#changed = resolve))
      }
      if (wanted(this.received[at])) return this.received[at]
    }
  }

  /** Resolves when the connection has ended. */
  async ended(): Promise<void> {
    while (!this.#closed) await new Promise<void>((resolve) => (this.#changed = resolve))
  }

  destroy(): void {
    this.#socket?.destroy()
  }

  #frame(fields: string, msgSeqNum: number): string {
    const [msgType, ...rest] = fields.split('|')
    const time = new Date().toISOString().replaceAll('-', '').replace('T', '-').slice(0, 21)
    const body =
      [msgType, `34=${msgSeqNum}`, `49=${this.#sender}`, `52=${time}`, `56=${this.#target}`, ...rest].join(SOH) + SOH
    const head = `8=FIX.4.4${SOH}9=${body.length}${SOH}${body}`
    let sum = 0
    for (let i = 0; i < head.length; i++) sum += head.charCodeAt(i)
    return `${head}10=${String(sum & 255).padStart(3, '0')}${SOH}`
  }

  #feed(bytes: Buffer): void {
    let rest = Buffer.concat([this.#pending, bytes])
    for (;;) {
      const start = rest.indexOf(`${SOH}9=`)
      const end = start < 0 ? -1 : rest.indexOf(SOH, start + 3)
      if (end < 0) break
      const length = end + 1 + Number(rest.toString('latin1', start + 3, end)) + 7
      if (rest.length < length) break
      this.#take(rest.toString('latin1', 0, length))
      rest = rest.subarray(length)
    }
    this.#pending = Buffer.from(rest)
    this.#changed()
  }

  #take(text: string): void {
    const fields = text.slice(0, -1).split(SOH)
    const value = (tag: string): string | undefined =>
      fields.find((field) => field.startsWith(`${tag}=`))?.slice(tag.length + 1)
    const message: RawMessage = {
      msgType: value('35') ?? '',
      msgSeqNum: Number(value('34')),
      possDup: value('43') === 'Y',
      body: fields.filter((field) => !NOT_BODY.has(field.slice(0, field.indexOf('=')))).join('|'),
      text: fields.join('|')
    }
    this.received.push(message)
    if (message.msgType === '2') {
      const first = Number(value('7'))
      this.#socket?.write(this.#frame(`35=4|43=Y|122=20261120-00:00:00.000|123=Y|36=${this.#nextOut}`, first))
    }
  }
}

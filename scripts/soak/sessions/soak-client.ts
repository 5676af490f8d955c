import { connect, type Socket } from 'node:net'

const SOH = '\x01'
const CHECKSUM = 7

/** A FIX client that costs little, so that many fit into one process. It never falls out of sequence, since nothing is lost. */
export class SoakClient {
  readonly name: string
  /** Milliseconds from an order to its acknowledgement, since last taken. */
  latencies: number[] = []
  heartbeats = 0
  reports = 0
  closed = false
  #socket!: Socket
  #next = 1
  #orders = 0
  #lastSent = 0
  #rest = ''
  #loggedOn: () => void = () => undefined
  readonly #waiting = new Map<string, number>()
  readonly #heartBtInt: number

  constructor(name: string, heartBtInt: number) {
    this.name = name
    this.#heartBtInt = heartBtInt
  }

  logon(port: number): Promise<void> {
    return new Promise((done, failed) => {
      this.#loggedOn = done
      const socket = connect({ host: '127.0.0.1', port, noDelay: true })
      this.#socket = socket
      socket.setEncoding('latin1')
      socket.on('connect', () => this.#send(`35=A|`, `98=0|108=${this.#heartBtInt}|`))
      socket.on('data', (text: string) => this.#receive(text))
      socket.on('error', failed)
      socket.on('close', () => (this.closed = true))
    })
  }

  /** Reads nothing more. */
  stop(): void {
    this.#socket.pause()
  }

  /** A limit order far from the market, as many as `count` in one write. */
  order(count = 1): void {
    const now = performance.now()
    let text = ''
    for (let i = 0; i < count; i++) {
      const id = `${this.name}-${++this.#orders}`
      if (i === 0) this.#waiting.set(id, now)
      text += this.#message('35=D|', `11=${id}|38=100|40=2|44=1.00|54=1|55=AAPL|59=3|60=20261120-10:00:00|`)
    }
    this.#write(text)
  }

  /** Sends a Heartbeat where one is due. */
  tick(): void {
    if (!this.closed && performance.now() - this.#lastSent >= this.#heartBtInt * 900) this.#send('35=0|', '')
  }

  end(): void {
    this.#socket.destroy()
  }

  #receive(chunk: string): void {
    let text = this.#rest + chunk
    for (;;) {
      const at = text.indexOf(`${SOH}9=`)
      const soh = at < 0 ? -1 : text.indexOf(SOH, at + 3)
      const end = soh < 0 ? -1 : soh + 1 + Number(text.slice(at + 3, soh)) + CHECKSUM
      if (end < 0 || end > text.length) break
      this.#take(text.slice(soh + 1, end))
      text = text.slice(end)
    }
    this.#rest = text
  }

  #take(message: string): void {
    if (message.startsWith(`35=8${SOH}`)) {
      this.reports++
      const id = value(message, '11')
      const sent = this.#waiting.get(id)
      if (sent === undefined) return
      this.#waiting.delete(id)
      this.latencies.push(performance.now() - sent)
    } else if (message.startsWith(`35=0${SOH}`)) this.heartbeats++
    else if (message.startsWith(`35=A${SOH}`)) this.#loggedOn()
    else if (message.startsWith(`35=1${SOH}`)) this.#send('35=0|', `112=${value(message, '112')}|`)
    else if (/^35=[23jY5]/.test(message)) throw new Error(`${this.name} did not expect ${message.replaceAll(SOH, '|')}`)
  }

  #send(msgType: string, body: string): void {
    this.#write(this.#message(msgType, body))
  }

  #write(text: string): void {
    this.#lastSent = performance.now()
    this.#socket.write(text, 'latin1')
  }

  #message(msgType: string, body: string): string {
    const time = new Date().toISOString().replaceAll('-', '').replace('T', '-').slice(0, 21)
    const text = `${msgType}34=${this.#next++}|49=${this.name}|52=${time}|56=PAPERPIT|${body}`.replaceAll('|', SOH)
    const head = `8=FIX.4.4${SOH}9=${text.length}${SOH}${text}`
    let sum = 0
    for (let i = 0; i < head.length; i++) sum += head.charCodeAt(i)
    return `${head}10=${String(sum & 255).padStart(3, '0')}${SOH}`
  }
}

function value(message: string, tag: string): string {
  const at = message.indexOf(`${SOH}${tag}=`) + tag.length + 2
  return message.slice(at, message.indexOf(SOH, at))
}

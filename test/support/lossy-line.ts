import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** Which way a message goes: to the venue, or to the client. */
export type Direction = 'toVenue' | 'toClient'

/** What crossed the line, or was lost on it: "8=FIX.4.4|9=…|". */
export interface Crossing {
  readonly direction: Direction
  readonly text: string
  readonly lost: boolean
}

/**
 * A TCP line between a client and a venue that loses whole FIX messages when it is told to. Clients always find the same
 * port, wherever the venue is by now. It frames by its own means, so that it shares no code with what is tested.
 */
export class LossyLine {
  /** All that came over it, in order. */
  readonly crossed: Crossing[] = []
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #lose: (direction: Direction, text: string) => boolean = () => false
  #carry: (direction: Direction, text: string, send: () => void) => void = (_direction, _text, send) => send()
  #venuePort = 0
  #port = 0

  private constructor() {
    this.#server = createServer((client) => this.#join(client))
  }

  /** @param port where clients connect; 0: any */
  static async open(port = 0): Promise<LossyLine> {
    const line = new LossyLine()
    await new Promise<void>((listening) => line.#server.listen({ host: '127.0.0.1', port }, listening))
    line.#port = (line.#server.address() as AddressInfo).port
    return line
  }

  /** Where clients connect. */
  get port(): number {
    return this.#port
  }

  /** Where the venue listens; 0 while there is none: connections are then refused by closing them. */
  leadTo(venuePort: number): void {
    this.#venuePort = venuePort
  }

  /** From now on loses what `lose` says. */
  losing(lose: (direction: Direction, text: string) => boolean): void {
    this.#lose = lose
  }

  /** Loses the next messages of a MsgType (35) in one direction, as many as `count`. */
  loseNext(direction: Direction, msgType: string, count = 1): void {
    let left = count
    this.#lose = (way, text) => way === direction && left > 0 && text.includes(`|35=${msgType}|`) && left-- > 0
  }

  /** From now on each message that is not lost comes as often, and when, as `carry` sends it. */
  carrying(carry: (direction: Direction, text: string, send: () => void) => void): void {
    this.#carry = carry
  }

  /** Loses nothing any more. */
  mend(): void {
    this.#lose = () => false
  }

  /** Cuts every connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  close(): void {
    this.cut()
    this.#server.close()
  }

  #join(client: Socket): void {
    if (this.#venuePort === 0) {
      client.destroy()
      return
    }
    const venue = connect({ host: '127.0.0.1', port: this.#venuePort, noDelay: true })
    client.setNoDelay(true)
    this.#lead(client, venue, 'toVenue')
    this.#lead(venue, client, 'toClient')
  }

  #lead(from: Socket, to: Socket, direction: Direction): void {
    this.#sockets.add(from)
    let pending = Buffer.alloc(0)
    from.on('data', (bytes) => {
      pending = Buffer.concat([pending, bytes])
      for (let end = messageEnd(pending); end > 0; end = messageEnd(pending)) {
        const message = pending.subarray(0, end)
        pending = pending.subarray(end)
        const text = message.toString('latin1').replaceAll('\x01', '|')
        const lost = this.#lose(direction, text)
        this.crossed.push({ direction, text, lost })
        if (!lost) this.#carry(direction, text, () => to.write(message))
      }
    })
    from.on('error', () => undefined)
    from.on('end', () => to.end())
    from.on('close', () => {
      this.#sockets.delete(from)
      to.destroySoon()
    })
  }
}

/** Offset behind the first message, or 0 while it is not whole. */
function messageEnd(bytes: Buffer): number {
  const at = bytes.indexOf('\x019=')
  const soh = at < 0 ? -1 : bytes.indexOf(1, at + 3)
  if (soh < 0) return 0
  const end = soh + 1 + Number(bytes.toString('latin1', at + 3, soh)) + 7
  return end <= bytes.length ? end : 0
}

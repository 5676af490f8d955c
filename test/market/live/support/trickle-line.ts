import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { seededRandom } from '../../../../src/base/random.js'

/** Bytes that come at once, at most. */
const PIECE = 7

/** A TCP line that brings what is said in pieces of a few bytes, each in a round of the event loop of its own. */
export class TrickleLine {
  readonly port: number
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
    this.port = (server.address() as AddressInfo).port
  }

  static async open(to: number): Promise<TrickleLine> {
    const server = createServer({ noDelay: true }, (client) => {
      const far = connect({ host: '127.0.0.1', port: to, noDelay: true })
      trickle(far, client)
      client.pipe(far)
      client.on('error', () => undefined)
      client.on('close', () => far.destroy())
    })
    await new Promise<void>((listening) => server.listen({ host: '127.0.0.1', port: 0 }, listening))
    return new TrickleLine(server)
  }

  close(): void {
    this.#server.close()
  }
}

function trickle(from: Socket, to: Socket): void {
  const random = seededRandom(7, 'trickle')
  let waiting = Buffer.alloc(0)
  let running = false
  const step = (): void => {
    running = waiting.length > 0
    if (!running) return
    const length = 1 + random.below(PIECE)
    to.write(waiting.subarray(0, length))
    waiting = waiting.subarray(length)
    setImmediate(step)
  }
  from.on('data', (bytes) => {
    waiting = Buffer.concat([waiting, bytes])
    if (!running) step()
  })
  from.on('error', () => undefined)
  from.on('close', () => to.destroy())
}

import { WebSocket } from 'ws'
import type { Dial } from './link.js'

/** A whole book in one message is below this. */
const MAX_MESSAGE = 32 * 1024 * 1024

/** Dials a WebSocket. Pings of the server are answered by themselves. */
export function webSocket(url: string): Dial {
  return (events) => {
    const socket = new WebSocket(url, { maxPayload: MAX_MESSAGE, perMessageDeflate: false })
    let why = 'the connection was closed'
    socket.on('open', () => events.opened())
    // Whether a message is called text or binary, it is read, so that none is passed over in silence.
    socket.on('message', (data) => events.message((data as Buffer).toString('utf8')))
    socket.on('ping', () => events.alive())
    socket.on('pong', () => events.alive())
    // `close` follows every error.
    socket.on('error', (error) => (why = error.message))
    socket.on('close', (code, reason) => {
      const said = reason.toString('utf8')
      events.closed(code === 1006 ? why : `closed by the server: ${code}${said === '' ? '' : ` ${said}`}`)
    })
    return {
      send: (text) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(text)
      },
      ping: () => {
        if (socket.readyState === WebSocket.OPEN) socket.ping()
      },
      destroy: () => socket.terminate()
    }
  }
}

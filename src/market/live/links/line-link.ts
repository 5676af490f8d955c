import { connect, type Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { LineSplitter } from './line-splitter.js'
import type { Dial, Link, LinkEvents } from './link.js'

/** Connects to a TCP server that speaks in lines. */
export function tcpLines(host: string, port: number): Dial {
  return (events) => {
    const socket = connect({ host, port, noDelay: true })
    socket.on('connect', () => events.opened())
    return overSocket(socket, events)
  }
}

/** Messages as lines over a socket; `opened` is the caller's to tell. */
export function overSocket(socket: Socket, events: LinkEvents): Link {
  let why = 'the connection was closed'
  readLines(socket, events, (error) => {
    why = error.message
    socket.destroy()
  })
  socket.on('error', (error) => (why = error.message))
  socket.on('close', () => events.closed(why))
  return {
    send: (text) => void socket.write(`${text}\n`),
    ping: () => undefined,
    destroy: () => socket.destroy()
  }
}

/** Messages as lines of a stream that cannot be answered, as standard input. Its end ends the feed. */
export function streamLines(stream: Readable): Dial {
  return (events) => {
    setImmediate(() => {
      if (stream.readableEnded || stream.destroyed) return events.closed('the input has ended')
      events.opened()
      readLines(stream, events, (error) => events.closed(error.message))
      stream.once('end', () => events.closed('the input has ended'))
    })
    return { send: () => undefined, ping: () => undefined, destroy: () => stream.pause() }
  }
}

function readLines(stream: Readable, events: LinkEvents, failed: (error: Error) => void): void {
  const lines = new LineSplitter()
  stream.on('data', (bytes: Buffer) => {
    try {
      for (const line of lines.push(bytes)) events.message(line)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      failed(error)
    }
  })
}

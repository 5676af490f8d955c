import { connect, type Socket } from 'node:net'
import { HOUR, ManualClock, nanos } from '../../../src/base/time.js'
import { type FixApplication, type FixSession } from '../../../src/fix/session/application.js'
import { MemoryStore } from '../../../src/fix/session/memory-store.js'
import { DEFAULT_SETTINGS, type SessionSettings } from '../../../src/fix/session/session-settings.js'
import { createFixEngine, type FixEngine, type FixEngineOptions } from '../../../src/fix/transport/fix-engine.js'
import { type FixMessage } from '../../../src/fix/wire/fix-message.js'
import { Tag } from '../../../src/fix/wire/tag.js'
import { EPOCH, testDictionary } from '../session/desk.js'
import { fill, show } from '../session/script.js'

export const NOW = '20261120-10:00:00.000'

/** An engine that takes any session and ends its turns by itself, as a venue does. The clock stands still. */
export class TestEngine {
  readonly clock = new ManualClock(nanos(10 * HOUR))
  readonly store = new MemoryStore()
  readonly log: string[] = []
  readonly received: string[] = []
  readonly engine: FixEngine
  /** What a turn does before it lets go of anything. */
  commit: () => void = () => undefined
  #turn = false

  constructor(
    settings: Partial<SessionSettings> = {},
    onMessage?: (session: FixSession, message: FixMessage) => void,
    options: Partial<FixEngineOptions> = {}
  ) {
    const application: FixApplication = {
      onLogon: (session) => void this.received.push(`logon ${session.settings.id.targetCompId}`),
      onMessage: (session, message) => {
        this.received.push(`${session.settings.id.targetCompId} ${message.msgType} ${message.string(Tag.ClOrdID)}`)
        onMessage?.(session, message)
      },
      onLogout: (session) => void this.received.push(`logout ${session.settings.id.targetCompId}`)
    }
    this.engine = createFixEngine({
      clock: this.clock,
      epoch: EPOCH,
      store: this.store,
      directory: {
        find: (id) => ({ ...DEFAULT_SETTINGS, ...settings, id, role: 'acceptor' }),
        admit: () => undefined
      },
      application,
      dictionary: testDictionary(),
      log: { event: (session, event, text) => this.log.push(`${event} ${session} ${text}`) },
      requestTurn: () => {
        if (this.#turn) return
        this.#turn = true
        setImmediate(() => {
          this.#turn = false
          this.commit()
          this.engine.flush()
        })
      },
      ...options
    })
  }
}

/** The other end of a socket, as plain as can be. */
export class RawPeer {
  readonly #socket: Socket
  readonly #side: { sender: string; target: string }
  #received = ''
  closed = false
  #wake: () => void = () => undefined

  constructor(socket: Socket, compId: string) {
    this.#socket = socket
    this.#side = { sender: compId, target: 'PAPERPIT' }
    socket.on('data', (chunk) => {
      this.#received += show(chunk)
      this.#wake()
    })
    socket.on('error', () => undefined)
    socket.on('end', () => socket.end())
    socket.on('close', () => {
      this.closed = true
      this.#wake()
    })
  }

  static connect(port: number, compId: string): Promise<RawPeer> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true })
      socket.once('error', reject)
      socket.once('connect', () => resolve(new RawPeer(socket, compId)))
    })
  }

  /** Sends messages in one write. */
  send(...messages: string[]): void {
    this.write(Buffer.concat(messages.map((message) => this.bytes(message))))
  }

  bytes(message: string): Buffer {
    return fill(message, this.#side, NOW)
  }

  write(bytes: Buffer): void {
    this.#socket.write(bytes)
  }

  /** Says that nothing more comes, and reads on. */
  finish(): void {
    this.#socket.end()
  }

  stopReading(): void {
    this.#socket.pause()
  }

  readOn(): void {
    this.#socket.resume()
  }

  /** Waits for the next message and gives its fields from MsgType to the last before CheckSum, times left out. */
  async next(): Promise<string> {
    const end = /\|10=\d{3}\|/
    await this.#until(() => end.test(this.#received))
    const match = end.exec(this.#received)
    if (match === null) throw new Error(`the connection ended behind "${this.#received}"`)
    const message = this.#received.slice(0, match.index)
    this.#received = this.#received.slice(match.index + match[0].length)
    return message.replace(/^8=[^|]+\|9=\d+\|/, '').replace(/(52|122)=[^|]+\|?/g, '')
  }

  async end(): Promise<string> {
    await this.#until(() => this.closed)
    return this.#received
  }

  destroy(): void {
    this.#socket.destroy()
  }

  /** Cuts the connection by a TCP reset. */
  reset(): void {
    this.#socket.resetAndDestroy()
  }

  async logOn(): Promise<void> {
    this.send('35=A|34=1|98=0|108=30')
    await this.next()
  }

  async #until(done: () => boolean): Promise<void> {
    while (!done()) {
      if (this.closed) return
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}

/** Answers every order with a report. */
export function report(session: FixSession, message: FixMessage): void {
  session.begin('8').string(Tag.ClOrdID, message.string(Tag.ClOrdID) ?? '')
  session.send()
}

import 'reflect-metadata'
import {
  AsciiSession,
  SessionLauncher,
  EmptyLogFactory,
  FixMsgStoreRecord,
  type IJsFixConfig,
  type ISessionDescription,
  type MsgView
} from 'jspurefix'

export type Fields = Readonly<Record<string, unknown>>

/** An application message that the counterparty received, by jspurefix's own parser. */
export interface Received {
  readonly msgType: string
  readonly fields: Fields
}

/** A counterparty that is not ours: jspurefix as an initiator, its own dictionary, its own session layer. */
export class JspurefixClient {
  readonly #received: Received[] = []
  readonly #waiting: ((message: Received) => void)[] = []
  #session: ClientSession | undefined
  #finished: Promise<unknown> | undefined

  /** Logs on; resolves when the Logon is answered. */
  async logon(
    port: number,
    ids: { readonly sender: string; readonly target: string; readonly reset: boolean }
  ): Promise<void> {
    const description = {
      application: {
        reconnectSeconds: 10,
        type: 'initiator',
        name: 'oms',
        protocol: 'ascii',
        dictionary: 'qf44',
        tcp: { host: '127.0.0.1', port }
      },
      Username: 'oms',
      Password: 'secret',
      EncryptMethod: 0,
      ResetSeqNumFlag: ids.reset,
      HeartBtInt: 30,
      SenderCompId: ids.sender,
      TargetCompID: ids.target,
      BeginString: 'FIX.4.4'
    } as unknown as ISessionDescription
    await new Promise<void>((ready, failed) => {
      const launcher = new Launcher(description, (config) => {
        this.#session = new ClientSession(config, (message) => this.#take(message), ready)
        return this.#session
      })
      this.#finished = launcher.run().catch(failed)
    })
  }

  send(msgType: string, fields: Fields): void {
    this.#session?.deliver(msgType, fields)
  }

  /** The next application message, in order of arrival. */
  next(): Promise<Received> {
    const waiting = this.#received.shift()
    return waiting ? Promise.resolve(waiting) : new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** Logs out and waits until the venue has answered and the connection is closed. */
  async logout(): Promise<void> {
    this.#session?.done()
    await this.#finished
  }

  #take(message: Received): void {
    const waiting = this.#waiting.shift()
    if (waiting) waiting(message)
    else this.#received.push(message)
  }
}

type KeptRecord = Parameters<NonNullable<AsciiSession['store']>['put']>[0]

class ClientSession extends AsciiSession {
  readonly #take: (message: Received) => void
  readonly #ready: () => void
  #delivering: Fields | undefined

  constructor(config: IJsFixConfig, take: (message: Received) => void, ready: () => void) {
    super(config)
    this.#take = take
    this.#ready = ready
  }

  deliver(msgType: string, fields: Fields): void {
    this.#delivering = fields
    this.send(msgType, fields)
    this.#delivering = undefined
  }

  protected override onApplicationMsg(msgType: string, view: MsgView): void {
    this.#take({ msgType, fields: view.toObject() as Fields })
  }

  protected override onReady(): void {
    this.#ready()
  }

  /** jspurefix resends what its application keeps in the store, and fills the gap where it keeps nothing. */
  protected override onEncoded(msgType: string, text: string): void {
    const msgSeqNum = Number(/[|\x01]34=(\d+)/.exec(text)?.[1])
    if (this.#delivering !== undefined)
      void this.store?.put(new FixMsgStoreRecord(msgType, new Date(), msgSeqNum, { ...this.#delivering }) as KeptRecord)
  }

  protected override onDecoded(): void {}
  protected override onStopped(): void {}
  protected override onLogon(): boolean {
    return true
  }
}

class Launcher extends SessionLauncher {
  readonly #make: (config: IJsFixConfig) => AsciiSession

  constructor(description: ISessionDescription, make: (config: IJsFixConfig) => AsciiSession) {
    super(description, null, new EmptyLogFactory())
    this.#make = make
  }

  protected override makeFactory(): { makeSession: (config: IJsFixConfig) => AsciiSession } {
    return { makeSession: (config) => this.#make(config) }
  }
}

import { nanos, SECOND, type Clock } from '../../../../src/base/time.js'
import type { FixSession } from '../../../../src/fix/session/application.js'
import { SILENT_LOG } from '../../../../src/fix/session/log.js'
import { MemoryStore } from '../../../../src/fix/session/memory-store.js'
import { DEFAULT_SETTINGS } from '../../../../src/fix/session/session-settings.js'
import { createFixEngine, type FixEngine } from '../../../../src/fix/transport/fix-engine.js'
import type { FixMessage } from '../../../../src/fix/wire/fix-message.js'
import { FIX44 } from '../../../fix/wire/dictionary-fixture.js'
import { LossyLine } from '../../../support/lossy-line.js'
import { FakeExchange, type Level } from './fake-exchange.js'

const NAME = 'FIX.4.4:BROKER->PAPERPIT'

/** A broker that distributes market data over FIX 4.4, one entry a price. */
export class FakeBroker extends FakeExchange {
  readonly #clock: Clock
  readonly epoch: number
  #engine: FixEngine
  #session: FixSession | undefined
  #request = ''
  #requestBefore = ''
  #fixLine: LossyLine | undefined
  /** Why Logons, or requests for the book, are refused. */
  refusesLogon: string | undefined
  refusesBook: string | undefined
  protected ownPort = 0

  constructor(clock: Clock, epoch: number) {
    super(clock)
    this.#clock = { now: () => nanos(clock.now() - this.delay * SECOND) }
    this.epoch = epoch
    this.#engine = this.#create()
    this.mark(0)
  }

  /** What crossed the line to the subscriber, session messages as well. */
  get crossed(): readonly string[] {
    return (this.#fixLine?.crossed ?? []).filter(({ direction }) => direction === 'toClient').map(({ text }) => text)
  }

  async start(): Promise<void> {
    const { port } = await this.#engine.listen('127.0.0.1', 0)
    const line = await LossyLine.open(this.ownPort)
    line.leadTo(port)
    line.carrying((direction, text, send) => {
      if (direction === 'toClient' && text.includes('|35=X|')) this.line.carry(send)
      else send()
    })
    this.#fixLine = line
    this.ownPort = line.port
  }

  drop(): void {
    this.#engine.find(NAME)?.disconnect()
  }

  async stop(): Promise<void> {
    await this.#engine.close()
    this.#fixLine?.close()
    this.#engine = this.#create()
  }

  tick(): void {
    this.#engine.tick()
  }

  sign(): void {
    const session = this.#session
    if (!session) return
    session.begin('h').string(336, 'DAY').string(340, '2')
    session.send()
  }

  /** A message that the session will fill with a SequenceReset when it is asked for, as brokers do with market data. */
  protected skip(): void {
    this.mark(0)
    const [{ nextSenderMsgSeqNum, nextTargetMsgSeqNum }] = this.#engine.sessions
    this.#engine.find(NAME)?.setNextNumbers(nextSenderMsgSeqNum + 1, nextTargetMsgSeqNum)
  }

  /** An old book is the answer to the request before the last: what answers the last one is the book of now. */
  protected sendBook(): void {
    const session = this.#session
    if (!session) return
    const { bids, asks } = this.snapshot
    const out = session.begin('W')
    out
      .string(55, 'ACME')
      .string(262, this.snapshotAge > 0 ? this.#requestBefore : this.#request)
      .int(268, bids.length + asks.length)
    for (const [type, levels] of [
      ['0', bids],
      ['1', asks]
    ] as const) {
      for (const [price, qty] of levels) out.string(269, type).string(270, price).string(271, qty)
    }
    session.send()
  }

  protected sendChange(bids: readonly Level[], asks: readonly Level[]): void {
    this.mark(0)
    this.#refresh([...bids.map((level) => ['0', ...level] as const), ...asks.map((level) => ['1', ...level] as const)])
  }

  protected sendTrade(price: string, qty: string): void {
    this.#refresh([['2', price, qty]])
  }

  /** A change as no dictionary allows it. */
  sendWrong(bids: readonly Level[]): void {
    this.set(bids, [])
    this.mark(0)
    this.#refresh(
      bids.map((level) => ['0', ...level] as const),
      '9'
    )
  }

  #refresh(entries: readonly (readonly [type: string, price: string, qty: string])[], action = '0'): void {
    const session = this.#session
    if (!session) return
    const out = session.begin('X').string(262, this.#request).int(268, entries.length)
    for (const [type, price, qty] of entries) {
      out
        .string(279, Number(qty) === 0 ? '2' : action)
        .string(269, type)
        .string(55, 'ACME')
        .string(270, price)
      if (Number(qty) > 0) out.string(271, qty)
    }
    session.send()
  }

  #create(): FixEngine {
    let turn = false
    const engine: FixEngine = createFixEngine({
      clock: this.#clock,
      epoch: this.epoch,
      store: new MemoryStore(),
      directory: { find: (id) => ({ ...DEFAULT_SETTINGS, id, role: 'acceptor' }), admit: () => this.refusesLogon },
      dictionary: FIX44,
      log: SILENT_LOG,
      requestTurn: () => {
        if (turn) return
        turn = true
        setImmediate(() => {
          turn = false
          engine.flush()
        })
      },
      application: {
        onLogon: (session) => {
          this.#session = session
          this.connections++
        },
        onMessage: (_session, message) => this.#onMessage(message),
        onLogout: () => (this.#session = undefined)
      }
    })
    return engine
  }

  #onMessage(message: FixMessage): void {
    if (message.msgType !== 'V' || message.string(263) !== '1') return
    this.requests++
    this.#requestBefore = this.#request
    this.#request = message.string(262) ?? ''
    if (this.refusesBook !== undefined) this.#refuse(this.refusesBook)
    else if (!this.mute) this.sendBook()
  }

  #refuse(text: string): void {
    const session = this.#session
    if (!session) return
    session.begin('Y').string(262, this.#request).string(281, '0').string(58, text)
    session.send()
  }
}

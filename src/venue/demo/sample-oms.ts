import { wallClock, type EpochSeconds } from '../../base/time.js'
import type { Dictionary } from '../../fix/dictionary/dictionary.js'
import type { FixSession } from '../../fix/session/application.js'
import { SILENT_LOG } from '../../fix/session/log.js'
import { MemoryStore } from '../../fix/session/memory-store.js'
import { DEFAULT_SETTINGS, type SessionSettings } from '../../fix/session/session-settings.js'
import { createFixEngine, type FixEngine } from '../../fix/transport/fix-engine.js'
import type { FixMessage } from '../../fix/wire/fix-message.js'
import { Tag } from '../../fix/wire/tag.js'
import { MsgType, ordTypeCode, timeInForceCode } from '../../gateway/codes.js'
import { Turn } from '../turn.js'

/** What the OMS learns from an ExecutionReport. */
export interface Report {
  readonly clOrdId: string
  readonly execType: string
  readonly ordStatus: string
  readonly lastQty: number
  /** LastPx as text, exactly as the venue wrote it. */
  readonly lastPx: string
  readonly leavesQty: number
  readonly text: string
}

/** A child order as the OMS sends it. Prices as decimal text. */
export interface ChildOrder {
  readonly clOrdId: string
  readonly parentId: string
  readonly symbol: string
  readonly side: '1' | '2'
  readonly quantity: number
  /** undefined: a market order. */
  readonly price: string | undefined
  readonly timeInForce: 'day' | 'ioc'
}

const TICK = 50

/** A small order management system: the venue's counterparty in the demo, over real TCP, on the same FIX engine. */
export class SampleOms {
  readonly #engine: FixEngine
  readonly #ticking: NodeJS.Timeout
  readonly #turn: Turn
  readonly #settings: SessionSettings
  #session: FixSession | undefined
  /** Takes every ExecutionReport. */
  onReport: (report: Report) => void = () => undefined
  #loggedOn: () => void = () => undefined

  constructor(dictionary: Dictionary, epoch: EpochSeconds) {
    this.#settings = {
      ...DEFAULT_SETTINGS,
      id: { beginString: 'FIX.4.4', senderCompId: 'SAMPLEOMS', targetCompId: 'PAPERPIT' },
      role: 'initiator'
    }
    this.#turn = new Turn(wallClock(epoch), () => this.#engine.flush())
    this.#engine = createFixEngine({
      clock: this.#turn,
      epoch,
      store: new MemoryStore(),
      directory: { find: () => undefined, admit: () => undefined },
      dictionary,
      log: SILENT_LOG,
      requestTurn: () => this.#turn.request(),
      application: {
        onLogon: (session) => {
          this.#session = session
          this.#loggedOn()
        },
        onMessage: (_session, message) => this.#receive(message),
        onLogout: () => undefined
      }
    })
    this.#ticking = setInterval(() => this.#engine.tick(), TICK)
  }

  /** Connects; resolves when the Logon is answered. */
  logon(host: string, port: number): Promise<void> {
    return new Promise((resolve) => {
      this.#loggedOn = resolve
      this.#engine.connect({ settings: this.#settings, host, port })
    })
  }

  /** NewOrderSingle (35=D). */
  send(order: ChildOrder): void {
    const session = this.#connected()
    const out = session.begin(MsgType.NewOrderSingle)
    out.string(Tag.ClOrdID, order.clOrdId).int(Tag.OrderQty, order.quantity)
    out.char(Tag.OrdType, order.price === undefined ? ordTypeCode.market : ordTypeCode.limit)
    if (order.price !== undefined) out.string(Tag.Price, order.price)
    out.string(Tag.Side, order.side).string(Tag.Symbol, order.symbol)
    out.char(Tag.TimeInForce, timeInForceCode[order.timeInForce]).timestamp(Tag.TransactTime, this.#turn.now())
    out.string(Tag.ClOrdLinkID, order.parentId)
    session.send()
  }

  /** OrderCancelReplaceRequest (35=G): another price. */
  reprice(order: ChildOrder, clOrdId: string, price: string): void {
    const session = this.#connected()
    const out = session.begin(MsgType.OrderCancelReplaceRequest)
    out.string(Tag.ClOrdID, clOrdId).int(Tag.OrderQty, order.quantity).char(Tag.OrdType, ordTypeCode.limit)
    out.string(Tag.OrigClOrdID, order.clOrdId).string(Tag.Price, price)
    out.string(Tag.Side, order.side).string(Tag.Symbol, order.symbol).timestamp(Tag.TransactTime, this.#turn.now())
    out.string(Tag.ClOrdLinkID, order.parentId)
    session.send()
  }

  /** OrderCancelRequest (35=F). */
  cancel(order: ChildOrder, origClOrdId: string, clOrdId: string): void {
    const session = this.#connected()
    const out = session.begin(MsgType.OrderCancelRequest)
    out.string(Tag.ClOrdID, clOrdId).int(Tag.OrderQty, order.quantity).string(Tag.OrigClOrdID, origClOrdId)
    out.string(Tag.Side, order.side).string(Tag.Symbol, order.symbol).timestamp(Tag.TransactTime, this.#turn.now())
    session.send()
  }

  async logout(): Promise<void> {
    await this.#engine.close()
    clearInterval(this.#ticking)
  }

  #connected(): FixSession {
    if (!this.#session) throw new Error('the OMS is not logged on')
    return this.#session
  }

  #receive(message: FixMessage): void {
    if (message.msgType !== MsgType.ExecutionReport) return
    this.onReport({
      clOrdId: message.string(Tag.ClOrdID) ?? '',
      execType: message.string(Tag.ExecType) ?? '',
      ordStatus: message.string(Tag.OrdStatus) ?? '',
      lastQty: message.int(Tag.LastQty) ?? 0,
      lastPx: message.string(Tag.LastPx) ?? '',
      leavesQty: message.int(Tag.LeavesQty) ?? 0,
      text: message.string(Tag.Text) ?? ''
    })
  }
}

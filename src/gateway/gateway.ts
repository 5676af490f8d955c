import type { EpochSeconds, Nanos } from '../base/time.js'
import type { ClientRequest, RefuseRequest, ReplaceOrder } from '../exchange/command.js'
import type { ExchangeEvent, OrderState } from '../exchange/event.js'
import type { Instrument } from '../exchange/instrument.js'
import type { SelfMatch } from '../exchange/order-qualifiers.js'
import type { Refusal } from '../exchange/refusal.js'
import { sessionNo, type SessionNo } from '../exchange/units.js'
import { ConditionalRules, FIX44_CONDITIONAL_RULES } from '../fix/dictionary/conditional-rules.js'
import type { FixApplication, FixSession } from '../fix/session/application.js'
import { reverseRouting } from '../fix/session/routing.js'
import type { FixMessage } from '../fix/wire/fix-message.js'
import { Tag } from '../fix/wire/tag.js'
import { Acknowledgement, sessionOf, type AcknowledgementPorts } from './acknowledgement.js'
import { BusinessReject } from './business-reject.js'
import { MsgType } from './codes.js'
import { writeBusinessMessageReject } from './order-entry/business-message-reject.js'
import { writeStatusReport, type ReportContext, type VisibleOrder } from './order-entry/execution-report.js'
import { newOrderSingle } from './order-entry/new-order-single.js'
import { writeOrderCancelReject } from './order-entry/order-cancel-reject.js'
import { orderCancelReplaceRequest } from './order-entry/order-cancel-replace-request.js'
import { orderCancelRequest } from './order-entry/order-cancel-request.js'
import { routingOf } from './order-entry/order-routing.js'
import { termsAsked, untouched } from './order-entry/pending-report.js'
import { writeEventReport } from './order-entry/report-event.js'
import type { RequestContext } from './order-entry/request-context.js'
import { writeUnknownOrderStatus } from './order-entry/unknown-order-status.js'
import { orderIds } from './order-ids.js'

/** What the gateway needs of the venue: the exchange behind the journal, venue time, and the sessions. */
export interface GatewayPorts extends AcknowledgementPorts {
  readonly instruments: readonly Instrument[]
  readonly epoch: EpochSeconds
  /** Model preset, told on every fill. */
  readonly preset: string
  /** Venue time at which a message, or without one an event of the session, reaches the edge. The market has been fed up to it. */
  arrive(message?: FixMessage): Nanos
  /** The request of a ClOrdID that has not reached the exchange yet. */
  requestUnderWay(session: SessionNo, clOrdId: string): ClientRequest | undefined
  /** Whether the venue takes orders; left out: always. Cancels are taken as long as it is up. */
  takesOrders?(): boolean
  /** Why an instrument takes neither new orders nor replaces at this time; left out: it always does. */
  haltOf?(instrument: Instrument): Refusal | undefined
  /** What keeps a session's orders from trading with each other; left out: only the exchange's own rules do. */
  selfMatchOf?(session: FixSession): SelfMatch | undefined
}

/** The messages that the gateway takes, by MsgType (35). */
const SERVED: ReadonlySet<string> = new Set([
  MsgType.NewOrderSingle,
  MsgType.OrderCancelRequest,
  MsgType.OrderCancelReplaceRequest,
  MsgType.OrderStatusRequest
])

const CONDITIONAL_RULES = new ConditionalRules(FIX44_CONDITIONAL_RULES)

/** Stands between the FIX engine and the exchange: messages become commands, events become reports. */
export class Gateway implements FixApplication {
  readonly #ports: GatewayPorts
  readonly #reports: ReportContext
  /** For sessions that want no tags of the venue. */
  readonly #plainReports: ReportContext
  readonly #instruments: ReadonlyMap<string, Instrument>
  readonly #requests: Acknowledgement
  readonly #sessions: FixSession[] = []
  /** Sessions whose last Logon asked for it by CancelOnDisconnect (9504). */
  readonly #cancelOnDisconnect = new Set<number>()

  constructor(ports: GatewayPorts) {
    this.#ports = ports
    this.#instruments = new Map(ports.instruments.map((instrument) => [instrument.symbol, instrument]))
    this.#reports = {
      ids: orderIds(ports.epoch),
      preset: ports.preset,
      instrument: (terms) => ports.instruments[terms.instrument]
    }
    this.#plainReports = { ...this.#reports, preset: undefined }
    this.#requests = new Acknowledgement(ports, this.#reports)
  }

  /** Reports for the session's orders go to it from now on, connected or not. */
  attach(session: FixSession): void {
    this.#sessions[session.no] = session
  }

  /**
   * The venue was down, so every session was disconnected: what that cancels by their settings is canceled now. What a
   * Logon asked for is not known any more.
   */
  disconnected(): void {
    for (const session of this.#sessions) if (session?.settings.cancelOnDisconnect) this.onLogout(session)
  }

  onLogon(session: FixSession, logon: FixMessage): void {
    // Nothing more is owed to a session that logs on: what it missed, it asks for by ResendRequest.
    this.attach(session)
    if (logon.boolean(Tag.CancelOnDisconnect) === true) this.#cancelOnDisconnect.add(session.no)
    else this.#cancelOnDisconnect.delete(session.no)
  }

  onMessage(session: FixSession, message: FixMessage): void {
    const context = this.#arrive(session, message)
    const { msgType } = message
    if (!SERVED.has(msgType)) return refuse(session, message, BusinessReject.unsupportedMessageType)
    if (msgType === MsgType.OrderStatusRequest) return this.#status(session, message, context)
    if (message.possResend && this.#stateOf(context, message)) return this.#status(session, message, context)
    if (msgType === MsgType.OrderCancelRequest)
      return this.#requests.submit(session, message, orderCancelRequest(message, context))
    if (this.#ports.takesOrders?.() === false) return refuse(session, message, BusinessReject.notAvailable)
    const missing = CONDITIONAL_RULES.firstMissing(message)
    if (missing !== undefined) return refuse(session, message, BusinessReject.conditionallyRequired(missing))
    const isNew = msgType === MsgType.NewOrderSingle
    this.#requests.submit(session, message, isNew ? newOrderSingle(message, context) : this.#replace(message, context))
  }

  onLogout(session: FixSession): void {
    if (!session.settings.cancelOnDisconnect && !this.#cancelOnDisconnect.has(session.no)) return
    const time = this.#ports.arrive()
    this.#ports.submit({ kind: 'cancelAll', time, session: sessionNo(session.no), reason: 'session disconnected' })
  }

  /** Reports an event of the exchange to the session that it concerns. */
  onEvent(event: ExchangeEvent): void {
    const { routing, pending } = this.#requests.reporting(event)
    const session: FixSession | undefined = this.#sessions[sessionOf(event)]
    if (!session) return
    if (event.kind === 'requestRejected') {
      writeOrderCancelReject(session.begin(MsgType.OrderCancelReject, routing), this.#reports.ids, event, pending)
    } else {
      const reports = session.settings.venueTags ? this.#reports : this.#plainReports
      writeEventReport(session.begin(MsgType.ExecutionReport, routing), reports, event, pending)
    }
    session.send()
  }

  #replace(message: FixMessage, context: RequestContext): ReplaceOrder | RefuseRequest {
    const order = this.#order(context, message, Tag.OrigClOrdID)
    const tags = order?.terms.tags ?? this.#requests.tagsOf(context.session, message.string(Tag.OrigClOrdID) ?? '')
    return orderCancelReplaceRequest(message, order, tags, context)
  }

  #arrive(session: FixSession, message: FixMessage): RequestContext {
    const instruments = this.#instruments
    return {
      time: this.#ports.arrive(message),
      session: sessionNo(session.no),
      epoch: this.#ports.epoch,
      selfMatch: this.#ports.selfMatchOf?.(session),
      instrumentOf: (symbol) => instruments.get(symbol),
      haltOf: (instrument) => this.#ports.haltOf?.(instrument)
    }
  }

  #order({ session }: RequestContext, message: FixMessage, tag: number): OrderState | undefined {
    const clOrdId = message.string(tag)
    return clOrdId === undefined ? undefined : this.#ports.findOrder(session, clOrdId)
  }

  /** What a request's ClOrdID names, as its client is to see it: an order, or a request that has not reached the exchange. */
  #stateOf(context: RequestContext, message: FixMessage): VisibleOrder | undefined {
    const order = this.#order(context, message, Tag.ClOrdID)
    if (order !== undefined) return { order, ordStatus: this.#requests.pendingOf(order.terms) ?? order.status }
    const request = this.#ports.requestUnderWay(context.session, message.string(Tag.ClOrdID) ?? '')
    if (request === undefined || request.kind === 'refuse') return undefined
    if (request.kind === 'new') return { order: untouched(termsAsked(request)), ordStatus: 'pendingNew' }
    const named = this.#ports.findOrder(context.session, request.origClOrdId)
    return named && { order: named, ordStatus: request.kind === 'cancel' ? 'pendingCancel' : 'pendingReplace' }
  }

  #status(session: FixSession, message: FixMessage, context: RequestContext): void {
    const state = this.#stateOf(context, message)
    const routing = reverseRouting(message) ?? (state && routingOf(state.order.terms.tags))
    const out = session.begin(MsgType.ExecutionReport, routing)
    const requestId = message.string(Tag.OrdStatusReqID)
    if (state) writeStatusReport(out, this.#reports, state, requestId, context.time)
    else writeUnknownOrderStatus(out, message, context.time)
    session.send()
  }
}

function refuse(session: FixSession, message: FixMessage, reject: BusinessReject): void {
  const out = session.begin(MsgType.BusinessMessageReject, reverseRouting(message))
  writeBusinessMessageReject(out, message, reject)
  session.send()
}

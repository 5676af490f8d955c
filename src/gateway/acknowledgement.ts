import type { CancelOrder, ClientRequest, Command, NewOrder, RefuseRequest, ReplaceOrder } from '../exchange/command.js'
import type { ExchangeEvent, OrderProgress, OrderState, OrderTerms } from '../exchange/event.js'
import { sessionNo, type SessionNo } from '../exchange/units.js'
import type { FixSession } from '../fix/session/application.js'
import { reverseRouting } from '../fix/session/routing.js'
import type { FixMessage } from '../fix/wire/fix-message.js'
import type { Routing } from '../fix/wire/header-template.js'
import { Tag } from '../fix/wire/tag.js'
import { MsgType } from './codes.js'
import type { ReportContext } from './order-entry/execution-report.js'
import { routingOf } from './order-entry/order-routing.js'
import { termsAsked, untouched, writePendingNew, writePendingRequest } from './order-entry/pending-report.js'
import { RequestsUnderWay, type PendingStatus } from './requests-under-way.js'

/** What acknowledgements need of the venue. */
export interface AcknowledgementPorts {
  submit(command: Command): void
  findOrder(session: SessionNo, clOrdId: string): OrderState | undefined
  /**
   * Commands recorded so far, those of earlier runs of the journal included. Ids of what is acknowledged are made from it,
   * so they are unique over restarts and the same when a journal is run again.
   */
  commandCount(): number
}

type OrderAtEdge = OrderProgress & { readonly terms: OrderTerms }

/**
 * Hands requests to the exchange, and tells sessions that ask for it (`ackMode`) that their requests are pending. Knows
 * for every report which way it goes back and what is still pending for its order.
 */
export class Acknowledgement {
  readonly #ports: AcknowledgementPorts
  readonly #reports: ReportContext
  readonly #underWay = new RequestsUnderWay()

  constructor(ports: AcknowledgementPorts, reports: ReportContext) {
    this.#ports = ports
    this.#reports = reports
  }

  submit(session: FixSession, message: FixMessage, command: ClientRequest): void {
    const asked = session.settings.ackMode === 'pending'
    if (command.kind === 'new') {
      if (asked) this.#new(session, command)
      else this.#ports.submit(command)
      return
    }
    const routing = reverseRouting(message)
    if (!asked || command.kind === 'refuse' || !this.#pending(session, command, routing)) this.#routed(command, routing)
    this.#ports.submit(command)
  }

  /** An event is about to be reported: which way, and what is pending for its order besides what it answers. */
  reporting(event: ExchangeEvent): {
    readonly routing: Routing | undefined
    readonly pending: PendingStatus | undefined
  } {
    const terms = event.kind === 'requestRejected' ? event.order?.terms : event.terms
    const answers = answeredId(event)
    const request = answers === undefined ? undefined : this.#underWay.answered(sessionOf(event), answers)
    const tags = terms?.tags ?? (event.kind === 'rejected' ? event.request?.tags : undefined) ?? []
    return {
      routing: request?.routing ?? (tags.length === 0 ? undefined : routingOf(tags)),
      pending: terms && this.pendingOf(terms)
    }
  }

  /** What is pending for an order, to its client's knowledge. */
  pendingOf(terms: OrderTerms): PendingStatus | undefined {
    return this.#underWay.pending ? this.#underWay.statusOf(this.#reports.ids.orderId(terms)) : undefined
  }

  /** Tags of an order that the exchange has not seen yet; none where no such request is known. */
  tagsOf(session: SessionNo, clOrdId: string): OrderTerms['tags'] {
    return this.#underWay.termsOf(session, clOrdId)?.tags ?? []
  }

  #new(session: FixSession, command: NewOrder): void {
    const commandNo = this.#nextCommandNo
    const orderId = this.#reports.ids.pendingOrderId(commandNo)
    const tags = [...command.tags, [Tag.OrderID, orderId] as const].sort(([a], [b]) => a - b)
    const order: NewOrder = { ...command, tags }
    const { clOrdId, time } = order
    const terms = termsAsked(order)
    this.#underWay.add(order.session, clOrdId, { kind: 'new', routing: undefined, pending: { orderId, terms } })
    const out = session.begin(MsgType.ExecutionReport, routingOf(tags))
    writePendingNew(out, this.#reports, terms, { commandNo, time, clOrdId })
    session.send()
    this.#ports.submit(order)
  }

  /** False where there is no order for which it could be pending: the exchange will say so. */
  #pending(session: FixSession, command: CancelOrder | ReplaceOrder, routing: Routing | undefined): boolean {
    const { kind, clOrdId, origClOrdId, time } = command
    const order = this.#orderAtEdge(sessionNo(session.no), origClOrdId)
    if (order === undefined) return false
    const { terms } = order
    const orderId = this.#reports.ids.orderId(terms)
    this.#underWay.add(command.session, clOrdId, { kind, routing, pending: { orderId, terms } })
    const ordStatus = this.#underWay.statusOf(orderId) ?? 'pendingReplace'
    const details = { commandNo: this.#nextCommandNo, time, clOrdId, origClOrdId, ordStatus }
    const out = session.begin(MsgType.ExecutionReport, routing ?? routingOf(terms.tags))
    writePendingRequest(out, this.#reports, kind, order, details)
    session.send()
    return true
  }

  /** Of a request that is not acknowledged only the way back is kept, and only where it has one of its own. */
  #routed(command: CancelOrder | ReplaceOrder | RefuseRequest, routing: Routing | undefined): void {
    if (routing === undefined) return
    const kind = command.kind === 'refuse' ? command.request : command.kind
    this.#underWay.add(command.session, command.clOrdId, { kind, routing, pending: undefined })
  }

  #orderAtEdge(session: SessionNo, clOrdId: string): OrderAtEdge | undefined {
    const order = this.#ports.findOrder(session, clOrdId)
    if (order !== undefined) return order.terms.clOrdId === clOrdId && order.leavesQty > 0 ? order : undefined
    const terms = this.#underWay.termsOf(session, clOrdId)
    return terms && untouched(terms)
  }

  get #nextCommandNo(): number {
    return this.#ports.commandCount() + 1
  }
}

/** The session that an event concerns. */
export function sessionOf(event: ExchangeEvent): SessionNo {
  return event.kind === 'rejected' || event.kind === 'requestRejected' ? event.session : event.terms.session
}

/** ClOrdID of the request that an event answers; undefined where it answers none. */
function answeredId(event: ExchangeEvent): string | undefined {
  switch (event.kind) {
    case 'new':
    case 'replaced':
      return event.terms.clOrdId
    case 'canceled':
    case 'rejected':
    case 'requestRejected':
      return event.clOrdId
    case 'trade':
    case 'expired':
    case 'restated':
      return undefined
  }
}

import type { OrderTerms } from '../exchange/event.js'
import type { SessionNo } from '../exchange/units.js'
import type { Routing } from '../fix/wire/header-template.js'

/** A request that the exchange has not answered yet. */
export interface RequestUnderWay {
  readonly kind: 'new' | 'cancel' | 'replace'
  /** The way back of its answer; undefined: that of the order. */
  readonly routing: Routing | undefined
  /** OrderID of the order that it concerns and the order's terms, where its client is told that it is pending. */
  readonly pending: { readonly orderId: string; readonly terms: OrderTerms } | undefined
}

/** OrdStatus (39) that a request under way gives its order, over all others (FIX 4.4 vol. 4, appendix D). */
export type PendingStatus = 'pendingCancel' | 'pendingReplace'

/**
 * Requests between the venue's edge and the exchange's answer, of clients who asked for their acknowledgement, and those
 * that were routed. Empty for all others: what an order is, the exchange knows.
 */
export class RequestsUnderWay {
  /** By session and ClOrdID, first come first; an id that was sent twice is answered twice. */
  readonly #requests = new Map<string, RequestUnderWay[]>()
  /** By OrderID: the requests that are pending for it. */
  readonly #pending = new Map<string, RequestUnderWay[]>()

  add(session: SessionNo, clOrdId: string, request: RequestUnderWay): void {
    push(this.#requests, keyOf(session, clOrdId), request)
    if (request.pending !== undefined) push(this.#pending, request.pending.orderId, request)
  }

  /** The exchange has answered the request of this id. */
  answered(session: SessionNo, clOrdId: string): RequestUnderWay | undefined {
    if (this.#requests.size === 0) return undefined
    const key = keyOf(session, clOrdId)
    const request = this.#requests.get(key)?.[0]
    if (request === undefined) return undefined
    remove(this.#requests, key, request)
    if (request.pending !== undefined) remove(this.#pending, request.pending.orderId, request)
    return request
  }

  /** The terms of an order that the exchange may not have seen yet, by the id of its request or of one that replaces it. */
  termsOf(session: SessionNo, clOrdId: string): OrderTerms | undefined {
    return this.#requests.get(keyOf(session, clOrdId))?.find(({ kind }) => kind !== 'cancel')?.pending?.terms
  }

  /** Whether anything is pending for any order. */
  get pending(): boolean {
    return this.#pending.size > 0
  }

  statusOf(orderId: string): PendingStatus | undefined {
    const requests = this.#pending.get(orderId)
    if (requests === undefined) return undefined
    if (requests.some(({ kind }) => kind === 'cancel')) return 'pendingCancel'
    return requests.some(({ kind }) => kind === 'replace') ? 'pendingReplace' : undefined
  }
}

const keyOf = (session: SessionNo, clOrdId: string): string => `${session} ${clOrdId}`

function push(map: Map<string, RequestUnderWay[]>, key: string, request: RequestUnderWay): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [request])
  else known.push(request)
}

function remove(map: Map<string, RequestUnderWay[]>, key: string, request: RequestUnderWay): void {
  const left = map.get(key)?.filter((other) => other !== request) ?? []
  if (left.length === 0) map.delete(key)
  else map.set(key, left)
}

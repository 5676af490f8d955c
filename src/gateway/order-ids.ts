import type { EpochSeconds } from '../base/time.js'
import type { OrderTerms } from '../exchange/event.js'
import { Tag } from '../fix/wire/tag.js'

/**
 * OrderID (37) and ExecID (17): the date of the session's epoch and the exchange's own count, "20261120-17". The same
 * recorded session run again has the same ids; two days' sessions never share one. What is acknowledged before the exchange
 * has counted it is named by the count of recorded commands, "20261120-P17"; such an order keeps that OrderID for life, as
 * one of its tags.
 */
export interface OrderIds {
  /** NONE for an order that has none yet. */
  orderId(terms: Pick<OrderTerms, 'orderId' | 'tags'>): string
  execId(id: number): string
  pendingOrderId(commandNo: number): string
  pendingExecId(commandNo: number): string
}

export function orderIds(epoch: EpochSeconds): OrderIds {
  const prefix = `${new Date(epoch * 1000).toISOString().slice(0, 10).replaceAll('-', '')}-`
  return {
    orderId: ({ orderId, tags }) =>
      tags.find(([tag]) => tag === Tag.OrderID)?.[1] ?? (orderId === 0 ? NO_ORDER_ID : prefix + orderId),
    execId: (id) => prefix + id,
    pendingOrderId: (commandNo) => `${prefix}P${commandNo}`,
    pendingExecId: (commandNo) => `${prefix}P${commandNo}`
  }
}

/** OrderID of a request that names no order the venue has (FIX 4.4, OrderCancelReject and rejected orders). */
export const NO_ORDER_ID = 'NONE'
/** ExecID of a report that answers a status request and executes nothing (FIX 4.4, ExecType=I). */
export const NO_EXEC_ID = '0'
/** OrigClOrdID of a request that names no order at all. */
export const NO_CL_ORD_ID = 'NONE'

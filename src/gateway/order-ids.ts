import type { EpochSeconds } from '../base/time.js'
import type { OrderId } from '../exchange/units.js'

/**
 * OrderID (37) and ExecID (17): the date of the session's epoch and the exchange's own count, "20261120-17". The same
 * recorded session run again has the same ids; two days' sessions never share one.
 */
export interface OrderIds {
  orderId(id: OrderId): string
  execId(id: number): string
}

export function orderIds(epoch: EpochSeconds): OrderIds {
  const prefix = `${new Date(epoch * 1000).toISOString().slice(0, 10).replaceAll('-', '')}-`
  return {
    orderId: (id) => prefix + id,
    execId: (id) => prefix + id
  }
}

/** OrderID of a request that names no order the venue has (FIX 4.4, OrderCancelReject and rejected orders). */
export const NO_ORDER_ID = 'NONE'
/** ExecID of a report that answers a status request and executes nothing (FIX 4.4, ExecType=I). */
export const NO_EXEC_ID = '0'

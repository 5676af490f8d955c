import Table from 'cli-table3'
import { openJournalReader } from '../journal/open-journal-reader.js'
import { listOrders, type ListedOrder } from '../journal/order-list.js'
import { LineFile } from './line-file.js'
import { PLAIN_TABLE } from './plain-table.js'

export interface JournalOrdersArguments {
  readonly journal: string
  readonly json: boolean
  readonly out: string | undefined
}

/** Lists the orders of the journal of the arguments. @throws UserError where it cannot be read, or `out` not be written */
export function runJournalOrders({ journal, json, out }: JournalOrdersArguments): void {
  const reader = openJournalReader(journal)
  try {
    const orders = listOrders(reader)
    const file = new LineFile(out)
    if (json) for (const order of orders) file.write(JSON.stringify(order))
    else file.write(orders.length === 0 ? 'no orders' : ordersText(orders))
    file.close()
  } finally {
    reader.close()
  }
}

function ordersText(orders: readonly ListedOrder[]): string {
  const right = 'right' as const
  const left = 'left' as const
  const table = new Table({
    ...PLAIN_TABLE,
    head: [
      'order',
      'entered',
      'session',
      'ClOrdID',
      'symbol',
      'side',
      'type',
      'tif',
      'qty',
      'price',
      'status',
      'filled',
      'avg px'
    ],
    colAligns: [right, left, left, left, left, left, left, left, right, right, left, right, right]
  })
  for (const order of orders) {
    table.push([
      order.orderId,
      order.enteredAt,
      order.session,
      order.clOrdId,
      order.symbol,
      order.side,
      order.ordType,
      order.timeInForce,
      order.orderQty,
      order.price ?? '',
      order.ordStatus,
      order.cumQty,
      order.avgPx ?? ''
    ])
  }
  return table.toString()
}

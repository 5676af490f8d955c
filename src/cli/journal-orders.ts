import Table from 'cli-table3'
import type { CommandModule } from 'yargs'
import type { ListedOrder } from '../journal/order-list.js'
import { PLAIN_TABLE } from './plain-table.js'

interface OrdersArguments {
  readonly journal: string
  readonly json: boolean
  readonly out: string | undefined
}

/** `paperpit journal orders`: one line per order that the exchange accepted. */
export const journalOrdersCommand: CommandModule<object, OrdersArguments> = {
  command: 'orders <journal>',
  describe: 'List the orders of a journal with their status, filled quantity and average price',
  builder: (yargs) =>
    yargs
      .positional('journal', { type: 'string', demandOption: true, describe: 'journal file' })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object per line' })
      .option('out', { type: 'string', describe: 'file to write to instead of the terminal' })
      .example('$0 journal orders journal/monday.db', 'all orders')
      .example('$0 journal orders journal/monday.db --json | grep AAPL', 'for another program'),
  async handler({ journal, json, out }) {
    const { openJournalReader } = await import('../journal/open-journal-reader.js')
    const { listOrders } = await import('../journal/order-list.js')
    const { LineFile } = await import('./line-file.js')
    const reader = openJournalReader(journal)
    const file = new LineFile(out)
    try {
      const orders = listOrders(reader)
      if (json) for (const order of orders) file.write(JSON.stringify(order))
      else file.write(orders.length === 0 ? 'no orders' : ordersText(orders))
    } finally {
      file.close()
      reader.close()
    }
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

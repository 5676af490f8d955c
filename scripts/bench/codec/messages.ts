import { type EpochSeconds, epochOf, nanos } from '../../../src/base/time.js'
import { HeaderTemplate } from '../../../src/fix/wire/header-template.js'
import { MessageEncoder } from '../../../src/fix/wire/message-encoder.js'
import { Tag } from '../../../src/fix/wire/tag.js'

export const EPOCH: EpochSeconds = epochOf(Date.UTC(2026, 10, 20))
/** 09:30:00.123456 */
export const AT = nanos(34_200_123_456_000)

const client = new HeaderTemplate({ senderCompId: 'OMS1', targetCompId: 'PAPERPIT' })
export const venue = new HeaderTemplate({ senderCompId: 'PAPERPIT', targetCompId: 'OMS1' })

export function benchEncoder(): MessageEncoder {
  return new MessageEncoder({ timestampDigits: 3, wallEpoch: EPOCH, venueEpoch: EPOCH, capacity: 1 << 16 })
}

/** `count` NewOrderSingles with 12 body fields each, back to back; ids, prices and quantities differ. */
export function newOrderSingles(count: number): Buffer {
  const encoder = benchEncoder()
  for (let n = 1; n <= count; n++) {
    const out = encoder.begin(client, 'D', n, nanos(AT + n * 1_000_000))
    out
      .string(Tag.Account, 'ACC-7')
      .string(Tag.ClOrdID, `ORD-${100_000 + n}`)
      .char(Tag.HandlInst, 49)
    out
      .int(Tag.OrderQty, 100 + (n % 900))
      .char(Tag.OrdType, 50)
      .decimal(Tag.Price, 5_772_000 + (n % 500) * 100, 4, 2)
    out
      .char(Tag.Side, 49 + (n & 1))
      .string(Tag.Symbol, 'GOOG')
      .string(Tag.Text, 'twap slice')
      .char(Tag.TimeInForce, 48)
    out.timestamp(Tag.TransactTime, nanos(AT + n * 1_000_000)).char(Tag.OrderCapacity, 65)
    encoder.finish()
  }
  return encoder.take()
}

/** An ExecutionReport of a partial fill: 22 body fields. */
export function executionReport(encoder: MessageEncoder, n: number): void {
  const at = nanos(AT + n * 1_000_000)
  const out = encoder.begin(venue, '8', n, at)
  out.string(Tag.Account, 'ACC-7').decimal(Tag.AvgPx, 57_720_512, 5, 2).string(Tag.ClOrdID, 'ORD-100042')
  out
    .decimal(Tag.Commission, 1250, 4, 2)
    .char(Tag.CommType, 51)
    .int(Tag.CumQty, 300 + (n % 100))
  out
    .string(Tag.ExecID, 'X-20261120-42')
    .string(Tag.LastMkt, 'XPIT')
    .decimal(Tag.LastPx, 5_772_000 + (n % 500), 4, 2)
  out.int(Tag.LastQty, 100).string(Tag.OrderID, 'O-20261120-7').int(Tag.OrderQty, 1000).char(Tag.OrdStatus, 49)
  out.char(Tag.OrdType, 50).decimal(Tag.Price, 5_773_000, 4, 2).char(Tag.Side, 49).string(Tag.Symbol, 'GOOG')
  out.char(Tag.TimeInForce, 48).timestamp(Tag.TransactTime, at).char(Tag.ExecType, 70).int(Tag.LeavesQty, 700)
  out.int(Tag.LastLiquidityInd, 1)
  encoder.finish()
}

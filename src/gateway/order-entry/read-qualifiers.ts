import { DAY, nanos, type Nanos } from '../../base/time.js'
import { parseTimestamp } from '../../base/timestamp.js'
import type { Instrument } from '../../exchange/instrument.js'
import type { OrderQualifiers, Peg } from '../../exchange/order-qualifiers.js'
import { refusal, type Refusal } from '../../exchange/refusal.js'
import type { FixMessage } from '../../fix/wire/fix-message.js'
import { Tag } from '../../fix/wire/tag.js'
import { readExecInst } from './exec-inst.js'
import { isRefusal, readPrice, readQuantity } from './order-values.js'
import type { RequestContext } from './request-context.js'

/** Fields that make an order more than plain; most have none of them. */
const FIELDS: readonly number[] = [
  Tag.ExecInst,
  Tag.StopPx,
  Tag.MinQty,
  Tag.MaxFloor,
  Tag.ExpireTime,
  Tag.PegOffsetValue,
  Tag.DiscretionInst,
  Tag.DiscretionOffsetValue,
  Tag.ExpireDate,
  Tag.PegOffsetType
]

/** PegOffsetType (836): the offset is a price. */
const PRICE_OFFSET = 0

/**
 * What a NewOrderSingle or OrderCancelReplaceRequest asks for beyond the plain terms; a refusal where the exchange cannot
 * represent it.
 * @param old the qualifiers of the order that is replaced: an ExecInst (18) that is there speaks for all of its instructions,
 * a PegOffsetValue (211) alone keeps the reference
 */
export function readQualifiers(
  message: FixMessage,
  instrument: Instrument,
  context: RequestContext,
  old?: OrderQualifiers
): OrderQualifiers | Refusal | undefined {
  const { selfMatch } = context
  if (!FIELDS.some((tag) => message.has(tag))) return selfMatch && { selfMatch }
  if (message.has(Tag.DiscretionInst) || message.has(Tag.DiscretionOffsetValue)) return refusal('PP1023')
  const execInst = message.has(Tag.ExecInst) ? readExecInst(message.string(Tag.ExecInst) ?? '') : undefined
  if (typeof execInst === 'string') return refusal('PP1024', `ExecInst ${execInst}`)
  const stopPx = readPrice(message, instrument, Tag.StopPx, 'StopPx')
  if (isRefusal(stopPx)) return stopPx
  const minQty = readQuantity(message, instrument, Tag.MinQty, 'MinQty')
  if (isRefusal(minQty)) return minQty
  const displayQty = readQuantity(message, instrument, Tag.MaxFloor, 'MaxFloor')
  if (isRefusal(displayQty)) return displayQty
  const peg = readPeg(message, instrument, execInst?.peg ?? old?.peg?.reference)
  if (isRefusal(peg)) return peg
  return {
    ...(stopPx !== undefined && { stopPx }),
    ...(minQty !== undefined && { minQty }),
    ...(displayQty !== undefined && { displayQty }),
    ...(execInst && {
      allOrNone: execInst.allOrNone,
      postOnly: execInst.postOnly ? instrument.rules.postOnly : 'none'
    }),
    ...(peg && { peg }),
    ...expiryOf(message, context),
    ...(selfMatch && { selfMatch })
  }
}

function readPeg(
  message: FixMessage,
  instrument: Instrument,
  reference: Peg['reference'] | undefined
): Peg | Refusal | undefined {
  if (reference === undefined) return undefined
  if ((message.int(Tag.PegOffsetType) ?? PRICE_OFFSET) !== PRICE_OFFSET)
    return refusal('PP1024', `PegOffsetType ${message.string(Tag.PegOffsetType) ?? ''}`)
  const offset = readPrice(message, instrument, Tag.PegOffsetValue, 'PegOffsetValue')
  if (isRefusal(offset)) return offset
  return { reference, offset: offset ?? 0 }
}

/** ExpireTime (126), or ExpireDate (432): the whole day counts, in UTC. */
function expiryOf(message: FixMessage, { epoch }: RequestContext): { expireTime?: Nanos } {
  const at = (text: string): Nanos => parseTimestamp(Buffer.from(text, 'latin1'), 0, text.length, epoch)
  const time = message.string(Tag.ExpireTime)
  if (time !== undefined) return { expireTime: at(time) }
  const date = message.string(Tag.ExpireDate)
  return date === undefined ? {} : { expireTime: nanos(at(`${date}-00:00:00`) + DAY) }
}

import type { OrderTerms } from '../../exchange/event.js'
import type { Instrument } from '../../exchange/instrument.js'
import { Tag } from '../../fix/wire/tag.js'
import type { MessageWriter } from '../../fix/wire/message-writer.js'

/** StopPx (99): behind TransactTime, before OrdRejReason. */
export function writeStopPx(out: MessageWriter, instrument: Instrument, { qualifiers }: OrderTerms): void {
  if (qualifiers?.stopPx !== undefined)
    out.decimal(Tag.StopPx, qualifiers.stopPx, instrument.priceScale, instrument.priceDecimals)
}

/** MinQty (110), MaxFloor (111), ExpireTime (126): behind OrdRejReason, before ExecType. */
export function writeQuantityQualifiers(
  out: MessageWriter,
  { quantityScale, quantityDecimals }: Instrument,
  { qualifiers }: OrderTerms
): void {
  if (qualifiers === undefined) return
  const { minQty, displayQty, expireTime } = qualifiers
  if (minQty !== undefined) out.decimal(Tag.MinQty, minQty, quantityScale, quantityDecimals)
  if (displayQty !== undefined) out.decimal(Tag.MaxFloor, displayQty, quantityScale, quantityDecimals)
  if (expireTime !== undefined) out.timestamp(Tag.ExpireTime, expireTime)
}

/** PegOffsetValue (211): behind LeavesQty. */
export function writePegOffset(out: MessageWriter, instrument: Instrument, { qualifiers }: OrderTerms): void {
  const peg = qualifiers?.peg
  if (peg !== undefined) out.decimal(Tag.PegOffsetValue, peg.offset, instrument.priceScale, instrument.priceDecimals)
}

/** PeggedPrice (839): behind OrdStatusReqID, before LastLiquidityInd. */
export function writePeggedPrice(out: MessageWriter, instrument: Instrument, { qualifiers }: OrderTerms): void {
  const pegged = qualifiers?.peg?.price
  if (pegged !== undefined) out.decimal(Tag.PeggedPrice, pegged, instrument.priceScale, instrument.priceDecimals)
}

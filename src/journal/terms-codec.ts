import type { Nanos } from '../base/time.js'
import type { OrderTerms } from '../exchange/event.js'
import type { InstrumentNo, OrderId, Price, Quantity, SessionNo } from '../exchange/units.js'
import { ORD_TYPES, readSide, TIMES_IN_FORCE, writeSide } from './field-codec.js'
import { readExtras, writeExtras } from './qualifiers-codec.js'
import type { RecordReader } from './record-reader.js'
import type { RecordWriter } from './record-writer.js'

export function writeTerms(to: RecordWriter, terms: OrderTerms): void {
  to.f64(terms.orderId)
  to.u32(terms.session)
  to.u32(terms.instrument)
  to.text(terms.clOrdId)
  writeSide(to, terms.side)
  to.u8(ORD_TYPES.code(terms.ordType))
  to.u8(TIMES_IN_FORCE.code(terms.timeInForce))
  to.f64(terms.orderQty)
  to.f64(terms.price)
  writeExtras(to, terms.tags, terms.qualifiers)
  to.f64(terms.enteredAt)
}

export function readTerms(from: RecordReader): OrderTerms {
  return {
    orderId: from.f64() as OrderId,
    session: from.u32() as SessionNo,
    instrument: from.u32() as InstrumentNo,
    clOrdId: from.text(),
    side: readSide(from),
    ordType: ORD_TYPES.word(from.u8()),
    timeInForce: TIMES_IN_FORCE.word(from.u8()),
    orderQty: from.f64() as Quantity,
    price: from.f64() as Price,
    ...readExtras(from),
    enteredAt: from.f64() as Nanos
  }
}

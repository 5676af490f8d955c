import type { Nanos } from '../base/time.js'
import type { Command, OrdType, RefuseRequest, TimeInForce } from '../exchange/command.js'
import { PHASES, type Phase } from '../exchange/phase.js'
import type { InstrumentNo, Price, Quantity, SessionNo } from '../exchange/units.js'
import { Codes } from './codes.js'
import {
  ORD_TYPES,
  readOptional,
  readRefusal,
  readSide,
  readTags,
  REQUESTS,
  TIMES_IN_FORCE,
  writeNumber,
  writeOptional,
  writeRefusal,
  writeSide,
  writeTags
} from './field-codec.js'
import { readExtras, writeExtras } from './qualifiers-codec.js'
import { RecordKind } from './record-kind.js'
import type { RecordReader } from './record-reader.js'
import type { RecordWriter } from './record-writer.js'

const KIND = {
  new: RecordKind.newOrder,
  cancel: RecordKind.cancelOrder,
  replace: RecordKind.replaceOrder,
  refuse: RecordKind.refuseRequest,
  cancelAll: RecordKind.cancelAll,
  endOfDay: RecordKind.endOfDay,
  phase: RecordKind.phaseChange
} as const satisfies Record<Command['kind'], RecordKind>

export type CommandKind = (typeof KIND)[Command['kind']]

/** In the order of the phases' list, to whose end new ones go. */
const PHASE_CODES = new Codes<Phase>(PHASES)

const writeOrdType = (to: RecordWriter, value: OrdType): void => to.u8(ORD_TYPES.code(value))
const writeTimeInForce = (to: RecordWriter, value: TimeInForce): void => to.u8(TIMES_IN_FORCE.code(value))
const readOrdType = (from: RecordReader): OrdType => ORD_TYPES.word(from.u8())
const readTimeInForce = (from: RecordReader): TimeInForce => TIMES_IN_FORCE.word(from.u8())
const readPrice = (from: RecordReader): Price => from.f64() as Price
const readQuantity = (from: RecordReader): Quantity => from.f64() as Quantity

/** Appends a command as one record. */
export function writeCommand(to: RecordWriter, command: Command): void {
  to.begin(KIND[command.kind])
  to.f64(command.time)
  switch (command.kind) {
    case 'new':
      writeClient(to, command)
      to.u32(command.instrument)
      writeSide(to, command.side)
      writeOrdType(to, command.ordType)
      writeTimeInForce(to, command.timeInForce)
      to.f64(command.orderQty)
      to.f64(command.price)
      writeExtras(to, command.tags, command.qualifiers)
      break
    case 'cancel':
      writeClient(to, command)
      to.text(command.origClOrdId)
      break
    case 'replace':
      writeClient(to, command)
      to.text(command.origClOrdId)
      writeOptional(to, command.orderQty, writeNumber)
      writeOptional(to, command.price, writeNumber)
      writeOptional(to, command.ordType, writeOrdType)
      writeOptional(to, command.timeInForce, writeTimeInForce)
      writeExtras(to, command.tags, command.qualifiers)
      break
    case 'refuse':
      writeRefusedRequest(to, command)
      break
    case 'cancelAll':
      to.u32(command.session)
      to.text(command.reason)
      break
    case 'endOfDay':
      break
    case 'phase':
      to.u32(command.instrument)
      to.u8(PHASE_CODES.code(command.phase))
      break
  }
  to.end()
}

/** Reads the payload of a command record. */
export function readCommand(kind: CommandKind, from: RecordReader): Command {
  const time = from.f64() as Nanos
  switch (kind) {
    case RecordKind.newOrder:
      return {
        kind: 'new',
        time,
        session: from.u32() as SessionNo,
        clOrdId: from.text(),
        instrument: from.u32() as InstrumentNo,
        side: readSide(from),
        ordType: readOrdType(from),
        timeInForce: readTimeInForce(from),
        orderQty: readQuantity(from),
        price: readPrice(from),
        ...readExtras(from)
      }
    case RecordKind.cancelOrder:
      return {
        kind: 'cancel',
        time,
        session: from.u32() as SessionNo,
        clOrdId: from.text(),
        origClOrdId: from.text()
      }
    case RecordKind.replaceOrder:
      return {
        kind: 'replace',
        time,
        session: from.u32() as SessionNo,
        clOrdId: from.text(),
        origClOrdId: from.text(),
        orderQty: readOptional(from, readQuantity),
        price: readOptional(from, readPrice),
        ordType: readOptional(from, readOrdType),
        timeInForce: readOptional(from, readTimeInForce),
        ...readExtras(from)
      }
    case RecordKind.refuseRequest:
      return readRefusedRequest(time, from)
    case RecordKind.cancelAll:
      return { kind: 'cancelAll', time, session: from.u32() as SessionNo, reason: from.text() }
    case RecordKind.endOfDay:
      return { kind: 'endOfDay', time }
    case RecordKind.phaseChange:
      return { kind: 'phase', time, instrument: from.u32() as InstrumentNo, phase: PHASE_CODES.word(from.u8()) }
  }
}

/** The fields of a refused request behind its time; a rejection event repeats them. */
export function writeRefusedRequest(to: RecordWriter, request: RefuseRequest): void {
  writeClient(to, request)
  to.u8(REQUESTS.code(request.request))
  to.text(request.origClOrdId)
  writeRefusal(to, request.refusal)
  writeTags(to, request.tags)
}

export function readRefusedRequest(time: Nanos, from: RecordReader): RefuseRequest {
  return {
    kind: 'refuse',
    time,
    session: from.u32() as SessionNo,
    clOrdId: from.text(),
    request: REQUESTS.word(from.u8()),
    origClOrdId: from.text(),
    refusal: readRefusal(from),
    tags: readTags(from)
  }
}

function writeClient(to: RecordWriter, command: { readonly session: SessionNo; readonly clOrdId: string }): void {
  to.u32(command.session)
  to.text(command.clOrdId)
}

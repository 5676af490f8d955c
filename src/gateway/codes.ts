import type { OrdType, TimeInForce } from '../exchange/command.js'
import type { Liquidity, OrdStatus, RestatementReason } from '../exchange/event.js'
import { BUY, SELL, type Side } from '../exchange/units.js'
import type { PendingStatus } from './requests-under-way.js'

/** One-character FIX values as the codes that messages are read and written with. */
const code = (character: string): number => character.charCodeAt(0)

/** Side (54). */
const SIDE_BUY = code('1')
const SIDE_SELL = code('2')

/** Side of a Side (54) code; undefined for the sides that this venue does not know (sell short among them). */
export function sideOf(fixCode: number): Side | undefined {
  return fixCode === SIDE_BUY ? BUY : fixCode === SIDE_SELL ? SELL : undefined
}

export const sideCode = (side: Side): number => (side === BUY ? SIDE_BUY : SIDE_SELL)

/** OrdType (40). */
const ORD_TYPES: readonly (readonly [number, OrdType])[] = [
  [code('1'), 'market'],
  [code('2'), 'limit'],
  [code('3'), 'stop'],
  [code('4'), 'stopLimit'],
  [code('J'), 'marketIfTouched'],
  [code('K'), 'marketWithLeftOverAsLimit'],
  [code('P'), 'pegged']
]

/** TimeInForce (59). */
const TIMES_IN_FORCE: readonly (readonly [number, TimeInForce])[] = [
  [code('0'), 'day'],
  [code('1'), 'gtc'],
  [code('2'), 'opg'],
  [code('3'), 'ioc'],
  [code('4'), 'fok'],
  [code('6'), 'gtd'],
  [code('7'), 'atc']
]

function byCode<T>(pairs: readonly (readonly [number, T])[], fixCode: number): T | undefined {
  for (const [known, value] of pairs) if (known === fixCode) return value
  return undefined
}

export const ordTypeOf = (fixCode: number): OrdType | undefined => byCode(ORD_TYPES, fixCode)
export const timeInForceOf = (fixCode: number): TimeInForce | undefined => byCode(TIMES_IN_FORCE, fixCode)

export const ordTypeCode: Readonly<Record<OrdType, number>> = {
  market: code('1'),
  limit: code('2'),
  stop: code('3'),
  stopLimit: code('4'),
  marketIfTouched: code('J'),
  marketWithLeftOverAsLimit: code('K'),
  pegged: code('P')
}
export const timeInForceCode: Readonly<Record<TimeInForce, number>> = {
  day: code('0'),
  gtc: code('1'),
  opg: code('2'),
  ioc: code('3'),
  fok: code('4'),
  gtd: code('6'),
  atc: code('7')
}

/** OrdStatus (39). A replaced order shows what it is after the replace, so `replaced` is never sent (FIX 4.4 vol. 4, appendix D). */
export const ordStatusCode: Readonly<Record<OrdStatus | PendingStatus | 'pendingNew', number>> = {
  new: code('0'),
  partiallyFilled: code('1'),
  filled: code('2'),
  doneForDay: code('3'),
  canceled: code('4'),
  replaced: code('5'),
  rejected: code('8'),
  expired: code('C'),
  pendingNew: code('A'),
  pendingReplace: code('E'),
  pendingCancel: code('6')
}

/** ExecType (150). */
export const ExecType = {
  New: code('0'),
  Canceled: code('4'),
  Replaced: code('5'),
  PendingCancel: code('6'),
  Rejected: code('8'),
  PendingNew: code('A'),
  Expired: code('C'),
  Restated: code('D'),
  PendingReplace: code('E'),
  Trade: code('F'),
  OrderStatus: code('I')
} as const

/** LastLiquidityInd (851); FIX 4.4 has no value for a fill in an auction. */
export const liquidityCode: Readonly<Record<Liquidity, number | undefined>> = {
  added: 1,
  removed: 2,
  auction: undefined
}

/** ExecRestatementReason (378): 3 repricing of order, 5 partial decline of OrderQty, 8 market (exchange) option. */
export const restatementCode: Readonly<Record<RestatementReason, number>> = {
  triggered: 8,
  repriced: 3,
  pegged: 3,
  leftOver: 8,
  selfMatch: 5
}

/** CxlRejResponseTo (434). */
export const responseToCode = { cancel: code('1'), replace: code('2') } as const

/** MsgType (35) of the messages that the gateway reads and writes. */
export const MsgType = {
  ExecutionReport: '8',
  OrderCancelReject: '9',
  NewOrderSingle: 'D',
  OrderCancelRequest: 'F',
  OrderCancelReplaceRequest: 'G',
  OrderStatusRequest: 'H',
  BusinessMessageReject: 'j'
} as const

import type { RefusalCode } from '../exchange/refusal.js'

/** OrdRejReason (103) values of FIX 4.4. */
const OrdRejReason = {
  UnknownSymbol: 1,
  ExchangeClosed: 2,
  UnknownOrder: 5,
  DuplicateOrder: 6,
  UnsupportedCharacteristic: 11,
  IncorrectQuantity: 13,
  Other: 99
} as const

/** CxlRejReason (102) values of FIX 4.4. */
const CxlRejReason = {
  TooLate: 0,
  UnknownOrder: 1,
  BrokerOption: 2,
  Pending: 3,
  DuplicateClOrdID: 6,
  Other: 99
} as const

interface RejectReasons {
  readonly ordRejReason: number
  readonly cxlRejReason: number
}

const reasons = (ordRejReason: number, cxlRejReason: number): RejectReasons => ({ ordRejReason, cxlRejReason })
const other = reasons(OrdRejReason.Other, CxlRejReason.Other)

/** The FIX reasons of every refusal in the catalogue: 103 on a rejected order, 102 on a rejected cancel or replace. */
export const REJECT_REASONS: Readonly<Record<RefusalCode, RejectReasons>> = {
  PP1001: reasons(OrdRejReason.DuplicateOrder, CxlRejReason.DuplicateClOrdID),
  PP1002: reasons(OrdRejReason.IncorrectQuantity, CxlRejReason.Other),
  PP1003: other,
  PP1004: other,
  PP1005: other,
  PP1006: other,
  PP1007: reasons(OrdRejReason.UnknownSymbol, CxlRejReason.Other),
  PP1008: reasons(OrdRejReason.UnsupportedCharacteristic, CxlRejReason.Other),
  PP1009: reasons(OrdRejReason.UnsupportedCharacteristic, CxlRejReason.Other),
  PP1010: reasons(OrdRejReason.UnsupportedCharacteristic, CxlRejReason.Other),
  PP1011: other,
  PP1012: reasons(OrdRejReason.ExchangeClosed, CxlRejReason.BrokerOption),
  PP1013: reasons(OrdRejReason.ExchangeClosed, CxlRejReason.BrokerOption),
  PP1014: reasons(OrdRejReason.ExchangeClosed, CxlRejReason.BrokerOption),
  PP1015: reasons(OrdRejReason.ExchangeClosed, CxlRejReason.BrokerOption),
  PP1016: reasons(OrdRejReason.UnsupportedCharacteristic, CxlRejReason.Other),
  PP1017: other,
  PP1018: other,
  PP1019: reasons(OrdRejReason.IncorrectQuantity, CxlRejReason.Other),
  PP1020: other,
  PP1021: other,
  PP1022: reasons(OrdRejReason.ExchangeClosed, CxlRejReason.BrokerOption),
  PP1023: reasons(OrdRejReason.UnsupportedCharacteristic, CxlRejReason.Other),
  PP1024: reasons(OrdRejReason.UnsupportedCharacteristic, CxlRejReason.Other),
  PP1025: reasons(OrdRejReason.ExchangeClosed, CxlRejReason.BrokerOption),
  PP1026: reasons(OrdRejReason.IncorrectQuantity, CxlRejReason.Other),
  PP2001: reasons(OrdRejReason.UnknownOrder, CxlRejReason.UnknownOrder),
  PP2002: reasons(OrdRejReason.Other, CxlRejReason.TooLate),
  PP2003: reasons(OrdRejReason.Other, CxlRejReason.Pending),
  PP2004: reasons(OrdRejReason.DuplicateOrder, CxlRejReason.DuplicateClOrdID),
  PP2005: other,
  PP3001: other,
  PP3002: other,
  PP3003: other,
  PP3004: other,
  PP3005: other,
  PP3006: other,
  PP3007: other,
  PP3008: other,
  PP3009: other,
  PP3010: other,
  PP3011: other
}

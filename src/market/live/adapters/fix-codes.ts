const code = (character: string): number => character.charCodeAt(0)

/** Tags of the market data messages (FIX 4.4 vol. 3) that only a subscriber names. */
export const MdTag = {
  Symbol: 55,
  Text: 58,
  NoRelatedSym: 146,
  MDReqID: 262,
  SubscriptionRequestType: 263,
  MarketDepth: 264,
  MDUpdateType: 265,
  AggregatedBook: 266,
  NoMDEntryTypes: 267,
  NoMDEntries: 268,
  MDEntryType: 269,
  MDEntryPx: 270,
  MDEntrySize: 271,
  MDEntryID: 278,
  MDUpdateAction: 279,
  MDEntryRefID: 280,
  MDReqRejReason: 281,
  BusinessRejectReason: 380
} as const

/** MDEntryType (269). */
export const MDEntryType = { Bid: code('0'), Offer: code('1'), Trade: code('2') } as const

/** MDUpdateAction (279). */
export const MDUpdateAction = { New: code('0'), Change: code('1'), Delete: code('2') } as const

/** SubscriptionRequestType (263): a snapshot, and updates behind it. */
export const SUBSCRIBE = code('1')
export const UNSUBSCRIBE = code('2')

/** MsgType (35). */
export const MsgType = {
  MarketDataRequest: 'V',
  MarketDataSnapshotFullRefresh: 'W',
  MarketDataIncrementalRefresh: 'X',
  MarketDataRequestReject: 'Y',
  BusinessMessageReject: 'j'
} as const

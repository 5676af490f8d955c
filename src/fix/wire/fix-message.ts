import type { Nanos } from '../../base/time.js'

/**
 * One received message, seen through its bytes. A view: it and all that it returns except strings and numbers are valid
 * only until the callback that was given it returns. The first occurrence of a tag outside groups is the field.
 */
export interface FixMessage {
  /** MsgType (35). */
  readonly msgType: string
  /** MsgSeqNum (34); NaN where it is missing or no number. */
  readonly msgSeqNum: number
  /** PossDupFlag (43) is Y. */
  readonly possDup: boolean
  /** PossResend (97) is Y. */
  readonly possResend: boolean
  /** The message holds user-defined tags (5000 and above). */
  readonly hasUserDefined: boolean
  /** The bytes of the whole message are `bytes[start, end)`. */
  readonly bytes: Buffer
  readonly start: number
  readonly end: number

  has(tag: number): boolean
  /** The value as text (ISO 8859-1), or undefined where the tag is absent. */
  string(tag: number): string | undefined
  /** The code of the value's only character (Side, OrdType, TimeInForce): 0 where absent, -1 where it is longer. */
  char(tag: number): number
  /** An int field; undefined where absent, NaN where it is none. */
  int(tag: number): number | undefined
  /** A float field (Price, Qty) as an integer at `scale`; undefined where absent, NaN where it is none or does not fit the scale. */
  decimal(tag: number, scale: number): number | undefined
  /** A UTCTimestamp as time since the engine's epoch; undefined where absent, NaN where it is none. */
  timestamp(tag: number): Nanos | undefined
  /** A Boolean field; undefined where absent. */
  boolean(tag: number): boolean | undefined
  /** The entries of a repeating group by its NumInGroup tag, as the dictionary defines it; empty where absent. */
  group(numInGroupTag: number): readonly FixGroupEntry[]
  /** Calls `visit` for every field in order of appearance, header and groups included. */
  forEach(visit: (tag: number, value: string) => void): void
}

/** One entry of a repeating group; its nested groups are reached the same way. */
export interface FixGroupEntry {
  has(tag: number): boolean
  string(tag: number): string | undefined
  char(tag: number): number
  int(tag: number): number | undefined
  decimal(tag: number, scale: number): number | undefined
  group(numInGroupTag: number): readonly FixGroupEntry[]
}

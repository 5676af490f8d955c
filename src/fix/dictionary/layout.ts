/** Where a field stands in a message. */
export const Place = { None: 0, Header: 1, Body: 2, Trailer: 3 } as const

/** Low bits of a layout's byte per field: its {@link Place}. */
export const PLACE_MASK = 3
/** Bit of a layout's byte per field: the message must hold it. */
export const REQUIRED = 4

/**
 * A repeating group compiled to tables. Tables are indexed by the dictionary's slot of a tag (see `Dictionary.slotOf`),
 * which keeps them small and dense.
 */
export interface GroupLayout {
  /** The NumInGroup tag in front of the entries. */
  readonly countTag: number
  /** The first field of the group: every entry begins with it. */
  readonly delimiter: number
  /** All tags of an entry in the order of the definition; nested groups stand as their NumInGroup tag. */
  readonly members: readonly number[]
  /** Per slot: 0 for no member, else 1 + the place in {@link members}. */
  readonly position: Uint16Array
  /** Tags that every entry must hold, besides the delimiter. */
  readonly required: readonly number[]
  /** Groups inside an entry, by their NumInGroup tag. */
  readonly groups: ReadonlyMap<number, GroupLayout>
}

/** A message type compiled to tables. */
export interface MessageLayout {
  readonly msgType: string
  readonly name: string
  readonly category: 'admin' | 'app'
  /** The dictionary names the message without its fields: known, body not checked. */
  readonly listedOnly: boolean
  /** Per slot: {@link Place} outside groups, and {@link REQUIRED}. */
  readonly place: Uint8Array
  /** Required tags outside groups: header, body, trailer, each in the order of the definition. */
  readonly required: readonly number[]
  /** Groups of header and body by their NumInGroup tag. */
  readonly groups: ReadonlyMap<number, GroupLayout>
}

/** What a connection tells the feed that dialled it. Each is called later than the dialling, never during it. */
export interface LinkEvents {
  opened(): void
  message(text: string): void
  /** The other side lives, though it said nothing (a ping or pong). */
  alive(): void
  /** The connection has ended or could not be made; once, and nothing comes after it. */
  closed(why: string): void
}

/** A connection that carries messages as text, standing or being made. */
export interface Link {
  /** The other side makes it, whenever it comes: it takes as long as it takes. */
  readonly waits?: boolean
  send(text: string): void
  /** Asks the other side whether it lives, where the protocol has a way to. */
  ping(): void
  /** Ends it at once; `closed` may still be told. */
  destroy(): void
}

/** Makes a connection. */
export type Dial = (events: LinkEvents) => Link

import type { Nanos } from '../../base/time.js'

/**
 * Writes the body of one outgoing message. The caller writes fields in ascending tag order (groups in dictionary order
 * behind their count); header, BodyLength and CheckSum are the session's work. No call allocates.
 */
export interface MessageWriter {
  /** Text in ISO 8859-1. An empty value writes nothing, as FIX has no empty fields. */
  string(tag: number, value: string): this
  /** A single character by its code. */
  char(tag: number, code: number): this
  int(tag: number, value: number): this
  /** An integer at `scale`, with at least `decimals` decimals and more only where needed (see formatDecimal). */
  decimal(tag: number, value: number, scale: number, decimals: number): this
  boolean(tag: number, value: boolean): this
  /** A UTCTimestamp at the session's precision; `time` counts from the application's epoch (venue time, not wall time). */
  timestamp(tag: number, time: Nanos): this
}

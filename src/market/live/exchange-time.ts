import { nanos, type EpochSeconds, type Nanos } from '../../base/time.js'

/** Milliseconds since 1970 as time since `epoch`. */
export function fromMilliseconds(unix: number, epoch: EpochSeconds): Nanos {
  return nanos((unix - epoch * 1000) * 1e6)
}

/** "2023-10-06T17:35:55.440295Z", up to nine digits behind the second, as time since `epoch`; undefined where it is none. */
export function fromIsoTime(text: string | undefined, epoch: EpochSeconds): Nanos | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9})\d*)?(Z|[+-]\d\d:\d\d)$/.exec(text ?? '')
  if (!match) return undefined
  const seconds = Date.parse(match[1] + match[3]) / 1000
  if (Number.isNaN(seconds)) return undefined
  return nanos((seconds - epoch) * 1e9 + Number((match[2] ?? '').padEnd(9, '0')))
}

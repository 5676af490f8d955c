import { nanos, type EpochSeconds, type Nanos } from '../../base/time.js'

/** The last second since 1970 whose nanoseconds a tape can hold. */
const LAST_SECOND = 2 ** 63 / 1e9

/** Seconds since 1970 that can be a time of the market. Some servers write the year 1 where they have none. */
function isTime(unixSeconds: number): boolean {
  return unixSeconds > 0 && unixSeconds < LAST_SECOND
}

/** Milliseconds since 1970 as time since `epoch`; undefined where they are none. */
export function fromMilliseconds(unix: number | undefined, epoch: EpochSeconds): Nanos | undefined {
  return unix !== undefined && isTime(unix / 1000) ? nanos((unix - epoch * 1000) * 1e6) : undefined
}

/** "2023-10-06T17:35:55.440295Z", up to nine digits behind the second, as time since `epoch`; undefined where it is none. */
export function fromIsoTime(text: string | undefined, epoch: EpochSeconds): Nanos | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9})\d*)?(Z|[+-]\d\d:\d\d)$/.exec(text ?? '')
  if (!match) return undefined
  const seconds = Date.parse(match[1] + match[3]) / 1000
  return isTime(seconds) ? nanos((seconds - epoch) * 1e9 + Number((match[2] ?? '').padEnd(9, '0'))) : undefined
}

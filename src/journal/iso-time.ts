import type { EpochSeconds, Nanos } from '../base/time.js'

/** "2026-11-20T07:15:30.123456789Z": a time as people and databases read it, exact to the nanosecond. */
export function isoTime(time: Nanos, epoch: EpochSeconds): string {
  const second = Math.floor(time / 1e9)
  const fraction = (time - second * 1e9).toString().padStart(9, '0')
  return `${new Date((epoch + second) * 1000).toISOString().slice(0, 19)}.${fraction}Z`
}

import type { EpochSeconds } from './time.js'

/** "2026-11-20T07:15:30.123456789Z": a time as people and databases read it, exact to the nanosecond. @param time in ns since `epoch` */
export function isoTime(time: number, epoch: EpochSeconds): string {
  const second = Math.floor(time / 1e9)
  const fraction = (time - second * 1e9).toString().padStart(9, '0')
  return `${isoSecond(epoch + second)}.${fraction}Z`
}

/** "2026-11-20": the UTC date of a moment in seconds since 1970. */
export function isoDate(second: EpochSeconds): string {
  return new Date(second * 1000).toISOString().slice(0, 10)
}

/** Times of one session come close together: the last second's text is nearly always the next one's. */
const last = { second: Number.NaN, text: '' }

function isoSecond(second: number): string {
  if (second !== last.second) {
    last.second = second
    last.text = new Date(second * 1000).toISOString().slice(0, 19)
  }
  return last.text
}

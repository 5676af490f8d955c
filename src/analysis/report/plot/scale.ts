/** Maps values to pixels along one axis, and names the places that people like to see marked. */
export interface Scale {
  readonly from: number
  readonly to: number
  at(value: number): number
  readonly ticks: readonly Tick[]
}

export interface Tick {
  readonly value: number
  readonly label: string
}

/** A linear axis over the values `from` to `to`, drawn from pixel `start` to pixel `end`. */
export function linearScale(from: number, to: number, start: number, end: number, ticks: readonly Tick[]): Scale {
  const perValue = (end - start) / (to - from)
  return { from, to, ticks, at: (value) => start + (value - from) * perValue }
}

/**
 * Round values (1, 2 or 5 times a power of ten) inside `from` to `to`, about `count` of them, no nearer to each other than
 * `least`, written with at least `leastDecimals` decimals.
 */
export function niceTicks(from: number, to: number, count: number, least = 0, leastDecimals = 0): Tick[] {
  const step = Math.max(niceStep((to - from) / count), least)
  const decimals = Math.max(leastDecimals, -Math.floor(Math.log10(step) + 1e-9))
  const ticks: Tick[] = []
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) {
    const value = i * step
    ticks.push({ value, label: (Math.abs(value) < step / 2 ? 0 : value).toFixed(decimals) })
  }
  return ticks
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const lead = rough / power
  return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power
}

const SECOND = 1e9
const TIME_STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((us) => us * 1e3),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((ms) => ms * 1e6),
  ...[1, 2, 5, 10, 15, 30].map((s) => s * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60 * SECOND),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * 3600 * SECOND)
]

/** Round times of day between two times in ns since a UTC midnight, about `count` of them. */
export function timeTicks(from: number, to: number, count: number): Tick[] {
  const step = TIME_STEPS.find((candidate) => (to - from) / candidate <= count) ?? TIME_STEPS[TIME_STEPS.length - 1]
  const ticks: Tick[] = []
  for (let value = Math.ceil(from / step) * step; value <= to; value += step)
    ticks.push({ value, label: timeLabel(value, step) })
  return ticks
}

/** "09:30", with seconds and fractions only where the step between two ticks needs them. */
function timeLabel(time: number, step: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const second = Math.floor(time / SECOND)
  const minutes = `${two(Math.floor(second / 3600) % 24)}:${two(Math.floor(second / 60) % 60)}`
  if (step % (60 * SECOND) === 0) return minutes
  const seconds = `${minutes}:${two(second % 60)}`
  if (step % SECOND === 0) return seconds
  const fraction = String(Math.round(time - second * SECOND)).padStart(9, '0')
  return `${seconds}.${fraction.slice(0, step % 1e6 === 0 ? 3 : 6)}`
}

/** A logarithmic axis over positive values; at powers of ten marked by `label`, or their halves and fifths where few fit. */
export function logScale(
  from: number,
  to: number,
  start: number,
  end: number,
  label: (value: number) => string = String
): Scale {
  const base = Math.log10(from)
  const perDecade = (end - start) / (Math.log10(to) - base)
  const leads = Math.log10(to / from) < 2 ? [1, 2, 5] : [1]
  const ticks: Tick[] = []
  for (let power = Math.floor(base); power <= Math.log10(to); power++) {
    for (const lead of leads) {
      const value = lead * 10 ** power
      if (value >= from * (1 - 1e-9) && value <= to * (1 + 1e-9)) ticks.push({ value, label: label(value) })
    }
  }
  return { from, to, ticks, at: (value) => start + (Math.log10(value) - base) * perDecade }
}

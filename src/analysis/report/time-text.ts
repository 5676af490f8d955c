const DAY_NS = 86_400_000_000_000

/** The time of day to the millisecond: "07:15:30.123". */
export function clockTime(time: number): string {
  const ofDay = ((time % DAY_NS) + DAY_NS) % DAY_NS
  const ms = Math.floor(ofDay / 1e6)
  const two = (value: number) => Math.floor(value).toString().padStart(2, '0')
  const seconds = `${two((ms / 1000) % 60)}.${(ms % 1000).toString().padStart(3, '0')}`
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${seconds}`
}

/** A length of time in the unit that suits it: "850 µs", "12.4 ms", "3.20 s", "4 min 05 s", "1 h 02 min". */
export function duration(ns: number): string {
  if (ns < 1_000) return `${ns} ns`
  if (ns < 1_000_000) return `${significant(ns / 1e3)} µs`
  if (ns < 1_000_000_000) return `${significant(ns / 1e6)} ms`
  if (ns < 60_000_000_000) return `${significant(ns / 1e9)} s`
  const seconds = Math.round(ns / 1e9)
  const two = (value: number) => value.toString().padStart(2, '0')
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`
}

function significant(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

/** Nanoseconds as seconds, exactly: "0.000850000". */
export function exactSeconds(ns: number): string {
  const second = Math.floor(ns / 1e9)
  return `${second}.${(ns - second * 1e9).toString().padStart(9, '0')}`
}

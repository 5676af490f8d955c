import { nanos, type Nanos } from './time.js'

const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  min: 60e9,
  h: 3600e9
}

/**
 * Reads a duration as people write it: "250us", "1.5ms", "30s", "2h", "0".
 * @returns undefined when the text is none. A number without unit must be 0.
 */
export function parseDuration(text: string): Nanos | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/.exec(text.trim())
  if (!match) return undefined
  const [, value, unit] = match
  if (unit === '') return Number(value) === 0 ? nanos(0) : undefined
  const factor = UNITS[unit]
  return factor === undefined ? undefined : nanos(Math.round(Number(value) * factor))
}

/** A duration in its largest fitting unit, at most three decimals: "1.5ms", "250us", "0". */
export function formatDuration(value: number): string {
  if (value === 0) return '0'
  const units = ['h', 'min', 's', 'ms', 'us', 'ns'] as const
  const unit = units.find((name) => Math.abs(value) >= UNITS[name]) ?? 'ns'
  return `${Number((value / UNITS[unit]).toFixed(3))}${unit}`
}

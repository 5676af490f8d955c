const ISO = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:?\d{2})$/

/**
 * Reads a moment: nanoseconds since 1970 as digits, or ISO 8601 with a zone and up to nine decimals of a second.
 * @returns nanoseconds since 1970, or undefined when the text is neither.
 */
export function parseTime(text: string): bigint | undefined {
  if (/^\d{1,19}$/.test(text)) return BigInt(text)
  const match = ISO.exec(text)
  if (!match) return undefined
  const [, date, time, fraction = '', zone] = match
  const milliseconds = Date.parse(`${date}T${time}${zone}`)
  return Number.isNaN(milliseconds) || !isDate(date)
    ? undefined
    : BigInt(milliseconds) * 1_000_000n + BigInt(fraction.padEnd(9, '0'))
}

/** Date.parse takes the 30th of February for the first of March. */
function isDate(date: string): boolean {
  return new Date(`${date}T00:00:00Z`).toISOString().startsWith(date)
}

/** Nanoseconds since 1970 as ISO 8601 UTC with nine decimals: "2012-06-21T13:30:00.015105074Z". */
export function formatTime(unix: bigint): string {
  const seconds = unix / 1_000_000_000n
  const fraction = (unix - seconds * 1_000_000_000n).toString().padStart(9, '0')
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${fraction}Z`
}

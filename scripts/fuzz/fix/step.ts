/** What can happen to a session from outside. A list of these is a run that can be repeated. */
export type Step =
  | { readonly kind: 'bytes'; readonly chunks: readonly Buffer[] }
  | { readonly kind: 'time'; readonly seconds: number }
  | { readonly kind: 'reading'; readonly reads: boolean }
  /** The peer ends its side of the connection. */
  | { readonly kind: 'hangup' }
  /** The connection that stands is gone, and the peer connects again. */
  | { readonly kind: 'connect' }
  | {
      readonly kind: 'operator'
      readonly act:
        | 'logout'
        | 'reset'
        | 'numbers'
        | 'testRequest'
        | 'resendRequest'
        | 'disconnect'
        | 'pause'
        | 'resume'
        | 'withhold'
    }

/** A message with right BodyLength and CheckSum around these fields. */
export function framed(
  msgType: string,
  fields: readonly (readonly [string, string])[],
  beginString = 'FIX.4.4'
): Buffer {
  let body = `35=${msgType}\x01`
  for (const [tag, value] of fields) body += `${tag}=${value}\x01`
  const bytes = Buffer.from(`8=${beginString}\x019=${body.length}\x01${body}10=000\x01`, 'latin1')
  let sum = 0
  const trailer = bytes.length - 7
  for (let i = 0; i < trailer; i++) sum += bytes[i]
  bytes.write(String(sum & 255).padStart(3, '0'), trailer + 3, 'latin1')
  return bytes
}

/** Steps as text, one a line; {@link readSteps} reads it. */
export function writeSteps(steps: readonly Step[]): string {
  return steps
    .map((step) =>
      step.kind === 'bytes'
        ? `bytes ${JSON.stringify(step.chunks.map((chunk) => chunk.toString('latin1')))}`
        : JSON.stringify(step)
    )
    .join('\n')
}

export function readSteps(text: string): Step[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      if (!line.startsWith('bytes ')) return JSON.parse(line) as Step
      const chunks = JSON.parse(line.slice(6)) as string[]
      return { kind: 'bytes', chunks: chunks.map((chunk) => Buffer.from(chunk, 'latin1')) }
    })
}

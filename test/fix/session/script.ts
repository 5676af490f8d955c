import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

/**
 * Session scripts: what goes over the wire and when, readable by everyone who knows FIX.
 *
 *     == name of a rule                      begins a scenario
 *     set heartBtInt 10                      a session setting, before the first connection
 *     connect                                the peer opens a TCP connection
 *     < 35=A|34=1|98=0|108=30                the peer sends this to the engine
 *     > 35=A|34=1|98=0|108=30                the engine sends this to the peer
 *     @ +30s                                 time passes, 100 ms at a time
 *     * D A1                                 the application gets this
 *     log garbled                            the log holds an event of this kind (further text must be part of its text)
 *     closed                                 the engine closes the connection
 *     disconnect                             the peer closes it
 *     restart                                the engine's process is killed and started again; the message store stays
 *     send 35=8|11=A1                        the application sends; `60=now` is the time of day as the session writes it
 *     logout, reset, disconnect-session, test-request, resend-request 3 0, numbers 5 7    an operator acts
 *     stop-reading, read-on                  the peer leaves what is sent to it unread, and reads it all
 *     pause, resume, withhold 2              an operator holds application messages up
 *     peer 192.0.2.1                         where further connections come from
 *     password secret                        what the directory admits; `password secret later`: its verdict waits
 *     verdict                                for this
 *     hours 09:00 17:00 Europe/London        when the session may be logged on, on workdays; with a fourth word, `reset`,
 *                                            both numbers are 1 again whenever it opens
 *     dictionary strange.xml                 the session has a dictionary of its own, from test/fix/session
 *
 * All that happens behind an action must be written behind it, and nothing else may happen: every byte counts. A second
 * connection is `connect 2`, `<2 …`, `>2 …`, `closed 2`. Scripts of the venue's gateway have further words, see
 * `test/gateway/venue-stage.ts`.
 *
 * Of a message the fields that say nothing are filled in: BeginString, BodyLength, CheckSum; SenderCompID (49),
 * SendingTime (52, the time of day of the script) and TargetCompID (56) in their place behind 34 and 43. Fields that are
 * written are left as they are; `56=-` leaves one out. `{order A1}` stands for the body of a NewOrderSingle, `{limit A1 99.50}` for that of a limit order. A time of day in
 * braces, `{10:00:05}`, becomes a timestamp of the script's day; `{SOH}` is the separator inside a data field.
 *
 * Other ways to send: `<raw …` the bytes as they stand, with `|` for SOH; `<badsum …` with a wrong CheckSum; `<short …`
 * with a BodyLength that is too small; `<split …` byte by byte; `<all … & …` several messages in one packet.
 */
export interface Scenario {
  readonly file: string
  readonly name: string
  readonly lines: readonly ScriptLine[]
}

export interface ScriptLine {
  readonly number: number
  readonly text: string
}

export const SCRIPT_DAY = '20261120'

/** The scenarios of a script file. */
export function readScript(path: string): Scenario[] {
  const scenarios: { file: string; name: string; lines: ScriptLine[] }[] = []
  const texts = readFileSync(path, 'utf8').split('\n')
  texts.forEach((raw, index) => {
    const text = raw.trim()
    if (text === '' || text.startsWith('#')) return
    if (text.startsWith('== ')) scenarios.push({ file: basename(path), name: text.slice(3), lines: [] })
    else scenarios.at(-1)?.lines.push({ number: index + 1, text })
  })
  return scenarios
}

export interface Side {
  readonly sender: string
  readonly target: string
}

/** A script's message as bytes, its blanks filled in; `now` is the text of a timestamp. */
export function fill(text: string, side: Side, now: string): Buffer {
  const fields = split(text)
  const blanks: readonly [string, string][] = [
    ['49', side.sender],
    ['52', now],
    ['56', side.target]
  ]
  const written = new Set(fields.map(([tag]) => tag))
  let at = fields.findIndex(([tag]) => tag !== '35' && tag !== '34' && tag !== '43' && tag !== '8')
  if (at < 0) at = fields.length
  for (const blank of blanks) {
    const next = fields.findIndex(([tag]) => tag === blank[0])
    if (written.has(blank[0])) {
      if (next === at) at++
    } else fields.splice(at++, 0, blank)
  }
  const beginString = fields[0][0] === '8' ? (fields.shift() as [string, string])[1] : 'FIX.4.4'
  const body = fields.filter(([, value]) => value !== '-').map(([tag, value]) => `${tag}=${value}\x01`)
  return frame(beginString, body.join('').replaceAll('{SOH}', '\x01'))
}

/** Adds BeginString, BodyLength and CheckSum to a body. */
export function frame(beginString: string, body: string): Buffer {
  const head = `8=${beginString}\x019=${Buffer.byteLength(body, 'latin1')}\x01${body}`
  const sum = Buffer.from(head, 'latin1').reduce((total, byte) => total + byte, 0) % 256
  return Buffer.from(`${head}10=${String(sum).padStart(3, '0')}\x01`, 'latin1')
}

/** Bytes as a script has them. */
export function show(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll('\x01', '|')
}

/** Bytes that a script gives as they stand. */
export function raw(text: string): Buffer {
  return Buffer.from(expand(text).replaceAll('|', '\x01'), 'latin1')
}

function split(text: string): [string, string][] {
  return expand(text)
    .split('|')
    .filter((field) => field !== '')
    .map((field) => {
      const equals = field.indexOf('=')
      return [field.slice(0, equals), field.slice(equals + 1)]
    })
}

function expand(text: string): string {
  const orders = text.replace(
    /\{order (\w+)\}/g,
    (_, clOrdId: string) => `11=${clOrdId}|38=100|40=1|54=1|55=XYZ|60=${SCRIPT_DAY}-10:00:00`
  )
  const limits = orders.replace(
    /\{limit (\w+) ([\d.]+)\}/g,
    (_, clOrdId: string, price: string) => `11=${clOrdId}|38=100|40=2|44=${price}|54=1|55=XYZ|60=${SCRIPT_DAY}-10:00:00`
  )
  return limits.replace(
    /\{(\d\d:\d\d:\d\d)(\.\d+)?\}/g,
    (_, time: string, fraction = '.000') => `${SCRIPT_DAY}-${time}${fraction}`
  )
}

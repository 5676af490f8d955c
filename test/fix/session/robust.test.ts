import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { acceptorSettings, Desk } from './desk.js'
import { fill, frame, show } from './script.js'

const peer = { sender: 'OMS', target: 'PAPERPIT' }

/** Every kind of message, with what matters to a session left open. */
const msgType = fc.constantFrom('0', '1', '2', '3', '4', '5', 'A', 'D', 'F', 'j', 'ZZ')
const number = fc.oneof(
  fc.integer({ min: -1, max: 12 }).map(String),
  fc.constantFrom('', 'x', '1.5', '99999999999999999999')
)
const field = fc.oneof(
  fc.tuple(fc.constantFrom('7', '16', '36', '45', '108', '98', '34', '9999'), number),
  fc.tuple(fc.constantFrom('43', '123', '141', '97'), fc.constantFrom('Y', 'N', '', '?')),
  fc.tuple(fc.constantFrom('52', '122'), fc.constantFrom('{10:00:00}', '{10:00:01}', '{09:00:00}', 'x')),
  fc.tuple(fc.constantFrom('49', '56', '112', '58', '115', '11'), fc.constantFrom('OMS', 'PAPERPIT', '', 'é'))
)
const message = fc
  .tuple(msgType, fc.option(number), fc.array(field, { maxLength: 6 }))
  .map(([type, seq, fields]) =>
    [`35=${type}`, ...(seq === null ? [] : [`34=${seq}`]), ...fields.map(([tag, value]) => `${tag}=${value}`)].join('|')
  )
const step = fc.oneof(
  { weight: 8, arbitrary: message.map((text) => ({ kind: 'message' as const, text })) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => ({ kind: 'bytes' as const, bytes })) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }).map((seconds) => ({ kind: 'time' as const, seconds })) }
)

describe('whatever a peer sends', () => {
  test.prop([fc.array(step, { maxLength: 30 })], { numRuns: 500 })(
    'the session answers with sound messages whose new numbers follow each other, and never throws',
    (steps) => {
      const desk = new Desk(acceptorSettings)
      let next = 1
      const judge = (bytes: Buffer): void => {
        for (const sent of show(bytes).split(/(?<=\|10=\d{3}\|)/)) {
          const body = /^8=FIX\.4\.4\|9=\d+\|(.*\|)10=\d{3}\|$/.exec(sent)?.[1] ?? ''
          expect(sent).toBe(show(frame('FIX.4.4', body.replaceAll('|', '\x01'))))
          if (body.includes('|43=Y|')) continue
          if (body.startsWith('35=A|') && body.includes('|141=Y|')) next = 1
          expect(body).toMatch(new RegExp(`^35=[^|]+\\|34=${next}\\|`))
          next++
        }
      }
      let sink = desk.connect()
      const logOn = (): void => {
        const seq = desk.session.status.nextTargetMsgSeqNum
        desk.receive(fill(`35=A|34=${seq}|98=0|108=30`, peer, desk.now))
      }
      logOn()
      for (const what of steps) {
        if (what.kind === 'time') desk.pass(what.seconds)
        else if (what.kind === 'bytes') desk.receive(Buffer.from(what.bytes))
        else desk.receive(fill(what.text, peer, desk.now))
        for (const bytes of sink.sent.splice(0)) judge(bytes)
        if (!sink.closed) continue
        desk.disconnect()
        sink = desk.connect()
        logOn()
        for (const bytes of sink.sent.splice(0)) judge(bytes)
      }
    }
  )
})

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { replay, runEpisode } from '../../scripts/fuzz/fix/episode.js'
import { FuzzDesk, type DeskKind } from '../../scripts/fuzz/fix/fuzz-desk.js'
import { readSteps, writeSteps } from '../../scripts/fuzz/fix/step.js'

/** Steps that failed once, as `npm run fuzz:fix` writes them. */
const REGRESSIONS = join(import.meta.dirname, 'fix-regressions')

/** A data field that looks like the end of its message. */
const DATA = 'a\x0110=000\x018=FIX.4.4\x019=5\x01b'

/** What a slice must come past, or it would prove nothing. */
const PLACES = [
  'gap expected # but received #: asked for a resend',
  'gapClosed gap closed, next expected is #',
  'resend resending # to #',
  'possibleDuplicate ignored: message # was handled before',
  'testRequest nothing received: TestRequest sent',
  'timeout closed: nothing received and the TestRequest unanswered',
  'sequenceReset SequenceReset: next expected from # to #',
  'numbersReset both numbers back to #, by peer',
  'garbled ignored: CheckSum is wrong',
  'garbled ignored: BodyLength is wrong',
  'garbled ignored: a tag is no number',
  'Reject 0 of D',
  'Reject 1 of D',
  'Reject 2 of D',
  'Reject 4 of D',
  'Reject 5 of D',
  'Reject 6 of D',
  'Reject 9 of D',
  'Reject 10 of D',
  'Reject 13 of D',
  'Reject 14 of D',
  'sent 8',
  'sent 9',
  'sent j'
]

describe('a peer that sends anything', () => {
  it('breaks nothing in 150 episodes of 400 messages, and a sound Logon, TestRequest and order are answered behind each', () => {
    const seen = new Set<string>()
    let mutated = 0
    for (let seed = 1; seed <= 150; seed++) {
      const episode = runEpisode(seed, 400)
      mutated += episode.mutated
      for (const what of episode.seen) seen.add(what)
      expect(episode.failure, `seed ${seed}`).toBeUndefined()
    }
    expect(mutated).toBeGreaterThan(40_000)
    expect(PLACES.filter((place) => !seen.has(place))).toEqual([])
  })

  it('gets the same answers wherever its bytes are cut in two', () => {
    const kind: DeskKind = { settings: {}, application: 'reader', admits: 'now' }
    const peer = new FuzzDesk(kind)
    const order = (clOrdId: string): [string, string][] => [
      ['11', clOrdId],
      ['38', '100'],
      ['40', '1'],
      ['54', '1'],
      ['55', 'AAPL'],
      ['60', '20261120-10:00:00'],
      ['354', `${DATA.length}`],
      ['355', DATA]
    ]
    const messages = [
      peer.sound(
        'A',
        [
          ['98', '0'],
          ['108', '30']
        ],
        1
      ),
      peer.sound('D', order('1'), 2),
      peer.sound('D', order('3'), 4),
      Buffer.from(
        peer
          .sound('D', order('x'), 5)
          .toString('latin1')
          .replace(/10=\d+/, '10=999'),
        'latin1'
      ),
      peer.sound('D', order('2'), 3),
      peer.sound('1', [['112', 'T']], 5)
    ]
    const stream = Buffer.concat(messages)
    const answers = (chunks: readonly Buffer[]): string => {
      const desk = new FuzzDesk(kind)
      const texts: string[] = []
      desk.watch((text) => texts.push(text))
      desk.take({ kind: 'bytes', chunks })
      return texts.join('\n')
    }
    const whole = answers([stream])
    expect(whole.match(/35=8/g)).toHaveLength(3)
    expect(whole).toContain('112=T')
    for (let at = 1; at < stream.length; at++)
      expect(answers([stream.subarray(0, at), stream.subarray(at)]), `cut at ${at}`).toBe(whole)
    expect(answers(Array.from(stream, (_, at) => stream.subarray(at, at + 1)))).toBe(whole)
  })

  it('is written down and read back as steps', () => {
    const { steps } = runEpisode(7, 100)
    expect(readSteps(writeSteps(steps))).toEqual(steps)
  })
})

describe('what failed once', () => {
  it('fails no more', () => {
    const files = existsSync(REGRESSIONS) ? readdirSync(REGRESSIONS) : []
    for (const file of files) {
      const [kind, ...steps] = readFileSync(join(REGRESSIONS, file), 'utf8').split('\n')
      expect(replay(JSON.parse(kind) as DeskKind, readSteps(steps.join('\n'))), file).toBeUndefined()
    }
  })
})

import { seededRandom, type Random } from '../../../src/base/random.js'
import { type DeskKind, FuzzDesk } from './fuzz-desk.js'
import { mutateBytes, mutateFields } from './mutations.js'
import { between, chance, pick, weighted } from './pick.js'
import { type Field, type Sample, Samples } from './samples.js'
import { framed, type Step } from './step.js'

/** A run of one engine, from its first connection to the proof that it still works. */
export interface Episode {
  readonly kind: DeskKind
  /** All that happened, to be repeated. */
  readonly steps: readonly Step[]
  /** Messages that were not as a sound peer would send them. */
  readonly mutated: number
  /** All messages. */
  readonly sent: number
  readonly seen: ReadonlySet<string>
  /** What must not happen, and did. */
  readonly failure: string | undefined
}

const SETTINGS: readonly DeskKind['settings'][] = [
  {},
  {},
  { validation: 'strict' },
  { resetOnLogon: true },
  { resetOnLogout: true, resetOnDisconnect: true, timestampDigits: 9 },
  { maxMessageSize: 1024, maxOutboundBytes: 4096, timestampDigits: 0 },
  { minHeartBtInt: 5, maxHeartBtInt: 40, timestampDigits: 6 },
  { ackMode: 'pending', cancelOnDisconnect: true },
  { role: 'initiator' }
]

const samples = new Samples()

export interface EpisodeOptions {
  /** Keep the steps. Default true. */
  readonly record?: boolean
  /** Called at the end, while the engine still stands. */
  readonly inspect?: () => void
}

/**
 * An episode of about `length` messages. The same seed and length give the same steps, as long as the engine answers
 * alike: numbers are taken from the session as it stands.
 */
export function runEpisode(seed: number, length: number, { record = true, inspect }: EpisodeOptions = {}): Episode {
  const random = seededRandom(seed, 'fix-fuzz')
  samples.restart()
  const kind: DeskKind = {
    settings: pick(random, SETTINGS),
    application: length <= 2_000 && chance(random, 0.4) ? 'gateway' : 'reader',
    admits: chance(random, 0.15) ? 'later' : 'now'
  }
  const steps: Step[] = []
  const writer = new PeerWriter(random)
  let desk: FuzzDesk | undefined
  const done = (failure?: string): Episode => ({
    kind,
    steps,
    mutated: writer.mutated,
    sent: writer.sent,
    seen: desk?.seen ?? new Set(),
    failure
  })
  try {
    desk = new FuzzDesk(kind)
    while (writer.sent < length) {
      const step = nextStep(random, desk, writer)
      if (record) steps.push(step)
      desk.take(step)
    }
    desk.assertAlive()
    inspect?.()
    return done()
  } catch (error) {
    return done(describe(error))
  }
}

/** Runs recorded steps once more. Returns what must not happen and did. */
export function replay(kind: DeskKind, steps: readonly Step[]): string | undefined {
  try {
    const desk = new FuzzDesk(kind)
    for (const step of steps) desk.take(step)
    desk.assertAlive()
    return undefined
  } catch (error) {
    return describe(error)
  }
}

/** The first line of an error's text and where it came from: what tells one failure from another. */
function describe(error: unknown): string {
  const { message, stack } = error as Error
  return `${message.split('\n')[0]}\n${(stack ?? '').split('\n').slice(1, 6).join('\n')}`
}

function nextStep(random: Random, desk: FuzzDesk, writer: PeerWriter): Step {
  if (!desk.open) return { kind: 'connect' }
  if (!desk.loggedOn && chance(random, 0.9))
    return desk.spoken ? { kind: 'connect' } : { kind: 'bytes', chunks: [writer.logon(desk)] }
  const roll = random.uniform()
  if (roll < 0.92) return { kind: 'bytes', chunks: cut(random, writer.batch(desk)) }
  if (roll < 0.95) return { kind: 'time', seconds: pick(random, [0.1, 0.5, 1, 5, 31, 40, 200]) }
  if (roll < 0.96) return { kind: 'reading', reads: chance(random, 0.6) }
  if (roll < 0.97) return { kind: pick(random, ['hangup', 'connect'] as const) }
  const acts = [
    'logout',
    'reset',
    'numbers',
    'testRequest',
    'resendRequest',
    'disconnect',
    'pause',
    'resume',
    'withhold'
  ] as const
  return { kind: 'operator', act: pick(random, acts) }
}

/** How bytes arrive: in one piece, in two cut at any boundary, in many, one by one. */
function cut(random: Random, bytes: Buffer): Buffer[] {
  const way = weighted(random, [
    [6, 'whole'],
    [3, 'two'],
    [1, 'many'],
    [0.3, 'each']
  ] as const)
  if (way === 'whole' || bytes.length < 2) return [bytes]
  if (way === 'each' && bytes.length < 2_000) return Array.from(bytes, (_, i) => bytes.subarray(i, i + 1))
  const chunks: Buffer[] = []
  let from = 0
  while (from < bytes.length) {
    const to =
      way === 'two' ? (from === 0 ? between(random, 1, bytes.length) : bytes.length) : from + between(random, 1, 64)
    chunks.push(bytes.subarray(from, to))
    from = to
  }
  return chunks
}

/** Writes as a peer that is mad more often than not. */
class PeerWriter {
  sent = 0
  mutated = 0
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  /** A Logon, most often a sound one. */
  logon(desk: FuzzDesk): Buffer {
    const { expected } = desk
    const reset = expected > 1e6 || chance(this.#random, 0.05)
    const body: Field[] = [
      ['98', '0'],
      ['108', pick(this.#random, ['30', '10', '1'])],
      ...(reset ? [['141', 'Y'] as Field] : [])
    ]
    return this.#message(desk, { msgType: 'A', body }, reset ? 1 : expected, 0.75)
  }

  /** Some messages behind each other. */
  batch(desk: FuzzDesk): Buffer {
    const count = weighted(this.#random, [
      [6, 1],
      [3, 2],
      [2, 5],
      [0.5, 20]
    ])
    const { expected } = desk
    const messages: Buffer[] = []
    for (let i = 0; i < count; i++) {
      const sample = chance(this.#random, 0.7) ? samples.usual(this.#random) : samples.any(this.#random)
      messages.push(this.#message(desk, sample, expected + i, 0.08))
    }
    return Buffer.concat(messages)
  }

  #message(desk: FuzzDesk, { msgType, body }: Sample, expected: number, soundness: number): Buffer {
    const random = this.#random
    this.sent++
    const header: Field[] = [['34', `${expected}`], ...desk.identity]
    if (chance(random, soundness)) return framed(msgType, [...header, ...body])
    this.mutated++
    let type = msgType
    let beginString = 'FIX.4.4'
    // Numbers, times and names that do not fit, in messages that are sound otherwise.
    const wrong = weighted(random, [
      [4, 'fields'],
      [2, 'number'],
      [1.5, 'possDup'],
      [3, 'bytes'],
      [0.3, 'identity'],
      [0.2, 'type']
    ] as const)
    if (wrong === 'number') header[0][1] = strangeNumber(random, expected)
    if (wrong === 'possDup') {
      header[0][1] = `${Math.max(1, expected - between(random, -2, 20))}`
      header.splice(1, 0, ['43', pick(random, ['Y', 'Y', 'Y', 'N', ''])])
      if (chance(random, 0.8))
        header.push(['122', pick(random, [desk.now, '20261120-09:00:00', '20261121-00:00:00', 'x'])])
    }
    if (wrong === 'identity') {
      const at = between(random, 1, header.length - 1)
      header[at][1] = pick(random, ['', 'STRANGER', 'OMS', '20261120-09:00:00', '20201120-10:00:00.000', desk.now])
      if (chance(random, 0.2)) beginString = pick(random, ['FIX.4.2', 'FIXT.1.1', 'FIX.4.44', 'FIX.'])
    }
    if (wrong === 'type') type = pick(random, ['', 'ZZ', 'AA', '00', 'a', 'A=', 'Q'.repeat(40), '5', '\xff'])
    if (chance(random, 0.05)) header.push(...routing(random))
    if (wrong !== 'fields') {
      const bytes = framed(type, [...header, ...body], beginString)
      return wrong === 'bytes' ? mutateBytes(bytes, random) : bytes
    }
    const fields = [...header, ...body]
    mutateFields(fields, random, samples.tags)
    return framed(type, fields, beginString)
  }
}

function strangeNumber(random: Random, expected: number): string {
  return `${pick<number | string>(random, [
    expected - 1,
    expected + 1,
    expected + 2,
    expected + between(random, 3, 40),
    expected + 100_000,
    0,
    -1,
    1,
    '',
    'x',
    '1.5',
    '007',
    '99999999999999999999'
  ])}`
}

function routing(random: Random): Field[] {
  return pick<Field[]>(random, [
    [['97', 'Y']],
    [['115', 'FUND']],
    [
      ['128', 'DESK'],
      ['129', '']
    ],
    [
      ['50', 'TRADER'],
      ['57', 'DESK']
    ]
  ])
}

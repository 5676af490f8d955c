import { HOUR, ManualClock, MILLISECOND, nanos, SECOND, type EpochSeconds } from '../../../src/base/time.js'
import { TimestampWriter } from '../../../src/base/timestamp.js'
import { type Dictionary } from '../../../src/fix/dictionary/dictionary.js'
import { loadDictionary } from '../../../src/fix/dictionary/load-dictionary.js'
import { Connection, type ByteSink } from '../../../src/fix/session/connection.js'
import { DEFAULT_SETTINGS, type SessionSettings } from '../../../src/fix/session/session-settings.js'
import { type Session } from '../../../src/fix/session/session.js'
import { createFixEngine, type FixEngine } from '../../../src/fix/transport/fix-engine.js'
import { FuzzApplication } from './fuzz-application.js'
import { OutboundJudge } from './outbound-judge.js'
import { ShortStore } from './short-store.js'
import { framed, type Step } from './step.js'

const EPOCH: EpochSeconds = Date.UTC(2026, 10, 20) / 1000
const TICK = 100 * MILLISECOND
const PEER = { address: '127.0.0.1', port: 50000, loopback: true }
let dictionary: Dictionary | undefined

/** How one engine differs from another. */
export interface DeskKind {
  readonly settings: Partial<SessionSettings>
  /** Who answers: one that reads every field of all it gets, or the venue's gateway with a market behind it. */
  readonly application: 'reader' | 'gateway'
  /** Logons are decided when they come, or in a later turn. */
  readonly admits: 'now' | 'later'
}

/** The peer's end of a connection. */
class Sink implements ByteSink {
  pendingBytes = 0
  closed = false
  reading = true
  readonly received: Buffer[] = []
  readonly #waiting: (() => void)[] = []

  write(bytes: Buffer, done: () => void): void {
    this.received.push(Buffer.from(bytes))
    if (this.reading) return done()
    this.pendingBytes += bytes.length
    this.#waiting.push(() => {
      this.pendingBytes -= bytes.length
      done()
    })
  }

  read(): void {
    this.reading = true
    for (const left of this.#waiting.splice(0)) left()
  }

  end(bytes: Buffer | undefined): void {
    if (bytes !== undefined) this.received.push(Buffer.from(bytes))
    this.closed = true
  }

  destroy(): void {
    this.closed = true
  }
}

/** An engine with one session, whose peer sends anything. Throws when something happens that must not. */
export class FuzzDesk {
  readonly clock = new ManualClock(nanos(10 * HOUR))
  readonly kind: DeskKind
  readonly settings: SessionSettings
  /** What happened, by kind of event and what the engine said: how far a run has come. */
  readonly seen = new Set<string>()
  readonly #engine: FixEngine
  readonly #application: FuzzApplication
  readonly #judge: OutboundJudge
  readonly #verdicts: (() => void)[] = []
  readonly #text = new TimestampWriter(EPOCH, 3)
  #sink = new Sink()
  #spoken = false
  #connection!: Connection

  constructor(kind: DeskKind) {
    this.kind = kind
    const role = kind.settings.role ?? 'acceptor'
    const [senderCompId, targetCompId] = role === 'acceptor' ? ['PAPERPIT', 'OMS'] : ['OMS', 'PAPERPIT']
    this.settings = {
      ...DEFAULT_SETTINGS,
      role,
      id: { beginString: 'FIX.4.4', senderCompId, targetCompId },
      ...kind.settings
    }
    dictionary ??= loadDictionary('fix-dictionaries/FIX44-paperpit.xml')
    this.#application = new FuzzApplication(kind.application, EPOCH, this.clock)
    this.#judge = new OutboundJudge(this.seen)
    this.#engine = createFixEngine({
      clock: this.clock,
      epoch: EPOCH,
      store: new ShortStore((text) => this.#judge.stored(text)),
      directory: {
        find: ({ targetCompId: peer }) => (peer === targetCompId ? this.settings : undefined),
        admit: () => (kind.admits === 'now' ? undefined : (decide) => void this.#verdicts.push(() => decide(undefined)))
      },
      application: this.#application,
      dictionary,
      log: {
        event: (_session, event, text) => {
          this.seen.add(`${event} ${text.replace(/\d+/g, '#').slice(0, 60)}`)
          if (event === 'numbersReset') this.#application.numbersReset()
        }
      },
      requestTurn: () => undefined
    })
    this.#connect()
  }

  get session(): Session {
    return this.#engine.session(this.settings)
  }

  /** The number that the engine expects next. */
  get expected(): number {
    return this.session.status.nextTargetMsgSeqNum
  }

  /** Whether the connection stands. */
  get open(): boolean {
    return !this.#sink.closed
  }

  /** Whether the peer has sent anything on this connection. */
  get spoken(): boolean {
    return this.#spoken
  }

  /** Whether application messages would be taken. */
  get loggedOn(): boolean {
    return this.session.loggedOn
  }

  /** SendingTime (52) as the peer's clock has it. */
  get now(): string {
    return this.#text.format(this.clock.now())
  }

  /** The header behind MsgType and MsgSeqNum of a sound message. */
  get identity(): [string, string][] {
    const { senderCompId, targetCompId } = this.settings.id
    return [
      ['49', targetCompId],
      ['52', this.now],
      ['56', senderCompId]
    ]
  }

  take(step: Step): void {
    switch (step.kind) {
      case 'bytes':
        this.#spoken = true
        for (const chunk of step.chunks) this.#connection.receive(chunk)
        break
      case 'time':
        this.#pass(step.seconds)
        break
      case 'reading':
        if (step.reads) this.#sink.read()
        else this.#sink.reading = false
        break
      case 'hangup':
        this.#connection.ended()
        break
      case 'operator':
        this.#operate(step.act)
        break
      case 'connect':
        this.#reconnect()
        break
    }
    this.#turn()
  }

  /** Is given every message that the engine sends, from here on. */
  watch(sent: (text: string) => void): void {
    this.#judge.watch = sent
  }

  /** A sound message of the peer, with the number that is expected unless `msgSeqNum` says otherwise. */
  sound(msgType: string, body: readonly (readonly [string, string])[], msgSeqNum = this.expected): Buffer {
    return framed(msgType, [['34', `${msgSeqNum}`], ...this.identity, ...body])
  }

  /** Whatever happened before: a new connection logs on, a TestRequest is answered, an order reaches the application. */
  assertAlive(): void {
    // A day later nothing of before is still waiting; numbers beyond what a message can hold are given up.
    this.#pass(60)
    const reset = this.expected > 1e9 || this.session.status.nextSenderMsgSeqNum > 1e9
    if (this.open) this.take({ kind: 'hangup' })
    this.#reconnect()
    this.#turn()
    const acceptor = this.settings.role === 'acceptor'
    const logon = reset ? this.sound('A', [...LOGON, ['141', 'Y']], 1) : this.sound('A', LOGON)
    if (reset && !acceptor) return
    this.take({ kind: 'bytes', chunks: [logon] })
    this.#turn()
    if (!this.session.loggedOn) throw new Error('a sound Logon does not log on')
    this.take({ kind: 'bytes', chunks: [this.sound('1', [['112', 'ALIVE?']])] })
    if (!this.#judge.last.includes('35=0\x01') || !this.#judge.last.includes('112=ALIVE?\x01'))
      throw new Error(`a sound TestRequest is not answered; last: ${this.#judge.last.replaceAll('\x01', '|')}`)
    const before = this.#application.messages
    this.take({ kind: 'bytes', chunks: [this.sound('D', ORDER)] })
    if (this.#application.messages !== before + 1) throw new Error('a sound order does not reach the application')
  }

  #connect(): void {
    this.#sink = new Sink()
    this.#spoken = false
    this.#connection = new Connection(this.#engine, PEER, this.#sink)
    if (this.settings.role === 'initiator') this.#connection.logOn(this.session, undefined)
  }

  #reconnect(): void {
    this.#connection.closed()
    this.#turn()
    this.#connect()
  }

  #operate(act: Extract<Step, { kind: 'operator' }>['act']): void {
    const { session } = this
    switch (act) {
      case 'logout':
        return session.logout()
      case 'reset':
        return session.reset()
      case 'numbers': {
        const { nextSenderMsgSeqNum } = session.status
        return session.setNextNumbers(nextSenderMsgSeqNum, Math.min(this.expected + 3, Number.MAX_SAFE_INTEGER))
      }
      case 'testRequest':
        return session.sendTestRequest()
      case 'resendRequest':
        return session.sendResendRequest(1, 0)
      case 'disconnect':
        return session.disconnect()
      case 'pause':
        return session.pause()
      case 'resume':
        return session.resume()
      case 'withhold':
        return session.withhold(2)
    }
  }

  #pass(seconds: number): void {
    const until = this.clock.now() + Math.round(seconds * SECOND)
    const step = Math.max(TICK, Math.round((seconds * SECOND) / 50))
    while (this.clock.now() < until) {
      this.clock.set(nanos(Math.min(this.clock.now() + step, until)))
      this.#connection.tick(this.clock.now())
      this.#engine.tick()
      this.#turn()
    }
  }

  #turn(): void {
    this.#engine.flush()
    for (const decide of this.#verdicts.splice(0)) decide()
    this.#engine.flush()
    for (const bytes of this.#sink.received.splice(0)) this.#judge.judge(bytes)
    this.#judge.turn()
  }
}

const LOGON: readonly (readonly [string, string])[] = [
  ['98', '0'],
  ['108', '30']
]
const ORDER: readonly (readonly [string, string])[] = [
  ['11', 'ALIVE'],
  ['38', '100'],
  ['40', '2'],
  ['44', '1.00'],
  ['54', '1'],
  ['55', 'AAPL'],
  ['60', '20261120-10:00:00']
]

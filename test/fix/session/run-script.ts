import { type SessionSettings } from '../../../src/fix/session/session-settings.js'
import { resolve } from 'node:path'
import { loadDictionary } from '../../../src/fix/dictionary/load-dictionary.js'
import { SessionSchedule } from '../../../src/fix/session/schedule.js'
import { acceptorSettings, Desk, type ApplicationMaker } from './desk.js'
import { fill, raw, show, type Scenario, type ScriptLine, type Side } from './script.js'

/** What happened behind an action, and what should have. */
interface Happening {
  readonly sent: string[]
  readonly application: string[]
  readonly closed: string[]
  readonly log: string[]
}

const nothing = (): Happening => ({ sent: [], application: [], closed: [], log: [] })

/** A word that scripts of a kind have besides those of all; false where there is no such word. */
export type ScriptWords = (desk: Desk, word: string, rest: string) => boolean

/** What scripts run on. */
export interface ScriptStage {
  /** What stands above the engine; left out, an application that answers each order. */
  readonly application?: ApplicationMaker
  readonly words?: ScriptWords
}

/** Runs one scenario; throws an error that names the line where what happened is not what is written. */
export function runScenario(scenario: Scenario, stage: ScriptStage = {}): void {
  new Run(scenario, stage).run()
}

class Run {
  readonly #scenario: Scenario
  readonly #stage: ScriptStage
  #settings: Record<string, unknown> = { ...acceptorSettings }
  #desk: Desk | undefined
  #expected = nothing()
  #action: ScriptLine | undefined
  readonly #closedBefore = new Set<string>()

  constructor(scenario: Scenario, stage: ScriptStage) {
    this.#scenario = scenario
    this.#stage = stage
  }

  run(): void {
    for (const line of this.#scenario.lines) {
      try {
        this.#line(line)
      } catch (error) {
        throw new Error(`${this.#scenario.file}:${line.number} ${(error as Error).message}`, { cause: error })
      }
    }
    this.#judge()
  }

  get #open(): Desk {
    return (this.#desk ??= new Desk(
      this.#settings as unknown as SessionSettings,
      undefined,
      undefined,
      this.#stage.application
    ))
  }

  /** The peer of an initiator script is the venue. */
  get #us(): Side {
    const { senderCompId, targetCompId } = (this.#settings as unknown as SessionSettings).id
    return { sender: senderCompId, target: targetCompId }
  }

  #line(line: ScriptLine): void {
    const { text } = line
    const [word, rest] = [text.split(' ', 1)[0], text.slice(text.split(' ', 1)[0].length + 1)]
    const us = this.#us
    const expectation = /^(>\w*|\*|closed|log)$/.test(word)
    if (expectation) {
      if (word === '*') this.#expected.application.push(rest)
      else if (word === 'log') this.#expected.log.push(rest)
      else if (word === 'closed') this.#expected.closed.push(rest)
      else this.#expected.sent.push(`${word.slice(1)}${show(fill(rest, us, this.#open.now))}`)
      return
    }
    this.#judge()
    this.#action = line
    if (word === 'set') return this.#set(rest)
    if (word === 'hours') return this.#hours(rest)
    if (word === 'dictionary') {
      this.#settings.dictionary = loadDictionary(resolve('test/fix/session', rest))
      return
    }
    const desk = this.#open
    const { session } = desk
    if (word === '<raw') desk.receive(raw(rest))
    else if (word === '<badsum') desk.receive(damaged(fill(rest, reversed(us), desk.now), /10=\d+/, '10=256'))
    else if (word === '<short') desk.receive(damaged(fill(rest, reversed(us), desk.now), /9=\d+/, '9=30'))
    else if (word === '<split') for (const byte of fill(rest, reversed(us), desk.now)) desk.receive(Buffer.from([byte]))
    else if (word === '<all')
      desk.receive(Buffer.concat(rest.split(' & ').map((message) => fill(message, reversed(us), desk.now))))
    else if (word.startsWith('<')) desk.receive(fill(rest, reversed(us), desk.now), word.slice(1))
    else if (word === 'connect') desk.connect(rest)
    else if (word === 'disconnect') desk.disconnect(rest)
    else if (word === '@') desk.pass(Number(/^\+([\d.]+)s$/.exec(rest)?.[1]))
    else if (word === 'restart') this.#restart(desk)
    else if (word === 'send') this.#send(desk, rest)
    else if (word === 'peer') desk.peer = { address: rest, port: 50000, loopback: rest.startsWith('127.') }
    else if (word === 'password') [desk.password, desk.verdictsWait] = [rest.split(' ')[0], rest.endsWith(' later')]
    else if (word === 'verdict') desk.decide()
    else if (word === 'stop-reading') desk.sink().reading = false
    else if (word === 'read-on') desk.sink().drain()
    else if (word === 'pause') session.pause()
    else if (word === 'resume') session.resume()
    else if (word === 'withhold') session.withhold(Number(rest))
    else if (word === 'logout') session.logout(rest === '' ? undefined : rest)
    else if (word === 'reset') session.reset()
    else if (word === 'disconnect-session') session.disconnect()
    else if (word === 'test-request') session.sendTestRequest()
    else if (word === 'resend-request') session.sendResendRequest(...(rest.split(' ').map(Number) as [number, number]))
    else if (word === 'numbers') session.setNextNumbers(...(rest.split(' ').map(Number) as [number, number]))
    else if (!this.#stage.words?.(desk, word, rest)) throw new Error(`no script knows "${word}"`)
    desk.engine.flush()
  }

  #set(rest: string): void {
    const [key, value] = rest.split(' ')
    if (key === 'role') {
      this.#settings.role = value
      this.#settings.id = { beginString: 'FIX.4.4', senderCompId: 'OMS', targetCompId: 'PAPERPIT' }
    } else
      this.#settings[key] =
        value === 'true' ? true : value === 'false' ? false : /^\d+$/.test(value) ? Number(value) : value
  }

  #hours(rest: string): void {
    const [start, end, timeZone, reset] = rest.split(' ')
    const days = ['mon', 'tue', 'wed', 'thu', 'fri'] as const
    this.#settings.schedule = new SessionSchedule({ start, end, timeZone, days, resetAtStart: reset === 'reset' })
  }

  #restart(desk: Desk): void {
    this.#desk = new Desk(desk.settings, desk.store, desk.clock.now(), this.#stage.application)
    this.#desk.password = desk.password
    this.#closedBefore.clear()
  }

  #send(desk: Desk, fields: string): void {
    const [[, msgType], ...body] = fields.split('|').map((field) => field.split('='))
    const writer = desk.session.begin(msgType)
    for (const [tag, value] of body)
      if (value === 'now') writer.timestamp(Number(tag), desk.clock.now())
      else writer.string(Number(tag), value)
    desk.session.send()
  }

  /** Compares what the last action brought about with what is written behind it. */
  #judge(): void {
    const expected = this.#expected
    this.#expected = nothing()
    const desk = this.#desk
    if (desk === undefined || this.#action === undefined) return
    const happened = nothing()
    for (const [name, { sink }] of desk.connections) {
      for (const bytes of sink.sent.splice(0))
        for (const message of messagesIn(show(bytes))) happened.sent.push(`${name}${message}`)
      if (sink.closed && !this.#closedBefore.has(name)) happened.closed.push(name)
      if (sink.closed) this.#closedBefore.add(name)
      else this.#closedBefore.delete(name)
    }
    happened.application.push(...desk.application.events.splice(0))
    const log = desk.log.splice(0)
    const where = `${this.#scenario.file}:${this.#action.number} "${this.#action.text}"`
    for (const part of ['sent', 'application', 'closed'] as const) {
      if (happened[part].join('\n') === expected[part].join('\n')) continue
      throw new Error(
        `${where}: ${part}\n  expected:\n    ${expected[part].join('\n    ')}\n  happened:\n    ${happened[part].join('\n    ')}\n  log:\n    ${log.join('\n    ')}`
      )
    }
    for (const wanted of expected.log) {
      const [event] = wanted.split(' ', 1)
      const text = wanted.slice(event.length + 1)
      if (!log.some((line) => line.startsWith(`${event} `) && line.includes(text)))
        throw new Error(`${where}: not in the log: ${wanted}\n  log:\n    ${log.join('\n    ')}`)
    }
  }
}

function damaged(message: Buffer, part: RegExp, by: string): Buffer {
  return Buffer.from(message.toString('latin1').replace(part, by), 'latin1')
}

function reversed({ sender, target }: Side): Side {
  return { sender: target, target: sender }
}

function messagesIn(text: string): string[] {
  return text.split(/(?<=\|10=\d{3}\|)/)
}

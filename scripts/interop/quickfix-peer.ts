import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A QuickFIX initiator to start: the program, and what comes in front of the path of its settings. */
export interface PeerProgram {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
}

/** What a peer checks messages by. */
export interface PeerDictionary {
  readonly path: string
  /** Whether tags from 5000 on that it does not hold are rejected, as QuickFIX does where it is not told otherwise. */
  readonly validateUserDefinedFields: boolean
}

export interface PeerSettings {
  readonly port: number
  readonly dictionary: PeerDictionary
  /** Where its store lies: the same directory again continues the numbers. */
  readonly directory: string
  readonly resetOnLogon?: boolean
}

/** What a peer told: a message that it got or sent by its own account, or a change of the session. */
export interface PeerLine {
  readonly kind: 'in' | 'out' | 'logon' | 'logout' | 'numbers'
  readonly fields: ReadonlyMap<string, string>
  readonly text: string
}

const PATIENCE = 20_000

/**
 * A QuickFIX initiator in a process of its own, told line by line what to do:
 *
 * | command | |
 * |---|---|
 * | `send 35=D\|11=A1\|…` | send a message of this type and body |
 * | `sender 17` | the next message gets this number |
 * | `numbers` | answered by `numbers SENDER TARGET`, the next ones |
 * | `logout`, `logon` | end the session; allow it to connect again |
 * | `stop` | end the process |
 *
 * It tells `logon`, `logout`, and every message as `in …` and `out …` with `|` for SOH.
 */
export class QuickfixPeer {
  readonly lines: PeerLine[] = []
  readonly #child: ChildProcess
  readonly #exited: Promise<string>
  #stderr = ''
  #end: string | undefined
  #changed: () => void = () => undefined

  constructor({ command, args }: PeerProgram, settings: PeerSettings) {
    const file = join(settings.directory, 'peer.cfg')
    mkdirSync(settings.directory, { recursive: true })
    writeFileSync(file, settingsText(settings))
    this.#child = spawn(command, [...args, file], { stdio: ['pipe', 'pipe', 'pipe'] })
    this.#child.stderr?.on('data', (bytes: Buffer) => (this.#stderr += bytes.toString()))
    createInterface({ input: this.#child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      this.lines.push(peerLine(line))
      this.#changed()
    })
    this.#exited = new Promise((exited) =>
      this.#child.on('close', (code, signal) => {
        this.#end = `${code ?? signal}`
        this.#changed()
        exited(this.#end)
      })
    )
  }

  tell(command: string): void {
    this.#child.stdin?.write(`${command}\n`)
  }

  /** The first line from position `from` on that is wanted. */
  async until(what: string, wanted: (line: PeerLine) => boolean, from = 0): Promise<PeerLine> {
    const deadline = Date.now() + PATIENCE
    for (let at = from; ; at++) {
      while (at >= this.lines.length) {
        if (this.#end !== undefined) throw new Error(`the peer ended (${this.#end}) before: ${what}\n${this.#stderr}`)
        if (Date.now() > deadline) throw new Error(`not within ${PATIENCE / 1000} s: ${what}`)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 500)
          this.#changed = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      if (wanted(this.lines[at])) return this.lines[at]
    }
  }

  /** The numbers that come next: its own, and the one that it expects. */
  async numbers(): Promise<readonly [sender: number, target: number]> {
    const from = this.lines.length
    this.tell('numbers')
    const { text } = await this.until('its numbers', ({ kind }) => kind === 'numbers', from)
    const [, sender, target] = text.split(' ').map(Number)
    return [sender, target]
  }

  /** Ends it; resolves with the exit code. */
  async stop(): Promise<string> {
    this.tell('stop')
    return this.#exited
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }
}

function peerLine(text: string): PeerLine {
  const [kind, rest] = text.split(/ (.*)/s)
  const fields = (rest ?? '').split('|').map((field) => field.split(/=(.*)/s) as [string, string])
  return { kind: kind as PeerLine['kind'], fields: new Map(fields), text }
}

function settingsText({ port, dictionary, directory, resetOnLogon = false }: PeerSettings): string {
  return `[DEFAULT]
ConnectionType=initiator
BeginString=FIX.4.4
SocketConnectHost=127.0.0.1
SocketConnectPort=${port}
StartTime=00:00:00
EndTime=00:00:00
HeartBtInt=30
ReconnectInterval=1
FileStorePath=${join(directory, 'store')}
FileLogPath=${join(directory, 'log')}
UseDataDictionary=Y
DataDictionary=${dictionary.path}
ValidateUserDefinedFields=${dictionary.validateUserDefinedFields ? 'Y' : 'N'}
ResetOnLogon=${resetOnLogon ? 'Y' : 'N'}

[SESSION]
SenderCompID=QFOMS
TargetCompID=PAPERPIT
`
}

import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

const MAIN = resolve('dist/main.js')

/** `paperpit serve` as a process of its own, as a user would run it. */
export class VenueProcess {
  readonly port: number
  readonly #child: ChildProcess
  readonly #exited: Promise<number | NodeJS.Signals>
  readonly #waiting: ((line: string) => void)[]

  private constructor(
    child: ChildProcess,
    port: number,
    exited: Promise<number | NodeJS.Signals>,
    waiting: ((line: string) => void)[]
  ) {
    this.#child = child
    this.port = port
    this.#exited = exited
    this.#waiting = waiting
  }

  /** Starts a venue on a free port; resolves when it says that it listens. */
  static async start(...options: readonly string[]): Promise<VenueProcess> {
    if (!existsSync(MAIN)) throw new Error(`${MAIN} is not built: run npm run build`)
    const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', '--log-level', 'error', ...options], {
      stdio: ['pipe', 'pipe', 'pipe']
    })
    child.stdin.on('error', () => undefined)
    let stderr = ''
    child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()))
    const exited = new Promise<number | NodeJS.Signals>((done) =>
      child.on('exit', (code, signal) => done(code ?? signal ?? -1))
    )
    const waiting: ((line: string) => void)[] = []
    const port = await new Promise<number>((listening, failed) => {
      waiting.push((line) => listening(Number(/listening on 127\.0\.0\.1:(\d+)/.exec(line)?.[1])))
      createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(line))
      void exited.then((how) => failed(new Error(`the venue ended (${how}): ${stderr}`)))
    })
    return new VenueProcess(child, port, exited, waiting)
  }

  /** A command for its `--console`; resolves with the answer, or with "gone" when the process ends without one. */
  async command(line: string): Promise<string> {
    this.#child.stdin?.write(`${line}\n`)
    const answer = new Promise<string>((answered) => this.#waiting.push(answered))
    return Promise.race([answer, this.#exited.then(() => 'gone')])
  }

  /** kill -9; resolves when the process is gone. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#exited
  }

  /** SIGTERM; resolves with the exit code. */
  async stop(): Promise<number | NodeJS.Signals> {
    this.#child.kill('SIGTERM')
    return this.#exited
  }
}

import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

const MAIN = resolve('dist/main.js')

/** `paperpit serve` as a process of its own, as a user would run it. */
export class VenueProcess {
  readonly port: number
  readonly #child: ChildProcess
  readonly #exited: Promise<number | NodeJS.Signals>

  private constructor(child: ChildProcess, port: number, exited: Promise<number | NodeJS.Signals>) {
    this.#child = child
    this.port = port
    this.#exited = exited
  }

  /** Starts a venue on a free port; resolves when it says that it listens. */
  static async start(...options: readonly string[]): Promise<VenueProcess> {
    if (!existsSync(MAIN)) throw new Error(`${MAIN} is not built: run npm run build`)
    const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', '--log-level', 'error', ...options], {
      stdio: ['ignore', 'pipe', 'pipe']
    })
    let stderr = ''
    child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()))
    const exited = new Promise<number | NodeJS.Signals>((done) =>
      child.on('exit', (code, signal) => done(code ?? signal ?? -1))
    )
    const port = await new Promise<number>((listening, failed) => {
      let stdout = ''
      child.stdout.on('data', (bytes: Buffer) => {
        stdout += bytes.toString()
        const match = /listening on 127\.0\.0\.1:(\d+)/.exec(stdout)
        if (match) listening(Number(match[1]))
      })
      void exited.then((how) => failed(new Error(`the venue ended (${how}): ${stderr}`)))
    })
    return new VenueProcess(child, port, exited)
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

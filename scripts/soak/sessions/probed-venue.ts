import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

const MAIN = resolve('dist/main.js')
const PROBE = new URL('./venue-probe.mjs', import.meta.url)

/** How the venue's process was doing since it was last asked. */
export interface VenueState {
  readonly rss: number
  readonly heapUsed: number
  readonly external: number
  /** Connections that stand. */
  readonly sockets: number
  readonly processorSeconds: number
  /** The longest time that its event loop did not come around, in ms, and for how much of it the process was computing. */
  readonly worst: { readonly late: number; readonly computing: number }
  /** How late its event loop came, in ms: median, 99th percentile, worst. */
  readonly delay: readonly [p50: number, p99: number, max: number]
}

/** `paperpit serve` as a process of its own that can be asked how it is doing. */
export class ProbedVenue {
  readonly port: number
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, port: number) {
    this.#child = child
    this.port = port
  }

  static async start(...options: readonly string[]): Promise<ProbedVenue> {
    if (!existsSync(MAIN)) throw new Error(`${MAIN} is not built: run npm run build`)
    const args = [
      '--expose-gc',
      '--import',
      PROBE.href,
      MAIN,
      'serve',
      '--port',
      '0',
      '--log-level',
      'error',
      ...options
    ]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
    const port = await new Promise<number>((listening, failed) => {
      let stdout = ''
      child.stdout?.on('data', (bytes: Buffer) => {
        stdout += bytes.toString()
        const match = /listening on 127\.0\.0\.1:(\d+)/.exec(stdout)
        if (match) listening(Number(match[1]))
      })
      child.once('exit', (code) => failed(new Error(`the venue ended (${code})`)))
    })
    return new ProbedVenue(child, port)
  }

  /** Collects garbage in the venue, and tells how it was doing. */
  state(): Promise<VenueState> {
    return new Promise((told) => {
      this.#child.once('message', (message) => told(message as VenueState))
      this.#child.send('state')
    })
  }

  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null> {
    return new Promise((ended) => {
      this.#child.removeAllListeners('exit').once('exit', (code) => ended(code))
      this.#child.kill('SIGTERM')
    })
  }
}

import { closeSync, openSync, writeSync } from 'node:fs'
import { UserError } from '../base/user-error.js'

const STDOUT = 1
const CHUNK = 1 << 16

/** Lines and text to a file, or to stdout where no file is named, in few large writes. */
export class LineFile {
  readonly #descriptor: number
  readonly #path: string | undefined
  #pending = ''

  /** @throws UserError where the file cannot be written */
  constructor(path: string | undefined) {
    this.#path = path
    if (path === undefined) {
      this.#descriptor = STDOUT
      return
    }
    try {
      this.#descriptor = openSync(path, 'w')
    } catch (cause) {
      throw unwritable(path, cause as Error)
    }
  }

  write(line: string): void {
    this.append(`${line}\n`)
  }

  /** Text as it is. */
  append(text: string): void {
    this.#pending += text
    if (this.#pending.length >= CHUNK) this.#flush()
  }

  close(): void {
    this.#flush()
    if (this.#descriptor !== STDOUT) closeSync(this.#descriptor)
  }

  #flush(): void {
    const bytes = Buffer.from(this.#pending)
    this.#pending = ''
    for (let at = 0; at < bytes.length;) at += this.#writeSome(bytes, at)
  }

  /** stdout may be a pipe that is full for the moment, or whose reader (`head`) has seen enough. */
  #writeSome(bytes: Buffer, at: number): number {
    try {
      return writeSync(this.#descriptor, bytes, at)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EAGAIN') return 0
      if (code === 'EPIPE' && this.#descriptor === STDOUT) return bytes.length - at
      throw unwritable(this.#path, error as Error)
    }
  }
}

function unwritable(path: string | undefined, cause: Error): UserError {
  return new UserError(`cannot be written: ${cause.message}`, { file: path ?? 'standard output' }, { cause })
}

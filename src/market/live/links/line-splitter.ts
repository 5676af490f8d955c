import { StringDecoder } from 'node:string_decoder'

/** A line longer than this is no line. */
const MAX_LINE = 32 * 1024 * 1024

/** Cuts a stream of bytes into lines of UTF-8; empty ones are left out. */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8')
  #rest = ''

  /** The lines that are complete with these bytes. @throws RangeError where a line is without end. */
  push(bytes: Buffer): readonly string[] {
    const lines = (this.#rest + this.#decoder.write(bytes)).split('\n')
    this.#rest = lines.pop() ?? ''
    if (this.#rest.length > MAX_LINE) throw new RangeError(`a line is longer than ${MAX_LINE} characters`)
    return lines.map((line) => line.trim()).filter((line) => line !== '')
  }
}

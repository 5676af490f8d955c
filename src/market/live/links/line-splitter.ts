import { StringDecoder } from 'node:string_decoder'

/** A line longer than this is no line. */
const MAX_LINE = 32 * 1024 * 1024

/** Cuts a stream of bytes into lines of UTF-8; empty ones are left out. */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8')
  /** Of the line that is not complete, and its length. A long one is joined once, when its end has come. */
  #pieces: string[] = []
  #length = 0

  /** The lines that are complete with these bytes. @throws RangeError where a line is without end. */
  push(bytes: Buffer): readonly string[] {
    const texts = this.#decoder.write(bytes).split('\n')
    const last = texts.pop() ?? ''
    if (texts.length > 0) {
      texts[0] = this.#pieces.join('') + texts[0]
      this.#pieces = []
      this.#length = 0
    }
    this.#pieces.push(last)
    this.#length += last.length
    if (this.#length > MAX_LINE) throw new RangeError(`a line is longer than ${MAX_LINE} characters`)
    return texts.map((line) => line.trim()).filter((line) => line !== '')
  }
}

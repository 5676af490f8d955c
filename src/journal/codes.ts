import { DamagedRecord } from './record-reader.js'

/** The words of a small closed set as one byte each. A word's position is its code: new words go to the end. */
export class Codes<W extends string> {
  readonly #words: readonly W[]
  readonly #codes: ReadonlyMap<string, number>

  constructor(words: readonly W[]) {
    this.#words = words
    this.#codes = new Map(words.map((word, code) => [word, code]))
  }

  code(word: W): number {
    return this.#codes.get(word)!
  }

  word(code: number): W {
    const word = this.#words[code]
    if (word === undefined) throw new DamagedRecord(`no word has the code ${code}`)
    return word
  }
}

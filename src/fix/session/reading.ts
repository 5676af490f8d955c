import { type EpochSeconds } from '../../base/time.js'
import { type Dictionary } from '../dictionary/dictionary.js'
import { Validator } from '../dictionary/validator.js'
import { ParsedMessage } from '../wire/parsed-message.js'
import { type SessionSettings } from './session-settings.js'

/** What messages of one dictionary are read and judged with, shared by all sessions that have it. */
export interface Reading {
  readonly validators: Readonly<Record<SessionSettings['validation'], Validator>>
  /** The message that a connection is reading. */
  readonly message: ParsedMessage
  /** A held message that is handled while `message` is still in use. */
  readonly heldMessage: ParsedMessage
}

/** The readings of an engine: its own dictionary's, and one for every other that a session brings. */
export class Readings {
  readonly usual: Reading
  readonly #epoch: EpochSeconds
  readonly #others = new Map<Dictionary, Reading>()

  /** @param epoch what times count from */
  constructor(dictionary: Dictionary, epoch: EpochSeconds) {
    this.#epoch = epoch
    this.usual = this.#make(dictionary)
  }

  of(dictionary: Dictionary | undefined): Reading {
    if (dictionary === undefined || dictionary === this.usual.message.dictionary) return this.usual
    let reading = this.#others.get(dictionary)
    if (reading === undefined) {
      reading = this.#make(dictionary)
      this.#others.set(dictionary, reading)
    }
    return reading
  }

  #make(dictionary: Dictionary): Reading {
    return {
      validators: { strict: new Validator(dictionary, 'strict'), lenient: new Validator(dictionary, 'lenient') },
      message: new ParsedMessage(dictionary, this.#epoch),
      heldMessage: new ParsedMessage(dictionary, this.#epoch)
    }
  }
}

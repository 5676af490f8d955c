import { UserError } from '../../base/user-error.js'
import type { OnError } from './import-options.js'

/**
 * The kinds of bad data that a reader can go on after, and what it does about each when nobody says (`--on-error`). What
 * skip and repair mean for each kind is in README.md. Files that are of another format, version or shape always stop.
 */
const DEFAULTS = {
  /** The file ends inside a record. */
  truncated: 'stop',
  /** The feed's own clock or sequence goes back. */
  timeBack: 'stop',
  /** A change of an order that is not in the book. */
  unknownOrder: 'skip',
  /** A new order under the id of one that stands. */
  duplicateOrder: 'repair',
  /** More is taken off an order than it has. */
  excess: 'repair',
  /** A displayed price off the tick, or finer than the price scale. */
  offTick: 'stop',
  /** A value that means nothing: no price, no quantity, an unknown side or action. */
  badValue: 'stop',
  /** The book is crossed or locked at the end of an event. */
  crossed: 'skip',
  /** An instrument that nothing names. */
  unknownInstrument: 'stop',
  /** The feed's own numbering says that something is missing. */
  gap: 'skip'
} as const satisfies Record<string, OnError>

export type FaultKind = keyof typeof DEFAULTS

const WORDS: Readonly<Record<FaultKind, string>> = {
  truncated: 'files end inside a record, or their packing breaks off',
  timeBack: 'records go back in time',
  unknownOrder: 'records name orders that are not in the book',
  duplicateOrder: 'orders come under the id of one that stands',
  excess: 'records take more off an order than it has',
  offTick: 'prices are off the tick',
  badValue: 'records have values that mean nothing',
  crossed: 'times the book became crossed or locked',
  unknownInstrument: 'records are of instruments that nothing names',
  gap: 'gaps are in the feed’s numbering'
}

const DONE: Readonly<Record<OnError, string>> = { stop: 'stopped', skip: 'left out', repair: 'repaired' }

/** What skipping is, where it is not to leave a record out. */
const SKIPPED: Readonly<Partial<Record<FaultKind, string>>> = {
  crossed: 'left as they are',
  gap: 'the book is void from there to the next snapshot'
}

/** What repairing is, where there is nothing, or not always something, to repair. */
const REPAIRED: Readonly<Partial<Record<FaultKind, string>>> = {
  truncated: 'left out',
  unknownOrder: 'left out',
  badValue: 'left out, or repaired where that is possible',
  unknownInstrument: 'left out'
}

/** Where a reader stands in its file. */
export interface Place {
  /** A mistake at the current record. */
  error(problem: string): UserError
}

/** Decides what is done about bad data, and remembers it for the summary. */
export class Faults {
  /** The reader of the current file. */
  place: Place
  readonly #asked: OnError | undefined
  readonly #defaults: Readonly<Partial<Record<FaultKind, OnError>>>
  readonly #counts = new Map<FaultKind, number>()
  readonly #first = new Map<FaultKind, string>()

  /** @param defaults where a format differs. */
  constructor(place: Place, asked: OnError | undefined, defaults: Partial<Record<FaultKind, OnError>> = {}) {
    this.place = place
    this.#asked = asked
    this.#defaults = defaults
  }

  /**
   * A fault at the current record.
   * @returns whether to repair it; false: to leave the record out.
   * @throws UserError where faults of the kind are to stop the import.
   */
  repairs(kind: FaultKind, problem: () => string): boolean {
    return this.#repairs(kind, problem, this.place)
  }

  /** A fault that knows its own place. @returns, and throws, as {@link repairs} */
  repairsTold(kind: FaultKind, { problem, position }: UserError): boolean {
    const place = { error: (told: string) => new UserError(told, position) }
    return this.#repairs(kind, () => problem, place)
  }

  has(kind: FaultKind): boolean {
    return this.#counts.has(kind)
  }

  counts(): Record<string, number> {
    return Object.fromEntries(this.#counts)
  }

  /** What was found and done, in sentences. */
  notes(): string[] {
    return [...this.#counts].map(([kind, count]) => {
      const done = (this.#policy(kind) === 'repair' ? REPAIRED[kind] : SKIPPED[kind]) ?? DONE[this.#policy(kind)]
      return `${count} ${WORDS[kind]}: ${done}. The first: ${this.#first.get(kind) ?? ''}`
    })
  }

  #repairs(kind: FaultKind, problem: () => string, place: Place): boolean {
    const policy = this.#policy(kind)
    if (policy === 'stop') throw place.error(`${problem()}${this.#advice(kind)}`)
    const count = this.#counts.get(kind) ?? 0
    if (count === 0) this.#first.set(kind, place.error(problem()).message)
    this.#counts.set(kind, count + 1)
    return policy === 'repair'
  }

  #policy(kind: FaultKind): OnError {
    return this.#asked ?? this.#defaults[kind] ?? DEFAULTS[kind]
  }

  #advice(kind: FaultKind): string {
    const tick = kind === 'offTick' ? '--tick sets another tick, ' : ''
    return ` (${tick}--on-error skip or repair goes on)`
  }
}

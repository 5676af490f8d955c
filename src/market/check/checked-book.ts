import type { Instrument } from '../../exchange/instrument.js'
import { PHASES_THAT_MATCH, type Phase } from '../../exchange/phase.js'
import { BUY, SELL, type Side } from '../../exchange/units.js'
import { ReplayedBook } from '../book/replayed-book.js'
import {
  ADD,
  CLEAR,
  EXECUTE,
  LEVEL,
  MODIFY,
  phaseOfCode,
  QUOTE,
  REDUCE,
  REMOVE,
  TAPE_ACTIONS,
  TRADE
} from '../tape/tape-action.js'

/** What a tape can have wrong that only its book shows. */
export type BookFault =
  | 'unknownOrder'
  | 'duplicateOrder'
  | 'excess'
  | 'wrongFeed'
  | 'crossed'
  | 'crossedQuotes'
  | 'crossedCall'
  | 'locked'
  | 'outOfPhase'
  | 'openEvent'

export type ReportBookFault = (fault: BookFault, problem: string) => void

/** By the action's code, as every row of a tape asks. */
const SIDED = flags([ADD, MODIFY, LEVEL, QUOTE])
/** What does not belong on a feed, by the action's code. */
const WRONG: Readonly<Record<Instrument['feed'], Uint8Array>> = {
  l3: flags([QUOTE]),
  l2: flags([ADD, REDUCE, REMOVE, MODIFY, EXECUTE, QUOTE]),
  l1: flags([ADD, REDUCE, REMOVE, MODIFY, EXECUTE, LEVEL])
}

/** The book of one instrument while a tape is checked: what a row does that its book cannot do is reported. */
export class CheckedBook {
  readonly #book = new ReplayedBook()
  readonly #instrument: Instrument
  readonly #report: ReportBookFault
  readonly #wrong: Uint8Array
  #state: 'apart' | 'locked' | 'crossed' = 'apart'
  #phase: Phase = 'continuous'

  constructor(instrument: Instrument, report: ReportBookFault) {
    this.#instrument = instrument
    this.#wrong = WRONG[instrument.feed]
    this.#report = report
  }

  row(action: number, side: number, price: number, qty: number, id: number): void {
    this.#phase = phaseOfCode(action) ?? this.#phase
    if ((action === EXECUTE || action === TRADE) && !PHASES_THAT_MATCH.has(this.#phase))
      this.#report('outOfPhase', `${this.#instrument.symbol} trades while it is in ${this.#phase}`)
    if (this.#wrong[action]) {
      const { feed, symbol } = this.#instrument
      this.#report('wrongFeed', `${TAPE_ACTIONS[action]} does not belong on the ${feed} feed of ${symbol}`)
    }
    // A side that is missing was reported already.
    if (side === 0 && SIDED[action]) return
    const book = this.#book
    const left = book.quantityOf(id)
    switch (action) {
      case ADD:
        if (left > 0) {
          this.#report('duplicateOrder', `order ${id} is in the book already`)
          book.reduce(id, left)
        }
        book.add(id, id, side as Side, price, qty)
        break
      case REDUCE:
        this.#take(id, left, qty)
        break
      case REMOVE:
        this.#take(id, left, left)
        break
      case MODIFY:
        if (left === 0) this.#report('unknownOrder', `order ${id} is not in the book`)
        book.modify(id, id, side as Side, price, qty)
        break
      case EXECUTE:
        if (id === 0) book.executeUnknown(side as Side, price, qty)
        else this.#take(id, left, qty)
        break
      case LEVEL:
        book.setLevel(side as Side, price, qty)
        break
      case QUOTE:
        book.setQuote(side as Side, price, qty)
        break
      case CLEAR:
        book.clear()
    }
  }

  /** The vendor's event is complete: only now the book has to be in order. */
  eventEnd(): void {
    const [bid, ask] = [this.#best(BUY), this.#best(SELL)]
    const state = bid === undefined || ask === undefined || bid < ask ? 'apart' : bid === ask ? 'locked' : 'crossed'
    if (state !== 'apart' && state !== this.#state) {
      const fault = state === 'locked' ? state : this.#crossedFault()
      this.#report(fault, `the book of ${this.#instrument.symbol} is ${state}: best bid ${bid}, best ask ${ask}`)
    }
    this.#state = state
  }

  #crossedFault(): BookFault {
    if (!PHASES_THAT_MATCH.has(this.#phase)) return 'crossedCall'
    return this.#instrument.feed === 'l1' ? 'crossedQuotes' : 'crossed'
  }

  #best(side: Side): number | undefined {
    return this.#book.levels(side).at(-1)?.price
  }

  #take(id: number, left: number, qty: number): void {
    if (left === 0) this.#report('unknownOrder', `order ${id} is not in the book`)
    else if (qty > left) this.#report('excess', `${qty} is taken off order ${id}, which has ${left}`)
    this.#book.reduce(id, qty)
  }
}

function flags(actions: readonly number[]): Uint8Array {
  const set = new Uint8Array(TAPE_ACTIONS.length)
  for (const action of actions) set[action] = 1
  return set
}

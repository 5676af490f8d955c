import type { Random } from '../../base/random.js'
import { nanos, SECOND, type Nanos } from '../../base/time.js'
import type { Side } from '../../exchange/units.js'
import type { FairValue } from './fair-value.js'
import type { Floor } from './floor.js'

/** What an agent has to work with. */
export interface AgentSetting {
  readonly floor: Floor
  readonly fair: FairValue
  /** The agent's own numbers: nobody else's draws shift them. */
  readonly random: Random
  /** Its number on the floor. */
  readonly owner: number
  readonly start: Nanos
}

/** A participant of the market, who acts when it wakes. */
export abstract class Agent {
  readonly floor: Floor
  readonly fair: FairValue
  readonly random: Random
  readonly owner: number
  /** How busy it is, as a multiple of its terms; 0: it withdrew. */
  activity = 1
  #next: Nanos

  constructor({ floor, fair, random, owner, start }: AgentSetting) {
    this.floor = floor
    this.fair = fair
    this.random = random
    this.owner = owner
    this.#next = start
  }

  /** When it wakes next. */
  get next(): Nanos {
    return this.#next
  }

  shift(by: number): void {
    this.#next = nanos(this.#next + by)
  }

  /** The market opens: what stands in the book before anything happens. */
  open(): void {}

  /** It wakes: does what it does, and decides when it wakes again. */
  wake(): void {
    if (this.activity > 0) this.act()
    else this.withdraw()
    const seconds = Math.min(LONGEST_SLEEP, this.activity > 0 ? this.wait() : 1)
    this.#next = nanos(this.#next + Math.max(SHORTEST_SLEEP, Math.round(seconds * SECOND)))
  }

  /** A fill of one of its orders. */
  filled(_side: Side, _price: number, _qty: number): void {}

  protected abstract act(): void

  /** Seconds until it acts again. */
  protected abstract wait(): number

  /** Takes its orders back. */
  protected withdraw(): void {}

  /** A size of mean `mean`: at least one lot, spread like an exponential. */
  protected size(mean: number): number {
    return 1 + Math.floor(this.random.exponential(Math.max(0, mean - 0.5)))
  }
}

/** In ns. */
const SHORTEST_SLEEP = 1_000
/** In seconds: an agent looks at least this often whether it has become busier. */
const LONGEST_SLEEP = 60

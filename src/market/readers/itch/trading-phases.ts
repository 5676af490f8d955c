import type { Nanos } from '../../../base/time.js'
import type { Phase } from '../../../exchange/phase.js'
import { instrumentNo, type InstrumentNo } from '../../../exchange/units.js'
import type { PhaseRows } from '../phase-rows.js'

const code = (letter: string): number => letter.charCodeAt(0)

/**
 * System events (S): whether NASDAQ takes orders from then on. Start and end of market hours (Q, M) do not change it, and what
 * is before the start of system hours (O) needs no phase, as there are no orders.
 */
const SYSTEM_HOURS: ReadonlyMap<number, boolean> = new Map([
  [code('S'), true],
  [code('E'), false],
  [code('C'), false]
])

const TRADING = code('T')
const QUOTATION_ONLY = code('Q')
const HALTED = code('H')
const PAUSED = code('P')
const NASDAQ = code('Q')

/**
 * What system events (S), trading actions (H) and operational halts (h) make of each stock's phase. Before and after market
 * hours NASDAQ trades as in them, so the opening and the closing cross, which happen beside continuous trading, are no phases.
 */
export class TradingPhases {
  readonly #rows: PhaseRows
  readonly #states: Uint8Array
  /** Whether a stock ever traded: quotation only goes before its first trade (an IPO), or after a halt. */
  readonly #released: Uint8Array
  readonly #halted: Uint8Array
  #open = true

  constructor(rows: PhaseRows, stocks: number) {
    this.#rows = rows
    this.#states = new Uint8Array(stocks).fill(TRADING)
    this.#released = new Uint8Array(stocks)
    this.#halted = new Uint8Array(stocks)
  }

  systemEvent(time: Nanos, event: number): void {
    const open = SYSTEM_HOURS.get(event) ?? this.#open
    if (open === this.#open) return
    this.#open = open
    for (let no = 0; no < this.#states.length; no++) this.#tell(time, instrumentNo(no))
  }

  tradingAction(time: Nanos, no: InstrumentNo, state: number): void {
    this.#states[no] = state
    this.#tell(time, no)
    if (state === TRADING) this.#released[no] = 1
  }

  /** NASDAQ itself cannot trade a stock, or can again; what the other markets of its group do is their own. */
  operationalHalt(time: Nanos, no: InstrumentNo, market: number, action: number): void {
    if (market !== NASDAQ) return
    this.#halted[no] = action === HALTED ? 1 : 0
    this.#tell(time, no)
  }

  #tell(time: Nanos, no: InstrumentNo): void {
    this.#rows.change(time, no, this.#phaseOf(no))
  }

  #phaseOf(no: InstrumentNo): Phase {
    if (!this.#open) return 'closed'
    if (this.#halted[no]) return 'halt'
    switch (this.#states[no]) {
      case HALTED:
      case PAUSED:
        return 'halt'
      case QUOTATION_ONLY:
        return this.#released[no] ? 'volatilityAuction' : 'openingAuction'
      default:
        return 'continuous'
    }
  }
}

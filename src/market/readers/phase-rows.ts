import { nanos, type Nanos } from '../../base/time.js'
import { isCall, type Phase } from '../../exchange/phase.js'
import { instrumentNo, type InstrumentNo } from '../../exchange/units.js'
import type { TapeWriter } from '../tape/tape-writer.js'

/**
 * Writes the phases that a vendor tells, each as an event of its own, where it is not the phase already. A tape begins with a
 * fact of the market: of what is told before, only how it stands then is written.
 */
export class PhaseRows {
  /** Rows written. */
  count = 0
  readonly #tape: TapeWriter
  readonly #told: Phase[]
  readonly #written: Phase[]

  constructor(tape: TapeWriter, instruments: number) {
    this.#tape = tape
    this.#told = Array.from({ length: instruments }, () => 'continuous')
    this.#written = [...this.#told]
  }

  /** What the vendor said last; an instrument that it says nothing of is in `continuous`. */
  phaseOf(no: InstrumentNo): Phase {
    return this.#told[no]
  }

  /** An instrument is in a phase from now on. No event may be open. */
  change(time: Nanos, no: InstrumentNo, phase: Phase): void {
    this.#told[no] = phase
    if (this.#tape.rows > 0) this.#write(time, no)
  }

  /** The first fact is on the tape. */
  begin(time: Nanos): void {
    for (let no = 0; no < this.#told.length; no++) this.#write(time, instrumentNo(no))
  }

  /**
   * An auction trades: a call ends with it, a nanosecond before its first execution where the tape is not there yet, as a venue
   * that replays the tape must uncross the book that the auction met, not what it left. Says whether there was a call.
   */
  cross(time: Nanos, no: InstrumentNo): boolean {
    if (!isCall(this.#told[no])) return false
    this.change(nanos(time > this.#tape.lastTime ? time - 1 : time), no, 'continuous')
    return true
  }

  #write(time: Nanos, no: InstrumentNo): void {
    const phase = this.#told[no]
    if (this.#written[no] === phase) return
    this.#written[no] = phase
    this.count++
    this.#tape.enterPhase(time, no, phase)
    this.#tape.eventEnd()
  }
}

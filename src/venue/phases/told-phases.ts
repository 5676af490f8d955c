import type { Nanos } from '../../base/time.js'
import type { PhaseChange } from '../../exchange/command.js'
import type { Phase } from '../../exchange/phase.js'
import { instrumentNo, type InstrumentNo } from '../../exchange/units.js'
import type { PhasePlan } from '../../market/market-source.js'

/** Phases that a tape tells between its facts: each becomes due when it is told. */
export class ToldPhases implements PhasePlan {
  readonly #others: ReadonlySet<InstrumentNo>
  readonly #coming: PhaseChange[] = []

  /** @param others instruments whose phases somebody else decides: what the tape says of them is passed over */
  constructor(others: ReadonlySet<InstrumentNo>) {
    this.#others = others
  }

  /** Called in order of time. */
  tell(time: Nanos, instrument: InstrumentNo, phase: Phase): void {
    if (this.#others.has(instrument)) return
    this.#coming.push({ kind: 'phase', time, instrument, phase })
  }

  /**
   * All that was told holds no more: instruments are in `continuous`, as they are where nothing is told.
   * @param phases what each is in
   */
  forget(time: Nanos, phases: readonly Phase[]): void {
    phases.forEach((phase, no) => {
      if (phase !== 'continuous') this.tell(time, instrumentNo(no), 'continuous')
    })
  }

  get due(): Nanos | undefined {
    return this.#coming[0]?.time
  }

  take(): PhaseChange | undefined {
    return this.#coming.shift()
  }
}

import { nanos, type EpochSeconds } from '../../../base/time.js'
import { isCall, type Phase } from '../../../exchange/phase.js'
import { instrumentNo, type InstrumentNo } from '../../../exchange/units.js'
import type { TapeWriter } from '../../tape/tape-writer.js'
import type { Faults } from '../faults.js'
import { PhaseRows } from '../phase-rows.js'
import type { DataFile } from './data-file.js'
import type { InstrumentFinder } from './instrument-finder.js'
import { openFile } from './open-file.js'
import type { RecordWriter } from './record-writer.js'

/** Values of a status record's `action` (databento.com/docs, "status"): what they make of the phase, where one action does. */
const PHASE_OF_ACTION: Readonly<Record<number, Phase>> = {
  1: 'preOpen',
  7: 'continuous',
  8: 'halt',
  9: 'halt',
  10: 'halt',
  12: 'closed',
  13: 'closed',
  15: 'closed'
}
const PRE_CROSS = 2
const QUOTING = 3
const CROSS = 4
const ROTATION = 5
const PRE_CLOSE = 11
const YES = 89
const NO = 78

interface Told {
  readonly time: number
  readonly no: InstrumentNo
  readonly action: number
  readonly isTrading: number
}

/** The phases that status records make, in order of their time, between the records of the market. */
export class StatusPhases {
  readonly rows: PhaseRows
  readonly #tape: TapeWriter
  readonly #writer: RecordWriter
  readonly #told: Told[] = []
  /** Whether an instrument traded since it was closed: a call before that is the opening one. */
  readonly #released: boolean[] = []
  #next = 0
  #begun = false

  constructor(tape: TapeWriter, writer: RecordWriter, instruments: number) {
    this.rows = new PhaseRows(tape, instruments)
    this.#tape = tape
    this.#writer = writer
  }

  /** Reads a file of status records. */
  async read(path: string, epoch: EpochSeconds, finder: InstrumentFinder, faults: Faults): Promise<void> {
    const file = await openFile(path, faults)
    file.epoch = epoch
    while (file.next() || (await file.more())) if (file.record.content === 'status') this.note(file, finder)
  }

  /** A status among the records of the market, or before them. */
  note(file: DataFile, finder: InstrumentFinder): void {
    const { eventTime, receiveTime, action, isTrading } = file.record
    const no = finder.numberOf(file)
    const time = Number.isNaN(eventTime) ? receiveTime : eventTime
    if (no < 0 || !Number.isFinite(time)) return
    let at = this.#told.length
    while (at > this.#next && this.#told[at - 1].time > time) at--
    this.#told.splice(at, 0, { time, no: instrumentNo(no), action, isTrading })
  }

  /** Writes what was told before a record of the market. */
  before(time: number): void {
    const last = this.#tape.lastTime
    if (!(time > last)) return
    const due = this.#told[this.#next]?.time <= time
    if (!due && (this.#begun || this.#next === 0 || this.#tape.rows === 0)) return
    this.#writer.finish(time)
    if (!this.#begun && this.#tape.rows > 0) {
      this.#begun = true
      this.rows.begin(nanos(last))
    }
    for (; this.#told[this.#next]?.time <= time; this.#next++) this.#change(this.#told[this.#next])
  }

  /** A trade, before it is written: it is the auction's where a call goes on, which ends with it. */
  trade(time: number, no: InstrumentNo): void {
    if (!isCall(this.rows.phaseOf(no))) return
    this.#writer.finish(time)
    this.#released[no] = true
    this.rows.cross(nanos(time), no)
  }

  #change({ time, no, action, isTrading }: Told): void {
    const phase = this.#phaseOf(no, action, isTrading)
    if (phase === undefined) return
    if (phase === 'continuous') this.#released[no] = true
    if (phase === 'closed') this.#released[no] = false
    const at = nanos(Math.max(time, this.#tape.lastTime))
    // The auction trades at the time of the status, and must find the call over.
    if (phase === 'continuous' && this.rows.cross(at, no)) return
    this.rows.change(at, no, phase)
  }

  /** The phase that a status begins; undefined: none. */
  #phaseOf(no: InstrumentNo, action: number, isTrading: number): Phase | undefined {
    switch (action) {
      case PRE_CROSS:
      case QUOTING:
      case CROSS:
      case ROTATION:
        if (isTrading === YES) return undefined
        return this.#released[no] ? 'volatilityAuction' : 'openingAuction'
      case PRE_CLOSE:
        return isTrading === NO ? 'closingAuction' : undefined
      default:
        return PHASE_OF_ACTION[action]
    }
  }
}

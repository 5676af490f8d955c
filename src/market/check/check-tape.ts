import { EVENT_END, TAPE_ACTIONS } from '../tape/tape-action.js'
import { rowName } from '../tape/tape-batch.js'
import { TapeFile } from '../tape/tape-file.js'
import type { RowFault } from '../tape/row-check.js'
import { CheckedBook, type BookFault } from './checked-book.js'

export type TapeFault = RowFault | BookFault

/** What every tape must hold; the first sentence of a report. What is locked, crossed quotes of several markets, a crossed book in a call and trades in a halt are worth knowing, but no faults. */
export const INVARIANTS: Readonly<Record<TapeFault, string>> = {
  timeBack: 'time never goes back',
  missing: 'each action has the order id, side and quantity that it needs',
  offTick: 'displayed prices are on the tick',
  unknownOrder: 'orders that change are in the book',
  duplicateOrder: 'new orders have new ids',
  excess: 'nothing takes more off an order than it has',
  wrongFeed: 'actions fit the feed of their instrument',
  openEvent: 'events end before another instrument’s rows, and before the tape does',
  crossed: 'the book is not crossed at the end of an event',
  crossedQuotes: 'the best quotes of an L1 feed, which may be of several markets, are not crossed',
  crossedCall: 'the book is not crossed at the end of an event in a phase that matches nothing',
  locked: 'the book is not locked at the end of an event',
  outOfPhase: 'displayed orders trade in phases that match orders'
}

export const REMARKS: ReadonlySet<TapeFault> = new Set<TapeFault>([
  'locked',
  'crossedQuotes',
  'crossedCall',
  'outOfPhase'
])

/** So many places are told for each kind. */
const PLACES = 5

export interface Finding {
  readonly fault: TapeFault
  count: number
  /** The first of them: "row 12 (reduce): order 7 is not in the book". */
  readonly places: string[]
}

export interface CheckReport {
  readonly file: string
  readonly rows: number
  readonly events: number
  /** Whether nothing is wrong; remarks do not count. */
  readonly sound: boolean
  readonly findings: readonly Finding[]
}

/**
 * Reads a tape from end to end and says which of its rows cannot be.
 * @throws UserError where the file is no tape, is cut, or has a value that no row can have.
 */
export function checkTape(path: string, onProgress?: (row: number, rows: number) => void): CheckReport {
  const tape = new TapeFile(path)
  const findings = new Map<TapeFault, Finding>()
  const found = (fault: TapeFault, place: string): void => {
    let finding = findings.get(fault)
    if (finding === undefined) findings.set(fault, (finding = { fault, count: 0, places: [] }))
    finding.count++
    if (finding.places.length < PLACES) finding.places.push(place)
  }
  try {
    let row = 0
    let action = 0
    const at = (problem: string): string => `${rowName(row)} (${TAPE_ACTIONS[action]}): ${problem}`
    const books = tape.instruments.map((each) => new CheckedBook(each, (fault, problem) => found(fault, at(problem))))
    let events = 0
    let open = -1
    const batches = tape.batches({
      report: (fault, error) => found(fault, error.message.replace(`${path} `, ''))
    })
    for (const batch of batches) {
      for (let i = 0; i < batch.length; i++) {
        const no = batch.instrument[i]
        row = batch.firstRow + i
        action = batch.action[i]
        if (open >= 0 && open !== no) {
          found('openEvent', at(`the event of ${tape.instruments[open].symbol} before has no end`))
        }
        books[no].row(action, batch.side[i], batch.price[i], batch.qty[i], batch.orderId[i])
        open = batch.flags[i] & EVENT_END ? -1 : no
        if (open >= 0) continue
        events++
        books[no].eventEnd()
      }
      onProgress?.(batch.firstRow + batch.length, tape.rows)
    }
    if (open >= 0) found('openEvent', at('the last event has no end'))
    const list = [...findings.values()]
    const sound = list.every(({ fault }) => REMARKS.has(fault))
    return { file: path, rows: tape.rows, events, sound, findings: list }
  } finally {
    tape.close()
  }
}

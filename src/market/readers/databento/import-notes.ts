import type { Faults } from '../faults.js'
import type { InstrumentList } from './instrument-list.js'
import type { Content } from './record.js'

/** What a person should know beyond the figures. */
export function notesOf(
  counts: Readonly<Record<string, number>>,
  list: InstrumentList,
  faults: Faults,
  content: Content
): string[] {
  const sentences: readonly (readonly [count: number | undefined, sentence: string])[] = [
    [counts.snapshotOrders, 'orders stood in the book at the start (snapshot)'],
    [counts.ordersWithoutPrice, 'orders without a price (market orders) stand in no queue and were passed over'],
    [counts.modifiedUnknown, 'modifications of unknown orders were taken as new orders, as the vendor says'],
    [counts.fillsOfUnknownOrders, 'fills name orders that are not in the book: taken as hidden'],
    [counts.fillsWithoutCancel, 'fills are not followed by a cancel of the order: taken as hidden, the order stands'],
    [counts.maybeBadBook, 'records carry the vendor’s warning that the book may be wrong (MAYBE_BAD_BOOK)'],
    [
      counts.contractRolls,
      'times a symbol went over to another instrument id (another contract, another day): the book was cleared'
    ],
    [counts.eventsWithoutLast, 'events without a LAST flag ended with their time'],
    [counts.eventsCut, 'events were told in parts, as another instrument’s came in between'],
    [counts.timesRaised, 'records have an exchange time before that of the record before, and got the same time'],
    [counts.roundedPrints, 'prints are finer than the price scale and were rounded'],
    [counts.otherRecords, 'records of other kinds were passed over'],
    [counts.otherInstruments, 'records of other instruments were passed over'],
    [counts.otherVenues, 'records of other venues were passed over'],
    [counts.phases, 'changes of phase, as status records tell them']
  ]
  const told = sentences.filter(([count]) => count !== undefined && count > 0)
  const prints = content === 'trades' || content === 'ohlcv'
  return [
    ...list.notes,
    ...told.map(([count, sentence]) => `${count} ${sentence}`),
    ...(prints ? ['the tape has prints and no quotes: resting orders can fill, marketable ones find nothing'] : []),
    ...faults.notes()
  ]
}

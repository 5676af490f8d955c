import { type Tca } from '../tca/tca.js'
import { assumptions } from './assumptions.js'
import { costJson, symbolJson } from './cost-json.js'
import { summarise, summaryJson } from './summary.js'
import { isoTime } from '../../base/iso-time.js'

/** Version of the JSON report's shape: it grows by new members; a change of an old one is a new version. */
export const TCA_JSON_VERSION = 1

/**
 * The report as JSON text, in pieces: a session of a million orders is longer than a string may be. The shape is
 * described in README.md of this room.
 */
export function* jsonReport(tca: Tca): Generator<string> {
  const { recording } = tca
  const { facts } = recording
  const head = {
    report: 'paperpit-tca',
    version: TCA_JSON_VERSION,
    session: {
      start: Number.isNaN(recording.start) ? null : isoTime(recording.start, facts.epoch),
      end: Number.isNaN(recording.end) ? null : isoTime(recording.end, facts.epoch),
      counterparties: recording.sessionNames,
      models: facts.models,
      market: facts.market,
      parentQuantity: tca.parentQuantity,
      refused: recording.refusals,
      assumptions: Object.fromEntries(assumptions(tca))
    },
    summary: summarise(tca).map(summaryJson),
    symbols: tca.symbols.map(symbolJson)
  }
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "parents": [`
  for (let row = 0; row < tca.parents; row++) {
    yield `${row === 0 ? '' : ','}\n    ${JSON.stringify(costJson(tca.parent(row), recording))}`
  }
  yield '\n  ],\n  "orders": ['
  for (let row = 0; row < tca.orders; row++) {
    const order = {
      ...costJson(tca.order(row), recording),
      outcome: recording.orders.outcome(row),
      parent: tca.parentOf(row)
    }
    yield `${row === 0 ? '' : ','}\n    ${JSON.stringify(order)}`
  }
  yield '\n  ]\n}\n'
}

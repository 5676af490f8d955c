/**
 * Transaction cost analysis of a million executions.
 *
 * Mix: 5 symbols, 100 parents of 1,000 orders of 10 fills each (9 passive, 1 aggressive), about a million quotes and a
 * quarter of a million prints, written to a real journal first (not measured). Measured: opening the journal, reading it
 * into columns, all costs of all parents and symbols, and the text report. Left out: start of the process, JSON and CSV of
 * every order (they write hundreds of megabytes; --orders adds the cost of each order without writing it).
 * Reference: opening the same journal and passing the same rows by, reading every field that the analysis reads and
 * keeping nothing.
 *
 *     tsx scripts/bench/tca.ts [--fills 1000000] [--runs 3] [--orders]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { nanos } from '../../src/base/time.js'
import { textReport } from '../../src/analysis/report/text.js'
import { readRecording } from '../../src/analysis/recording/read-recording.js'
import { analyseCosts } from '../../src/analysis/tca/tca.js'
import { openJournal } from '../../src/journal/open-journal.js'
import { openJournalReader } from '../../src/journal/open-journal-reader.js'
import { syntheticFacts, writeSynthetic, type SyntheticRecording } from './synthetic-recording.js'

const { values } = parseArgs({
  options: { fills: { type: 'string' }, runs: { type: 'string' }, orders: { type: 'boolean', default: false } }
})
const fills = Number(values.fills ?? 1_000_000)
const runs = Number(values.runs ?? 3)

const settings: SyntheticRecording = {
  symbols: 5,
  parentsPerSymbol: 20,
  slices: Math.max(Math.round(fills / 1_000), 1),
  fillsPerSlice: 10,
  quotesPerFill: 1,
  seed: 5
}

const directory = mkdtempSync(join(tmpdir(), 'paperpit-bench-tca-'))
const path = join(directory, 'session.db')

function write(): void {
  const facts = syntheticFacts(settings)
  const journal = openJournal(path, facts, { deriveOnClose: 0 })
  const start = nanos(34_200_000_000_000)
  journal.beginRun({ startedAt: start, venueTime: start, marketShift: 0, version: 'bench' })
  let last = start
  const noted = {
    command: journal.command.bind(journal),
    event: journal.event.bind(journal),
    print: journal.print.bind(journal),
    topOfBook: (...[time, no, top]: Parameters<typeof journal.topOfBook>) => journal.topOfBook((last = time), no, top)
  }
  let turns = 0
  writeSynthetic(settings, facts, noted, () => {
    if (++turns % 20 === 0) journal.commit(last, last)
  })
  journal.close(last, last)
}

/** Reads every row and field that the analysis reads. The sum keeps the reading from being optimised away. */
function reference(): number {
  const reader = openJournalReader(path)
  let sum = 0
  reader.forEach({
    command(command) {
      sum += command.time
    },
    event(event) {
      sum += event.time + event.publishAt
      if (event.kind === 'trade') sum += event.lastPx + event.lastQty + event.leavesQty + event.terms.orderId
      else if (event.kind === 'new') sum += event.terms.orderQty + event.terms.price + event.terms.tags.length
    },
    topOfBook(time, instrument, top) {
      sum += time + instrument + top.bidPrice + top.askPrice + top.bidQty + top.askQty
    },
    print(time, instrument, price, qty) {
      sum += time + instrument + price + qty
    },
    turnEnd(_turn, _wall, venue) {
      sum += venue
    }
  })
  reader.close()
  return sum
}

function analysis(): { total: number; read: number; costs: number; report: number; counts: string } {
  const t0 = performance.now()
  const reader = openJournalReader(path)
  const recording = readRecording(reader)
  reader.close()
  const t1 = performance.now()
  const tca = analyseCosts(recording)
  for (let row = 0; row < tca.parents; row++) tca.parent(row)
  if (values.orders) for (let row = 0; row < tca.orders; row++) tca.order(row)
  const t2 = performance.now()
  textReport(tca, { color: false })
  const t3 = performance.now()
  const quotes = recording.quotes.reduce((sum, { length }) => sum + length, 0)
  const prints = recording.prints.reduce((sum, { length }) => sum + length, 0)
  const counts = `${recording.fills.length} fills, ${tca.orders} orders, ${tca.parents} parents, ${quotes} price changes, ${prints} prints`
  return { total: t3 - t0, read: t1 - t0, costs: t2 - t1, report: t3 - t2, counts }
}

const spread = (times: readonly number[]): string => {
  const sorted = [...times].sort((a, b) => a - b)
  const seconds = (ms: number): string => (ms / 1000).toFixed(2)
  return `min ${seconds(sorted[0])}  median ${seconds(sorted[sorted.length >> 1])}  max ${seconds(sorted[sorted.length - 1])} s`
}

try {
  const started = performance.now()
  write()
  console.log(`journal written in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  const analyses = []
  const references: number[] = []
  for (let run = 0; run < runs; run++) {
    const t = performance.now()
    reference()
    references.push(performance.now() - t)
    analyses.push(analysis())
  }
  console.log(analyses[0].counts)
  console.log(`reading only   ${spread(references)}`)
  console.log(`TCA            ${spread(analyses.map(({ total }) => total))}`)
  console.log(`  read         ${spread(analyses.map(({ read }) => read))}`)
  console.log(`  costs        ${spread(analyses.map(({ costs }) => costs))}`)
  console.log(`  text report  ${spread(analyses.map(({ report }) => report))}`)
  const ratios = analyses.map(({ total }, i) => total / references[i]).sort((a, b) => a - b)
  console.log(`TCA / reading only: median ${ratios[ratios.length >> 1].toFixed(2)}`)
} finally {
  rmSync(directory, { recursive: true, force: true })
}

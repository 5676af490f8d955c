import Table from 'cli-table3'
import { formatLatency } from '../exchange/models/latency/latency-text.js'
import { deriveJournal } from '../journal/derive-journal.js'
import { summarize, type JournalSummary } from '../journal/journal-summary.js'
import { openJournalReader } from '../journal/open-journal-reader.js'
import { PLAIN_TABLE } from './plain-table.js'

export interface JournalInfoArguments {
  readonly journal: string
  readonly derive: boolean
  readonly json: boolean
}

/** Prints what the journal of the arguments holds. @throws UserError where it cannot be read */
export function runJournalInfo({ journal, derive, json }: JournalInfoArguments): void {
  const reader = openJournalReader(journal)
  try {
    if (derive) deriveJournal(journal)
    const summary = summarize(reader)
    process.stdout.write(`${json ? JSON.stringify(summary, undefined, 2) : summaryText(summary)}\n`)
  } finally {
    reader.close()
  }
}

function summaryText(summary: JournalSummary): string {
  const facts: [string, string][] = [
    ['journal', `${summary.path} (${(summary.bytes / 1e6).toFixed(1)} MB, ${summary.turns} turns)`],
    ['wall time', spanText(summary.wallTime)],
    ['venue time', spanText(summary.venueTime)],
    ['symbols', summary.symbols.join(' ')],
    ['market', marketText(summary)],
    ['models', modelsText(summary)],
    ['commands', countsText(summary.commands)],
    ['events', countsText(summary.events)],
    ['market data', `${summary.marks} marks, ${summary.prints} prints`]
  ]
  const sections = [facts.map(([name, value]) => `${name.padEnd(12)} ${value}`).join('\n')]
  if (summary.runs.length > 0) sections.push(runsText(summary))
  if (summary.sessions.length > 0) sections.push(sessionsText(summary))
  return sections.join('\n\n')
}

function spanText(span: JournalSummary['wallTime']): string {
  return span === undefined ? 'nothing was recorded' : `${span.from} to ${span.to}`
}

function marketText({ market }: JournalSummary): string {
  if (market.kind === 'synthetic') return `synthetic, seed ${market.seed}`
  if (market.kind === 'scenario')
    return `scenario ${market.name} (sha256 ${market.sha256.slice(0, 12)}), seed ${market.seed}`
  if (market.kind === 'live')
    return `live, ${market.feeds.map(({ name }) => name).join(', ')}; recorded in ${market.recordings}`
  return market.files.map(({ path, sha256 }) => `${path} (sha256 ${sha256.slice(0, 12)})`).join(', ')
}

function modelsText({ models }: JournalSummary): string {
  const { preset, queue, latency, seed } = models
  const queueText = 'exponent' in queue ? `${queue.kind}, exponent ${queue.exponent}` : queue.kind
  const latencyText =
    latency.kind === 'constant'
      ? `${latency.inbound} ns in, ${latency.outbound} ns out`
      : `new ${formatLatency(latency.new)}, replace ${formatLatency(latency.replace)}, cancel ${formatLatency(latency.cancel)}, report ${formatLatency(latency.report)}`
  return `${preset}; queue ${queueText}; latency ${latencyText}; seed ${seed}`
}

function countsText(counts: Readonly<Record<string, number | undefined>>): string {
  const known = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`)
  return known.length === 0 ? 'none' : known.join(', ')
}

function runsText({ runs }: JournalSummary): string {
  const table = new Table({ ...PLAIN_TABLE, head: ['run', 'version', 'started', 'venue time', 'market shift'] })
  for (const { run, version, startedAt, venueTime, marketShift } of runs) {
    table.push([run, version, startedAt, venueTime, `${marketShift / 1e9} s`])
  }
  return table.toString()
}

function sessionsText({ sessions }: JournalSummary): string {
  const table = new Table({ ...PLAIN_TABLE, head: ['session', 'next out', 'next in', 'resets', 'since', 'in', 'out'] })
  for (const session of sessions) {
    const { name, nextSenderMsgSeqNum, nextTargetMsgSeqNum, resets, createdAt, messagesIn, messagesOut } = session
    table.push([name, nextSenderMsgSeqNum, nextTargetMsgSeqNum, resets, createdAt, messagesIn, messagesOut])
  }
  return table.toString()
}

import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { epochOf, nanos } from '../../src/base/time.js'
import type { NewOrder } from '../../src/exchange/command.js'
import type { ExchangeEvent, OrderTerms } from '../../src/exchange/event.js'
import { instrument } from '../../src/exchange/instrument.js'
import { instrumentNo, orderId, price, quantity, sessionNo } from '../../src/exchange/units.js'
import { writeCommand } from '../../src/journal/command-codec.js'
import { deriveJournal } from '../../src/journal/derive-journal.js'
import { EventWriter } from '../../src/journal/event-codec.js'
import type { Journal, SessionFacts } from '../../src/journal/journal.js'
import { openJournal } from '../../src/journal/open-journal.js'
import { openJournalReader } from '../../src/journal/open-journal-reader.js'
import { RecordKind } from '../../src/journal/record-kind.js'
import { RecordWriter } from '../../src/journal/record-writer.js'

/*
 * What the journal costs a turn of the venue.
 *
 * Mix: an order a message: NewOrderSingle in (170 bytes), the command, one fill, one ExecutionReport out (260 bytes); 1, 10
 * and 100 of them a turn, one FIX session. Left out: sockets, the exchange, the FIX engine; a turn is recorded and
 * committed back to back, which no venue does, so checkpoints are under the greatest possible load.
 * References, in the same rounds: better-sqlite3 with one blob of the same size a turn, and with one row per message, both
 * in WAL with its own automatic checkpoints. Times are of record and commit together, until the turn may be told; rates
 * count in what follows behind it, that turns become rows.
 *
 *   tsx scripts/bench/journal.ts [--seconds 2] [--long 10] [--executions 1000000]
 */
const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(process.argv[at + 1])
}
const SECONDS = option('seconds', 2)
const LONG_SECONDS = option('long', 10)
const EXECUTIONS = option('executions', 1_000_000)
const ROUNDS = 3

const EPOCH = epochOf(Date.UTC(2026, 10, 20))
const FACTS: SessionFacts = {
  epoch: EPOCH,
  wallEpoch: EPOCH,
  instruments: [instrument(instrumentNo(0), { symbol: 'AAPL', tickSize: '0.01', lotSize: '1' })],
  models: {
    preset: 'consume',
    queue: { kind: 'riskAverse' },
    latency: { kind: 'constant', inbound: nanos(0), outbound: nanos(0) },
    seed: 1
  },
  market: { kind: 'synthetic', seed: 1, start: nanos(0) }
}
const IN = Buffer.from(`8=FIX.4.4|9=147|35=D|34=1|${'x'.repeat(144)}`, 'latin1')
const OUT = Buffer.from(`8=FIX.4.4|9=237|35=8|34=1|${'x'.repeat(234)}`, 'latin1')

let orders = 0

function command(): NewOrder {
  return {
    kind: 'new',
    time: nanos(26_000_000_000_000 + orders * 1_000),
    session: sessionNo(0),
    clOrdId: `TWAP-${orders}`,
    instrument: instrumentNo(0),
    side: 1,
    ordType: 'limit',
    timeInForce: 'day',
    orderQty: quantity(400),
    price: price(23_150),
    tags: []
  }
}

function fill({ time, session, instrument, clOrdId, orderQty, price }: NewOrder): ExchangeEvent {
  const terms: OrderTerms = {
    orderId: orderId(++orders),
    session,
    instrument,
    clOrdId,
    side: 1,
    ordType: 'limit',
    timeInForce: 'day',
    orderQty,
    price,
    tags: [],
    enteredAt: time
  }
  return {
    kind: 'trade',
    execId: orders,
    time,
    publishAt: time,
    terms,
    cumQty: orderQty,
    leavesQty: quantity(0),
    notional: orderQty * price,
    lastQty: orderQty,
    lastPx: price,
    liquidity: 'removed'
  }
}

interface Subject {
  turn(messages: number): void
  /** What may follow once the turn was told. */
  behind?(): void
  walBytes(): number
  close(): void
}

const directory = mkdtempSync(join(tmpdir(), 'paperpit-bench-'))
process.on('exit', () => rmSync(directory, { recursive: true, force: true }))
let files = 0
const walOf = (path: string): number => statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0

function record(journal: Journal, seq: number): void {
  const request = command()
  journal.received(0, seq, IN, 0, IN.length)
  journal.command(request)
  journal.event(fill(request))
  journal.sent(0, seq, OUT, 0, OUT.length)
}

function journalSubject(durability: 'process' | 'power' = 'process'): Subject {
  const path = join(directory, `${files++}.journal`)
  const journal = openJournal(path, FACTS, { durability, deriveOnClose: 0 })
  journal.open({ beginString: 'FIX.4.4', senderCompId: 'PAPERPIT', targetCompId: 'OMS' })
  let seq = 0
  let turns = 0
  return {
    turn(messages) {
      for (let i = 0; i < messages; i++) record(journal, ++seq)
      journal.commit(nanos(++turns), nanos(turns))
    },
    behind: () => journal.settle(),
    walBytes: () => walOf(path),
    close: () => journal.close(nanos(0), nanos(0))
  }
}

/** Bytes that one message of the mix takes in a turn. */
const MESSAGE_BYTES = ((): number => {
  const records = new RecordWriter()
  const events = new EventWriter()
  const before = records.length
  recordBare(records, events)
  return records.length - before
})()

function recordBare(records: RecordWriter, events: EventWriter): void {
  const request = command()
  recordMessage(records, RecordKind.received, IN)
  writeCommand(records, request)
  events.write(records, fill(request))
  recordMessage(records, RecordKind.sent, OUT)
}

function recordMessage(records: RecordWriter, kind: RecordKind, bytes: Buffer): void {
  records.begin(kind)
  records.u32(0)
  records.f64(1)
  records.bytes(bytes, 0, bytes.length)
  records.end()
}

function bareDatabase(): { readonly db: Database.Database; readonly path: string } {
  const path = join(directory, `${files++}.db`)
  const db = new Database(path)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  return { db, path }
}

function blobPerTurn(): Subject {
  const { db, path } = bareDatabase()
  db.exec('CREATE TABLE turns (turn INTEGER PRIMARY KEY, body BLOB)')
  const insert = db.prepare('INSERT INTO turns VALUES (?, ?)')
  let turns = 0
  return {
    turn: (messages) => void insert.run(++turns, Buffer.alloc(33 + messages * MESSAGE_BYTES, 120)),
    walBytes: () => walOf(path),
    close: () => db.close()
  }
}

function rowPerMessage(): Subject {
  const { db, path } = bareDatabase()
  db.exec('CREATE TABLE messages (id INTEGER PRIMARY KEY, turn INTEGER, session INTEGER, seq INTEGER, body BLOB)')
  const insert = db.prepare('INSERT INTO messages VALUES (?, ?, 0, ?, ?)')
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  let turns = 0
  let rows = 0
  return {
    turn(messages) {
      turns++
      begin.run()
      for (let i = 0; i < messages; i++) {
        insert.run(++rows, turns, rows, IN)
        insert.run(++rows, turns, rows, OUT)
      }
      commit.run()
    },
    walBytes: () => walOf(path),
    close: () => db.close()
  }
}

interface Result {
  readonly turnsPerSecond: number
  /** Ascending, µs. */
  readonly times: Float64Array
  readonly largestWal: number
}

/** Turns back to back for a time; every 50 ms the event loop goes round, as the checkpointer's thread is started from it. */
async function run(subject: Subject, messages: number, seconds: number): Promise<Result> {
  const times: number[] = []
  let largestWal = 0
  let busy = 0
  while (busy < seconds * 1e3) {
    const started = performance.now()
    for (let now = started; now < started + 50;) {
      subject.turn(messages)
      const after = performance.now()
      times.push((after - now) * 1e3)
      subject.behind?.()
      now = performance.now()
    }
    busy += performance.now() - started
    largestWal = Math.max(largestWal, subject.walBytes())
    await new Promise(setImmediate)
  }
  subject.close()
  return { turnsPerSecond: times.length / (busy / 1e3), times: Float64Array.from(times).sort(), largestWal }
}

const at = ({ times }: Result, share: number): number =>
  times[Math.min(times.length - 1, Math.floor(times.length * share))]
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]
const column = (text: string | number, width: number): string => String(text).padStart(width)

async function commits(): Promise<void> {
  const subjects = { journal: () => journalSubject(), 'blob a turn': blobPerTurn, 'row a message': rowPerMessage }
  console.log(`record and commit, ${ROUNDS} rounds of ${SECONDS} s: turns/s as min/median/max, the rest medians, in µs`)
  console.log('messages  subject             turns/s min  median     max     p50     p99   p99.9      max  WAL MB')
  for (const messages of [1, 10, 100]) {
    const results = new Map<string, Result[]>()
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, make] of Object.entries(subjects)) {
        const result = await run(make(), messages, SECONDS)
        results.set(name, [...(results.get(name) ?? []), result])
      }
    }
    for (const [name, rounds] of results) {
      const rates = rounds.map(({ turnsPerSecond }) => turnsPerSecond)
      const figure = (of: (result: Result) => number): number => median(rounds.map(of))
      console.log(
        column(messages, 8) +
          '  ' +
          name.padEnd(17) +
          column(Math.min(...rates).toFixed(0), 14) +
          column(median(rates).toFixed(0), 8) +
          column(Math.max(...rates).toFixed(0), 8) +
          [0.5, 0.99, 0.999].map((share) => column(figure((result) => at(result, share)).toFixed(1), 8)).join('') +
          column(figure((result) => at(result, 1)).toFixed(0), 9) +
          column((Math.max(...rounds.map(({ largestWal }) => largestWal)) / 1e6).toFixed(1), 8)
      )
    }
  }
}

/** Turns at a steady rate, the event loop going round between them, as in a venue; then as fast as it goes. */
async function constantLoad(): Promise<void> {
  const loads = [
    ['2,000 turns/s', 'process', LONG_SECONDS, 500],
    ['flat out', 'process', LONG_SECONDS, 0],
    ['flat out', 'power', SECONDS, 0]
  ] as const
  for (const [load, durability, seconds, interval] of loads) {
    const subject = journalSubject(durability)
    const result = interval === 0 ? await run(subject, 10, seconds) : await runPaced(subject, 10, seconds, interval)
    const slow = result.times.filter((time) => time > 1_000).length
    console.log(
      `${seconds} s, 10 messages a turn, ${load}, durability ${durability}: ${result.turnsPerSecond.toFixed(0)} turns/s, ` +
        `p50 ${at(result, 0.5).toFixed(1)} p99 ${at(result, 0.99).toFixed(1)} max ${at(result, 1).toFixed(0)} µs, ` +
        `${slow} of ${result.times.length} turns over 1 ms, largest WAL ${(result.largestWal / 1e6).toFixed(1)} MB`
    )
  }
}

async function runPaced(subject: Subject, messages: number, seconds: number, interval: number): Promise<Result> {
  const times: number[] = []
  let largestWal = 0
  const begun = performance.now()
  for (let due = begun; due < begun + seconds * 1e3; due += interval / 1e3) {
    while (performance.now() < due) await new Promise(setImmediate)
    const before = performance.now()
    subject.turn(messages)
    times.push((performance.now() - before) * 1e3)
    subject.behind?.()
    if (times.length % 64 === 0) largestWal = Math.max(largestWal, subject.walBytes())
  }
  const turnsPerSecond = times.length / ((performance.now() - begun) / 1e3)
  subject.close()
  return { turnsPerSecond, times: Float64Array.from(times).sort(), largestWal }
}

function encoding(): void {
  const records = new RecordWriter()
  const events = new EventWriter()
  const rounds: number[] = []
  for (let round = 0; round < 9; round++) {
    const started = performance.now()
    for (let i = 0; i < 100_000; i++) {
      if (i % 100 === 0) records.clear()
      recordBare(records, events)
    }
    rounds.push((performance.now() - started) / 100)
  }
  const made = ((): number => {
    const started = performance.now()
    for (let i = 0; i < 100_000; i++) fill(command())
    return (performance.now() - started) / 100
  })()
  console.log(
    `recording alone, command + event + FIX in + FIX out (${MESSAGE_BYTES} bytes): ` +
      `min ${Math.min(...rounds).toFixed(2)} median ${median(rounds).toFixed(2)} max ${Math.max(...rounds).toFixed(2)} µs ` +
      `(of which making the command and the event ${made.toFixed(2)})`
  )
}

function reading(): void {
  const path = join(directory, 'read.journal')
  const journal = openJournal(path, FACTS, { deriveOnClose: 0 })
  journal.open({ beginString: 'FIX.4.4', senderCompId: 'PAPERPIT', targetCompId: 'OMS' })
  for (let seq = 1; seq <= EXECUTIONS; seq++) {
    record(journal, seq)
    if (seq % 4 === 0) journal.commit(nanos(seq), nanos(seq))
  }
  journal.close(nanos(0), nanos(0))
  const visitors = {
    events: { event: () => {} },
    'commands and events': { event: () => {}, command: () => {} },
    everything: { event: () => {}, command: () => {}, message: () => {} },
    nothing: {}
  }
  console.log(`reading ${EXECUTIONS} executions, 4 a turn, file of ${(statSync(path).size / 1e6).toFixed(0)} MB:`)
  for (const [name, visitor] of Object.entries(visitors)) {
    const rounds = Array.from({ length: 3 }, () => {
      const reader = openJournalReader(path)
      const started = performance.now()
      reader.forEach(visitor)
      const time = performance.now() - started
      reader.close()
      return time / 1e3
    })
    console.log(
      `  ${name.padEnd(20)} min ${Math.min(...rounds).toFixed(2)} median ${median(rounds).toFixed(2)} max ${Math.max(...rounds).toFixed(2)} s`
    )
  }
}

function deriving(): void {
  const executions = 50_000
  const path = join(directory, 'derive.journal')
  const journal = openJournal(path, FACTS, { deriveOnClose: 0 })
  journal.open({ beginString: 'FIX.4.4', senderCompId: 'PAPERPIT', targetCompId: 'OMS' })
  for (let seq = 1; seq <= executions; seq++) {
    record(journal, seq)
    journal.commit(nanos(seq), nanos(seq))
  }
  journal.close(nanos(0), nanos(0))
  const rounds = Array.from({ length: 3 }, () => {
    const started = performance.now()
    deriveJournal(path)
    return (performance.now() - started) / 1e3
  })
  console.log(
    `deriving the tables of ${executions} orders, executions and ${2 * executions} messages: ` +
      `min ${Math.min(...rounds).toFixed(2)} median ${median(rounds).toFixed(2)} max ${Math.max(...rounds).toFixed(2)} s`
  )
}

encoding()
await commits()
await constantLoad()
reading()
deriving()

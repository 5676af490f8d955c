/**
 * What the FIX session layer costs: a NewOrderSingle in and an ExecutionReport out, in microseconds.
 *
 * Mix: NewOrderSingles of 12 body fields in chunks of 64 KiB, as a busy socket delivers them; each answered by an
 * ExecutionReport of 22 body fields; a turn ends behind each chunk. Left out: sockets, the exchange, the journal (the
 * store copies bytes into a ring, as a journal must, and no more).
 * Reference, in the same run: the codec alone doing the same reading, validating and writing without a session.
 *
 *   tsx scripts/bench/fix-session.ts
 */
import { fileURLToPath } from 'node:url'
import { ManualClock } from '../../src/base/time.js'
import { loadDictionary } from '../../src/fix/dictionary/load-dictionary.js'
import { Validator } from '../../src/fix/dictionary/validator.js'
import { type FixSession } from '../../src/fix/session/application.js'
import { Connection } from '../../src/fix/session/connection.js'
import { SILENT_LOG } from '../../src/fix/session/log.js'
import { MemoryStore } from '../../src/fix/session/memory-store.js'
import { DEFAULT_SETTINGS, type SessionSettings } from '../../src/fix/session/session-settings.js'
import { createFixEngine } from '../../src/fix/transport/fix-engine.js'
import { type FixMessage } from '../../src/fix/wire/fix-message.js'
import { HeaderTemplate } from '../../src/fix/wire/header-template.js'
import { MessageReader } from '../../src/fix/wire/message-reader.js'
import { type MessageWriter } from '../../src/fix/wire/message-writer.js'
import { ParsedMessage } from '../../src/fix/wire/parsed-message.js'
import { Tag } from '../../src/fix/wire/tag.js'
import { AT, benchEncoder, EPOCH, newOrderSingles, venue } from './codec/messages.js'

const MESSAGES = 2_000
const CHUNK = 65_536
const ROUNDS = 15
const PASSES = 10
const WARM_UP = 40

const dictionary = loadDictionary(fileURLToPath(new URL('../../fix-dictionaries/FIX44-paperpit.xml', import.meta.url)))
const stream = newOrderSingles(MESSAGES)
const clock = new ManualClock(AT)
let answered = 0

/** What a gateway reads of an order, and the report it writes. */
function answer(order: FixMessage, out: MessageWriter): void {
  const clOrdId = order.string(Tag.ClOrdID) ?? ''
  const price = order.decimal(Tag.Price, 4) ?? 0
  const qty = order.decimal(Tag.OrderQty, 0) ?? 0
  out.string(Tag.Account, order.string(Tag.Account) ?? '').decimal(Tag.AvgPx, 57_720_512, 5, 2)
  out.string(Tag.ClOrdID, clOrdId).decimal(Tag.Commission, 1250, 4, 2).char(Tag.CommType, 51).int(Tag.CumQty, 300)
  out.string(Tag.ExecID, 'X-20261120-42').string(Tag.LastMkt, 'XPIT').decimal(Tag.LastPx, price, 4, 2)
  out.int(Tag.LastQty, 100).string(Tag.OrderID, 'O-20261120-7').int(Tag.OrderQty, qty).char(Tag.OrdStatus, 49)
  out.char(Tag.OrdType, order.char(Tag.OrdType)).decimal(Tag.Price, price, 4, 2).char(Tag.Side, order.char(Tag.Side))
  out.string(Tag.Symbol, order.string(Tag.Symbol) ?? '').char(Tag.TimeInForce, order.char(Tag.TimeInForce))
  out.timestamp(Tag.TransactTime, AT).char(Tag.ExecType, 70).int(Tag.LeavesQty, 700).int(Tag.LastLiquidityInd, 1)
  answered++
}

/** Copies what it is given, as a journal does. */
class RingStore extends MemoryStore {
  readonly #ring = Buffer.alloc(1 << 22)
  #at = 0

  override received(_no: number, _msgSeqNum: number, bytes?: Buffer, from = 0, to = 0): void {
    this.#copy(bytes, from, to)
  }

  override sent(_no: number, _msgSeqNum: number, bytes: Buffer, from: number, to: number): void {
    this.#copy(bytes, from, to)
  }

  #copy(bytes: Buffer | undefined, from: number, to: number): void {
    if (bytes === undefined) return
    if (this.#at + to - from > this.#ring.length) this.#at = 0
    this.#at += bytes.copy(this.#ring, this.#at, from, to)
  }
}

const settings: SessionSettings = {
  ...DEFAULT_SETTINGS,
  id: { beginString: 'FIX.4.4', senderCompId: 'PAPERPIT', targetCompId: 'OMS1' },
  role: 'acceptor'
}
const engine = createFixEngine({
  clock,
  epoch: EPOCH,
  store: new RingStore(),
  directory: { find: () => settings, admit: () => undefined },
  application: {
    onLogon: () => undefined,
    onMessage(session: FixSession, message) {
      answer(message, session.begin('8'))
      session.send()
    },
    onLogout: () => undefined
  },
  dictionary,
  log: SILENT_LOG,
  requestTurn: () => undefined
})
let sent = 0
const connection = new Connection(
  engine,
  { address: '127.0.0.1', port: 1, loopback: true },
  {
    pendingBytes: 0,
    write(bytes, done) {
      sent += bytes.length
      done()
    },
    end: () => undefined,
    destroy: () => undefined
  }
)

function logOn(): void {
  const client = benchEncoder()
  const header = new HeaderTemplate({ senderCompId: 'OMS1', targetCompId: 'PAPERPIT' })
  client.begin(header, 'A', 1, AT).int(Tag.EncryptMethod, 0).int(Tag.HeartBtInt, 30)
  client.finish()
  connection.receive(client.take())
  engine.flush()
}

function chunks(push: (chunk: Buffer) => void): void {
  for (let at = 0; at < stream.length; at += CHUNK) push(stream.subarray(at, at + CHUNK))
}

function throughSession(): void {
  engine.session(settings).setNextNumbers(1, 1)
  chunks((chunk) => {
    connection.receive(chunk)
    engine.flush()
  })
}

const parsed = new ParsedMessage(dictionary, EPOCH)
const validator = new Validator(dictionary, 'lenient')
const encoder = benchEncoder()
const reader = new MessageReader(parsed, 65_536)
function fail(): never {
  throw new Error('a benchmark message was not answered')
}
const codec = {
  message(message: ParsedMessage): void {
    if (validator.validate(message) !== undefined) fail()
    answer(message, encoder.begin(venue, '8', answered, AT))
    encoder.finish()
  },
  garbled: fail,
  tooLong: fail
}

function codecAlone(): void {
  chunks((chunk) => {
    reader.push(chunk, codec)
    sent += encoder.end
    encoder.recycle(encoder.take())
  })
}

const stages: readonly [name: string, run: () => void][] = [
  ['NOS in, report out: through a session', throughSession],
  ['NOS in, report out: codec alone', codecAlone]
]

function measure(run: () => void): number {
  const before = answered
  const start = process.hrtime.bigint()
  for (let pass = 0; pass < PASSES; pass++) run()
  const us = Number(process.hrtime.bigint() - start) / 1e3
  if (answered - before !== PASSES * MESSAGES) fail()
  return us / (PASSES * MESSAGES)
}

logOn()
const samples = stages.map((): number[] => [])
for (let i = 0; i < WARM_UP; i++) for (const [, run] of stages) run()
for (let round = 0; round < ROUNDS; round++) stages.forEach(([, run], i) => samples[i].push(measure(run)))

console.log(`${MESSAGES} orders of ${Math.round(stream.length / MESSAGES)} bytes, ${ROUNDS} rounds of ${PASSES} passes`)
console.log(`${'µs per order'.padEnd(40)}     min  median     max`)
stages.forEach(([name], i) => {
  const sorted = samples[i].toSorted((a, b) => a - b)
  const shown = [sorted[0], sorted[ROUNDS >> 1], sorted[ROUNDS - 1]].map((us) => us.toFixed(3).padStart(8))
  console.log(`${name.padEnd(40)}${shown.join('')}`)
})
if (sent === 0) fail()

/**
 * What reading and writing one FIX message costs, in microseconds.
 *
 * Mix: NewOrderSingles of 12 body fields (about 215 bytes), all different, 2,000 to a buffer; ExecutionReports of 22 body
 * fields. Left out: sockets, sessions, the message store, garbage that outlives a round.
 * References, in the same run: jspurefix 5.11 parsing the same bytes and reading the same fields (validation is not part
 * of its parser); and the plainest parser one can write, `split('\x01')` into a Map, without checksum or validation.
 *
 *   tsx scripts/bench/codec.ts
 */
import { fileURLToPath } from 'node:url'
import { loadDictionary } from '../../src/fix/dictionary/load-dictionary.js'
import { Validator } from '../../src/fix/dictionary/validator.js'
import { type FixMessage } from '../../src/fix/wire/fix-message.js'
import { Framer, type FrameVisitor } from '../../src/fix/wire/framer.js'
import { ParsedMessage } from '../../src/fix/wire/parsed-message.js'
import { Tag } from '../../src/fix/wire/tag.js'
import { jspurefixParser } from './codec/jspurefix-peer.js'
import { benchEncoder, EPOCH, executionReport, newOrderSingles } from './codec/messages.js'

const MESSAGES = 2_000
const ROUNDS = 15
const PASSES = 10
const WARM_UP = 30

const dictionary = loadDictionary(fileURLToPath(new URL('../../fix-dictionaries/FIX44-paperpit.xml', import.meta.url)))
const stream = newOrderSingles(MESSAGES)
const parsed = new ParsedMessage(dictionary, EPOCH)
const validator = new Validator(dictionary, 'lenient')
/** Something of every message goes here, so that no work can be left away. */
let sink = 0

function fail(): never {
  throw new Error('a benchmark message was not read')
}

function visitor(message: FrameVisitor['message']): FrameVisitor {
  return { message, garbled: fail, tooLong: fail }
}

/** What a gateway reads of an order. */
function decode(message: FixMessage): void {
  sink += (message.string(Tag.ClOrdID) ?? '').length + (message.string(Tag.Symbol) ?? '').length
  sink += (message.string(Tag.Account) ?? '').length + message.char(Tag.Side) + message.char(Tag.OrdType)
  sink += message.char(Tag.TimeInForce) + (message.decimal(Tag.OrderQty, 0) ?? 0) + (message.decimal(Tag.Price, 4) ?? 0)
  sink += message.msgSeqNum + (message.timestamp(Tag.TransactTime) ?? 0)
}

const framer = new Framer(65_536)
const read = (bytes: Buffer, start: number, end: number): void => {
  if (!parsed.read(bytes, start, end)) fail()
}
const frameOnly = visitor((_bytes, start, _bodyStart, end) => (sink += end - start))
const frameAndRead = visitor((bytes, start, _bodyStart, end) => read(bytes, start, end))
const untilValid = visitor((bytes, start, _bodyStart, end) => {
  read(bytes, start, end)
  if (validator.validate(parsed) !== undefined) fail()
})
const whole = visitor((bytes, start, _bodyStart, end) => {
  read(bytes, start, end)
  if (validator.validate(parsed) !== undefined) fail()
  decode(parsed)
})

const encoder = benchEncoder()
function encodeReports(): void {
  for (let n = 1; n <= MESSAGES; n++) {
    executionReport(encoder, n)
    if (encoder.end > 60_000) {
      sink += encoder.end
      encoder.recycle(encoder.take())
    }
  }
  encoder.recycle(encoder.take())
}

function splitParse(): void {
  for (const text of stream.toString('latin1').split(/(?<=\x0110=\d{3}\x01)/)) {
    const fields = new Map<number, string>()
    for (const field of text.split('\x01')) {
      const equals = field.indexOf('=')
      if (equals > 0) fields.set(Number(field.slice(0, equals)), field.slice(equals + 1))
    }
    sink += (fields.get(Tag.ClOrdID) ?? '').length + Number(fields.get(Tag.Price)) + Number(fields.get(Tag.OrderQty))
  }
}

const parseWithJspurefix = await jspurefixParser((view) => {
  const [id, symbol, account] = [view.getString(Tag.ClOrdID), view.getString(Tag.Symbol), view.getString(Tag.Account)]
  sink += (id ?? '').length + (symbol ?? '').length + (account ?? '').length + (view.getString(Tag.Side) ?? '').length
  sink += (view.getString(Tag.OrdType) ?? '').length + (view.getString(Tag.TimeInForce) ?? '').length
  sink += Number(view.getTyped(Tag.OrderQty)) + Number(view.getTyped(Tag.Price)) + Number(view.getTyped(Tag.MsgSeqNum))
  sink += Number(view.getTyped(Tag.TransactTime))
})

const stages: readonly [name: string, run: () => void][] = [
  ['frame', () => framer.push(stream, frameOnly)],
  ['frame, tokenise', () => framer.push(stream, frameAndRead)],
  ['frame, tokenise, validate', () => framer.push(stream, untilValid)],
  ['frame, tokenise, validate, decode NOS', () => framer.push(stream, whole)],
  ['encode ExecutionReport', encodeReports],
  ['jspurefix: parse and decode NOS', () => parseWithJspurefix(stream)],
  ["split('\\x01') into a Map: NOS", splitParse]
]

/** Microseconds per message. */
function measure(run: () => void): number {
  const start = process.hrtime.bigint()
  for (let pass = 0; pass < PASSES; pass++) run()
  return Number(process.hrtime.bigint() - start) / 1e3 / (PASSES * MESSAGES)
}

const samples = stages.map((): number[] => [])
for (let i = 0; i < WARM_UP; i++) for (const [, run] of stages) run()
// Stages take turns, so that a slow spell of the machine meets all of them.
for (let round = 0; round < ROUNDS; round++) stages.forEach(([, run], i) => samples[i].push(measure(run)))

console.log(
  `${MESSAGES} messages of ${Math.round(stream.length / MESSAGES)} bytes, ${ROUNDS} rounds of ${PASSES} passes`
)
console.log(`${'µs per message'.padEnd(40)}     min  median     max`)
stages.forEach(([name], i) => {
  const sorted = samples[i].toSorted((a, b) => a - b)
  const shown = [sorted[0], sorted[ROUNDS >> 1], sorted[ROUNDS - 1]].map((us) => us.toFixed(3).padStart(8))
  console.log(`${name.padEnd(40)}${shown.join('')}`)
})
if (!(sink > 0)) fail()

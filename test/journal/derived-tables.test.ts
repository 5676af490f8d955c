import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { nanos, type Nanos } from '../../src/base/time.js'
import type { NewOrder } from '../../src/exchange/command.js'
import type { OrderTerms } from '../../src/exchange/event.js'
import { refusal } from '../../src/exchange/refusal.js'
import { instrumentNo, orderId, price, quantity, sessionNo } from '../../src/exchange/units.js'
import { deriveJournal } from '../../src/journal/derive-journal.js'
import type { Journal } from '../../src/journal/journal.js'
import { openJournal } from '../../src/journal/open-journal.js'
import { note, OMS1, receive, send } from './support/messages.js'
import { FACTS } from './support/session-facts.js'
import { temporaryPath } from './support/temporary-directory.js'

const BBB = instrumentNo(1)
const NINE = nanos(9 * 3_600_000_000_000)
const at = (ns: number): Nanos => nanos(NINE + ns)
const iso = (ns: number): string => `2026-11-20T09:00:00.${String(ns).padStart(9, '0')}Z`

const NEW: NewOrder = {
  kind: 'new',
  time: at(1),
  session: sessionNo(0),
  clOrdId: 'A1',
  instrument: BBB,
  side: -1,
  ordType: 'limit',
  timeInForce: 'day',
  orderQty: quantity(2_500),
  price: price(1_234_500),
  tags: [[583, 'PARENT']]
}
const TERMS: OrderTerms = {
  orderId: orderId(1),
  session: sessionNo(0),
  instrument: BBB,
  clOrdId: 'A1',
  side: -1,
  ordType: 'limit',
  timeInForce: 'day',
  orderQty: quantity(2_500),
  price: price(1_234_500),
  tags: [[583, 'PARENT']],
  enteredAt: at(2)
}
const none = { cumQty: quantity(0), leavesQty: quantity(2_500), notional: 0 }

/** An order of 2.5 BBB at 123.45 that rests and is filled to 1.0 at 123.4501. */
function firstLife(journal: Journal): void {
  journal.open(OMS1)
  receive(journal, 0, 1, '8=FIX.4.4\x019=5\x0135=D\x0110=000\x01')
  journal.command(NEW)
  journal.event({ kind: 'new', execId: 1, time: at(2), publishAt: at(3), terms: TERMS, ...none, queueAhead: quantity(500) })
  send(journal, 0, 1, '8=FIX.4.4\x019=5\x0135=8\x0110=000\x01')
  note(journal, 0, 'in', 'garbled')
  journal.commit(at(10), at(3))
  journal.topOfBook(at(4), BBB, { bidPrice: price(1_234_400), bidQty: quantity(7), askPrice: price(0), askQty: quantity(0) })
  journal.print(at(4), BBB, price(1_234_550), quantity(1_000))
  journal.event({
    kind: 'trade',
    execId: 2,
    time: at(5),
    publishAt: at(5),
    terms: TERMS,
    cumQty: quantity(1_000),
    leavesQty: quantity(1_500),
    notional: 1_000 * 1_234_501,
    lastQty: quantity(1_000),
    lastPx: price(1_234_501),
    liquidity: 'added'
  })
  journal.commit(at(20), at(5))
}

/** The order is replaced, then canceled at the end of the day; one cancel comes too late, one order is refused. */
function secondLife(journal: Journal): void {
  const terms = { ...TERMS, clOrdId: 'A2', orderQty: quantity(3_000) }
  const traded = { cumQty: quantity(1_000), notional: 1_000 * 1_234_501 }
  journal.command({
    ...NEW,
    kind: 'replace',
    clOrdId: 'A2',
    origClOrdId: 'A1',
    orderQty: quantity(3_000),
    price: undefined,
    ordType: undefined,
    timeInForce: undefined
  })
  journal.event({
    kind: 'replaced',
    execId: 3,
    time: at(6),
    publishAt: at(6),
    terms,
    ...traded,
    leavesQty: quantity(2_000),
    origClOrdId: 'A1',
    queueAhead: undefined
  })
  journal.commit(at(30), at(6))
  const done = { terms, ...traded, leavesQty: quantity(0) }
  journal.event({ kind: 'expired', execId: 4, time: at(7), publishAt: at(7), ...done, reason: refusal('PP3004') })
  journal.event({
    kind: 'requestRejected',
    execId: 5,
    time: at(8),
    publishAt: at(8),
    session: sessionNo(0),
    request: 'cancel',
    clOrdId: 'A3',
    origClOrdId: 'A2',
    refusal: refusal('PP2002', 'expired'),
    order: { ...done, status: 'expired' }
  })
  journal.event({
    kind: 'rejected',
    execId: 6,
    time: at(9),
    publishAt: at(9),
    session: sessionNo(0),
    clOrdId: 'A4',
    refusal: refusal('PP1007', 'ZZZ'),
    terms: undefined,
    request: undefined
  })
  journal.commit(at(40), at(9))
}

function live(path: string, act: (journal: Journal) => void, deriveOnClose = Infinity): void {
  const journal = openJournal(path, FACTS, { deriveOnClose })
  act(journal)
  journal.close(at(50), at(9))
}

function table(path: string, name: string): Record<string, unknown>[] {
  const db = new Database(path, { readonly: true })
  const rows = db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${name}`).all()
  db.close()
  return rows
}

/** Some columns of a table, row by row. */
function rows(path: string, name: string, columns: string): unknown[] {
  const db = new Database(path, { readonly: true })
  const found = db.prepare(`SELECT ${columns} FROM ${name}`).raw().all()
  db.close()
  return found
}

const TABLES = ['orders', 'executions', 'requests', 'rejections', 'messages', 'marks', 'prints']
const everything = (path: string): unknown => TABLES.map((name) => [name, table(path, name)])

describe('the derived tables', () => {
  it('say what happened in decimals and ISO times', () => {
    const path = temporaryPath()
    live(path, (journal) => {
      firstLife(journal)
      secondLife(journal)
    })
    expect(table(path, 'orders')).toEqual([
      {
        order_id: 1,
        session: 0,
        cl_ord_id: 'A2',
        symbol: 'BBB',
        side: 'sell',
        ord_type: 'limit',
        time_in_force: 'day',
        order_qty: '3.000',
        price: '123.4500',
        ord_status: 'expired',
        cum_qty: '1.000',
        leaves_qty: '0.000',
        avg_px: '123.4501',
        fills: 1,
        entered_at: iso(2),
        changed_at: iso(7),
        tags: '[[583,"PARENT"]]',
        qualifiers: null
      }
    ])
    const report = 'exec_id, turn, time, published_at, exec_type, ord_status, cl_ord_id, orig_cl_ord_id'
    expect(rows(path, 'executions', report)).toEqual([
      [1, 1, iso(2), iso(3), 'new', 'new', 'A1', null],
      [2, 2, iso(5), iso(5), 'trade', 'partiallyFilled', 'A1', null],
      [3, 3, iso(6), iso(6), 'replaced', 'partiallyFilled', 'A2', 'A1'],
      [4, 4, iso(7), iso(7), 'expired', 'expired', 'A2', null]
    ])
    const amounts = 'last_qty, last_px, liquidity, cum_qty, leaves_qty, avg_px, queue_ahead, text'
    expect(rows(path, 'executions', amounts)).toEqual([
      [null, null, null, '0.000', '2.500', null, '0.500', null],
      ['1.000', '123.4501', 'added', '1.000', '1.500', '123.4501', null, null],
      [null, null, null, '1.000', '2.000', '123.4501', null, null],
      [null, null, null, '1.000', '0.000', '123.4501', null, 'PP3004 end of the trading day']
    ])
    const asked = 'request, turn, time, kind, cl_ord_id, orig_cl_ord_id, symbol, side, order_qty, price'
    expect(rows(path, 'requests', asked)).toEqual([
      [1, 1, iso(1), 'new', 'A1', null, 'BBB', 'sell', '2.500', '123.4500'],
      [2, 3, iso(1), 'replace', 'A2', 'A1', 'BBB', 'sell', '3.000', null]
    ])
    expect(rows(path, 'rejections', 'exec_id, request, cl_ord_id, order_id, text')).toEqual([
      [5, 'cancel', 'A3', 1, 'PP2002 too late: the order is "expired"'],
      [6, 'new', 'A4', null, 'PP1007 unknown symbol "ZZZ"']
    ])
    expect(table(path, 'messages')).toEqual([
      { message: 1, direction: 'in', msg_seq_num: 1, msg_type: 'D', text: '8=FIX.4.4|9=5|35=D|10=000|' },
      { message: 2, direction: 'out', msg_seq_num: 1, msg_type: '8', text: '8=FIX.4.4|9=5|35=8|10=000|' },
      { message: 3, direction: 'in', msg_seq_num: null, msg_type: null, text: 'garbled' }
    ].map((row) => ({ ...row, turn: 1, session: 0, wall_time: iso(10), venue_time: iso(3) })))
    expect(table(path, 'marks')).toEqual([
      { mark: 1, turn: 2, time: iso(4), symbol: 'BBB', bid_price: '123.4400', bid_qty: '0.007', ask_price: null, ask_qty: null }
    ])
    expect(table(path, 'prints')).toEqual([{ print: 1, turn: 2, time: iso(4), symbol: 'BBB', price: '123.4550', qty: '1.000' }])
  })

  it('are the same in one life, in two, and made anew', () => {
    const [one, two, later] = [temporaryPath(), temporaryPath(), temporaryPath()]
    live(one, (journal) => {
      firstLife(journal)
      secondLife(journal)
    })
    live(two, firstLife)
    live(two, secondLife)
    live(later, firstLife, 0)
    live(later, secondLife, 0)
    deriveJournal(later)
    deriveJournal(later)
    expect(everything(two)).toEqual(everything(one))
    expect(everything(later)).toEqual(everything(one))
  })

  it('are not made anew while a venue writes', () => {
    const path = temporaryPath()
    const journal = openJournal(path, FACTS)
    expect(() => deriveJournal(path)).toThrow(`${path} is being written: its tables are derived when it is closed`)
    journal.close(at(50), at(9))
  })

  it('tell qualifiers in decimals and ISO times, a restatement with its cause, a phase with its instrument', () => {
    const path = temporaryPath()
    const journal = openJournal(path, FACTS)
    journal.open(OMS1)
    const qualifiers = {
      stopPx: price(1_230_000),
      displayQty: quantity(500),
      peg: { reference: 'primary', offset: -10_000, price: price(1_240_000) },
      expireTime: at(77)
    } as const
    journal.command({ ...NEW, qualifiers })
    journal.command({ kind: 'phase', time: at(2), instrument: BBB, phase: 'closingAuction' })
    const terms = { ...TERMS, qualifiers }
    const event = { time: at(2), publishAt: at(3), terms, ...none, queueAhead: undefined }
    journal.event({ kind: 'new', execId: 1, ...event })
    journal.event({ kind: 'restated', execId: 2, ...event, cause: 'triggered' })
    journal.commit(at(10), at(3))
    journal.close(at(11), at(3))
    deriveJournal(path)
    const db = new Database(path, { readonly: true })
    const text =
      '{"stopPx":"123.0000","displayQty":"0.500","peg":{"reference":"primary","offset":"-1.0000","price":"124.0000"},' +
      `"expireTime":"${iso(77)}"}`
    expect(db.prepare('SELECT kind, symbol, qualifiers, text FROM requests ORDER BY request').raw().all()).toEqual([
      ['new', 'BBB', text, null],
      ['phase', 'BBB', null, 'closingAuction']
    ])
    expect(db.prepare('SELECT qualifiers FROM orders').pluck().all()).toEqual([text])
    expect(db.prepare('SELECT exec_type, text FROM executions ORDER BY exec_id').raw().all()).toEqual([
      ['new', null],
      ['restated', 'triggered']
    ])
    db.close()
  })
})

import { describe, expect, it } from 'vitest'
import type { MarketSink } from '../../../src/exchange/market-sink.js'
import { BUY, SELL, type Side } from '../../../src/exchange/units.js'
import { checkTape } from '../../../src/market/check/check-tape.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { dbnFile, definition, LAST, mbo, type DbnVersion } from '../support/dbn-file.js'
import { imported } from '../support/imported.js'
import { PlainBook } from '../support/plain-book.js'
import { temporaryDirectory } from '../support/temporary.js'

const temporary = temporaryDirectory()
const INSTRUMENTS = [
  { id: 7, symbol: 'ESM4', tick: 25, middle: 520_000 },
  { id: 8, symbol: 'ESM4-ESU4', tick: 5, middle: -200 },
  { id: 9, symbol: 'ZFM4', tick: 0.78125, middle: 10_502.34375 }
]

interface StandingOrder {
  readonly side: 'A' | 'B'
  readonly cents: number
  size: number
}

/** One record: what `mbo` takes. */
interface Row {
  readonly no: number
  readonly order: number
  readonly action: string
  readonly side: string
  readonly cents: number
  readonly size: number
  readonly last: boolean
}

/** Numbers from 0 to 1 by a linear congruence (Numerical Recipes). */
function random(seed: number): () => number {
  return () => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
}

/** Events of a market by order: orders come, change and go, and aggressors take them. */
function eventsOf(seed: number, count: number): { readonly rows: Row[][]; readonly traded: number[] } {
  const next = random(seed)
  const whole = (most: number): number => 1 + Math.floor(next() * most)
  const books = INSTRUMENTS.map(() => new Map<number, StandingOrder>())
  const traded = INSTRUMENTS.map(() => 0)
  const rows: Row[][] = []
  for (let order = 100; rows.length < count; order++) {
    const no = Math.floor(next() * books.length)
    const book = books[no]
    const { tick, middle } = INSTRUMENTS[no]
    const side = next() < 0.5 ? 'B' : 'A'
    const row = (action: string, id: number, of: StandingOrder, size: number, last = true): Row => ({
      no,
      order: id,
      action,
      side: of.side,
      cents: of.cents,
      size,
      last
    })
    const some = [...book][Math.floor(next() * book.size)]
    const kind = next()
    if (kind < 0.5 || some === undefined) {
      const cents = middle + (side === 'B' ? -1 : 1) * whole(12) * tick
      book.set(order, { side, cents, size: whole(50) })
      rows.push([row('A', order, book.get(order)!, book.get(order)!.size)])
    } else if (kind < 0.65) {
      const size = whole(some[1].size)
      rows.push([row('C', some[0], some[1], size)])
      if ((some[1].size -= size) === 0) book.delete(some[0])
    } else if (kind < 0.75) {
      const moved = { ...some[1], cents: some[1].cents + (some[1].side === 'B' ? -tick : tick), size: whole(50) }
      book.set(some[0], moved)
      rows.push([row('M', some[0], moved, moved.size)])
    } else {
      const resting = [...book]
        .filter(([, each]) => each.side !== side)
        .sort(([, a], [, b]) => (side === 'B' ? a.cents - b.cents : b.cents - a.cents))
        .slice(0, whole(3))
      const event = resting.flatMap(([id, each], n) => {
        const size = n < resting.length - 1 ? each.size : whole(each.size)
        traded[no] += size
        const trade = { ...row('T', order, each, size, false), side }
        const after = [trade, row('F', id, each, size, false), row('C', id, each, size, n === resting.length - 1)]
        if ((each.size -= size) === 0) book.delete(id)
        return after
      })
      if (event.length > 0) rows.push(event)
    }
  }
  return { rows, traded }
}

/** Deals the events of every eight in turn, a record each, as if they ran into each other; of one instrument they do not. */
function interleaved(events: readonly Row[][]): Row[] {
  const out: Row[] = []
  for (let at = 0; at < events.length; at += 8) {
    const queues = INSTRUMENTS.map((_, no) =>
      events
        .slice(at, at + 8)
        .flat()
        .filter((row) => row.no === no)
    )
    for (let n = 0; queues.some((queue) => n < queue.length); n++)
      for (const queue of queues) if (queue[n]) out.push(queue[n])
  }
  return out
}

/** Ten levels a side as "price quantity", by the rules of the vendor's documentation, after each record flagged as LAST. */
function statesOf(rows: readonly Row[], no: number): string[] {
  const orders = new Map<number, StandingOrder>()
  const side = (name: string, sign: number): string => {
    const levels = new Map<number, number>()
    for (const each of orders.values())
      if (each.side === name) levels.set(each.cents, (levels.get(each.cents) ?? 0) + each.size)
    return [...levels]
      .sort(([a], [b]) => sign * (a - b))
      .slice(0, 10)
      .map(([cents, size]) => `${cents} ${size}`)
      .join()
  }
  const states: string[] = []
  for (const { order, action, side: letter, cents, size, last } of rows.filter((row) => row.no === no)) {
    const standing = orders.get(order)
    if (action === 'A' || action === 'M') orders.set(order, { side: letter as 'A' | 'B', cents, size })
    if (action === 'C' && standing && (standing.size -= size) <= 0) orders.delete(order)
    if (last) states.push(`${side('B', -1)} | ${side('A', 1)}`)
  }
  return states
}

/** What a tape tells of each of its instruments: the states of its book at the ends of events, and the volume that traded. */
function replayed(tape: string): { readonly states: string[][]; readonly volumes: number[] } {
  const source = openTapes([tape])
  const books = source.instruments.map(() => new PlainBook())
  const states = books.map((): string[] => [])
  const volumes = books.map(() => 0)
  const side = (no: number, which: Side): string => {
    const cents = 10 ** ((source.instruments[no].priceScale ?? 0) - 2)
    return books[no]
      .depth(which, 10)
      .map(([price, qty]) => `${price / cents} ${qty}`)
      .join()
  }
  const sink = new Proxy({} as MarketSink, {
    get:
      (_none, name: keyof MarketSink) =>
      (...args: readonly unknown[]): void => {
        const no = args[1] as number
        Reflect.apply(books[no][name as keyof PlainBook] as () => void, books[no], args)
        if (name === 'execute' || name === 'trade') volumes[no] += args.at(-1) as number
        if (name === 'eventEnd') states[no].push(`${side(no, BUY)} | ${side(no, SELL)}`)
      }
  })
  source.advance(source.end!, sink)
  return { states: states.map(changes), volumes }
}

function changes(states: readonly string[]): string[] {
  return states.filter((state, i) => state !== (states[i - 1] ?? ' | '))
}

describe('a market of several instruments whose events run into each other', () => {
  it.each([
    [1, 'l3'],
    [2, 'l2'],
    [3, 'l3']
  ] as const)('is on the tape as it was after every event, DBN %i as %s', async (version: DbnVersion, feed) => {
    const { rows, traded } = eventsOf(version, 1200)
    const dealt = interleaved(rows)
    const records = dealt.map(({ no, order, action, side, cents, size, last }, i) => {
      const { id } = INSTRUMENTS[no]
      return mbo(order, { id, time: 10 * i, action, side, cents, size, flags: last ? LAST : 0, sequence: i })
    })
    const mappings = INSTRUMENTS.map(({ symbol, id }) => [symbol, id] as const)
    const definitions = INSTRUMENTS.map(({ symbol, id, tick }) => definition(version, symbol, tick, id))
    const files = {
      'a.dbn': dbnFile({ version, schema: 0, mappings }, records),
      'd.dbn': dbnFile({ version, schema: 9, mappings }, definitions)
    }
    const { summary } = await imported(temporary, files, { feed })
    const { states, volumes } = replayed(summary.out)
    for (const [no, told] of states.entries()) expect(told).toEqual(changes(statesOf(dealt, no)))
    expect(volumes).toEqual(traded)
    expect(summary.counts).toMatchObject({ eventsCut: 0, fillsWithoutCancel: 0, fillsOfUnknownOrders: 0 })
    expect(checkTape(summary.out)).toMatchObject({ sound: true })
  })
})

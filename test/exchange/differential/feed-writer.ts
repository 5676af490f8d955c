import { type Random } from '../../../src/base/random.js'
import { type FeedKind } from '../../../src/exchange/instrument.js'
import { type Fact } from './step.js'

/** Prices of the fuzz are small numbers of units around this one, the tick two units. */
export const MIDDLE = 200
export const TICK = 2

/** Writes the events of one instrument's feed. */
export interface FeedWriter {
  /** The facts of the next event. */
  event(): Fact[]
}

export const fact = (name: Fact['name'], ...args: number[]): Fact => ({ name, args })

/** @param isTight all of it happens at one or two prices a side, so that queues grow and are worked on. */
export function feedWriter(kind: FeedKind, random: Random, scale: number, isTight: boolean): FeedWriter {
  const middle = isTight ? tightMiddle(random) : wanderingMiddle(random)
  if (kind === 'l3') return orderWriter(random, scale, middle)
  return kind === 'l2' ? levelWriter(random, scale, middle) : quoteWriter(random, scale, middle)
}

const anyQty = (random: Random, scale: number): number => (1 + random.below(random.below(3) === 0 ? 80 : 15)) * scale

interface Middle {
  /** A price on a side, near the middle and never beyond it. */
  price(side: number): number
  wander(): void
}

function wanderingMiddle(random: Random): Middle {
  let middle = MIDDLE
  return {
    price: (side) => middle - side * TICK * (1 + random.below(random.below(3) === 0 ? 5 : 2)),
    wander: () => {
      middle += TICK * (random.below(3) - 1)
      middle = Math.max(MIDDLE - TICK, Math.min(MIDDLE + TICK, middle))
    }
  }
}

function tightMiddle(random: Random): Middle {
  return { price: (side) => MIDDLE - side * TICK * (1 + (random.below(4) === 0 ? 1 : 0)), wander: () => undefined }
}

const anySide = (random: Random): number => (random.below(2) === 0 ? 1 : -1)
const anyAggressor = (random: Random, side: number): number => (random.below(6) === 0 ? 0 : side)

function hidden(random: Random, scale: number): Fact[] {
  const price = MIDDLE + random.below(9) - 4
  return [fact('hiddenTrade', anyAggressor(random, anySide(random)), price, anyQty(random, scale))]
}

interface FeedOrder {
  readonly id: number
  side: number
  price: number
  qty: number
}

/** L3: a book of orders that adds, withdraws, changes and executes as a venue would. */
function orderWriter(random: Random, scale: number, middle: Middle): FeedWriter {
  let orders: FeedOrder[] = []
  let lastId = 0

  const best = (side: number): FeedOrder | undefined =>
    orders.filter((order) => order.side === side).sort((a, b) => side * (b.price - a.price) || a.id - b.id)[0]
  const drop = (order: FeedOrder): void => void (orders = orders.filter((other) => other !== order))

  const add = (): Fact[] => {
    const side = anySide(random)
    const price = middle.price(side)
    const facts: Fact[] = []
    // what the new order would cross is executed first, as in a real book
    for (let met = best(-side); met && side * (price - met.price) >= 0; met = best(-side)) {
      facts.push(fact('execute', met.id, met.side, met.price, met.qty))
      drop(met)
    }
    const order = { id: ++lastId, side, price, qty: anyQty(random, scale) }
    orders.push(order)
    return [...facts, fact('add', order.id, side, price, order.qty)]
  }
  const execute = (): Fact[] => {
    const met = best(anySide(random))
    if (!met) return add()
    const qty = random.below(2) === 0 ? met.qty : 1 + random.below(met.qty)
    met.qty -= qty
    if (met.qty === 0) drop(met)
    return [fact('execute', met.id, met.side, met.price, qty)]
  }
  const withdraw = (): Fact[] => {
    const order = orders[random.below(orders.length || 1)]
    if (!order) return add()
    const qty = 1 + random.below(order.qty)
    order.qty -= qty
    if (order.qty > 0) return [fact('reduce', order.id, qty)]
    drop(order)
    return [fact('remove', order.id)]
  }
  const modify = (): Fact[] => {
    const order = orders[random.below(orders.length || 1)]
    if (!order) return add()
    if (random.below(2) === 0) order.qty = anyQty(random, scale)
    else {
      const price = middle.price(order.side)
      const opposite = best(-order.side)
      if (!opposite || order.side * (price - opposite.price) < 0) order.price = price
    }
    return [fact('modify', order.id, order.side, order.price, order.qty)]
  }
  const correct = (): Fact[] => {
    const side = anySide(random)
    return [fact('level', side, middle.price(side), random.below(3) === 0 ? 0 : anyQty(random, scale))]
  }
  const executeUnknown = (): Fact[] => {
    const side = anySide(random)
    return [fact('execute', 10_000, side, middle.price(side), anyQty(random, scale))]
  }
  const snapshot = (): Fact[] => [
    fact('clear'),
    ...orders.map(({ id, side, price, qty }) => fact('add', id, side, price, qty))
  ]

  return {
    event() {
      middle.wander()
      const choice = random.below(100)
      if (choice < 30) return add()
      if (choice < 55) return random.below(3) === 0 ? [...execute(), ...execute()] : execute()
      if (choice < 67) return withdraw()
      if (choice < 78) return modify()
      if (choice < 84) return hidden(random, scale)
      if (choice < 92) return correct()
      if (choice < 99) return executeUnknown()
      return snapshot()
    }
  }
}

/** L2: levels and prints; a print's depth change may come before it, after it, or an event later. */
function levelWriter(random: Random, scale: number, middle: Middle): FeedWriter {
  const levels = new Map<number, Map<number, number>>([
    [1, new Map()],
    [-1, new Map()]
  ])
  let late: Fact[] = []
  const on = (side: number): Map<number, number> => levels.get(side) ?? new Map<number, number>()
  const best = (side: number): number | undefined => [...on(side).keys()].sort((a, b) => side * (b - a))[0]
  const set = (side: number, price: number, qty: number): Fact => {
    if (qty > 0) on(side).set(price, qty)
    else on(side).delete(price)
    return fact('level', side, price, qty)
  }

  const change = (): Fact[] => {
    const side = anySide(random)
    const price = middle.price(side)
    const crossed = [...on(-side).keys()].filter((other) => side * (price - other) >= 0).map((at) => set(-side, at, 0))
    const before = on(side).get(price) ?? 0
    const less = before - random.below(Math.ceil(before / (1 + random.below(3))) + 1)
    const qty = before > 0 && random.below(3) > 0 ? less : before + anyQty(random, scale)
    return [...crossed, set(side, price, qty)]
  }
  const print = (): Fact[] => {
    const side = anySide(random)
    const price = best(side)
    if (price === undefined) return change()
    const before = on(side).get(price) ?? 0
    const qty = 1 + random.below(random.below(4) === 0 ? before : Math.ceil(before / 6))
    const told = fact('trade', anyAggressor(random, -side), price, qty)
    const level = set(side, price, Math.max(0, before - qty))
    const order = random.below(3)
    if (order === 0) return [told, level]
    if (order === 1) return [level, told]
    late.push(level)
    return [told]
  }
  const snapshot = (): Fact[] => [
    fact('clear'),
    ...[1, -1].flatMap((side) => [...on(side)].map(([price, qty]) => fact('level', side, price, qty)))
  ]

  return {
    event() {
      if (late.length > 0 && random.below(2) === 0) return late.splice(0)
      middle.wander()
      const choice = random.below(100)
      if (choice < 65) return change()
      if (choice < 90) return print()
      if (choice < 97) return hidden(random, scale)
      late = []
      return snapshot()
    }
  }
}

/** L1: best quotes and prints. */
function quoteWriter(random: Random, scale: number, middle: Middle): FeedWriter {
  const shown = new Map<number, { price: number; qty: number }>()

  const quote = (side: number, price: number, qty: number): Fact => {
    shown.set(side, { price, qty })
    return fact('quote', side, price, qty)
  }
  const move = (): Fact[] => {
    const side = anySide(random)
    const price = middle.price(side)
    const facts = [quote(side, price, random.below(12) === 0 ? 0 : anyQty(random, scale))]
    const other = shown.get(-side)
    if (other && side * (price - other.price) >= 0) {
      facts.push(quote(-side, price + side * TICK * (1 + random.below(2)), anyQty(random, scale)))
    }
    return facts
  }
  const print = (): Fact[] => {
    const side = anySide(random)
    const best = shown.get(side)
    if (!best || best.qty === 0) return move()
    const qty = 1 + random.below(best.qty)
    const through = random.below(5) === 0 ? side * TICK : 0
    const told = fact('trade', anyAggressor(random, -side), best.price - through, qty)
    const order = random.below(3)
    if (order === 0) return [told]
    const rest = quote(side, best.price, best.qty - qty)
    return order === 1 ? [told, rest] : [rest, told]
  }

  return {
    event() {
      middle.wander()
      const choice = random.below(100)
      if (choice < 50) return move()
      if (choice < 92) return print()
      if (choice < 98) return hidden(random, scale)
      return [fact('clear')]
    }
  }
}

/** Any fact with any arguments, true or not. */
export function hostileWriter(random: Random, scale: number): FeedWriter {
  const price = (): number => MIDDLE + random.below(17) - 8
  const onTick = (): number => MIDDLE + TICK * (random.below(9) - 4)
  const qty = (): number => (random.below(12) === 0 ? -random.below(3) : anyQty(random, scale))
  const id = (): number => 1 + random.below(12)
  const side = (): number => anySide(random)
  const kinds: (() => Fact)[] = [
    () => fact('add', id(), side(), onTick(), qty()),
    () => fact('add', id(), side(), price(), qty()),
    () => fact('reduce', id(), qty()),
    () => fact('remove', id()),
    () => fact('modify', id(), side(), onTick(), qty()),
    () => fact('execute', id(), side(), onTick(), qty()),
    () => fact('level', side(), onTick(), qty()),
    () => fact('level', side(), price(), qty()),
    () => fact('quote', side(), onTick(), qty()),
    () => fact('trade', random.below(3) - 1, onTick(), qty()),
    () => fact('trade', random.below(3) - 1, price(), qty()),
    () => fact('hiddenTrade', random.below(3) - 1, price(), qty())
  ]
  return {
    event: () =>
      Array.from({ length: 1 + random.below(4) }, () =>
        random.below(40) === 0 ? fact('clear') : kinds[random.below(kinds.length)]()
      )
  }
}

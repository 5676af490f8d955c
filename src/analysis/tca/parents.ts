import { type Recording } from '../recording/recording.js'

/** Parent orders and their children, a row per parent in the order of their first child. */
export interface Parents {
  readonly length: number
  /** Row of the parent, by row of the order. */
  readonly ofOrder: Int32Array
  /** Row of the first child to be accepted. */
  readonly firstOrder: Int32Array
  readonly orders: Int32Array
  /** X, in quantity units. */
  readonly quantity: Float64Array
  readonly executed: Float64Array
  /** Venue time at which the first child reached the exchange. */
  readonly arrivedAt: Float64Array
  /** NaN where no child was filled. */
  readonly firstFillAt: Float64Array
  /** When the last child ended; NaN while one is working. */
  readonly endedAt: Float64Array
  /** The child that ended last; -1 while one is working. */
  readonly lastOrder: Int32Array
}

/**
 * How much a parent wanted, as its children tell. `sum`: all that they asked for. `peak`: the most that was executed or
 * working at one time; right where canceled children are sent again under a new ClOrdID.
 */
export type ParentQuantity = 'sum' | 'peak'

/**
 * Links orders to parents: those of one session, trading day, instrument and side that share a ClOrdLinkID (583), or
 * SecondaryClOrdID (526) where they have none. An order without either is its own parent.
 */
export function linkParents(recording: Recording, parentQuantity: ParentQuantity): Parents {
  const { orders } = recording
  const ofOrder = new Int32Array(orders.length)
  const firsts: number[] = []
  const scopes = new Map<string, Map<string, number>>()
  for (let order = 0; order < orders.length; order++) {
    const link = orders.link[order]
    let parent = -1
    if (link !== undefined) {
      const scope = `${orders.session[order]} ${orders.day[order]} ${orders.instrument[order]} ${orders.side[order]}`
      let known = scopes.get(scope)
      if (!known) scopes.set(scope, (known = new Map<string, number>()))
      parent = known.get(link) ?? -1
      if (parent < 0) known.set(link, firsts.length)
    }
    if (parent < 0) {
      parent = firsts.length
      firsts.push(order)
    }
    ofOrder[order] = parent
  }

  const length = firsts.length
  const parents = {
    length,
    ofOrder,
    firstOrder: Int32Array.from(firsts),
    orders: new Int32Array(length),
    quantity: parentQuantity === 'peak' ? peaks(recording, ofOrder, length) : new Float64Array(length),
    executed: new Float64Array(length),
    arrivedAt: new Float64Array(length).fill(Number.POSITIVE_INFINITY),
    firstFillAt: new Float64Array(length).fill(Number.NaN),
    endedAt: new Float64Array(length).fill(Number.NEGATIVE_INFINITY),
    lastOrder: new Int32Array(length).fill(-1)
  }
  for (let order = 0; order < orders.length; order++) {
    const parent = ofOrder[order]
    parents.orders[parent]++
    if (parentQuantity === 'sum') parents.quantity[parent] += orders.quantity[order]
    parents.executed[parent] += orders.executed[order]
    parents.arrivedAt[parent] = Math.min(parents.arrivedAt[parent], orders.arrivedAt[order])
    const filled = orders.firstFillAt[order]
    if (!(filled >= parents.firstFillAt[parent]))
      parents.firstFillAt[parent] = earliest(filled, parents.firstFillAt[parent])
    const ended = orders.endedAt[order]
    if (Number.isNaN(ended) || Number.isNaN(parents.endedAt[parent])) {
      parents.endedAt[parent] = Number.NaN
      parents.lastOrder[parent] = -1
    } else if (ended >= parents.endedAt[parent]) {
      parents.endedAt[parent] = ended
      parents.lastOrder[parent] = order
    }
  }
  return parents
}

const earliest = (a: number, b: number): number => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.min(a, b))

/** The largest quantity executed or working at once, by parent. */
function peaks({ orders }: Recording, ofOrder: Int32Array, length: number): Float64Array {
  const committed = new Float64Array(length)
  const peak = new Float64Array(length)
  for (let row = 0; row < orders.commitmentOrder.length; row++) {
    const parent = ofOrder[orders.commitmentOrder[row]]
    committed[parent] += orders.commitmentChange[row]
    if (committed[parent] > peak[parent]) peak[parent] = committed[parent]
  }
  return peak
}

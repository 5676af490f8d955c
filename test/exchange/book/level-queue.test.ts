import { describe, expect, it } from 'vitest'
import { LevelQueue, PENDING } from '../../../src/exchange/book/level-queue.js'
import { createQueueModel } from '../../../src/exchange/models/queue-model.js'

const riskAverse = createQueueModel({ kind: 'riskAverse' })
const even = createQueueModel({ kind: 'power', exponent: 1 })

/** A queue with one order of each rank from 1, `aheads` in front of it. */
function queueOf(aheads: readonly number[], model = riskAverse): LevelQueue {
  const queue = new LevelQueue(model)
  aheads.forEach((ahead, i) => queue.join(i + 1, ahead))
  return queue
}

const aheads = (queue: LevelQueue, orders: number): number[] =>
  Array.from({ length: orders }, (_, i) => queue.aheadOf(i + 1))

function print(queue: LevelQueue, time: number, qty: number): number[] {
  const excess = queue.inOrder().map((cohort) => queue.printed(cohort, time, qty))
  queue.settle()
  return excess
}

describe('LevelQueue', () => {
  it('keeps orders that cannot be told apart as one cohort', () => {
    expect(queueOf([100, 100, 100, 120]).inOrder()).toHaveLength(2)
  })

  it('lets cohorts become one when a level shrinks below both', () => {
    const queue = queueOf([100, 120])
    queue.depthChanged(1, 120, 50)
    expect(aheads(queue, 2)).toEqual([50, 50])
    expect(queue.inOrder()).toHaveLength(2)
    queue.depthChanged(2, 50, 50)
    expect(queue.inOrder()).toHaveLength(1)
  })

  it('finds every order by its rank while others leave', () => {
    const queue = queueOf([10, 20, 20, 30])
    queue.leave(1)
    queue.leave(3)
    expect([queue.aheadOf(2), queue.aheadOf(4)]).toEqual([20, 30])
    queue.leave(2)
    expect(queue.aheadOf(4)).toBe(30)
    queue.join(5, 40)
    expect([queue.aheadOf(4), queue.aheadOf(5)]).toEqual([30, 40])
  })

  it('an order that joins never stands before those who came earlier', () => {
    const queue = queueOf([100])
    expect(queue.aheadAtBack(40)).toBe(100)
    expect(queue.aheadAtBack(140)).toBe(140)
  })

  it('a print goes to what exceeds V; what follows on the level is not taken twice', () => {
    const queue = queueOf([30, 60])
    expect(print(queue, 1, 50)).toEqual([20, 0])
    expect(aheads(queue, 2)).toEqual([0, 10])
    queue.depthChanged(2, 100, 50)
    expect(aheads(queue, 2)).toEqual([0, 10])
  })

  it('trap: depth before trade, the same quantity is not taken off V twice', () => {
    const queue = queueOf([100])
    queue.depthChanged(5, 100, 60)
    expect(aheads(queue, 1)).toEqual([60])
    expect(print(queue, 5, 40)).toEqual([0])
    expect(aheads(queue, 1)).toEqual([60])
    print(queue, 6, 40)
    expect(aheads(queue, 1)).toEqual([20])
  })

  it('depth before trade: no later decrease is due to a print that a decrease told of', () => {
    const queue = queueOf([150], even)
    queue.depthChanged(5, 200, 100)
    expect(aheads(queue, 1)).toEqual([75])
    print(queue, 5, 100)
    expect(aheads(queue, 1)).toEqual([50])
    // Half of the 20 that leave now stood ahead.
    queue.depthChanged(6, 100, 80)
    expect(aheads(queue, 1)).toEqual([40])
  })

  it('trap: a level that vanishes does not bring an order to the front', () => {
    const queue = queueOf([100])
    queue.depthChanged(1, 100, 0)
    expect(aheads(queue, 1)).toEqual([100])
    queue.depthChanged(2, 0, 70)
    expect(aheads(queue, 1)).toEqual([70])
  })

  it('spreads a cancellation by the model', () => {
    const queue = queueOf([60], even)
    queue.depthChanged(1, 100, 50)
    expect(aheads(queue, 1)).toEqual([30])
  })

  it('who waits for the best price is not moved until it comes, and stands behind who came before', () => {
    const queue = queueOf([20, PENDING, PENDING])
    expect(print(queue, 1, 50)).toEqual([30, 0])
    expect(aheads(queue, 3)).toEqual([0, PENDING, PENDING])
    queue.reached(80)
    expect(aheads(queue, 3)).toEqual([0, 80, 80])
  })

  it('what clients take comes off every V', () => {
    const queue = queueOf([20, 50])
    queue.taken(30)
    expect(aheads(queue, 2)).toEqual([0, 20])
  })

  it('a cohort that comes again starts anew', () => {
    const queue = queueOf([50])
    print(queue, 1, 10)
    queue.leave(1)
    queue.join(2, 70)
    queue.depthChanged(2, 100, 90)
    expect(queue.aheadOf(2)).toBe(70)
    expect(queue.standing(2, 2)).toEqual([70, 0, 10, 0])
  })
})

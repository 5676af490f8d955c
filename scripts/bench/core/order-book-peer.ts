import { createRequire } from 'node:module'
import { type Command } from '../../../src/exchange/command.js'
import { type CommandStream } from './command-mix.js'
import { ratePerProcessorSecond } from './processor-time.js'

/** What is used of nodejs-order-book. Its ES module build does not load in Node, so the CommonJS build is taken. */
interface PeerResult {
  readonly done: readonly { readonly size: number }[]
}
interface PeerBook {
  limit(options: { side: string; id: string; size: number; price: number; timeInForce: string }): PeerResult
  cancel(id: string): unknown
  modify(id: string, update: { price: number }): PeerResult
  /** Offers and bids as price and size. */
  depth(): readonly [readonly (readonly [number, number])[], readonly (readonly [number, number])[]]
}

export interface PeerRun {
  /** Commands a second of processor time. */
  readonly rate: number
  /** What the book holds at the end: price and size of every level, by price. */
  readonly levels: readonly (readonly [number, number])[]
}

type PeerStep = (book: PeerBook) => unknown

const { OrderBook, Side } = createRequire(import.meta.url)('nodejs-order-book') as {
  readonly OrderBook: new () => PeerBook
  readonly Side: { readonly BUY: string; readonly SELL: string }
}

/** Its orders keep one id for life: the chain of ClOrdIDs is followed back beforehand, outside the measured time. */
function translate(commands: readonly Command[], firstIds: Map<string, string>): PeerStep[] {
  return commands.map((command): PeerStep => {
    if (command.kind === 'new') {
      firstIds.set(command.clOrdId, command.clOrdId)
      const options = {
        side: command.side > 0 ? Side.BUY : Side.SELL,
        id: command.clOrdId,
        size: command.orderQty,
        price: command.price,
        timeInForce: command.timeInForce.toUpperCase()
      }
      return (book) => book.limit(options)
    }
    if (command.kind === 'cancel') {
      const id = firstIds.get(command.origClOrdId) ?? ''
      return (book) => book.cancel(id)
    }
    if (command.kind !== 'replace' || command.price === undefined) throw new Error(`no ${command.kind} in this mix`)
    const id = firstIds.get(command.origClOrdId) ?? ''
    firstIds.set(command.clOrdId, id)
    const update = { price: command.price as number }
    return (book) => book.modify(id, update)
  })
}

/** Makes the stream's steps for the peer once; each call of the result runs them on a new book. */
export function peerRunner({ setup, measured }: CommandStream): () => PeerRun {
  const firstIds = new Map<string, string>()
  const before = translate(setup, firstIds)
  const steps = translate(measured, firstIds)
  return () => {
    const book = new OrderBook()
    for (const step of before) step(book)
    const rate = ratePerProcessorSecond(steps.length, () => {
      for (let i = 0; i < steps.length; i++) steps[i](book)
    })
    return {
      rate,
      levels: book
        .depth()
        .flat()
        .sort(([a], [b]) => a - b)
    }
  }
}
